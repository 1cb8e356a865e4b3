"""What follows from meetings: minutes with their numbers, one void, what was asked and done."""

from datetime import date, timedelta

from demo.cast import officer
from demo.day import moment
from demo.evidence import paper
from meetings.models import Meeting
from meetings.services import (
    add_resolution,
    issue_minutes,
    report_resolution,
    settle_resolution,
    void_minutes,
)
from organizations.models import TradeUnion

ASKED = (
    ("复核试听和退费规则，报主席办公会议备案", date(2026, 9, 30)),
    ("督促阵地落实困难职工优惠登记台账", date(2026, 11, 16)),
    ("核对合作方投入设备清单并更新资产卡片", date(2026, 11, 24)),
)


def minutes_of_the_party_group() -> Meeting:
    """西安市总工会党组：两次会议的纪要，前一次作废重发；议定事项一件销号、一件待核、一件在办."""
    union = TradeUnion.objects.get(code="610100")
    closed = Meeting.objects.filter(body__union=union, body__kind="party_group", state="closed")
    earlier, last = closed.order_by("starts_at")[closed.count() - 2 :]
    first = _issue(earlier, days=1)
    secretary = officer(union, "secretary")
    void_minutes(meeting=first, reason="请假人姓名写错", by=secretary, at=_after(earlier, days=2))
    _issue(earlier, days=3)
    meeting = _issue(last, days=1)
    head, at = officer(union, "head"), _after(last, days=1)
    asked = [
        add_resolution(
            meeting=meeting, text=text, owner=head.name, due_on=due_on, department_kind="asset",
            by=secretary, at=at,
        )
        for text, due_on in ASKED
    ]  # fmt: skip
    for one, on in zip(asked, (date(2026, 9, 24), date(2026, 11, 18)), strict=False):
        scan = paper("议定事项落实材料")
        report_resolution(
            resolution=one, report="已办理完毕，材料附后。", upload=scan, name=scan.name or "",
            by=head, at=moment(on),
        )  # fmt: skip
    settle_resolution(
        resolution=asked[0], is_done=True, remark="材料齐全，销号。", by=secretary,
        at=moment(date(2026, 9, 25)),
    )  # fmt: skip
    return meeting


def _after(meeting: Meeting, *, days: int):
    return moment(meeting.starts_at.date() + timedelta(days=days), 15)


def _issue(meeting: Meeting, *, days: int) -> Meeting:
    at = _after(meeting, days=days)
    return issue_minutes(
        meeting=meeting,
        minutes_text=meeting.minutes_text,
        signed_by=meeting.minutes_signed_by,
        signed_on=at.date(),
        copy_to="资产监管部",
        by=officer(meeting.union, "secretary"),
        at=at,
    )


STORIES = (minutes_of_the_party_group,)
