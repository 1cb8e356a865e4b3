"""中止、恢复、作废、代理."""

from datetime import date

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Node, Stage, TaskStatus
from approvals.models import Delegation
from approvals.selectors import desks
from approvals.services import delegating, handling, keeping
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.models import AgendaItem
from notifications.models import Deadline
from tests.approvals import walk
from tests.approvals.builders import appoint, fresh, moment

pytestmark = pytest.mark.databases
AT = moment("2026-11-04 10:00")


def suspend(world, proposal, *, by="asset.head", at=AT, **changes):
    facts = {"reason": "等待产权登记结果。", "version": fresh(proposal).version}
    return keeping.suspend_proposal(proposal=proposal, by=world[by], at=at, **facts | changes)


def resume(world, proposal, *, by="asset.head", at):
    return keeping.resume_proposal(
        proposal=proposal, version=fresh(proposal).version, by=world[by], at=at
    )


def test_a_suspended_plan_stands_still(world, submitted):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    suspend(world, submitted)

    with pytest.raises(ActionBlocked, match="已中止办理"):
        walk.sign(world, finance, "cosign.finance")
    assert list(desks.tasks_for(world["cosign.finance"])) == []
    assert not Deadline.objects.filter(subject_id=finance.pk, closed_at=None).exists()
    with pytest.raises(ActionBlocked):
        suspend(world, submitted)


def test_the_clock_goes_on_with_the_working_days_that_were_left(world, submitted):
    """Countersigning opened on Wednesday 2026-11-04 with 5 working days: due on 11-11.

    Suspended the same day (5 left), resumed on Monday 11-16: due on Monday 11-23.
    """
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    assert finance.due_on == date(2026, 11, 11)

    suspend(world, submitted)
    resume(world, submitted, at=moment("2026-11-16 09:00"))

    finance.refresh_from_db()
    assert finance.due_on == date(2026, 11, 23)
    assert Deadline.objects.get(subject_id=finance.pk, closed_at=None).due_on == finance.due_on
    walk.sign(world, finance, "cosign.finance", at=moment("2026-11-16 10:00"))


def test_what_was_late_stays_late(world, submitted):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    suspend(world, submitted, at=moment("2026-11-13 09:00"))
    resume(world, submitted, at=moment("2026-11-16 09:00"))

    finance.refresh_from_db()
    assert finance.due_on == date(2026, 11, 11)


@pytest.mark.parametrize(
    "username", ["asset.officer", "leader", "venue.manager", "secretary", "province.asset"]
)
def test_only_the_keeper_of_the_procedure_suspends_or_voids(world, submitted, username):
    with pytest.raises(Refused):
        suspend(world, submitted, by=username)
    with pytest.raises(Refused):
        keeping.void_proposal(
            proposal=submitted, reason="重复报送。", version=submitted.version, by=world[username],
            at=AT,
        )  # fmt: skip

    assert fresh(submitted).stage == Stage.FORMAL_REVIEW


def test_what_was_not_suspended_is_not_resumed(world, submitted):
    with pytest.raises(StaleVersion):
        resume(world, submitted, at=AT)


def void(world, proposal, **changes):
    facts = {"reason": "整体承包，违反第十八条。", "version": fresh(proposal).version, "at": AT}
    return keeping.void_proposal(proposal=proposal, by=world["asset.head"], **facts | changes)


def test_a_voided_plan_keeps_its_number_and_asks_nobody(world, submitted):
    number = submitted.number
    proposal = walk.at_meeting(world, submitted)

    void(world, proposal)

    proposal = fresh(proposal)
    assert (proposal.stage, proposal.number) == (Stage.VOID, number)
    assert not proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).exists()
    assert not AgendaItem.objects.filter(
        subject_id=proposal.pk, subject_kind="proposal", withdrawn_at=None, conclusion=""
    ).exists()
    with pytest.raises(ActionBlocked, match="已作废"):
        void(world, proposal)


def test_a_plan_in_force_is_not_voided(world, submitted):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    walk.issued_reply(world, proposal)

    with pytest.raises(ActionBlocked, match="已批准"):
        void(world, proposal)


@pytest.fixture
def agent(world):
    world.people["agent"] = appoint(
        "agent",
        "张三",
        Role.COUNTERSIGNER,
        world.xian,
        department_kind="personnel",
        title="组织部副部长",
    )
    return world["agent"]


def delegate(world, agent, **changes):
    facts = {
        "agent": agent, "union": world.xian, "node": Node.COUNTERSIGNATURE,
        "valid_from": date(2026, 11, 20), "valid_to": date(2026, 11, 30), "reason": "参加培训",
        "includes_waiting": True, "by": world["cosign.finance"], "at": moment("2026-11-20 08:00"),
    }  # fmt: skip
    return delegating.delegate(**facts | changes)


def test_a_delegate_signs_for_the_person_they_stand_in_for(world, submitted, agent):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    assert finance not in desks.tasks_for(agent)

    delegate(world, agent)

    assert finance in desks.tasks_for(world["agent"])
    opinion = walk.sign(world, finance, "agent", at=moment("2026-11-20 09:00"))
    assert opinion.signer == "张三（代财务部）"
    assert opinion.position.endswith("财务部经办人")


def test_a_delegation_does_not_reach_what_waited_before_unless_it_says_so(world, submitted, agent):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    delegate(world, agent, includes_waiting=False)

    assert finance not in desks.tasks_for(world["agent"])
    with pytest.raises(Refused):
        walk.sign(world, finance, "agent", at=moment("2026-11-20 09:00"))


def test_a_delegate_is_judged_together_with_the_principal(world, submitted, agent):
    """Who signed 组织人事 cannot sign 财务 as well, not even for somebody else."""
    walk.accept(world, submitted)
    walk.sign(world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel"), "agent")
    delegate(world, agent)

    with pytest.raises(Refused, match="不能连续办理两个环节"):
        walk.sign(
            world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance"), "agent",
            at=moment("2026-11-20 09:00"),
        )  # fmt: skip


def test_a_principal_who_wrote_the_plan_does_not_sign_through_a_delegate(world, submitted, agent):
    submitted.drafted_by = world["cosign.finance"]
    submitted.save()
    walk.accept(world, submitted)
    delegate(world, agent)

    with pytest.raises(Refused, match="委托人财务部"):
        walk.sign(
            world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance"), "agent",
            at=moment("2026-11-20 09:00"),
        )  # fmt: skip


def test_a_delegation_holds_for_the_union_it_was_given_for(world, submitted, agent):
    """The principal signs for two unions and gave away the desk of the other one."""
    Post.objects.create(
        user=world["cosign.finance"], role=Role.COUNTERSIGNER, union=world.beilin,
        department_kind="finance", title="财务部经办人", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Post.objects.create(
        user=agent, role=Role.COUNTERSIGNER, union=world.beilin, department_kind="personnel",
        title="组织部经办人", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    delegate(world, agent, union=world.beilin)

    assert finance not in desks.tasks_for(world["agent"])
    with pytest.raises(Refused, match="对应岗位"):
        walk.sign(world, finance, "agent", at=moment("2026-11-20 09:00"))


def test_what_is_delegated_is_not_passed_on(world, submitted, agent):
    delegate(world, agent)

    with pytest.raises(Refused, match="不能再委托"):
        delegate(world, world["leader"], by=world["secretary"])
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    with pytest.raises(Refused, match="代理的事项不能再转办"):
        handling.transfer_task(
            task=finance, to=world["cosign.finance"], reason="太忙。", version=finance.version,
            by=world["agent"], at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_from": date(2026, 11, 19)}, "不能早于今天"),
        ({"valid_to": date(2026, 11, 19)}, "不能早于代理起日"),
        ({"valid_to": date(2027, 2, 21)}, "最长三个月"),
    ],
)
def test_a_delegation_keeps_to_its_dates(world, agent, changes, sentence):
    with pytest.raises(ActionBlocked, match=sentence):
        delegate(world, agent, **changes)

    assert not Delegation.objects.exists()


def test_delegations_of_one_desk_do_not_overlap_until_revoked(world, agent):
    first = delegate(world, agent)
    later = {"valid_from": date(2026, 11, 30), "valid_to": date(2026, 12, 5)}
    with pytest.raises(ActionBlocked, match="已经委托他人代理"):
        delegate(world, world["leader"], **later)

    with pytest.raises(Refused):
        delegating.revoke_delegation(
            delegation=first, version=first.version, by=agent, at=moment("2026-11-20 10:00")
        )
    delegating.revoke_delegation(
        delegation=first, version=first.version, by=world["cosign.finance"],
        at=moment("2026-11-20 10:00"),
    )  # fmt: skip

    assert delegate(world, world["leader"], **later).agent == world["leader"]


def test_a_delegation_ends_with_its_last_day_and_with_the_account(world, submitted, agent):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    delegation = delegate(world, agent)
    Delegation.objects.update(valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 19))
    assert finance not in desks.tasks_for(world["agent"])

    Delegation.objects.update(valid_to=date(2026, 11, 20))
    assert finance in desks.tasks_for(world["agent"])
    type(agent).objects.filter(pk=delegation.principal_id).update(is_active=False)
    assert finance not in desks.tasks_for(world["agent"])


@pytest.mark.parametrize("username", ["baoji.officer", "venue.manager", "expert", "cosign.finance"])
def test_the_delegate_is_a_colleague(world, username):
    with pytest.raises(ActionBlocked):
        delegate(world, world[username])
