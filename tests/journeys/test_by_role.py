"""A venue's head with a phone in hand; an auditor who may read everything and change nothing."""

from pathlib import Path

import pytest

from tests.harness.browser import PHONE
from tests.journeys.addresses import addresses_of
from tests.journeys.hand import Hand

TEXT = "本期按计划开放，服务职工人次稳步增加，没有发生安全事故。"
FINGER = 24  # least size of a target in CSS pixels (WCAG 2.2, 2.5.8)
SMALL = """(least) => [...document.querySelectorAll("main button, main .btn, header.top summary")]
  .filter((one) => one.offsetParent && (one.offsetHeight < least || one.offsetWidth < least))
  .map((one) => one.innerText || one.ariaLabel)"""


@pytest.mark.journey
def test_a_head_hands_in_a_report_on_the_phone(live, visit):
    """高峻 at 390×844, with a finger.

    1. The workbench; the menu unfolds; 报告 is in it.
    2. The list shows cards. He opens the report that is asked for; handed in empty it is refused
       with sentences beside the questions.
    3. He writes numbers and texts, keeps a draft, comes back, hands it in: 已报送.
    """
    keys = addresses_of(live)
    head = Hand(visit("venue.manager", viewport=PHONE, touch=True)).open_to_all()
    head.page.locator("summary").filter(has_text="导航菜单").tap()
    menu = head.page.get_by_role("navigation", name="导航菜单")
    menu.wait_for(state="visible")
    head.open_to_all().follow("报告", within=menu).open_to_all()
    report = f"/reports/{keys['report_open']}/"
    with head.page.expect_navigation():
        head.page.locator(f"main a[href='{report}']").first.tap()
    head.open_to_all().press("报送", status=422).says("尚未填写").open_to_all()

    form = head.page.locator("form[action$='/fill/']")
    for field in form.locator("input:not([type=hidden]), textarea").all():
        is_text = field.evaluate("one => one.tagName") == "TEXTAREA"
        field.fill(TEXT if is_text else "60")
    assert head.page.evaluate(SMALL, FINGER) == []
    head.press("保存草稿").open("/").open(report)
    assert form.locator("textarea").first.input_value() == TEXT
    head.press("报送").says("已报送", TEXT).open_to_all()
    head.visitor.assert_quiet(expected_statuses=(422,))


@pytest.mark.journey
def test_an_auditor_reads_exports_and_writes_nothing(live, visit):
    """曹明 (审计) looks at a whole matter.

    1. Nothing of plan, cooperation, contract, meeting, evaluation or report offers an act.
    2. The approval form and the evaluation's report are PDFs; the list comes as CSV and XLSX.
    3. The addresses of writing are refused, by hand and by a form made up in the page.
    4. The ledger of the matter verifies.
    """
    keys = addresses_of(live)
    auditor = Hand(visit("auditor")).open_to_all()
    read = (
        "/proposals/{approved}/review/", "/cooperations/{cooperation}/", "/contracts/{contract}/",
        "/meetings/{sitting}/", "/evaluations/{evaluation}/", "/reports/{report_done}/",
    )  # fmt: skip
    for path in read:
        auditor.open(path.format(**keys)).open_to_all()
        posting = auditor.page.locator("main form[method=post], .head form[method=post]")
        assert posting.count() == 0, f"{path} offers an act"

    auditor.open(read[0].format(**keys)).takes_pdf("导出审批表")
    auditor.open(read[4].format(**keys)).takes_pdf("评价报告 PDF")
    auditor.open("/proposals/?stage=approved").open_to_all()
    for kind, begins in (("CSV", "\ufeff".encode()), ("Excel", b"PK")):
        assert export(auditor, kind).startswith(begins)

    for path in ("/proposals/{returned}/edit/", "/contracts/{contract}/edit/", "/reports/new/"):
        auditor.open(path.format(**keys), status=403).open_to_all()
    token = auditor.page.context.cookies()
    csrf = next(one["value"] for one in token if one["name"].endswith("csrftoken"))
    answer = auditor.page.request.post(
        f"/proposals/{keys['waiting']}/void/",
        form={"csrfmiddlewaretoken": csrf, "reason": "x"},
        headers={"Referer": f"{live.url}/"},
    )
    assert answer.status == 403
    auditor.open("/audit/verify/").says("核验通过").open_to_all()
    auditor.visitor.assert_quiet(expected_statuses=(403,))


def export(hand: Hand, kind: str) -> bytes:
    """Take the list that is shown as a file of one kind."""
    hand.page.locator("summary").filter(has_text="导出").click()
    with hand.page.expect_download() as taken:
        hand.page.get_by_role("button", name=kind).click()
    content = Path(taken.value.path()).read_bytes()
    hand.page.reload()
    return content
