"""催办 by the calendar, ever higher up; and the scan for matters that wait for nobody."""

from datetime import date, timedelta

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import ConsultPlace, Node, Outcome, Stage, TaskStatus
from approvals.models import Proposal, Task
from approvals.selectors.stuck import stuck_plans
from approvals.services import consulting, handling, keeping, scanning, seating
from notifications import services as notifications
from notifications.models import OutboxItem
from tests.approvals import walk
from tests.approvals.builders import TODAY, appoint, fresh, moment

# Submitted Monday 2026-11-02 with five working days for the formal review: due on 11-09.
DUE = date(2026, 11, 9)
HANDLERS = {"asset.officer", "asset.head"}  # both hold the formal review


def tell(day: str) -> dict[str, set[str]]:
    """Who is told what when the day's work is done."""
    before = set(OutboxItem.objects.values_list("pk", flat=True))
    notifications.tick(now=moment(f"{day} 08:00"), is_alone=True)
    found: dict[str, set[str]] = {}
    rows = OutboxItem.objects.exclude(pk__in=before).filter(channel="inapp")
    for one in rows.select_related("recipient"):
        found.setdefault(one.title.rsplit("：", 1)[-1], set()).add(one.recipient.username)
    return found


@pytest.fixture
def quiet(submitted):
    """The plan at its formal review, everything so far told."""
    Proposal.objects.exclude(pk=submitted.pk).update(stage=Stage.APPROVED)
    notifications.tick(now=moment("2026-11-02 10:00"), is_alone=True)
    return submitted


def test_the_reminders_climb_from_the_handler_to_who_supervises(world, quiet):
    Proposal.objects.filter(pk=quiet.pk).update(supervisor=world["asset.head"])
    assert quiet.tasks.get().due_on == DUE

    assert tell("2026-11-04") == {}
    assert tell("2026-11-05") == {"还有 2 个工作日到期": HANDLERS}
    assert tell("2026-11-06") == {}
    assert tell("2026-11-09") == {"今天到期": HANDLERS}
    assert tell("2026-11-10") == {"已超期 1 个工作日": HANDLERS}
    assert tell("2026-11-12") == {"已超期 3 个工作日": HANDLERS | {"leader"}}
    assert tell("2026-11-13") == {}
    assert fresh(quiet).stage == Stage.FORMAL_REVIEW


def test_a_department_that_is_late_is_told_to_the_head_then_to_the_leader(world, quiet):
    walk.accept(world, quiet)  # 2026-11-04, five working days: due on 11-11
    for username in ("cosign.personnel", "cosign.discipline", "cosign.audit"):
        department = walk.COUNTERSIGNERS[username]
        walk.sign(world, walk.open_task(quiet, Node.COUNTERSIGNATURE, department), username)
    tell("2026-11-04")

    assert tell("2026-11-09") == {"还有 2 个工作日到期": {"cosign.finance"}}
    assert tell("2026-11-11") == {"今天到期": {"cosign.finance"}}
    assert tell("2026-11-12") == {"已超期 1 个工作日": {"cosign.finance", "asset.head"}}
    assert tell("2026-11-16") == {"已超期 3 个工作日": {"cosign.finance", "asset.head", "leader"}}


def test_nobody_is_told_twice_though_the_work_is_done_again(world, quiet):
    tell("2026-11-05")
    assert tell("2026-11-05") == {}


def test_what_was_transferred_is_told_to_the_person_alone(world, quiet):
    task = quiet.tasks.get()
    handling.transfer_task(
        task=task, to=world["asset.head"], reason="出差", version=task.version,
        by=world["asset.officer"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip
    tell("2026-11-03")

    assert tell("2026-11-05") == {"还有 2 个工作日到期": {"asset.head"}}


def test_who_was_consulted_is_reminded_too(world, quiet):
    task = quiet.tasks.get()
    consulting.consult(
        task=task, people=[world["counsel"]], question="请看第三条。", is_binding=False,
        placed=ConsultPlace.BESIDE, version=task.version, by=world["asset.officer"],
        at=moment("2026-11-03 09:00"),
    )  # fmt: skip
    tell("2026-11-03")

    assert tell("2026-11-05") == {"还有 2 个工作日到期": HANDLERS | {"counsel"}}


def test_a_suspension_stops_the_clock(world, quiet):
    proposal = fresh(quiet)
    keeping.suspend_proposal(
        proposal=proposal, reason="等待上级答复", version=proposal.version,
        by=world["asset.head"], at=moment("2026-11-04 09:00"),
    )  # fmt: skip
    tell("2026-11-04")
    for day in ("2026-11-05", "2026-11-09", "2026-11-10", "2026-11-12"):
        assert tell(day) == {}

    proposal = fresh(proposal)
    keeping.resume_proposal(
        proposal=proposal, version=proposal.version, by=world["asset.head"],
        at=moment("2026-11-16 09:00"),
    )  # fmt: skip
    tell("2026-11-16")
    # Three working days were left on 11-04: due on 11-19.
    assert proposal.tasks.get().due_on == date(2026, 11, 19)
    assert tell("2026-11-17") == {"还有 2 个工作日到期": HANDLERS}
    assert tell("2026-11-19") == {"今天到期": HANDLERS}


def test_stopped_and_started_on_one_day_says_nothing_twice(world, quiet):
    tell("2026-11-05")
    proposal = fresh(quiet)
    facts = {"by": world["asset.head"], "at": moment("2026-11-05 09:00")}
    keeping.suspend_proposal(proposal=proposal, reason="误会", version=proposal.version, **facts)
    proposal = fresh(proposal)
    keeping.resume_proposal(proposal=proposal, version=proposal.version, **facts)
    told = tell("2026-11-05")

    assert "还有 2 个工作日到期" not in told
    assert tell("2026-11-09") == {"今天到期": HANDLERS}


def test_a_returned_plan_reminds_no_desk(world, quiet):
    task = walk.open_task(quiet, Node.FORMAL_REVIEW)
    walk.sign(world, task, "asset.officer", Outcome.RETURN, points=["补充测算"])
    tell("2026-11-04")

    for day in ("2026-11-05", "2026-11-09", "2026-11-10", "2026-11-12"):
        assert tell(day) == {}


def test_a_deferred_plan_reminds_no_desk(world, quiet):
    proposal = walk.at_meeting(world, quiet)
    meeting = walk.seat(world, walk.waiting(proposal.pk))
    walk.conclude(world, meeting, "fff", conclusion="deferred", resolution="请补充。")
    tell("2026-11-13")

    told = tell("2026-12-31")  # the venue's own ten days are over long since
    assert told["今天到期"] == {"venue.staff", "venue.manager"}
    assert "secretary" not in set().union(*told.values())


# The scan.


def reasons() -> list[str]:
    return [one.reason for one in stuck_plans(today=TODAY)]


def test_no_step_of_the_whole_road_leaves_a_plan_stuck(world, submitted):
    assert reasons() == []
    proposal = walk.accept(world, submitted)
    assert reasons() == []
    proposal = walk.countersign(world, proposal)
    assert reasons() == []
    proposal = walk.clear(world, proposal)
    assert reasons() == []
    proposal = walk.decided(world, proposal)
    assert reasons() == []
    proposal = walk.decided(
        world, proposal, conclusion="passed_with_changes", required_changes="改为每月演练",
        confirmer=world["leader"],
    )  # fmt: skip
    assert proposal.stage == Stage.CHANGES_PENDING
    assert reasons() == []


def test_without_the_opening_of_desks_the_scan_finds_the_plan(world, submitted, monkeypatch):
    """The twin: a procedure that forgets to open the next desk."""
    monkeypatch.setattr(seating, "open_task", lambda *args, **kwargs: None)

    walk.accept(world, submitted)

    assert reasons() == ["方案处于“会签中”，却没有任何待办。"]


def test_a_meeting_stage_without_an_item_is_found(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    item = walk.waiting(proposal.pk)
    item.withdrawn_at = moment("2026-11-12 09:00")
    item.save()

    assert reasons() == ["方案处于“待党组会议”，却没有待上会的议题。"]


def test_an_empty_desk_is_found(world, submitted):
    walk.accept(world, submitted)
    Post.objects.filter(user=world["cosign.finance"]).update(valid_to=TODAY - timedelta(days=1))

    assert reasons() == ["“会签 · 财务部门”没有在岗人员。"]


def test_work_of_a_disabled_account_is_found(world, submitted):
    Task.objects.update(assignee=world["asset.officer"])
    world.people["asset.officer"].is_active = False
    world.people["asset.officer"].save()

    assert reasons() == ["“形式审查”由周宁办理，账号已经停用。"]


def test_a_confirmer_whose_post_has_ended_is_found(world, submitted):
    walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="改为每月演练", confirmer=world["leader"],
    )  # fmt: skip
    assert reasons() == []
    Post.objects.filter(user=world["leader"]).update(valid_to=TODAY - timedelta(days=1))
    away = ["会议指定确认修改的赵磊已不在岗，须经离岗交接改由在岗的分管领导确认。"]
    assert reasons() == away
    appoint("leader.second", "新领导", Role.LEADER, world.xian)
    assert reasons() == away  # another leader in office is not the one who was named

    assert scanning.scan_stuck(now=moment("2026-11-20 00:10")) == 1
    told = OutboxItem.objects.filter(kind="approvals.stuck").select_related("recipient")
    assert {one.recipient.username for one in told} == {"asset.head"}
    assert {away[0] in one.body for one in told} == {True}


def test_a_suspended_or_ended_plan_is_not_stuck(world, submitted):
    Task.objects.update(status=TaskStatus.CANCELLED)
    assert len(reasons()) == 1
    Proposal.objects.filter(pk=submitted.pk).update(suspended_at=moment("2026-11-05 09:00"))
    assert reasons() == []
    Proposal.objects.filter(pk=submitted.pk).update(suspended_at=None, stage=Stage.RETURNED)
    assert reasons() == []


def test_the_keeper_is_alarmed_once_a_day_until_it_moves(world, submitted):
    notifications.tick(now=moment("2026-11-19 08:00"), is_alone=True)
    Task.objects.update(status=TaskStatus.CANCELLED)

    def alarmed() -> list[str]:
        rows = OutboxItem.objects.filter(kind="approvals.stuck", channel="inapp")
        return [one.recipient.username for one in rows.select_related("recipient")]

    notifications.tick(now=moment("2026-11-20 00:10"), is_alone=True)
    notifications.tick(now=moment("2026-11-20 00:11"), is_alone=True)
    assert alarmed() == ["asset.head"]
    notifications.tick(now=moment("2026-11-21 00:10"), is_alone=True)
    assert alarmed() == ["asset.head"] * 2


def test_where_nobody_keeps_the_procedure_the_union_above_is_alarmed(world, submitted):
    appoint(
        "province.head", "省部长", Role.ASSET_HEAD, world.province,
        department_kind="asset",
    )  # fmt: skip
    Post.objects.filter(user=world["asset.head"]).update(valid_to=TODAY - timedelta(days=1))
    Task.objects.update(status=TaskStatus.CANCELLED)

    assert scanning.scan_stuck(now=moment("2026-11-20 00:10")) == 1
    told = OutboxItem.objects.filter(kind="approvals.stuck").select_related("recipient")
    assert {one.recipient.username for one in told} == {"province.head"}


def test_a_job_that_fails_silences_nobody(world, quiet, settings):
    settings.NIGHTLY = ("approvals.services.scanning.missing", *settings.NIGHTLY)

    assert "还有 2 个工作日到期" in tell("2026-11-05")
