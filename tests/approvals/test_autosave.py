"""Keeping what is being typed, and two people in one section."""

import json
import re
import uuid
from html import unescape

import pytest
from django.urls import reverse

from approvals.enums import Stage
from approvals.models import Proposal, Section
from approvals.services import drafting
from core.errors import ActionBlocked, Refused, StaleVersion
from tests.approvals import builders
from tests.approvals.builders import moment
from tests.harness.acting import hidden_fields, post_act

AT = moment("2026-11-20 09:00")
MINE, OTHER = uuid.uuid4(), uuid.uuid4()


def autosave(
    world, proposal, data, *, version=0, command_id=MINE, who="venue.staff", code="safety"
):
    return drafting.autosave_section(
        proposal=proposal, code=code, data=data, version=version, by=world[who], at=AT,
        command_id=command_id,
    )  # fmt: skip


# --- the service ---------------------------------------------------------------------------------


def test_typing_is_kept_without_being_asked(world, draft):
    section = autosave(world, draft, {"measures": "每日巡检。"})

    assert (section.version, section.data) == (1, {"measures": "每日巡检。"})
    assert section.updated_by == world["venue.staff"]


def test_the_same_text_twice_is_one_save(world, draft):
    autosave(world, draft, {"measures": "每日巡检。"})
    before = builders.fresh(draft).version

    section = autosave(world, draft, {"measures": "每日巡检。"}, version=1, command_id=OTHER)

    assert section.version == 1
    assert section.updated_with == MINE
    assert builders.fresh(draft).version == before


def test_an_answer_lost_on_the_way_does_not_stop_its_own_form(world, draft):
    """The first save arrived, its answer did not: the form still believes in version 0."""
    autosave(world, draft, {"measures": "每日巡检。"})

    section = autosave(world, draft, {"measures": "每日巡检，责任到人。"}, version=0)

    assert section.version == 2
    assert section.data == {"measures": "每日巡检，责任到人。"}


def test_two_windows_of_one_person_do_not_overwrite_each_other(world, draft):
    autosave(world, draft, {"measures": "第一个窗口。"}, command_id=MINE)

    with pytest.raises(StaleVersion):
        autosave(world, draft, {"measures": "第二个窗口。"}, command_id=OTHER)

    assert Section.objects.get(proposal=draft).data == {"measures": "第一个窗口。"}


def test_a_form_is_its_writers_own(world, draft):
    """Somebody else's newer text is not overwritten, whatever command id is sent."""
    autosave(world, draft, {"measures": "负责人写的。"}, who="venue.manager")

    with pytest.raises(StaleVersion):
        autosave(world, draft, {"measures": "经办人写的。"})


def test_a_form_without_an_id_owns_nothing(world, draft):
    autosave(world, draft, {"measures": "先写的。"}, command_id=None)

    with pytest.raises(StaleVersion):
        autosave(world, draft, {"measures": "后写的。"}, command_id=None)


def test_after_somebody_elses_save_my_form_is_stale(world, draft):
    autosave(world, draft, {"measures": "我写的。"})
    autosave(world, draft, {"measures": "对方改的。"}, version=1, command_id=OTHER,
             who="venue.manager")  # fmt: skip

    with pytest.raises(StaleVersion):
        autosave(world, draft, {"measures": "我又写的。"}, version=1)


def test_a_decided_plan_is_not_saved_unasked(world, complete_draft):
    proposal = builders.decide(world, complete_draft)

    with pytest.raises(ActionBlocked, match="已经阵地集体决策，不自动保存"):
        autosave(world, proposal, {"exit": "改了退出机制。"}, version=1, code="contract_elements")

    assert builders.fresh(proposal).stage == Stage.VENUE_DECIDED


def test_a_submitted_plan_is_not_saved(world, submitted):
    with pytest.raises(ActionBlocked, match="内容不能修改"):
        autosave(world, submitted, {"measures": "晚了。"}, version=1)


@pytest.mark.parametrize("who", ["asset.officer", "other.manager", "auditor"])
def test_nobody_else_saves(world, draft, who):
    with pytest.raises(Refused):
        autosave(world, draft, {"measures": "外人写的。"}, who=who)


def test_saves_of_mere_words_leave_no_row_in_the_history(world, draft):
    rows = draft.history.count()
    version = draft.version

    autosave(world, draft, {"measures": "一。"})
    autosave(world, draft, {"measures": "一二。"}, version=1)

    assert draft.history.count() == rows
    assert builders.fresh(draft).version == version + 2  # an open check page is stale all the same


def test_a_save_of_a_counted_answer_leaves_one(world, draft):
    rows = draft.history.count()

    autosave(world, draft, {"starts_on": "2027-01-01"}, code="overview")

    assert draft.history.count() == rows + 1
    assert str(builders.fresh(draft).starts_on) == "2027-01-01"


# --- the address ---------------------------------------------------------------------------------


def url_of(proposal, code="safety"):
    return reverse("approvals:section_autosave", args=[proposal.pk, code])


def page_of(proposal, code="safety"):
    return reverse("approvals:section_edit", args=[proposal.pk, code])


def send(client, proposal, data, code="safety"):
    """Send as the script of the section's page does: the whole form, by its hidden fields."""
    response = post_act(client, url_of(proposal, code), data, page=page_of(proposal, code))
    return response, json.loads(response.content)


@pytest.fixture
def staff(world, log_in):
    return log_in(world["venue.staff"])


def test_the_answer_says_when_and_brings_the_checks(staff, draft):
    response, news = send(staff, draft, {"measures": "每日巡检。"})

    assert response.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", news["at"])
    assert (news["version"], news["state"], news["tone"]) == (1, "填写中", "info")
    assert news["problems"] == {}
    assert "应急管理措施" in news["checks"]
    assert Section.objects.get(proposal=draft).data["measures"] == "每日巡检。"


def test_what_cannot_be_kept_is_told_and_the_rest_is_kept(staff, draft):
    typed = {"space": "三层 780 ㎡", "starts_on": "2027-02-30", "ends_on": "2029-12-31"}

    response, news = send(staff, draft, typed, code="overview")

    assert response.status_code == 200
    assert list(news["problems"]) == ["id_starts_on"]
    assert "日期不存在" in news["problems"]["id_starts_on"]
    data = Section.objects.get(proposal=draft, code="overview").data
    assert (data["space"], data["starts_on"], data["ends_on"]) == ("三层 780 ㎡", "", "2029-12-31")


def test_an_answer_that_was_good_stays_while_its_new_one_is_bad(world, staff, complete_draft):
    _response, news = send(staff, complete_draft, {"welfare_share": "120"}, code="four_properties")

    assert "id_welfare_share" in news["problems"]
    data = Section.objects.get(proposal=complete_draft, code="four_properties").data
    assert data["welfare_share"] == "60"


def test_a_row_that_cannot_be_kept_names_its_cell(staff, draft):
    rows = {
        "milestones-TOTAL_FORMS": "1",
        "milestones-INITIAL_FORMS": "0",
        "milestones-0-name": "签订合同",
        "milestones-0-due_on": "2027-02-30",
    }

    _response, news = send(staff, draft, rows, code="roadmap")

    assert list(news["problems"]) == ["id_milestones-0-due_on"]


def test_a_stale_form_hears_who_saved_and_when(world, staff, draft):
    autosave(world, draft, {"measures": "负责人写的。"}, who="venue.manager")

    response, news = send(staff, draft, {"version": "0", "measures": "经办人写的。"})

    assert response.status_code == 409
    assert news["said"] == "冯岚 已在 09:00 修改并保存了本节。"
    assert Section.objects.get(proposal=draft).data["measures"] == "负责人写的。"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 50])
def test_a_broken_version_keeps_nothing(staff, draft, version):
    response, news = send(staff, draft, {"version": version, "measures": "每日巡检。"})

    assert response.status_code in (409, 422)
    assert news["reasons"]
    assert not Section.objects.filter(proposal=draft).exists()


def test_the_form_is_saved_by_hand_after_it_saved_itself(staff, draft):
    """One form, one command id: its own saves in between do not make it stale or repeated."""
    fields = hidden_fields(staff.get(page_of(draft)).content.decode(), action=page_of(draft))

    staff.post(url_of(draft), fields | {"measures": "一。"})
    staff.post(url_of(draft), fields | {"measures": "一二。"})
    response = staff.post(page_of(draft), fields | {"measures": "一二三。", "emergency": "演练。"})

    assert response.status_code == 302
    assert Section.objects.get(proposal=draft).data["measures"] == "一二三。"


def test_without_a_session_the_answer_is_401(client, draft):
    response = client.post(url_of(draft), {"measures": "每日巡检。"})

    assert response.status_code == 401


def test_the_address_opened_by_hand_leads_to_the_page(staff, draft):
    response = staff.get(url_of(draft))

    assert response.url == page_of(draft)


@pytest.mark.parametrize("who", ["other.manager", "away.manager", "baoji.officer", "asset.officer"])
def test_a_draft_of_others_is_unknown(world, log_in, draft, who):
    response = log_in(world[who]).post(url_of(draft), {"command_id": str(MINE), "version": "0"})

    assert response.status_code in (403, 404)
    assert not Section.objects.filter(proposal=draft).exists()


def test_a_section_the_plan_does_not_have_is_not_there(world, staff, overall):
    proposal = builders.new_plan(world, "internal")
    fields = {"command_id": str(MINE), "version": "0"}

    assert staff.post(url_of(proposal, "contract_elements"), fields).status_code == 404


QUERIES_OF_AN_AUTOSAVE = 41


def test_an_autosave_asks_the_database_a_fixed_number_of_times(
    world, staff, complete_draft, django_assert_num_queries
):
    fields = hidden_fields(
        staff.get(page_of(complete_draft)).content.decode(), action=page_of(complete_draft)
    )

    with django_assert_num_queries(QUERIES_OF_AN_AUTOSAVE):
        staff.post(url_of(complete_draft), fields | {"measures": "一。", "emergency": "二。"})


# --- both texts ----------------------------------------------------------------------------------


def text_of(html):
    """The words of a page without its marks."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def conflict(world, staff, proposal):
    """The manager saves between my opening the page and my saving it."""
    autosave(world, proposal, {"measures": "对方写的措施。", "emergency": "对方写的应急。"},
             who="venue.manager")  # fmt: skip
    typed = {"version": "0", "seen": "", "measures": "我写的措施。", "emergency": "对方写的应急。"}
    return post_act(staff, page_of(proposal), typed)


def test_a_stale_save_shows_both_texts_with_who_and_when(world, staff, draft):
    response = conflict(world, staff, draft)

    text = text_of(response.content.decode())
    assert response.status_code == 409
    assert "冯岚 已在 11-20 09:00 修改并保存了本节。" in text
    assert "对方写的措施。" in text
    assert "我写的措施。" in text
    assert "<mark>对方</mark>写的措施。" in response.content.decode()
    assert "应急管理措施" not in text  # the same on both sides
    assert Section.objects.get(proposal=draft).data["measures"] == "对方写的措施。"


@pytest.mark.parametrize(
    ("pick", "box", "kept"),
    [
        ("theirs", "我写的措施。", "对方写的措施。"),
        ("mine", "我写的措施。", "我写的措施。"),
        ("mine", "对方和我合写的措施。", "对方和我合写的措施。"),
    ],
)
def test_the_choice_is_saved_on_the_newest_version(world, staff, draft, pick, box, kept):
    html = conflict(world, staff, draft).content.decode()
    fields = hidden_fields(html, action=page_of(draft))

    response = staff.post(page_of(draft), fields | {"pick_measures": pick, "measures": box})

    section = Section.objects.get(proposal=draft)
    assert response.status_code == 302
    assert section.version == (1 if pick == "theirs" else 2)
    assert section.data == {"measures": kept, "emergency": "对方写的应急。"}


def test_without_a_choice_nothing_is_saved_and_both_texts_stay(world, staff, draft):
    html = conflict(world, staff, draft).content.decode()
    fields = hidden_fields(html, action=page_of(draft))

    response = staff.post(page_of(draft), fields | {"measures": "我写的措施，又添了一句。"})

    text = text_of(response.content.decode())
    assert response.status_code == 422
    assert "请选择用对方的还是用我的" in text
    assert "对方写的措施。" in text
    assert "我写的措施，又添了一句。" in text
    assert Section.objects.get(proposal=draft).version == 1


def test_a_third_save_meanwhile_shows_the_difference_again(world, staff, draft):
    html = conflict(world, staff, draft).content.decode()
    fields = hidden_fields(html, action=page_of(draft))
    autosave(world, draft, {"measures": "对方第二次写的。", "emergency": "对方写的应急。"},
             version=1, who="venue.manager", command_id=OTHER)  # fmt: skip

    response = staff.post(page_of(draft), fields | {"pick_measures": "mine", "measures": "我的。"})

    text = text_of(response.content.decode())
    assert response.status_code == 409
    assert "对方第二次写的。" in text
    assert "我的。" in text
    assert Section.objects.get(proposal=draft).data["measures"] == "对方第二次写的。"


def test_what_only_one_of_us_changed_needs_no_choice(world, staff, complete_draft):
    """I changed the measures, they the drills: both are kept with one click."""
    fields = hidden_fields(
        staff.get(page_of(complete_draft)).content.decode(), action=page_of(complete_draft)
    )
    builders.change(world, complete_draft, "safety", emergency="对方改的演练。",
                    )  # fmt: skip
    shown = staff.post(
        page_of(complete_draft),
        fields | {"measures": "我改的巡检。", "emergency": "每季度演练一次。"},
    )
    html = shown.content.decode()
    assert shown.status_code == 409
    assert "只有您改过" in html
    assert "只有对方改过" in html

    again = hidden_fields(html, action=page_of(complete_draft))
    again |= {"pick_measures": "mine", "measures": "我改的巡检。"}  # as the page has them chosen
    assert staff.post(page_of(complete_draft), again).status_code == 302

    data = Section.objects.get(proposal=complete_draft, code="safety").data
    assert data == {"measures": "我改的巡检。", "emergency": "对方改的演练。"}


def test_tables_are_chosen_like_texts(world, staff, complete_draft):
    url = page_of(complete_draft, "roadmap")
    fields = hidden_fields(staff.get(url).content.decode(), action=url)
    builders.change(world, complete_draft, "roadmap", milestones=[
        {"name": "对方的工作", "deliverable": "", "owner": "冯岚", "due_on": "2026-12-20"},
    ])  # fmt: skip
    rows = {
        "milestones-TOTAL_FORMS": "1",
        "milestones-INITIAL_FORMS": "0",
        "milestones-0-name": "我的工作",
        "milestones-0-owner": "陈晨",
        "milestones-0-due_on": "2027-02-28",
    }
    html = staff.post(url, fields | rows).content.decode()
    assert "对方的工作 · — · 冯岚 · 2026-12-20" in text_of(html)

    again = hidden_fields(html, action=url) | rows | {"pick_milestones": "mine"}
    assert staff.post(url, again).status_code == 302

    rows = Section.objects.get(proposal=complete_draft, code="roadmap").data["milestones"]
    assert [row["name"] for row in rows] == ["我的工作"]


def test_a_chosen_partner_is_shown_by_name_on_both_sides(world, staff, complete_draft):
    url = page_of(complete_draft, "partner")
    fields = hidden_fields(staff.get(url).content.decode(), action=url)
    builders.change(world, complete_draft, "partner", partner="")

    response = staff.post(url, fields | {"partner": str(world.partner.pk)})

    assert "陕西健行体育有限公司" in text_of(response.content.decode())
    assert response.status_code == 409


@pytest.mark.parametrize(
    "value", ["甲\x00乙", "9" * 400, "' OR 1=1 --", "<script>alert(1)</script>"]
)
def test_hostile_choices_are_answered(world, staff, draft, value):
    fields = hidden_fields(conflict(world, staff, draft).content.decode(), action=page_of(draft))
    names = ("pick_measures", "measures", "seen", "merging", "pick_emergency", "emergency")

    response = staff.post(page_of(draft), fields | dict.fromkeys(names, value))

    assert response.status_code == 422
    assert "<script>alert(1)" not in response.content.decode()
    assert Section.objects.get(proposal=draft).version == 1


def test_nobody_is_told_of_the_draft_by_its_saves(world, draft):
    autosave(world, draft, {"measures": "每日巡检。"})

    assert Proposal.objects.visible_to(world["asset.officer"]).filter(pk=draft.pk).count() == 0
