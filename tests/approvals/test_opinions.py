"""Desks: formal review, countersigning, legal review, and what opinions leave to be done."""

import pytest

from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion
from approvals.services import opinions, submission
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

pytestmark = pytest.mark.databases


def test_the_plan_passes_from_desk_to_desk(world, submitted):
    proposal = walk.accept(world, submitted)
    assert proposal.stage == Stage.COUNTERSIGNING
    assert proposal.tasks.filter(node=Node.COUNTERSIGNATURE, status="open").count() == 4

    proposal = walk.countersign(
        world,
        proposal,
        fund_review={"outcome": Outcome.CONDITIONAL, "conditions": ["补充客流测算", " "]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    assert proposal.stage == Stage.LEGAL_REVIEW
    assert [one.text for one in proposal.conditions.all()] == ["补充客流测算"]

    proposal = walk.clear(world, proposal)
    assert proposal.stage == Stage.PARTY_GROUP
    assert walk.waiting(proposal.pk).body.kind == "party_group"
    codes = set(events_of(proposal.case_id).values_list("code", flat=True))
    assert {
        "approvals.formal_review.given",
        "approvals.countersignature.given",
        "approvals.legal_review.given",
    } <= codes


def test_the_formal_review_cannot_disagree(world, submitted):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    with pytest.raises(ActionBlocked):
        walk.sign(world, task, "asset.officer", Outcome.DISAGREE)

    assert not Opinion.objects.exists()


def test_an_opinion_on_other_content_than_the_present_is_refused(world, submitted):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    with pytest.raises(StaleVersion):
        walk.sign(world, task, "asset.officer", content_sha256="0" * 64)

    assert fresh(submitted).stage == Stage.FORMAL_REVIEW


def test_a_stale_task_version_is_refused(world, submitted):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    with pytest.raises(StaleVersion):
        walk.sign(world, task, "asset.officer", version=task.version + 1)


@pytest.mark.parametrize(
    "username", ["asset.head", "cosign.personnel", "province.asset", "auditor", "venue.manager"]
)
def test_the_desk_of_finance_is_finance_alone(world, submitted, username):
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    with pytest.raises(Refused):
        walk.sign(world, task, username)

    assert not Opinion.objects.filter(task=task).exists()


def test_nobody_acts_on_a_plan_they_drafted(world, submitted):
    submitted.drafted_by = world["cosign.finance"]
    submitted.save()
    walk.accept(world, submitted)

    with pytest.raises(Refused, match="不能审批自己的方案"):
        walk.sign(
            world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance"), "cosign.finance"
        )


def test_nobody_acts_at_two_desks_of_one_version(world, submitted):
    walk.accept(world, submitted)
    Opinion.objects.update(by=world["counsel"])
    proposal = walk.countersign(world, submitted)

    with pytest.raises(Refused, match="不能连续办理两个环节"):
        walk.clear(world, proposal)


@pytest.mark.parametrize(
    ("outcome", "changes", "sentence"),
    [
        (Outcome.DISAGREE, {"text": "不行"}, "须写明意见"),
        (Outcome.RETURN, {"points": []}, "逐条列出需要补正的问题"),
        (Outcome.RETURN, {"points": ["  "]}, "逐条列出需要补正的问题"),
        (Outcome.CONDITIONAL, {"conditions": []}, "逐条列出条件"),
    ],
)
def test_an_opinion_says_what_it_must(world, submitted, outcome, changes, sentence):
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    with pytest.raises(ActionBlocked, match=sentence):
        walk.sign(world, task, "cosign.finance", outcome, **changes)


def test_a_return_asks_every_point_and_voids_the_old_opinions(world, submitted):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(
        world, finance, "cosign.finance", Outcome.RETURN, points=["补充客流测算", "写明分配基数"]
    )
    proposal = fresh(submitted)
    assert proposal.stage == Stage.RETURNED
    assert not proposal.tasks.filter(status=TaskStatus.OPEN).exists()

    with pytest.raises(ActionBlocked, match="2 条退回意见没有答复"):
        builders.submit(world, proposal, at="2026-11-06 09:00")

    answers = {one.pk: f"已补充第{one.no}点。" for one in proposal.return_points.all()}
    submission.answer_return_points(
        proposal=proposal, answers=answers, version=proposal.version, by=world["venue.staff"],
        at=moment("2026-11-05 09:00"),
    )  # fmt: skip
    version = builders.submit(world, proposal, at="2026-11-06 09:00")

    assert version.no == 2
    assert fresh(proposal).stage == Stage.FORMAL_REVIEW
    assert set(proposal.opinions.values_list("is_valid", flat=True)) == {False}
    assert proposal.opinions.count() == 2
    with pytest.raises(StaleVersion):
        walk.sign(world, finance, "cosign.finance")


def test_an_objection_is_answered_in_writing_before_the_meeting(world, submitted):
    proposal = walk.at_meeting(world, submitted, discipline={"outcome": Outcome.DISAGREE})
    meeting = walk.seat(world, walk.waiting(proposal.pk))
    with pytest.raises(ActionBlocked, match="尚未作出书面处理意见"):
        walk.conclude(world, meeting)
    objection = proposal.opinions.get(outcome=Outcome.DISAGREE)
    facts = {"opinion": objection, "text": "已责成阵地补充廉政承诺。"}
    facts["at"] = moment("2026-11-11 09:00")

    for username in ("asset.officer", "cosign.discipline", "leader", "province.asset"):
        with pytest.raises(Refused):
            opinions.resolve_objection(by=world[username], **facts)
    opinions.resolve_objection(by=world["asset.head"], **facts)
    with pytest.raises(StaleVersion):
        opinions.resolve_objection(by=world["asset.head"], **facts)

    walk.conclude(world, meeting)
    assert fresh(proposal).stage == Stage.CHAIRS_OFFICE


def test_an_unsent_opinion_is_its_writers_alone(world, submitted):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    facts = {"task": task, "outcome": "return", "text": "未想好", "points": "一\n二"}
    before = events_of(submitted.case_id).count()

    opinions.save_opinion_draft(by=world["asset.officer"], at=moment("2026-11-03 09:00"), **facts)
    opinions.save_opinion_draft(by=world["asset.head"], at=moment("2026-11-03 09:00"), **facts)

    assert task.drafts.count() == 2
    assert events_of(submitted.case_id).count() == before
    with pytest.raises(Refused):
        opinions.save_opinion_draft(by=world["auditor"], at=moment("2026-11-03 09:00"), **facts)
    walk.accept(world, submitted)
    assert not task.drafts.exists()


def test_who_had_a_part_in_the_plan_decides_nothing_on_it(world, submitted):
    """A second post does not make an author, or an expert the venue engaged, a judge."""
    proposal = walk.at_meeting(world, submitted, discipline={"outcome": Outcome.DISAGREE})
    objection = proposal.opinions.get(outcome=Outcome.DISAGREE)
    proposal.sections.filter(code="safety").update(updated_by=world["asset.head"])

    with pytest.raises(Refused, match="您填写过本方案的内容"):
        opinions.resolve_objection(
            opinion=objection, text="已责成补充承诺。", by=world["asset.head"],
            at=moment("2026-11-11 09:00"),
        )  # fmt: skip


def test_a_lawyer_of_the_venue_is_not_the_unions_counsel(world, submitted):
    proposal = walk.countersign(world, walk.accept(world, submitted))
    proposal.engagements.filter(kind="lawyer").update(user=world["counsel"])

    with pytest.raises(Refused, match="受阵地聘请"):
        walk.clear(world, proposal)


def test_who_submitted_the_plan_does_not_issue_its_reply(world, submitted):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    type(proposal).objects.filter(pk=proposal.pk).update(submitted_by=world["leader"])

    with pytest.raises(Refused, match="起草人或报送人"):
        walk.issued_reply(world, proposal)
