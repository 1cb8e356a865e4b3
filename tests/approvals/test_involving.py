"""What is done on a plan says whose duty it was; nobody has two in one cooperation."""

import pytest
from django.db import IntegrityError, transaction

from approvals.enums import Duty
from approvals.models import Involvement, Proposal, Reply
from approvals.services.involving import take_duty
from core.errors import Refused
from meetings.models import Member
from tests.approvals import walk
from tests.approvals.builders import moment

AT = moment("2026-11-20 10:00")


def duties(proposal: Proposal) -> dict[str, tuple[str, str]]:
    rows = Involvement.objects.filter(cooperation=proposal.cooperation_id)
    return {one.person.username: (one.duty, one.act) for one in rows.select_related("person")}


def test_the_whole_road_is_written_down(world, submitted):
    Member.objects.filter(body=world.bodies["party_group"], name="张华").update(
        user=world["auditor"]
    )

    walk.drafted_reply(world, walk.at_reply(world, submitted))
    walk.issued_reply(world, submitted)
    plan = Proposal.objects.get(pk=submitted.pk)

    assert duties(plan) == {
        "venue.staff": (Duty.DRAFTER, "起草方案"),
        "asset.officer": (Duty.APPROVER, "形式审查"),
        "cosign.personnel": (Duty.APPROVER, "会签 · 组织人事部门"),
        "cosign.discipline": (Duty.APPROVER, "会签 · 党委（纪委）"),
        "cosign.finance": (Duty.APPROVER, "会签 · 财务部门"),
        "cosign.audit": (Duty.APPROVER, "会签 · 经审部门"),
        "counsel": (Duty.APPROVER, "法律审核"),
        "auditor": (Duty.APPROVER, "西安市总工会党组"),
        "leader": (Duty.APPROVER, "签发批复"),
    }


def test_an_overall_plan_belongs_to_no_cooperation(world):
    take_duty(None, [world["leader"]], Duty.APPROVER, "形式审查", at=AT)

    assert not Involvement.objects.filter(person=world["leader"]).exists()


def test_a_second_duty_is_refused_and_the_same_one_again_is_not(world, submitted):
    case, officer = submitted.cooperation_id, world["asset.officer"]
    take_duty(case, [officer], Duty.APPROVER, "形式审查", at=AT)
    take_duty(case, [officer], Duty.APPROVER, "合同条款核查", at=AT)

    with pytest.raises(Refused, match="办理过“形式审查”（审批）"), transaction.atomic():
        take_duty(case, [officer], Duty.EVALUATOR, "评价打分", at=AT)
    assert duties(submitted)["asset.officer"] == (Duty.APPROVER, "形式审查")


def test_the_database_holds_drafter_and_issuer_of_a_reply_apart(world, submitted):
    walk.drafted_reply(world, walk.at_reply(world, submitted))
    walk.issued_reply(world, submitted)
    rows = Reply.objects.filter(proposal=submitted.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(issued_by=world["asset.officer"])
    assert rows.update(issued_by=world["asset.head"]) == 1
