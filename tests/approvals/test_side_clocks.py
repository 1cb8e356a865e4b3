"""An exception and a clearance have the limit of each of their steps, reminders and a mark when late."""

from datetime import date

import pytest

from approvals.enums import ExceptionState, Stage
from approvals.models import Proposal
from approvals.services import exceptions, keeping
from notifications import services as notifications
from notifications.models import Deadline
from tests.approvals import walk
from tests.approvals.builders import fresh, moment
from tests.approvals.excepting import drafted, reviewed
from tests.approvals.test_clearing import ask, concur, meet, suspect  # noqa: F401 - a fixture
from tests.approvals.test_escalation import tell


def step_of(matter) -> list[tuple[str, date]]:
    """The step whose clock runs, and until when."""
    rows = Deadline.objects.filter(subject_id=matter.pk, closed_at=None, kind__endswith="_step")
    return [(one.title.split("：")[0], one.due_on) for one in rows]


def sent(world, proposal):
    """Drafted, and submitted on Tuesday 2026-11-03: five working days for counsel, until 11-10."""
    one = drafted(world, proposal)
    assert (step_of(one), one.due_on) == ([], None)
    return exceptions.submit_exception(
        exception=one, version=one.version, by=world["venue.manager"],
        at=moment("2026-11-03 09:00"),
    )  # fmt: skip


def silence() -> None:
    Proposal.objects.update(due_on=None)
    Deadline.objects.exclude(kind__endswith="_step").update(closed_at=moment("2026-11-04 09:00"))
    notifications.tick(now=moment("2026-11-04 10:00"), is_alone=True)


def test_an_exception_waits_for_counsel_then_for_the_meeting(world, draft):
    one = sent(world, draft)
    assert step_of(one) == [("例外法律审核", date(2026, 11, 10))]
    silence()
    assert tell("2026-11-06") == {"还有 2 个工作日到期": {"counsel"}}
    one = exceptions.review_exception(
        exception=one, opinion="合法可行，建议批准。", is_cleared=True, version=one.version,
        by=world["counsel"], at=moment("2026-11-09 09:00"),
    )  # fmt: skip
    # Monday 11-09; ten working days: Monday 11-23.
    assert step_of(one) == [("例外上会", date(2026, 11, 23))]
    tell("2026-11-10")
    assert tell("2026-11-19") == {"还有 2 个工作日到期": {"secretary"}}
    tell("2026-11-23")
    assert tell("2026-11-24") == {"已超期 1 个工作日": {"secretary", "asset.head"}}
    meeting = walk.seat(world, walk.waiting(one.pk), day="2026-11-24")
    walk.conclude(world, meeting, resolution="同意例外。", at=moment("2026-11-24 10:00"))
    one.refresh_from_db()
    assert (one.state, one.due_on, step_of(one)) == (ExceptionState.APPROVED, None, [])


def test_an_exception_that_came_back_waits_for_the_venue(world, draft):
    one = reviewed(world, draft, is_cleared=False)
    assert [label for label, _due in step_of(one)] == ["修改例外"]
    silence()
    told = tell("2026-12-31")
    assert told["今天到期"] == {"venue.staff", "venue.manager"}


def test_a_late_exception_is_late_in_its_list_and_on_its_page(world, draft, log_in):
    one = sent(world, draft)
    client = log_in(world["counsel"])  # 2026-11-20, due on 11-10
    assert "超期 8 个工作日" in client.get("/exceptions/").content.decode()
    assert "已超期 8 个工作日" in client.get(f"/exceptions/{one.pk}/").content.decode()


def test_the_clock_of_an_exception_stands_still_and_ends_with_its_plan(world, submitted):
    one = sent(world, submitted)
    keeper = {"by": world["asset.head"]}
    keeping.suspend_proposal(
        proposal=submitted, reason="核实情况", version=fresh(submitted).version,
        at=moment("2026-11-05 09:00"), **keeper,
    )  # fmt: skip
    assert step_of(one) == []
    keeping.resume_proposal(
        proposal=submitted, version=fresh(submitted).version, at=moment("2026-11-12 09:00"),
        **keeper,
    )  # fmt: skip
    # Three working days were left on Thursday 11-05; from Thursday 11-12: Tuesday 11-17.
    assert step_of(one) == [("例外法律审核", date(2026, 11, 17))]
    keeping.void_proposal(
        proposal=submitted, reason="不再办理", version=fresh(submitted).version,
        at=moment("2026-11-13 09:00"), **keeper,
    )  # fmt: skip
    assert fresh(submitted).stage == Stage.VOID
    assert step_of(one) == []


@pytest.mark.usefixtures("suspect")
def test_a_clearance_waits_for_the_departments_then_for_the_meeting(world, suspect):  # noqa: F811
    one = ask(world, suspect)  # Thursday 2026-11-05; five working days: 11-12
    assert step_of(one) == [("纪委、经审表示意见", date(2026, 11, 12))]
    silence()
    assert tell("2026-11-10") == {"还有 2 个工作日到期": {"cosign.discipline", "cosign.audit"}}
    concur(world, one, "cosign.discipline", "discipline", at=moment("2026-11-11 09:00"))
    tell("2026-11-11")
    assert tell("2026-11-12") == {"今天到期": {"cosign.audit"}}
    one = concur(world, one, "cosign.audit", "fund_review", at=moment("2026-11-12 08:30"))
    # Thursday 11-12; ten working days: Thursday 11-26.
    assert step_of(one) == [("解除认定上会", date(2026, 11, 26))]
    one = meet(world, one)
    assert (one.due_on, step_of(one)) == (None, [])
