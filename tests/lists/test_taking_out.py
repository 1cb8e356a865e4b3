"""Views and exports stay in the scope of who asks."""

import csv
import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.test import Client

from accounts.exports import FORMULA_STARTS, csv_file, workbook
from accounts.models import SavedView
from accounts.services import MOST_VIEWS
from audit.models import Event
from core.paging import MOST
from partners.models import Partner
from tests.harness.acting import post_act
from tests.lists import rows
from tests.lists.pages import LISTS
from tests.lists.reading import shown

pytestmark = pytest.mark.django_db


def keep(client: Client, url: str, name: str):
    return post_act(client, url, {"act": "save", "name": name})


def test_a_view_is_kept_and_opened_by_an_ordinary_link(full, enter):
    client = enter("asset.officer")
    url = "/proposals/?stage=formal_review&sort=-due&page=1&junk=1"

    answer = keep(client, url, "形式审查")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "/proposals/?stage=formal_review&sort=-due",
    )
    html = client.get("/proposals/").content.decode()
    assert 'href="/proposals/?stage=formal_review&amp;sort=-due"' in html
    opened = shown(client, "/proposals/?stage=formal_review&sort=-due")
    assert [view["label"] for view in opened.views if view["current"]] == ["形式审查"]
    assert "形式审查</a>" not in enter("counsel").get("/proposals/").content.decode()
    assert [view["own"] for view in shown(client, "/contracts/").views if view["own"]] == []


@pytest.mark.parametrize(
    ("url", "name", "sentence"),
    [
        ("/proposals/?stage=draft", "", "请填写“视图名称”。"),
        ("/proposals/?stage=draft", "长" * 13, "名称最多 12 个字"),
        ("/proposals/", "空", "现在没有任何条件"),
        ("/proposals/?junk=1&stage=nonsense", "空", "现在没有任何条件"),
        ("/proposals/?stage=draft", "已有", "已有名为“已有”的视图"),
    ],
)
def test_a_view_that_cannot_be_kept_says_why(enter, url, name, sentence):
    client = enter("asset.officer")
    keep(client, "/proposals/?stage=approved", "已有")

    answer = keep(client, url, name)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_a_person_keeps_twenty_views_of_a_list(enter):
    client = enter("asset.officer")
    for number in range(MOST_VIEWS):
        assert keep(client, f"/proposals/?text=a{number}", f"视图{number}").status_code == 302

    answer = keep(client, "/proposals/?text=more", "再一个")

    assert "最多保存 20 个视图" in answer.content.decode()
    assert keep(client, "/contracts/?text=more", "另一列表").status_code == 302


def test_a_view_is_dropped_by_its_owner_only(full, enter):
    owner, other = enter("asset.officer"), enter("asset.head")
    keep(owner, "/proposals/?stage=draft", "草稿们")
    view = SavedView.objects.get()
    body = {"act": "forget", "view": str(view.pk)}

    foreign = post_act(other, "/proposals/", body)
    missing = post_act(other, "/proposals/", body | {"view": str(uuid.uuid4())})
    broken = post_act(other, "/proposals/", body | {"view": "\0"})

    assert [one.status_code for one in (foreign, missing, broken)] == [404, 404, 404]
    assert SavedView.objects.count() == 1
    assert post_act(owner, "/contracts/", body).status_code == 404
    assert post_act(owner, "/proposals/", body).status_code == 302
    assert SavedView.objects.count() == 0


def test_a_view_never_widens_what_one_sees(full, enter):
    """Somebody else's address, kept by a person of another city, shows that city's rows only."""
    client = enter("baoji.officer")
    query = f"venue={full.venue.pk}&union={full.xian.pk}&kind=operation_plan"
    SavedView.objects.create(
        user=full["baoji.officer"], list_name="proposals", name="越界", query=query,
        created_at="2026-11-20T01:00:00Z",
    )  # fmt: skip

    listing = shown(client, f"/proposals/?{query}")

    assert listing.page.total == 0
    assert len(listing.problems) == 2
    assert full.venue.name not in client.get(f"/proposals/?{query}").content.decode()


def export(client: Client, url: str, kind: str):
    answer = post_act(client, url, {"act": kind})
    assert answer.status_code == 200, url
    assert answer["Content-Disposition"].startswith("attachment")
    return answer


def read_csv(answer) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_taken_out_as_it_is_shown(enter, name, kind):
    page = LISTS[name]
    client = enter(page.reader)
    listing = shown(client, page.path)
    before = Event.objects.count()

    answer = export(client, page.path, kind)

    labels = [column.label for column in listing.table.columns if column.in_export]
    if kind == "csv":
        lines = read_csv(answer)
        head, body = lines[0], lines[1 : lines.index([])]
    else:
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        head, *body = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        assert book.sheetnames[1] == "口径"
    assert head == labels
    assert len(body) == listing.page.total
    assert Event.objects.count() == before + 1
    event = Event.objects.get(code="accounts.list.exported")
    # The list of acts itself had one act less when it was taken out.
    assert f"（{listing.page.total} 条，{kind.upper()}）" in event.title


def test_an_export_follows_filter_and_order_and_says_so(full, enter):
    client = enter("auditor")
    url = "/proposals/?kind=operation_plan&sort=title&tab=review"
    listing = shown(client, url)

    lines = read_csv(export(client, url, "csv"))

    titles = [line[0] for line in lines[1 : lines.index([])]]
    assert titles == [row.title for row in listing.page.rows]
    notes = [line[0] for line in lines[lines.index([]) + 1 :]]
    assert "导出人：钱进（西安市总工会审计人员）" in notes or notes[1].startswith("导出人：钱进（")
    assert "条件：审批中；类别：具体运作方案" in notes
    assert "排序：按方案升序" in notes
    assert f"条数：{len(titles)}" in notes
    event = Event.objects.get(code="accounts.list.exported")
    assert (event.union_id, event.case_id) == (full.xian.pk, full["auditor"].pk)
    assert "kind=operation_plan" in event.body


def test_days_and_figures_stay_what_they_are(full, enter):
    answer = export(enter("asset.officer"), "/contracts/", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    ends = sheet.cell(2, head.index("到期") + 1)

    assert ends.is_date
    assert ends.value.date() == date(2029, 11, 30) or ends.value.year >= 2027


def test_others_take_out_only_their_own(full, enter):
    lines = read_csv(export(enter("baoji.officer"), "/proposals/", "csv"))

    assert lines[1] == []
    assert full.venue.name not in export(enter("baoji.officer"), "/venues/", "csv").content.decode()


def test_an_expert_reads_the_list_and_takes_nothing_out(full, enter):
    client = enter("expert")

    answer = post_act(client, "/proposals/", {"act": "csv"})

    assert answer.status_code == 403
    assert "导出" not in client.get("/proposals/").content.decode()
    assert not Event.objects.filter(code="accounts.list.exported").exists()


@pytest.mark.parametrize("act", ["", "pdf", "__class__", "\0"])
def test_an_unknown_act_is_refused_in_words(enter, act):
    answer = post_act(enter("asset.officer"), "/proposals/", {"act": act})

    assert answer.status_code == 422
    assert not Event.objects.filter(code="accounts.list.exported").exists()


def test_more_than_ten_thousand_are_counted_and_taken_out_so_far(full, enter):
    first = Partner.objects.order_by("pk").first()
    rows.copies(first, range(MOST), rows.OWN[Partner])
    client = enter("asset.officer")

    html = client.get("/partners/?page=200").content.decode()
    past = client.get("/partners/?page=201").content.decode()
    lines = read_csv(export(client, "/partners/", "csv"))

    assert "共 <b>10,000+</b> 条" in html
    assert "只翻到第 10,000 条" in html
    assert "只导出前 10,000 条" in html
    assert "到第 200 页为止" in past
    assert lines.index([]) - 1 == MOST
    assert any("超过 10000 条，本文件只有前 10000 条" in line[0] for line in lines if line)


PAYLOADS = [
    f"{start}{rest}"
    for start in FORMULA_STARTS
    for rest in (
        "1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://example.cn\",\"x\")", "SUM(A1:A9)", "",
        "DDE(\"cmd\";\"x\")", "@SUM(1)", "IMPORTXML(\"//x\")", "甲", "\u0001\u000b", "=1", " 1",
        "{=1}", "'1", "\"1\"", "1;2", "1,2", "A1", "-1", "+1", "0x1", "TRUE", "#REF!", "1e9", "%",
        "<b>", "&amp;", "]]>", "\\n", "/", "*", "(1)", "[1]", "^", "~", "|", "?", "!", "$A$1",
    )
]  # fmt: skip


def test_nothing_typed_becomes_a_formula_in_a_workbook():
    assert len(PAYLOADS) >= 400
    book = openpyxl.load_workbook(
        io.BytesIO(workbook("x", ["甲", "乙"], [[text, text] for text in PAYLOADS], PAYLOADS))
    )

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert [cell for cell in cells if cell.hyperlink] == []
    column = [cell.value for cell in book.worksheets[0]["A"][1:]]
    assert column[0] == "=1+1"
    assert len(column) == len(PAYLOADS)


def test_nothing_typed_begins_a_formula_in_csv():
    content = csv_file(["甲"], [[text] for text in PAYLOADS], PAYLOADS)

    cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in line]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    assert cells[1] == "'=1+1"


def test_figures_are_left_as_figures_in_csv():
    content = csv_file(["甲"], [[-5, date(2026, 11, 20)]], []).decode("utf-8-sig")

    assert content == '"甲"\r\n"-5","2026-11-20"\r\n\r\n'


def test_a_view_and_an_export_need_their_command(enter):
    client = enter("asset.officer")

    assert client.post("/proposals/", {"act": "csv"}).status_code == 422
    assert client.post("/proposals/?stage=draft", {"act": "save", "name": "x"}).status_code == 422
    assert SavedView.objects.count() == 0


def test_the_auditor_of_the_union_reads_of_an_export(full, enter):
    export(enter("venue.staff"), "/proposals/", "csv")

    assert "导出列表：方案" in enter("auditor").get("/audit/").content.decode()
