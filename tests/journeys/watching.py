"""严格考核和监管: reminders, the periodic report, the evaluation, the auditor."""

import time
from datetime import date

from tests.journeys import content
from tests.journeys.hand import REFUSED, Hand
from tests.journeys.road import Road

MINUTES = 150.0  # the loop looks every minute, and keeps the day for half of one


def be_reminded(road: Road, today: date) -> None:
    """The running loop reminds of the contract that ends in thirty days, once."""
    manager = road.by("venue.manager")
    deadline = time.monotonic() + MINUTES
    while "合同还有 30 天到期" not in manager.open("/inbox/").page.content():
        assert time.monotonic() < deadline, "no reminder came"
        time.sleep(2)
    assert manager.page.locator("body").inner_text().count("合同还有 30 天到期") == 1


def report(road: Road, today: date) -> None:
    """A periodic report: asked for, handed in, returned, handed in again, accepted."""
    officer = road.by("asset.officer").open("/reports/").follow("布置报告")
    officer.fill(content.REPORT | {"阵地": content.VENUE}).press("布置报告").says("已布置")
    staff = road.by("venue.staff").open("/reports/")
    row = staff.page.locator("tbody tr").filter(has_text="2027").first
    staff.follow(content.VENUE, within=row)
    road.facts["report"] = staff.path
    staff.press("报送", status=REFUSED).says("尚未填写")
    staff.fill(content.REPORT_ANSWERS).press("报送").says("已报送")
    officer.open(road.facts["report"])
    officer.fill({"审核结论": "退回", "审核意见": "请补充公益课程的满意度情况。"})
    officer.press("提交审核结论").says("退回")
    staff.open(road.facts["report"]).says("请补充公益课程的满意度情况。")
    staff.fill({"建议": "公益课程满意度 96%，建议增加周末课时。"}).press("报送")
    officer.open(road.facts["report"]).fill({"审核结论": "受理"}).press("提交审核结论")
    officer.says("已受理")


def evaluate(road: Road, today: date) -> None:
    """The new contract's period is not over; the evaluated one shows 90.81 and 良好."""
    officer = road.by("asset.officer").open(f"{road.facts['evaluation']}score/")
    officer.says("评价期尚未结束", "评价期到 2027-12-31 结束")
    officer.open("/evaluations/?text=羽毛球馆")
    row = officer.page.locator("tbody tr").filter(has_text="90.81")
    officer.follow("西安东城工人文化宫羽毛球馆合作运营方案", within=row)
    officer.says("90.81", "84.33", "良好")
    road.facts["evaluated"] = officer.path


def be_audited(road: Road, today: date) -> None:
    """The auditor reads everything, finds no button, is refused, takes four papers."""
    auditor = road.by("auditor")
    for path in (
        f"{road.facts['plan']}review/",
        road.facts["meeting"],
        f"{road.facts['meeting']}record/",
        road.facts["reply"],
        road.facts["contract"],
        road.facts["disclosure"],
        road.facts["report"],
        road.facts["evaluation"],
        road.facts["evaluated"],
    ):
        _assert_no_acts(auditor.open(path))
    auditor.open(f"{road.facts['plan']}edit/", status=403)
    auditor.open(f"{road.facts['contract']}sign/", status=403)
    auditor.open(f"{road.facts['plan']}review/").takes_pdf("导出审批表")
    auditor.open(road.facts["reply"]).takes_pdf("下载批复 PDF")
    auditor.open(road.facts["contract"]).takes_pdf("合同备案表（PDF）")
    auditor.open(road.facts["evaluated"]).takes_pdf("评价报告 PDF")


def _assert_no_acts(hand: Hand) -> None:
    """Nothing on the page posts anything, the way out excepted."""
    posting = hand.page.locator("form[method=post]:not([data-logout])")
    assert posting.count() == 0, f"{hand.path} offers an act"
