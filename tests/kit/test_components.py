"""The kit renders what pages rely on: labels, descriptions, alerts, scopes, hidden fields."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from analytics import gallery
from core.errors import Reason

TEMPLATES = Path(settings.BASE_DIR) / "templates"
KIT = sorted((TEMPLATES / "cotton").glob("*.html"))
pytestmark = pytest.mark.django_db  # the layouts ask for the day of a demo database

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """Every element with its attributes and text; tags that do not balance fail at once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[SimpleNamespace] = []
        self.unclosed: list[SimpleNamespace] = []
        self.feed(html)
        assert self.unclosed == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> names an attribute twice: {names}"
        element = SimpleNamespace(tag=tag, attrs=dict(attrs), text="")
        self.elements.append(element)
        if tag not in VOID:
            self.unclosed.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(SimpleNamespace(tag=tag, attrs=dict(attrs), text=""))

    def handle_endtag(self, tag):
        assert self.unclosed.pop().tag == tag

    def handle_data(self, data):
        for element in self.unclosed:
            element.text += data

    def all(self, tag: str, **attrs: str) -> list[SimpleNamespace]:
        wanted = {key.strip("_").replace("_", "-"): value for key, value in attrs.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attrs.items()
        ]

    def one(self, tag: str, **attrs: str) -> SimpleNamespace:
        (element,) = self.all(tag, **attrs)
        return element

    def words(self, tag: str, **attrs: str) -> str:
        return " ".join(self.one(tag, **attrs).text.split())


def draw(source: str, **context) -> Page:
    """Render a piece of template that uses the kit."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return Page(template.render(context, RequestFactory().get("/list/?q=1&page=2")))


def person() -> SimpleNamespace:
    """Somebody logged in, as the layouts see a user."""
    posts = [SimpleNamespace(title="西安市总工会资产监管部审核员")]
    return SimpleNamespace(
        is_authenticated=True, pk="u-1", name="王敏", posts=posts, can=lambda _permission: True
    )


def page(name: str, **context) -> Page:
    request = RequestFactory().get("/-/components/")
    return Page(render_to_string(name, context, request=request))


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.stem)
def test_component_names_its_inputs_and_stays_small(path):
    text = path.read_text()

    assert text.count("\n") <= 40
    assert path.stem.startswith("_") or text.count("<c-vars ") == 1
    assert "style=" not in text
    assert "<script" not in text


def test_every_component_is_shown_in_the_gallery_or_used_by_another():
    sources = [(TEMPLATES / "core" / "components.html").read_text()]
    sources += [path.read_text() for path in KIT]
    shown = "\n".join(sources)

    names = [path.stem for path in KIT if not path.stem.startswith("_")]
    assert [n for n in names if not re.search(rf"<c-{n.replace('_', '-')}[ >]", shown)] == []


def test_gallery_renders_whole():
    gallery_page = page("core/components.html", **gallery.context(), user=person())

    ids = [element.attrs["id"] for element in gallery_page.elements if element.attrs.get("id")]
    described = {
        reference
        for element in gallery_page.elements
        for reference in element.attrs.get("aria-describedby", "").split()
    }
    assert len(gallery_page.all("h1")) == 1
    assert described - set(ids) == set()
    assert all(link.attrs["href"] for link in gallery_page.all("a"))


def test_field_links_label_help_and_error():
    shown = draw('<c-field :field="form.opinion" basis="13-4-4" />', form=gallery.refused_form())

    box = shown.one("textarea")
    assert shown.one("label").attrs["for"] == box.attrs["id"] == "id_opinion"
    assert box.attrs["aria-describedby"] == "id_opinion_helptext id_opinion_error"
    assert box.attrs["aria-invalid"] == "true"
    assert shown.words("p", id="id_opinion_helptext") == "退回、不同意须写明理由。"
    assert shown.words("div", id="id_opinion_error") == "请填写“意见”。"
    assert shown.one("a").attrs["href"].startswith("/rules/13/")


def test_field_without_error_shows_no_alert():
    shown = draw('<c-field :field="form.opinion" />', form=gallery.OpinionForm())

    assert "aria-invalid" not in shown.one("textarea").attrs
    assert "has-error" not in shown.html


def test_radio_group_is_a_fieldset_of_labelled_segments():
    shown = draw('<c-field :field="form.verdict" kind="verdict" />', form=gallery.refused_form())

    radios = shown.all("input", type="radio")
    assert shown.one("fieldset").attrs["id"] == "id_verdict"
    assert "结论" in shown.words("legend")
    assert [label.attrs["for"] for label in shown.all("label")] == [
        radio.attrs["id"] for radio in radios
    ]
    assert [r.attrs["value"] for r in radios if "checked" in r.attrs] == ["conditional"]


def test_multiple_choice_group_describes_its_error():
    shown = draw('<c-field :field="form.groups" />', form=gallery.refused_form())

    assert shown.one("fieldset").attrs["aria-describedby"] == "id_groups_error"
    assert len(shown.all("input", type="checkbox")) == 3


def test_checkbox_label_follows_the_box():
    shown = draw('<c-field :field="form.confirmed" />', form=gallery.OpinionForm())

    assert shown.one("label").attrs["for"] == shown.one("input").attrs["id"]


def test_file_field_says_which_files_are_taken():
    shown = draw('<c-field :field="form.evidence" />', form=gallery.OpinionForm())

    assert "PDF、JPG、PNG、DOCX、XLSX" in shown.words("p")


def test_date_field_keeps_its_native_type_and_unit_stands_beside():
    shown = draw(
        '<c-field :field="form.starts_on" /><c-field :field="form.amount" unit="万元" />',
        form=gallery.OpinionForm(),
    )

    assert shown.one("input", type="date").attrs["name"] == "starts_on"
    assert shown.words("div", class_="with-unit") == "万元"


def test_form_carries_token_hidden_fields_and_every_visible_field():
    form = gallery.OpinionForm()

    shown = draw('<c-form :form="form" submit="提交意见" keep="opinion" />', form=form)

    names = {
        e.attrs.get("name") for e in shown.elements if e.tag in {"input", "textarea", "select"}
    }
    assert names == {*form.fields, "csrfmiddlewaretoken"}
    assert shown.one("input", name="version").attrs["value"] == "3"
    assert shown.one("form").attrs["enctype"] == "multipart/form-data"
    assert shown.one("form").attrs["data-keep"] == "opinion"
    assert "data-bound" not in shown.one("form").attrs
    assert shown.words("button") == "提交意见"
    assert shown.all("div", role="alert") == []


def test_form_error_summary_names_the_clause_and_leads_to_the_fields():
    shown = draw('<c-form :form="form" submit="提交" />', form=gallery.refused_form())

    summary = shown.one("div", role="alert")
    links = [link.attrs["href"] for link in shown.all("a")]
    assert "协议期限超过五年" in summary.text
    assert "第十三条（四）" in summary.text
    assert "#id_opinion" in links
    assert "#id_verdict" not in links
    assert "data-bound" in shown.one("form").attrs


def test_form_summary_shows_errors_of_hidden_fields():
    form = gallery.OpinionForm({"version": "x"})

    shown = draw('<c-form :form="form" submit="提交"></c-form>', form=form)

    assert "输入整数。" in shown.one("div", role="alert").text


def test_form_with_content_renders_only_that_content():
    shown = draw(
        '<c-form :form="form" submit="提交"><c-field :field="form.opinion" /></c-form>',
        form=gallery.OpinionForm(),
    )

    assert len(shown.all("textarea")) == 1
    assert shown.all("select") == []
    assert shown.one("input", name="command_id").attrs["value"] == "c-1"


def test_form_keeps_line_break_as_no_content():
    shown = draw('<c-form :form="form" submit="提交">\n</c-form>', form=gallery.OpinionForm())

    assert len(shown.all("textarea")) == 1


def test_form_by_get_carries_no_token():
    shown = draw('<c-filter :form="form" reset="/list/" />', form=gallery.QueryForm())

    assert shown.one("form").attrs["method"] == "get"
    assert shown.all("input", name="csrfmiddlewaretoken") == []


def test_form_typed_text_is_escaped():
    form = gallery.OpinionForm({"opinion": "<script>alert(1)</script>", "amount": '"><b>'})

    shown = draw('<c-form :form="form" submit="提交" />', form=form)

    assert shown.all("script") == []
    assert shown.all("b", class_="") == []
    assert shown.one("textarea").text.strip() == "<script>alert(1)</script>"


def test_formset_offers_empty_rows_and_a_template_row():
    shown = draw(
        '<c-formset :formset="rows" legend="专家" add="再加一位" />',
        rows=gallery.ExpertRows(prefix="experts"),
    )

    names = [e.attrs["name"] for e in shown.elements if e.attrs.get("name", "").endswith("-name")]
    assert names == ["experts-0-name", "experts-1-name", "experts-__prefix__-name"]
    assert shown.one("input", name="experts-TOTAL_FORMS").attrs["value"] == "2"
    assert "hidden" in shown.one("button").attrs


def test_button_refused_says_why_and_does_not_submit():
    shown = draw('<c-button label="核对并提交" why="还缺 2 项。" name="go" value="1" />')

    button = shown.one("button")
    assert (button.attrs["type"], button.attrs["aria-disabled"]) == ("button", "true")
    assert "还缺 2 项。" in button.text
    assert button.attrs["name"] == "go"


def test_blockers_lists_reasons_with_their_clause():
    reasons = [Reason("协议期限超过五年。", code="13-4-4"), Reason("转租。", code="DL-05")]

    shown = draw('<c-blockers :reasons="reasons" title="还不能提交" />', reasons=reasons)

    assert shown.words("h3") == "还不能提交（2 项）"
    assert len(shown.all("li")) == 2
    assert len(shown.all("a")) == 1


def test_blockers_empty_says_done():
    shown = draw('<c-blockers :reasons="[]" title="还不能提交" done="可以提交。" />')

    assert "可以提交。" in shown.one("div", role="status").text


@pytest.mark.parametrize(("tone", "role"), [("bad", "alert"), ("warn", "status")])
def test_alert_role_follows_tone(tone, role):
    shown = draw(f'<c-alert tone="{tone}" title="注意">文字</c-alert>')

    assert "文字" in shown.one("div", role=role).text


def test_steps_mark_the_present_one_in_words():
    shown = draw('<c-steps :steps="steps" />', steps=gallery.context()["steps"])

    assert shown.words("li", aria_current="step") == "3部门会签 2/4（进行中）"


def test_timeline_shows_times_and_verdicts():
    shown = draw('<c-timeline :events="events" />', events=gallery.events())

    assert [t.text for t in shown.all("time")] == ["11-18 09:47"] * 3
    assert [e.text for e in shown.all("span", class_="tag warn")] == ["退回补正"]


def test_pagination_keeps_the_query():
    shown = draw('<c-pagination :page="page" />', page=gallery.context()["page"])

    assert shown.one("a", rel="next").attrs["href"] == "?q=1&page=3"


def test_tiles_tabs_and_tasks_read_optional_keys_quietly():
    context = gallery.context()

    shown = draw(
        '<c-tiles :tiles="tiles" /><c-tabs :tabs="tabs" /><c-tasks :tasks="tasks" />', **context
    )

    assert shown.words("a", aria_current="page") == "待办7"


@pytest.mark.parametrize("name", ["403", "404", "409", "422", "csrf", "500"])
def test_error_page_offers_a_way_out(name):
    shown = page(f"errors/{name}.html", user=person(), typed=[("opinion", "写好的意见")])

    ways = [link.attrs["href"] for link in shown.all("a") if "btn" in link.attrs.get("class", "")]
    assert "/" in ways
    assert ("写好的意见" in shown.html) == (name in {"409", "422", "csrf"})


def test_error_page_500_needs_no_request():
    assert "系统出错了" in render_to_string("errors/500.html")


def test_layouts_render_for_a_visitor_and_for_a_person():
    visitor = page("layouts/public.html")
    person_page = page("layouts/workbench.html", user=person(), unread_count=3, nav=[])

    assert visitor.all("form") == []
    assert person_page.one("html").attrs["data-user"] == "u-1"
    assert person_page.one("a", class_="bell").attrs["aria-label"] == "消息，3 条未读"
    assert person_page.one("form", action="/logout/").attrs["method"] == "post"
    assert person_page.one("body").attrs["class"] == "wb"


def test_every_component_stands_on_a_page_and_in_the_gallery():
    """A component only the gallery shows is dead; one the gallery lacks is never looked at."""
    pages = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "cotton"]
    gallery_page = TEMPLATES / "core" / "components.html"
    others = "".join(path.read_text() for path in [*pages, *KIT] if path != gallery_page)
    shown = gallery_page.read_text()

    def names(path: Path) -> str:
        return rf"<c-{path.stem.replace('_', '[-_]')}[\s/>]"

    kit = [path for path in KIT if not path.stem.startswith("_")]
    assert [path.stem for path in kit if not re.search(names(path), others)] == []
    # A 依据 link and the list of errors are shown there inside cards and forms.
    inside = {"basis", "errors"}
    assert {path.stem for path in kit if not re.search(names(path), shown)} <= inside


def test_money_in_each_spelling_and_none_as_a_dash():
    shown = draw(
        '<p><c-money :amount="a" capital="1" /></p><p><c-money :amount="a" unit="wan" /></p>'
        '<p><c-money :amount="none" capital="1" /></p>',
        a=Decimal("1005000.20"), none=None,
    )  # fmt: skip

    yuan, wan, nothing = (p.text.strip() for p in shown.all("p"))
    assert yuan == "1,005,000.20元壹佰万零伍仟元贰角"
    assert wan == "100.50002万元"
    assert nothing == "—"


def test_description_reads_rows_then_its_own_content():
    rows = [{"label": "报告编号", "value": "甲1", "url": "/x/"}, {"label": "条款", "value": ""}]
    shown = draw(
        '<c-description title="评估" :rows="rows"><c-item label="价值">9</c-item></c-description>',
        rows=rows,
    )

    assert [one.text for one in shown.all("dt")] == ["报告编号", "条款", "价值"]
    assert [one.text.strip() for one in shown.all("dd")] == ["甲1", "—", "9"]
    assert shown.one("a").attrs["href"] == "/x/"


def test_dialog_is_details_until_the_script_takes_it():
    shown = draw('<c-dialog id="d" label="撤下" title="撤下公开信息"><p>说明</p></c-dialog>')
    refused = draw('<c-dialog id="d" label="撤下" open="1">x</c-dialog>')

    assert "open" not in shown.one("details").attrs
    assert shown.one("div", role="group").attrs["aria-label"] == "撤下公开信息"
    assert "open" in refused.one("details").attrs


def test_turn_names_act_holder_and_lateness_and_is_silent_when_nobody_is_waited_for():
    turn = SimpleNamespace(label="复核")
    shown = draw('<c-turn :turn="turn" who="西安市总工会资产监管部门" late="3" />', turn=turn)

    words = shown.words("section", aria_label="下一步，已逾期")
    assert "复核" in words
    assert "西安市总工会资产监管部门" in words
    assert draw('<c-turn :turn="none" />', none=None).html.strip() == ""
