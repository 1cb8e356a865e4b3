"""Steps that a row of the matrix adds: groups with their counting, the leader, the higher union."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from accounts.roles import Role
from approvals.enums import Counting, Node, Outcome, Stage
from approvals.models import Opinion
from approvals.rules.counting import SigningGroup
from approvals.selectors.desks import tasks_done_by
from approvals.services import handling, opinions, upward
from core.errors import ActionBlocked
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, moment
from tests.approvals.test_matrix import FOUR, written
from tests.documents.corpus import pdf

ADDED = ("office", "rights", "publicity")


@pytest.fixture
def added(world):
    """An officer in each of three more departments."""
    for kind in ADDED:
        world.people[f"cosign.{kind}"] = appoint(
            f"cosign.{kind}", f"{kind}经办", Role.COUNTERSIGNER, world.xian, department_kind=kind
        )
    return world


def on_route(world, draft, *groups: SigningGroup, **fields):
    """The plan at the countersigning, on a row with these groups beside the statutory four."""
    written(world, groups=[SigningGroup(tuple(FOUR)), *groups], formal_review_days=5, **fields)
    builders.publish_matrix(world, "2026-11-01 10:00")
    proposal = builders.decide(world, draft)
    builders.submit(world, proposal)
    return walk.accept(world, builders.fresh(proposal))


def open_kinds(proposal) -> set[str]:
    return set(proposal.tasks.filter(status="open").values_list("department_kind", flat=True))


def say(world, proposal, kind: str, outcome=Outcome.AGREE, **changes) -> Opinion:
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, kind)
    return walk.sign(world, task, f"cosign.{kind}", outcome, **changes)


def test_the_first_of_any_decides_and_the_others_turn_is_over(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.ANY))
    assert open_kinds(proposal) == {*FOUR, *ADDED}

    say(added, proposal, "publicity", Outcome.RESERVE)  # no decision yet
    assert open_kinds(proposal) == {*FOUR, "office", "rights"}
    say(added, proposal, "rights")

    (over,) = proposal.tasks.filter(status="over")
    assert (over.department_kind, over.done_by, over.get_status_display()) == (
        "office", None, "已由他人办理",
    )  # fmt: skip
    assert not tasks_done_by(added["cosign.office"]).exists()
    assert open_kinds(proposal) == set(FOUR)
    assert walk.countersign(added, proposal).stage == Stage.LEGAL_REVIEW


def test_what_was_taken_back_gives_the_others_their_turn_again(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.ANY))
    opinion = say(added, proposal, "rights")

    handling.take_back_opinion(
        opinion=opinion, reason="意见有误", by=added["cosign.rights"], at=moment("2026-11-04 10:00")
    )

    assert open_kinds(proposal) == {*FOUR, *ADDED}


def test_a_share_passes_as_soon_as_it_is_reached(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.RATIO, 2))

    say(added, proposal, "office", Outcome.DISAGREE)
    assert open_kinds(proposal) == {*FOUR, "rights", "publicity"}  # two may still agree
    say(added, proposal, "rights")
    say(added, proposal, "publicity")

    assert open_kinds(proposal) == set(FOUR)
    assert not proposal.opinions.filter(fails_group=True).exists()
    (against,) = [one for one in proposal.opinions.all() if one.needs_resolution]
    assert against.task.department_kind == "office"  # a 不同意 is answered all the same


def test_a_share_out_of_reach_ends_the_group_and_is_answered_in_writing(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.RATIO, 2))

    say(added, proposal, "office", Outcome.RESERVE)
    say(added, proposal, "rights", Outcome.RESERVE)

    assert open_kinds(proposal) == set(FOUR)
    unanswered = [
        one.task.department_kind for one in proposal.opinions.all() if one.needs_resolution
    ]
    assert unanswered == ["office", "rights"]
    proposal = walk.clear(added, walk.countersign(added, proposal))
    meeting = walk.seat(added, walk.waiting(proposal.pk))
    with pytest.raises(ActionBlocked, match="办公室不同意，尚未作出书面处理意见"):
        walk.conclude(added, meeting)


def test_who_stands_aside_leaves_the_denominator(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.RATIO, 2))

    say(added, proposal, "office", Outcome.RECUSE)  # two of three becomes 4/3 of two: both
    say(added, proposal, "rights")
    assert open_kinds(proposal) == {*FOUR, "publicity"}
    say(added, proposal, "publicity")

    assert open_kinds(proposal) == set(FOUR)


def test_a_statutory_department_does_not_stand_aside_nor_the_last_of_a_group(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(("office", "rights"), Counting.ANY))
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, "finance")

    with pytest.raises(ActionBlocked, match="部门不能回避"):
        walk.sign(added, task, "cosign.finance", Outcome.RECUSE)
    say(added, proposal, "office", Outcome.RECUSE)
    with pytest.raises(ActionBlocked, match="至少须有一个部门签署意见"):
        say(added, proposal, "rights", Outcome.RECUSE)


def test_in_sequence_nobody_acts_before_their_turn(added, complete_draft):
    proposal = on_route(added, complete_draft, SigningGroup(ADDED, Counting.SEQUENCE))
    assert open_kinds(proposal) == {*FOUR, "office"}

    first = say(added, proposal, "office")
    assert open_kinds(proposal) == {*FOUR, "rights"}
    handling.take_back_opinion(
        opinion=first, reason="意见有误", by=added["cosign.office"], at=moment("2026-11-04 10:00")
    )
    assert open_kinds(proposal) == {*FOUR, "office"}

    first = say(added, proposal, "office")
    say(added, proposal, "rights")
    with pytest.raises(ActionBlocked, match="下一部门已经签署意见"):
        handling.take_back_opinion(
            opinion=first, reason="意见有误", by=added["cosign.office"],
            at=moment("2026-11-04 11:00"),
        )  # fmt: skip
    proposal = walk.countersign(added, proposal)
    assert proposal.stage == Stage.COUNTERSIGNING  # the last of the sequence has not spoken
    say(added, proposal, "publicity")
    assert builders.fresh(proposal).stage == Stage.LEGAL_REVIEW


def test_a_return_step_by_step_forgets_where_a_direct_one_was_to_go(world, complete_draft):
    """The leader asked the departments directly; one of them sends the plan further back."""
    proposal = on_route(world, complete_draft, leader_days=2)
    proposal = walk.clear(world, walk.countersign(world, proposal))
    walk.sign(
        world, walk.open_task(proposal, Node.LEADER_SIGNOFF), "leader", Outcome.RETURN,
        points=["核对收益"], return_to=Node.COUNTERSIGNATURE, is_direct=True,
    )  # fmt: skip
    say(world, proposal, "finance", Outcome.RETURN, points=["核对面积"], return_to="formal_review")
    assert not proposal.opinions.filter(is_valid=True).exists()  # counsel speaks again as well

    proposal = walk.accept(world, builders.fresh(proposal))

    assert (proposal.stage, proposal.direct_to) == (Stage.COUNTERSIGNING, "")
    assert open_kinds(proposal) == set(FOUR)
    assert walk.countersign(world, proposal).stage == Stage.LEGAL_REVIEW


def at_the_higher_union(world, draft):
    proposal = on_route(world, draft, leader_days=2, upward_days=15)
    proposal = walk.clear(world, walk.countersign(world, proposal))
    assert proposal.stage == Stage.LEADER_SIGNOFF
    walk.sign(world, walk.open_task(proposal, Node.LEADER_SIGNOFF), "leader")
    return walk.decided(world, walk.decided(world, builders.fresh(proposal)))


def answer(world, proposal, outcome="approved", **changes):
    facts = {
        "number": "陕工资批〔2026〕8号", "replied_on": date(2026, 11, 16), "text": "意见。",
        "upload": ContentFile(pdf(), name="批复.pdf"), "version": proposal.version,
        "by": world["asset.officer"], "at": moment("2026-11-17 09:00"),
    }  # fmt: skip
    return upward.record_upward_reply(proposal=proposal, outcome=outcome, **facts | changes)


def test_the_leader_signs_and_the_higher_union_answers_before_the_reply(world, complete_draft):
    proposal = at_the_higher_union(world, complete_draft)
    assert proposal.stage == Stage.UPWARD

    with pytest.raises(ActionBlocked, match="早于本级会议日期"):
        answer(world, proposal, replied_on=date(2026, 11, 11))
    with pytest.raises(ActionBlocked, match="不能晚于今天"):
        answer(world, proposal, replied_on=date(2026, 11, 18))
    reply = answer(world, proposal)

    assert (reply.union_name, reply.file.name) == ("陕西省总工会", "批复.pdf")
    proposal = builders.fresh(proposal)
    assert proposal.stage == Stage.REPLYING
    walk.drafted_reply(world, proposal, at=moment("2026-11-17 10:00"))
    walk.issued_reply(world, proposal, at=moment("2026-11-17 11:00"))
    assert builders.fresh(proposal).stage == Stage.APPROVED


@pytest.mark.parametrize(("outcome", "stage"), [("returned", "returned"), ("rejected", "rejected")])
def test_the_higher_union_sends_back_or_refuses(world, complete_draft, outcome, stage):
    proposal = at_the_higher_union(world, complete_draft)
    with pytest.raises(ActionBlocked, match="须写明上级工会的意见"):
        answer(world, proposal, outcome, text=" ")

    answer(world, proposal, outcome, points=["补充客流数据。"])

    proposal = builders.fresh(proposal)
    assert proposal.stage == stage
    assert proposal.return_points.count() == (1 if outcome == "returned" else 0)


def test_the_leader_may_disagree_which_is_answered_before_the_meeting(world, complete_draft):
    """同意、保留意见、不同意: one person's 不同意 ends nothing (第十三条三项), but is answered."""
    proposal = on_route(world, complete_draft, leader_days=2)
    proposal = walk.clear(world, walk.countersign(world, proposal))
    task = walk.open_task(proposal, Node.LEADER_SIGNOFF)
    with pytest.raises(ActionBlocked, match="须写明意见"):
        walk.sign(world, task, "leader", Outcome.DISAGREE, text="不行")

    said = walk.sign(world, task, "leader", Outcome.DISAGREE)
    proposal = builders.fresh(proposal)
    assert (proposal.stage, said.needs_resolution) == (Stage.PARTY_GROUP, True)
    with pytest.raises(ActionBlocked, match="尚未作出书面处理意见"):
        walk.decided(world, proposal)
    opinions.resolve_objection(
        opinion=said, text="已补充测算。", by=world["asset.head"], at=moment("2026-11-11 09:00")
    )
    walk.conclude(world, walk.waiting(proposal.pk).meeting)
    assert builders.fresh(proposal).stage == Stage.CHAIRS_OFFICE
