"""A union's plan from its draft to its replacement, through the union's own meeting."""

from datetime import date

import pytest

from accounts.models import Post, User
from accounts.roles import Role
from approvals.rules.checks import records
from approvals.selectors.facts import facts_of, missing_of
from approvals.services import drafting
from audit.models import Event
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.models import AgendaItem
from planning import selectors, services
from planning.models import UnionPlan
from tests.approvals import builders as plans
from tests.approvals import walk
from tests.approvals.builders import TODAY, appoint, moment
from tests.planning.builders import (
    decide,
    draft,
    fresh,
    in_force,
    issue,
    submit,
    write,
)

pytestmark = pytest.mark.django_db


def test_a_plan_is_decided_by_the_meeting_and_issued_by_the_leader(world):
    plan = submit(world, write(world, draft(world)))
    assert plan.state == "queued"
    plan = decide(world, plan)
    assert (plan.state, plan.number) == ("decided", None)
    plan = issue(world, plan)
    assert (plan.state, plan.number) == ("in_force", "GH-2026-0001")
    codes = [one.code for one in Event.objects.filter(case_id=plan.pk).order_by("seq")]
    told = [code for code in codes if code.startswith("planning.")]
    assert told == [f"planning.union_plan.{verb}" for verb in (
        "drafted", "saved", "submitted", "decided", "issued",
    )]  # fmt: skip


def test_a_number_is_given_on_issue_and_by_kind(world):
    assert in_force(world, "local_scheme").number == "JT-2026-0001"
    assert in_force(world).number == "GH-2026-0001"


def test_an_incomplete_plan_does_not_reach_the_meeting(world):
    plan = write(world, draft(world), texts={})
    with pytest.raises(ActionBlocked) as refusal:
        submit(world, plan)
    assert {one.field for one in refusal.value.reasons} == {
        "basis_economy", "basis_needs", "basis_work", "goals",
    }  # fmt: skip
    assert not AgendaItem.objects.filter(subject_id=plan.pk).exists()


def test_deferred_it_comes_back_to_be_written_on(world):
    plan = decide(
        world,
        submit(world, write(world, draft(world))),
        conclusion="deferred",
        choices="fff",
        resolution="请补充测算。",
    )
    assert plan.state == "draft"
    assert submit(world, write(world, plan)).state == "queued"


def test_rejected_it_is_over_and_another_may_begin(world):
    plan = decide(
        world,
        submit(world, write(world, draft(world))),
        conclusion="rejected",
        choices="ddd",
        resolution="不同意。",
    )
    assert plan.state == "rejected"
    with pytest.raises(ActionBlocked):
        write(world, plan)
    assert draft(world).state == "draft"


def test_passing_with_changes_is_told_to_defer(world):
    plan = submit(world, write(world, draft(world)))
    with pytest.raises(ActionBlocked, match="缓议"):
        decide(world, plan, conclusion="passed_with_changes", required_changes="改目标",
               confirmer=world["leader"])  # fmt: skip
    assert fresh(plan).state == "queued"


def test_a_queued_plan_is_read_only_and_can_be_taken_back(world):
    plan = submit(world, write(world, draft(world)))
    with pytest.raises(ActionBlocked, match="不能修改"):
        write(world, plan)
    plan = services.recall_plan(
        plan=plan, version=plan.version, by=world["asset.officer"], at=moment("2026-11-03 10:00")
    )
    assert plan.state == "draft"
    assert not AgendaItem.objects.filter(subject_id=plan.pk, withdrawn_at=None).exists()


def test_placed_in_a_meeting_it_is_not_taken_back(world):
    plan = submit(world, write(world, draft(world)))
    walk.seat(world, walk.waiting(plan.pk))
    with pytest.raises(ActionBlocked, match="列入会议"):
        services.recall_plan(
            plan=plan, version=plan.version, by=world["asset.officer"],
            at=moment("2026-11-12 09:30"),
        )  # fmt: skip


def test_another_union_and_the_venue_do_not_write_it(world):
    """第六条「各级主管工会」; 第十一条「由主管工会制定」."""
    for username in ("province.asset", "county.officer", "venue.manager", "counsel"):
        with pytest.raises(Refused):
            draft(world, by=world[username])
    plan = draft(world)
    with pytest.raises(Refused):
        write(world, plan, by=world["baoji.officer"])


def test_whoever_drafted_it_does_not_issue_it(world):
    person = appoint("both.hats", "兼任", Role.LEADER, world.xian)
    Post.objects.create(
        user=person, role=Role.ASSET_OFFICER, union=world.xian, department_kind="asset",
        title="经办人", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    person = User.objects.get(pk=person.pk)
    plan = decide(world, submit(world, write(world, draft(world, by=person))))
    with pytest.raises(Refused, match="起草人"):
        issue(world, plan, by=person)
    assert issue(world, plan).state == "in_force"


def test_a_stale_page_changes_nothing(world):
    plan = draft(world)
    seen = plan.version
    write(world, plan)
    with pytest.raises(StaleVersion):
        write(world, plan, version=seen)


def test_one_of_a_kind_is_under_way_at_a_time(world):
    draft(world)
    with pytest.raises(ActionBlocked, match="正在办理"):
        draft(world)
    assert draft(world, "local_scheme").state == "draft"


def test_an_overlapping_plan_is_refused_and_a_revision_replaces(world):
    old = in_force(world)
    second = write(world, draft(world))
    with pytest.raises(ActionBlocked, match="重叠"):
        submit(world, second)
    services.void_plan(
        plan=second,
        version=second.version,
        by=world["asset.officer"],
        at=moment("2026-11-14 09:00"),
    )
    revision = services.revise_plan(
        plan=old, version=old.version, by=world["asset.officer"], at=moment("2026-11-14 10:00")
    )
    assert revision.texts == old.texts
    assert fresh(old).state == "in_force"
    new = issue(world, decide(world, submit(world, revision, at=moment("2026-11-11 09:00"))))
    assert (fresh(old).state, new.number) == ("replaced", "GH-2026-0002")
    assert selectors.edition_of(new) == 2
    assert selectors.plan_in_force(world.xian, "implementation_plan", on=TODAY) == new


def test_a_phased_plan_is_for_an_own_venue_and_in_order(world):
    with pytest.raises(ActionBlocked, match="选择需要分步实施的阵地"):
        draft(world, "phased_work_plan")
    plan = in_force(world, "phased_work_plan", venue=world.venue)
    first, second = selectors.steps_of(plan)
    act = {"by": world["asset.officer"], "at": moment("2026-11-18 09:00")}
    with pytest.raises(ActionBlocked, match="第 1 步还没有完成"):
        services.finish_step(
            plan=plan, step=second, result="试点完成。", version=plan.version, **act
        )
    plan = services.finish_step(
        plan=plan, step=first, result="台账齐全。", version=plan.version, **act
    )
    assert plan.state == "in_force"
    plan = services.finish_step(
        plan=plan, step=second, result="总结通过。", version=plan.version, **act
    )
    assert plan.state == "completed"


def test_the_tasks_of_an_implementation_plan_are_done_in_any_order(world):
    plan = in_force(world)
    second = selectors.steps_of(plan)[1]
    plan = services.finish_step(
        plan=plan, step=second, result="完成。", version=plan.version, by=world["asset.officer"],
        at=moment("2026-11-18 09:00"),
    )  # fmt: skip
    assert plan.state == "in_force"
    assert selectors.next_step(plan).no == 1


def _overall(world):
    return plans.complete(world, drafting.create_overall_plan(
        venue=world.venue, title="总体方案", by=world["venue.staff"], at=moment("2026-10-01 09:00")
    ))  # fmt: skip


def test_unfinished_steps_hold_up_the_overall_plan_of_that_venue(world):
    """第十一条「根据实际情况分步骤推进」."""
    proposal = _overall(world)
    assert "11-1" not in {one.code for one in missing_of(proposal, today=TODAY)}
    plan = in_force(world, "phased_work_plan", venue=world.venue)
    found = [one for one in missing_of(proposal, today=TODAY) if one.code == "11-1"]
    assert ["2 个步骤" in one.text for one in found] == [True]
    for step in selectors.steps_of(plan):
        plan = services.finish_step(
            plan=plan, step=step, result="完成。", version=plan.version,
            by=world["asset.officer"], at=moment("2026-11-18 09:00"),
        )  # fmt: skip
    assert "11-1" not in {one.code for one in missing_of(proposal, today=TODAY)}


def test_what_the_union_lacks_is_recorded_and_holds_up_nothing(world):
    """第六条 is the union's duty: a red light, not a bar for the venue."""
    proposal = _overall(world)
    facts = facts_of(proposal, today=TODAY)
    assert {"6-1", "6-2"} <= {one.code for one in records(facts)}
    assert not {"6-1", "6-2"} & {one.code for one in missing_of(proposal, today=TODAY)}
    in_force(world)
    in_force(world, "local_scheme")
    assert not {"6-1", "6-2"} & {one.code for one in records(facts_of(proposal, today=TODAY))}


def test_a_plan_counts_only_within_its_period(world):
    in_force(world)
    assert selectors.plan_in_force(world.xian, "implementation_plan", on=date(2029, 1, 1)) is None


def test_who_reads_a_draft_and_who_reads_what_is_issued(world):
    plan = draft(world)
    for username, sees in (("asset.head", True), ("leader", True), ("province.asset", False),
                           ("venue.staff", False), ("baoji.officer", False)):  # fmt: skip
        assert UnionPlan.objects.visible_to(world[username]).filter(pk=plan.pk).exists() is sees
    plan = issue(world, decide(world, submit(world, write(world, plan))))
    for username, sees in (("province.asset", True), ("venue.staff", True),
                           ("baoji.officer", False), ("county.officer", False)):  # fmt: skip
        assert UnionPlan.objects.visible_to(world[username]).filter(pk=plan.pk).exists() is sees
