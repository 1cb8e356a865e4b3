"""加签、减签、委派: what a desk asks of others, and that it never decides in its place."""

import itertools

import pytest

from approvals.enums import Action, ConsultPlace, Node, Outcome, Stage, TaskStatus
from approvals.rules.procedure import blockers
from approvals.selectors import desks
from approvals.selectors.facts import facts_of
from approvals.services import consulting, handling
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from tests.approvals import walk
from tests.approvals.builders import fresh, moment

pytestmark = pytest.mark.databases
AT = moment("2026-11-04 10:00")
BEFORE, BESIDE, AFTER = ConsultPlace.BEFORE, ConsultPlace.BESIDE, ConsultPlace.AFTER


@pytest.fixture
def finance(world, submitted):
    walk.accept(world, submitted)
    return walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")


def consult(
    world, task, *usernames, by="cosign.finance", placed=BEFORE, is_binding=False, **changes
):
    facts = {"question": "分成比例是否合理？", "version": task.version, "at": AT}
    return consulting.consult(
        task=task, people=[world[one] for one in usernames], placed=placed,
        is_binding=is_binding, by=world[by], **facts | changes,
    )  # fmt: skip


def answer(world, task, username, outcome=Outcome.AGREE, **changes):
    task.refresh_from_db()
    facts = {
        "text": "同意。" if outcome == Outcome.AGREE else walk.LONG, "version": task.version,
        "content_sha256": task.plan_version.sha256, "at": moment("2026-11-04 11:00"),
    }  # fmt: skip
    return consulting.answer_consultation(
        task=task, outcome=outcome, by=world[username], **facts | changes
    )


def again(task):
    task.refresh_from_db()
    return task


def test_a_desk_waits_for_those_it_asked_first(world, submitted, finance):
    leader, secretary = consult(world, finance, "leader", "secretary")
    assert again(finance).status == TaskStatus.WAITING
    with pytest.raises(ActionBlocked, match="正在等待征求意见"):
        walk.sign(world, finance, "cosign.finance")
    assert [one.act for one in gather(desks.work_of(world["leader"], today=AT.date()))] == [
        "征求意见"
    ]

    answer(world, leader, "leader")
    assert again(finance).status == TaskStatus.WAITING
    answer(world, secretary, "secretary", Outcome.RESERVE)

    assert again(finance).status == TaskStatus.OPEN
    walk.sign(world, finance, "cosign.finance")
    assert again(finance).status == TaskStatus.DONE


def test_those_asked_beside_hold_the_plan_but_not_the_desk(world, submitted, finance):
    (leader,) = consult(world, finance, "leader", placed=BESIDE)
    walk.sign(world, again(finance), "cosign.finance")
    walk.countersign_rest(world, submitted)
    assert fresh(submitted).stage == Stage.COUNTERSIGNING

    answer(world, leader, "leader")

    assert fresh(submitted).stage == Stage.LEGAL_REVIEW


def test_those_asked_after_speak_once_the_desk_has_signed(world, submitted, finance):
    (leader,) = consult(world, finance, "leader", placed=AFTER)
    with pytest.raises(StaleVersion):
        answer(world, leader, "leader")
    walk.countersign_rest(world, submitted)
    assert again(finance).status == TaskStatus.PASSING
    assert fresh(submitted).stage == Stage.COUNTERSIGNING

    answer(world, leader, "leader")

    assert again(finance).status == TaskStatus.DONE
    assert again(finance).done_by == world["cosign.finance"]
    assert fresh(submitted).stage == Stage.LEGAL_REVIEW


@pytest.mark.parametrize(("is_binding", "expected"), [(True, 1), (False, 0)])
def test_only_a_binding_disagreement_must_be_resolved(
    world, submitted, finance, is_binding, expected
):
    (leader,) = consult(world, finance, "leader", is_binding=is_binding)
    answer(world, leader, "leader", Outcome.DISAGREE)
    proposal = walk.clear(world, walk.countersign_rest(world, submitted))

    assert len(facts_of(proposal, today=AT.date()).unresolved_objections) == expected
    objections = [
        one.text for one in blockers(facts_of(proposal, today=AT.date()), Action.DECIDE_PARTY_GROUP)
    ]
    assert len(objections) == expected


def test_an_assignment_comes_back_to_the_desk_that_decides(world, submitted, finance):
    asked = consulting.assign(
        task=finance, helper=world["asset.officer"], question="请核对近三年收支。",
        version=finance.version, by=world["cosign.finance"], at=AT,
    )  # fmt: skip
    with pytest.raises(ActionBlocked, match="等待"):
        walk.sign(world, again(finance), "cosign.finance")

    with pytest.raises(Refused):
        consulting.report_assignment(
            task=asked, report="已核对。", version=asked.version, by=world["asset.head"], at=AT
        )
    consulting.report_assignment(
        task=asked,
        report="已核对，账实相符。",
        version=asked.version,
        by=world["asset.officer"],
        at=AT,
    )

    assert again(finance).status == TaskStatus.OPEN
    assert not submitted.opinions.filter(task__department_kind="finance").exists()
    walk.sign(world, again(finance), "cosign.finance")


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("cosign.finance", "不能征求自己的意见"),
        ("baoji.officer", "看不到本方案"),
        ("county.officer", "看不到本方案"),
        ("venue.manager", "看不到本方案"),
        ("expert", "看不到本方案"),
    ],
)
def test_only_colleagues_who_may_read_are_asked(world, submitted, finance, username, sentence):
    with pytest.raises(ActionBlocked, match=sentence):
        consult(world, finance, username)

    assert not finance.children.exists()
    assert again(finance).status == TaskStatus.OPEN


def test_who_wrote_the_plan_is_not_asked(world, submitted, finance):
    submitted.drafted_by = world["leader"]
    submitted.save()

    with pytest.raises(ActionBlocked, match="不能参与"):
        consult(world, finance, "leader")


def test_nobody_is_asked_twice_at_once(world, submitted, finance):
    consult(world, finance, "leader")

    with pytest.raises(ActionBlocked, match="不能重复"):
        consult(world, again(finance), "leader")


def test_what_was_asked_is_taken_back_by_who_asked_while_unanswered(world, submitted, finance):
    leader, secretary = consult(world, finance, "leader", "secretary")
    facts = {"reason": "已当面沟通。", "at": AT}
    with pytest.raises(Refused, match="只能由发起人撤销"):
        consulting.remove_asked(
            task=leader, by=world["asset.head"], version=leader.version, **facts
        )

    answer(world, secretary, "secretary")
    consulting.remove_asked(
        task=leader, by=world["cosign.finance"], version=leader.version, **facts
    )

    assert again(finance).status == TaskStatus.OPEN
    assert again(leader).status == TaskStatus.CANCELLED
    with pytest.raises(StaleVersion):
        consulting.remove_asked(
            task=again(secretary), by=world["cosign.finance"], version=secretary.version, **facts
        )
    with pytest.raises(StaleVersion):
        answer(world, leader, "leader")


def test_a_desk_of_the_route_is_not_taken_away(world, submitted, finance):
    with pytest.raises(ActionBlocked, match="法定环节不能减去"):
        consulting.remove_asked(
            task=finance,
            reason="不需要",
            version=finance.version,
            by=world["cosign.finance"],
            at=AT,
        )


def test_an_answer_says_what_it_must_and_sees_what_it_answers(world, submitted, finance):
    (leader,) = consult(world, finance, "leader")

    with pytest.raises(ActionBlocked, match="至少 10 个字"):
        answer(world, leader, "leader", Outcome.DISAGREE, text="不行")
    with pytest.raises(ActionBlocked, match="只能答复"):
        answer(world, leader, "leader", Outcome.RETURN)
    with pytest.raises(StaleVersion):
        answer(world, leader, "leader", content_sha256="0" * 64)
    with pytest.raises(Refused):
        answer(world, leader, "secretary")

    assert not submitted.opinions.filter(task=leader).exists()


def test_a_return_cancels_what_was_asked(world, submitted, finance):
    (leader,) = consult(world, finance, "leader", placed=BESIDE)

    walk.sign(world, again(finance), "cosign.finance", Outcome.RETURN, points=["补充测算"])

    assert again(leader).status == TaskStatus.CANCELLED
    assert not submitted.tasks.filter(status__in=TaskStatus.UNFINISHED).exists()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_plan_moves_on_when_all_have_spoken_in_any_order(world, submitted, finance, order):
    """Two asked beside, the desk itself, the other departments: whoever is last moves the plan."""
    leader, secretary = consult(world, finance, "leader", "secretary", placed=BESIDE)
    steps = (
        lambda: answer(world, leader, "leader"),
        lambda: answer(world, secretary, "secretary", Outcome.DISAGREE),
        lambda: walk.sign(world, again(finance), "cosign.finance"),
        lambda: _sign_others(world, submitted),
    )
    for place in order[:-1]:
        steps[place]()
        assert fresh(submitted).stage == Stage.COUNTERSIGNING
        assert submitted.tasks.filter(status=TaskStatus.OPEN).exists()
    steps[order[-1]]()

    assert fresh(submitted).stage == Stage.LEGAL_REVIEW


def _sign_others(world, proposal):
    for username, department in walk.COUNTERSIGNERS.items():
        if department != "finance":
            walk.sign(world, walk.open_task(proposal, Node.COUNTERSIGNATURE, department), username)


def test_a_desk_that_waits_goes_on_waiting_when_it_asks_others_too(world, submitted, finance):
    (leader,) = consult(world, finance, "leader")
    consult(world, again(finance), "secretary", placed=AFTER)
    consult(world, again(finance), "counsel", placed=BESIDE)

    assert again(finance).status == TaskStatus.WAITING
    with pytest.raises(ActionBlocked, match="正在等待征求意见"):
        walk.sign(world, again(finance), "cosign.finance")
    answer(world, leader, "leader")
    assert again(finance).status == TaskStatus.OPEN


def test_a_desk_sent_back_before_the_last_answer_signs_anew(world, submitted, finance):
    """财务 has signed, whom it asked afterwards has not; 经审 sends the plan back directly."""
    consult(world, finance, "leader", placed=AFTER, is_binding=True)
    walk.sign(world, again(finance), "cosign.finance")
    audit = walk.open_task(submitted, Node.COUNTERSIGNATURE, "fund_review")
    walk.sign(
        world, audit, "cosign.audit", Outcome.RETURN, points=["核对面积"],
        return_to=Node.FORMAL_REVIEW, is_direct=True,
    )  # fmt: skip

    opinion = finance.opinion
    opinion.refresh_from_db()
    assert (opinion.is_valid, opinion.void_reason) == (
        False, "退回时后加签尚未答复，重新签署",
    )  # fmt: skip
    walk.accept(world, submitted)
    assert walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance") != finance


def test_what_was_asked_is_not_signed_as_a_desk(world, submitted, finance):
    (leader,) = consult(world, finance, "leader", placed=BESIDE)
    helped = consulting.assign(
        task=again(finance), helper=world["asset.officer"], question="请核对。",
        version=again(finance).version, by=world["cosign.finance"], at=AT,
    )  # fmt: skip

    for task, username in ((leader, "leader"), (helped, "asset.officer")):
        with pytest.raises(ActionBlocked, match="不能签署环节意见"):
            walk.sign(world, task, username)


def test_a_desk_that_waits_is_not_urged_but_whom_it_asked(world, submitted, finance):
    (leader,) = consult(world, finance, "leader")
    urging = {"text": "请尽快。", "by": world["venue.manager"], "at": AT}

    with pytest.raises(ActionBlocked, match="等候他人先行答复"):
        handling.urge(task=finance, **urging)
    assert handling.urge(task=leader, **urging)
