"""Reports and rectifications: what the services do and refuse."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from audit.models import Event
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from notifications.models import Deadline, OutboxItem
from notifications.services import tick
from organizations.models import CalendarException
from supervision import rules, selectors, services
from supervision.enums import RectificationState, ReportKind, ReportState
from supervision.models import PeriodicReport
from tests.approvals import builders as plans
from tests.approvals.builders import moment
from tests.supervision.conftest import FIGURES, NOW, hand_in, review, schedule


def reasons(refusal) -> str:
    return "；".join(str(reason) for reason in refusal.value.reasons)


# 布置


def test_the_due_day_is_counted_in_working_days(world):
    for day in range(1, 8):
        CalendarException.objects.create(day=date(2026, 10, day), is_workday=False, name="国庆节")
    CalendarException.objects.create(day=date(2026, 10, 10), is_workday=True, name="国庆调休")

    report = schedule(world)

    assert report.due_on == date(2026, 10, 27)
    assert selectors.due_note(report) == ""


def test_an_unpublished_year_is_said(world):
    report = schedule(world, period_from=date(2030, 1, 1), period_to=date(2030, 3, 31))

    assert selectors.due_note(report) == "节假日安排未公布"


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2026, 9, 30), date(2026, 7, 1), "止日不能早于起日"),
        (date(2025, 9, 30), date(2026, 10, 1), "不超过一年"),
        (date(1, 1, 1), date(1, 3, 31), "核对年份"),
        (date(9999, 10, 1), date(9999, 12, 31), "核对年份"),
        (date(2026, 9, 30), date(2026, 10, 31), "重叠"),
    ],
)
def test_a_period_that_cannot_be_is_refused(world, report, start, end, sentence):
    with pytest.raises(ActionBlocked) as refusal:
        schedule(world, period_from=start, period_to=end)

    assert sentence in reasons(refusal)
    assert PeriodicReport.objects.count() == 1


def test_the_two_kinds_of_report_do_not_stand_in_each_others_way(world, report):
    other = schedule(world, kind=ReportKind.SPECIAL_WORK)

    assert (other.period_from, other.kind) == (report.period_from, "special_work")


def test_all_venues_are_asked_but_none_twice(world, report):
    made = services.schedule_for_all(
        venues=[world.venue, world.other_venue], kind=ReportKind.ASSET_OPERATION,
        period_from=date(2026, 7, 1), period_to=date(2026, 9, 30), by=world["asset.officer"],
        at=NOW,
    )  # fmt: skip

    assert [one.venue for one in made] == [world.other_venue]
    with pytest.raises(ActionBlocked, match="都已布置"):
        services.schedule_for_all(
            venues=[world.venue], kind=ReportKind.ASSET_OPERATION,
            period_from=date(2026, 7, 1), period_to=date(2026, 9, 30),
            by=world["asset.officer"], at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("username", ["venue.manager", "auditor", "province.asset"])
def test_only_the_supervising_department_asks(world, username):
    with pytest.raises(Refused):
        schedule(world, by=world[username])


# 填写和报送


def test_a_report_is_handed_in_and_its_figures_kept(world, report):
    done = hand_in(world, report)

    assert (done.state, done.income, done.received) == (
        ReportState.SUBMITTED, Decimal("685000.00"), Decimal("180000.00")
    )  # fmt: skip
    assert done.answers["risks"] == "无重大风险。"


def test_an_unfinished_report_stays_a_draft_with_all_that_lacks(world, report):
    with pytest.raises(ActionBlocked) as refusal:
        hand_in(world, report, answers=FIGURES | {"risks": "", "income": ""})

    assert [one.field for one in refusal.value.reasons] == ["income", "risks"]
    kept = PeriodicReport.objects.get(pk=report.pk)
    assert (kept.state, kept.answers, kept.version) == (ReportState.DUE, {}, report.version)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"received": "200000.01"}, "实收大于应收"),
        ({"open_days": "93"}, "多于报告期间的 92 天"),
        ({"income": "-1"}, "0 或正数"),
        ({"income": "NaN"}, "0 或正数"),
        ({"income": "1e400"}, "0 或正数"),
        ({"sessions": "3.5"}, "0 或正数"),
        ({"sessions": "x"}, "0 或正数"),
    ],
)
def test_figures_that_cannot_be_are_refused(world, report, changes, sentence):
    with pytest.raises(ActionBlocked) as refusal:
        hand_in(world, report, answers=FIGURES | changes)

    assert sentence in reasons(refusal)


def test_a_period_that_runs_is_drafted_but_not_handed_in(world):
    report = schedule(world, period_from=date(2026, 10, 1), period_to=date(2026, 12, 31))

    draft = services.save_report(
        report=report, answers={"risks": "暂无。", "foreign": "x"}, version=1,
        by=world["venue.staff"], at=NOW,
    )  # fmt: skip

    assert draft.answers == {"risks": "暂无。"}
    with pytest.raises(ActionBlocked, match="2026-12-31 结束，结束后才能报送"):
        hand_in(world, draft)


def test_another_venue_does_not_write(world, report):
    with pytest.raises(Refused):
        hand_in(world, report, by=world["other.manager"])


def test_a_stale_report_is_refused(world, report):
    hand_in(world, report)

    with pytest.raises(StaleVersion):
        hand_in(world, report)


# 审核


def test_a_report_is_accepted(world, submitted):
    done = review(world, submitted)

    assert (done.state, done.reviewed_by) == (ReportState.ACCEPTED, world["asset.officer"])
    with pytest.raises(ActionBlocked, match="不能再修改"):
        hand_in(world, done)
    with pytest.raises(ActionBlocked, match="不在待审核状态"):
        review(world, done)


def test_a_returned_report_is_late_again_until_it_comes_back(world, submitted):
    with pytest.raises(ActionBlocked, match="至少 10 个字"):
        review(world, submitted, is_accepted=False, note="请改。")

    back = review(world, submitted, is_accepted=False, note="收入与合同台账不一致，请核对后重报。")
    today = date(2026, 11, 30)
    late = (today - back.due_on).days

    assert selectors.late_days_of(back, today=today) == late > 0
    again = hand_in(world, back)
    assert selectors.late_days_of(again, today=today) == (NOW.date() - back.due_on).days
    assert review(world, again).state == ReportState.ACCEPTED


@pytest.mark.parametrize("username", ["venue.manager", "auditor", "province.asset"])
def test_only_the_supervising_department_reviews(world, submitted, username):
    with pytest.raises(Refused):
        review(world, submitted, by=world[username])


@pytest.mark.parametrize(
    ("state", "submitted_on", "late"),
    [
        (ReportState.DUE, None, 9),
        (ReportState.RETURNED, date(2026, 10, 20), 9),
        (ReportState.SUBMITTED, date(2026, 10, 25), 4),
        (ReportState.ACCEPTED, date(2026, 10, 21), 0),
    ],
)
def test_late_days(state, submitted_on, late):
    days = rules.late_days(
        state, date(2026, 10, 21), submitted_on=submitted_on, today=date(2026, 10, 30)
    )

    assert days == late


def test_the_period_before_stands_beside(world, submitted):
    later = schedule(world, period_from=date(2026, 10, 1), period_to=date(2026, 10, 31))

    before = selectors.previous_report(later)
    rows = {row["label"]: row for row in selectors.answer_rows(later, before)}

    assert before == submitted
    assert rows["本期收入"]["before"] == "685,000.00 元"
    assert rows["开放天数"]["before"] == "80 天"
    assert rows["本期收入"]["answer"] == "—"


# 提醒


def told(user) -> list[str]:
    rows = OutboxItem.objects.filter(recipient=user, deadline__kind="supervision.report")
    return [
        title.rpartition("：")[2] for title in rows.order_by("pk").values_list("title", flat=True)
    ]


def test_reminders_come_once_each_and_stop_when_it_is_handed_in(world, report):
    staff, due = world["venue.staff"], report.due_on
    assert due == date(2026, 10, 21)

    for day in (13, 14, 14, 15, 21, 21, 22):
        tick(now=moment(f"2026-10-{day} 08:00"))
        tick(now=moment(f"2026-10-{day} 08:05"))

    assert sorted(told(staff)) == sorted(["还有 7 天到期", "今天到期", "已逾期 1 个工作日"])
    hand_in(world, report, at=moment("2026-10-22 10:00"))
    tick(now=moment("2026-11-20 08:00"))
    assert len(told(staff)) == 3
    assert told(world["auditor"]) == []


def test_five_days_of_silence_are_caught_up_and_none_doubled(world, report):
    staff = world["venue.staff"]

    for _ in range(3):
        tick(now=moment("2026-10-26 08:00"))

    assert sorted(told(staff)) == sorted(
        ["还有 7 天到期", "今天到期", "已逾期 1 个工作日", "已逾期 3 个工作日"]
    )


def test_the_venue_is_told_of_a_new_report_and_the_department_of_its_coming(world, submitted):
    titles = OutboxItem.objects.filter(deadline=None).values_list("recipient", "title")

    found = {(pk, title) for pk, title in titles}
    assert (
        world["venue.staff"].pk,
        f"请于 2026-10-21 前报送资产运营状况分析报告：{world.venue.name}",
    ) in found
    assert (world["asset.officer"].pk, f"报告待审核：{world.venue.name}") in found


def test_work_waits_for_the_venue_then_for_the_department(world, report):
    def acts(username):
        return [item.act for item in gather(selectors.work_of(world[username], today=NOW.date()))]

    assert (acts("venue.staff"), acts("asset.officer")) == (["填写报告"], [])
    done = hand_in(world, report)
    assert (acts("venue.staff"), acts("asset.officer")) == ([], ["审核报告"])
    review(world, done, is_accepted=False, note="收入与合同台账不一致，请核对后重报。")
    assert (acts("venue.staff"), acts("other.manager")) == (["修改后重新报送"], [])


# 整改


@pytest.fixture
def order(world):
    """A rectification ordered on 20 November, due in 30 days."""
    plans.grant_overall_plan(world)
    plan = plans.new_plan(world)
    return services.open_rectification(
        cooperation=plan.cooperation, source_kind="evaluation", source_id=uuid4(),
        source_url="/evaluations/", problems="满意度低。", rule_code="13-5-3",
        requirements="恢复晚间开放。", by=world["asset.head"], at=NOW,
    )  # fmt: skip


def report_on(world, order, **changes):
    fields = {
        "report": "已恢复晚间开放，复测满意度 82。", "version": order.version,
        "by": world["venue.manager"], "at": NOW,
    }  # fmt: skip
    return services.report_rectification(rectification=order, **(fields | changes))


def verify(world, order, **changes):
    fields = {
        "has_passed": True, "note": "现场核查属实，复测数据齐全。", "version": order.version,
        "by": world["asset.officer"], "at": NOW,
    }  # fmt: skip
    return services.review_rectification(rectification=order, **(fields | changes))


@pytest.mark.parametrize(
    ("has_passed", "state"),
    [(True, RectificationState.PASSED), (False, RectificationState.FAILED)],
)
def test_a_rectification_is_reported_and_verified(world, order, has_passed, state):
    done = verify(world, report_on(world, order), has_passed=has_passed)

    assert (order.due_on, done.state) == (date(2026, 12, 20), state)
    assert Deadline.objects.get(subject_id=order.pk).closed_at == NOW
    codes = Event.objects.filter(code__startswith="supervision.rectification").order_by("seq")
    assert [one.code.rpartition(".")[2] for one in codes] == ["ordered", "reported", "reviewed"]


def test_a_rectification_is_said_in_words_and_in_turn(world, order):
    with pytest.raises(ActionBlocked, match="至少 10 个字"):
        report_on(world, order, report="已改。")
    with pytest.raises(ActionBlocked, match="不在待复核状态"):
        verify(world, order)
    reported = report_on(world, order)
    with pytest.raises(ActionBlocked, match="已经报告"):
        report_on(world, reported)
    with pytest.raises(ActionBlocked, match="至少 10 个字"):
        verify(world, reported, note="好")


def test_the_venue_does_not_verify_itself_nor_another_venue_report(world, order):
    with pytest.raises(Refused):
        report_on(world, order, by=world["other.manager"])
    reported = report_on(world, order)
    with pytest.raises(Refused):
        verify(world, reported, by=world["venue.manager"])
