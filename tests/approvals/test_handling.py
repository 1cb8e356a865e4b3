"""转办、取回、退回到环节、催办、传阅: the work of a desk on its way."""

import pytest

from accounts.roles import Role
from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.selectors import desks
from approvals.selectors.major import determination_of
from approvals.services import consulting, handling, submission
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, fresh, moment

pytestmark = pytest.mark.databases
AT = moment("2026-11-04 10:00")


@pytest.fixture
def finance(world, submitted):
    """The open desk of 财务, with two people sitting at it."""
    world.people["finance.second"] = appoint(
        "finance.second", "钱二", Role.COUNTERSIGNER, world.xian, department_kind="finance",
        title="财务部副部长",
    )  # fmt: skip
    walk.accept(world, submitted)
    return walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")


def transfer(world, task, to, *, by="cosign.finance", **changes):
    facts = {"reason": "出差一周，请代为办理。", "version": task.version, "at": AT}
    return handling.transfer_task(task=task, to=world[to], by=world[by], **facts | changes)


def told(user) -> list[str]:
    rows = OutboxItem.objects.filter(recipient=user, channel="inapp").order_by("created_at", "pk")
    return list(rows.values_list("title", flat=True))


def test_a_transfer_moves_the_work_to_one_person(world, submitted, finance):
    task = transfer(world, finance, "finance.second")

    assert task.assignee == world["finance.second"]
    assert list(desks.tasks_for(world["cosign.finance"])) == []
    assert list(desks.tasks_for(world["finance.second"])) == [task]
    assert told(world["finance.second"])[-1] == "财务部转您办理：会签 · 财务部门"
    with pytest.raises(Refused, match="已由钱二办理"):
        walk.sign(world, task, "cosign.finance")
    walk.sign(world, task, "finance.second")
    assert finance.proposal.opinions.get(task=task).by == world["finance.second"]


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("cosign.finance", "不能转办给自己"),
        ("cosign.audit", "不在“会签 · 财务部门”这一岗位"),
        ("asset.officer", "不在“会签 · 财务部门”这一岗位"),
        ("venue.manager", "不在“会签 · 财务部门”这一岗位"),
        ("baoji.officer", "不在“会签 · 财务部门”这一岗位"),
    ],
)
def test_a_transfer_stays_at_the_desk(world, finance, to, sentence):
    with pytest.raises(ActionBlocked, match=sentence):
        transfer(world, finance, to)

    finance.refresh_from_db()
    assert finance.assignee is None


def test_a_transfer_to_the_drafter_is_refused(world, submitted, finance):
    submitted.drafted_by = world["finance.second"]
    submitted.save()

    with pytest.raises(ActionBlocked, match="不能审批自己的方案"):
        transfer(world, finance, "finance.second")


def test_a_transfer_does_not_go_in_a_circle(world, finance):
    task = transfer(world, finance, "finance.second")

    with pytest.raises(ActionBlocked, match="已经把这件事转出过"):
        transfer(world, task, "cosign.finance", by="finance.second")


def test_a_transfer_needs_its_reason_and_the_version_seen(world, finance):
    with pytest.raises(ActionBlocked, match="转办理由"):
        transfer(world, finance, "finance.second", reason="  ")
    with pytest.raises(StaleVersion):
        transfer(world, finance, "finance.second", version=finance.version + 1)


def take_back(world, opinion, by, **changes):
    facts = {"reason": "引用的金额写错。", "at": moment("2026-11-04 11:00")}
    return handling.take_back_opinion(opinion=opinion, by=world[by], **facts | changes)


def test_an_opinion_is_taken_back_while_others_still_countersign(world, submitted, finance):
    opinion = walk.sign(world, finance, "cosign.finance", Outcome.DISAGREE)

    again = take_back(world, opinion, "cosign.finance")

    opinion.refresh_from_db()
    assert (opinion.is_valid, opinion.taken_back_at) == (False, moment("2026-11-04 11:00"))
    assert again.due_on == finance.due_on
    assert walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance") == again
    walk.sign(world, again, "cosign.finance")
    assert fresh(submitted).stage == Stage.COUNTERSIGNING
    assert [
        one.outcome
        for one in submitted.opinions.filter(task__department_kind="finance", is_valid=True)
    ] == ["agree"]


def test_taking_back_the_last_countersignature_recalls_the_plan_from_counsel(world, submitted):
    walk.accept(world, submitted)
    proposal = walk.countersign(world, submitted)
    assert proposal.stage == Stage.LEGAL_REVIEW
    last = proposal.opinions.get(task__department_kind="fund_review")

    take_back(world, last, "cosign.audit")

    proposal = fresh(proposal)
    assert proposal.stage == Stage.COUNTERSIGNING
    open_desks = proposal.tasks.filter(status=TaskStatus.OPEN)
    assert [(one.node, one.department_kind) for one in open_desks] == [
        ("countersignature", "fund_review")
    ]
    walk.sign(world, open_desks.get(), "cosign.audit")
    assert fresh(proposal).stage == Stage.LEGAL_REVIEW


def test_taking_back_the_legal_review_withdraws_the_item_from_the_agenda(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    item = walk.waiting(proposal.pk)

    take_back(world, proposal.opinions.get(task__node=Node.LEGAL_REVIEW), "counsel")

    item.refresh_from_db()
    assert item.withdrawn_at is not None
    assert fresh(proposal).stage == Stage.LEGAL_REVIEW


def test_an_opinion_is_not_taken_back_once_the_next_step_was_decided(world, submitted):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, finance, "cosign.finance")
    accepted = submitted.opinions.get(task__node=Node.FORMAL_REVIEW)

    with pytest.raises(ActionBlocked, match="下一环节已经有人签署"):
        take_back(world, accepted, "asset.officer")

    proposal = walk.countersign_rest(world, submitted)
    assert proposal.stage == Stage.LEGAL_REVIEW
    with pytest.raises(ActionBlocked, match="下一环节已经办理"):
        take_back(world, accepted, "asset.officer")


def test_only_ones_own_opinion_is_taken_back_and_only_once(world, submitted, finance):
    opinion = walk.sign(world, finance, "cosign.finance")

    for username in ("finance.second", "asset.head", "leader", "venue.manager"):
        with pytest.raises(Refused, match="只能取回自己"):
            take_back(world, opinion, username)
    take_back(world, opinion, "cosign.finance")
    with pytest.raises(ActionBlocked, match="已经不是现行意见"):
        take_back(world, opinion, "cosign.finance")


def test_a_return_once_delivered_is_not_taken_back(world, submitted, finance):
    opinion = walk.sign(world, finance, "cosign.finance", Outcome.RETURN, points=["补充测算"])

    with pytest.raises(ActionBlocked, match="退回意见已经送达"):
        take_back(world, opinion, "cosign.finance")


def test_counsel_sends_the_plan_back_to_countersigning_step_by_step(world, submitted):
    walk.accept(world, submitted)
    proposal = walk.countersign(world, submitted)
    task = walk.open_task(proposal, Node.LEGAL_REVIEW)

    walk.sign(
        world, task, "counsel", Outcome.RETURN, points=["财务意见与合同要素不一致"],
        return_to=Node.COUNTERSIGNATURE,
    )  # fmt: skip

    proposal = fresh(proposal)
    assert proposal.stage == Stage.COUNTERSIGNING
    assert proposal.tasks.filter(status=TaskStatus.OPEN).count() == 4
    valid = proposal.opinions.filter(is_valid=True)
    assert [one.task.node for one in valid] == ["formal_review"]
    assert proposal.opinions.count() == 6
    assert not proposal.return_points.exists()
    proposal = walk.countersign(world, proposal)
    assert proposal.stage == Stage.LEGAL_REVIEW


def test_a_plan_sent_back_directly_returns_to_who_sent_it(world, submitted):
    """财务 asks the asset department again; the other countersignatures stand."""
    walk.accept(world, submitted)
    for username in ("cosign.personnel", "cosign.discipline"):
        department = walk.COUNTERSIGNERS[username]
        walk.sign(world, walk.open_task(submitted, Node.COUNTERSIGNATURE, department), username)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    walk.sign(
        world, finance, "cosign.finance", Outcome.RETURN, points=["核对面积"],
        return_to=Node.FORMAL_REVIEW, is_direct=True,
    )  # fmt: skip
    assert fresh(submitted).stage == Stage.FORMAL_REVIEW
    assert submitted.tasks.filter(status=TaskStatus.OPEN).count() == 1
    walk.accept(world, submitted)

    proposal = fresh(submitted)
    assert (proposal.stage, proposal.direct_to) == (Stage.COUNTERSIGNING, "")
    waiting = proposal.tasks.filter(status=TaskStatus.OPEN).order_by("department_kind")
    assert [one.department_kind for one in waiting] == ["finance", "fund_review"]


def returned_to_venue(world, plan, *, members: str):
    """经审 returns it with 直送退回人 when three have signed; the venue submits again."""
    walk.accept(world, plan)
    for username in ("cosign.personnel", "cosign.discipline", "cosign.finance"):
        department = walk.COUNTERSIGNERS[username]
        walk.sign(world, walk.open_task(plan, Node.COUNTERSIGNATURE, department), username)
    task = walk.open_task(plan, Node.COUNTERSIGNATURE, "fund_review")
    walk.sign(world, task, "cosign.audit", Outcome.RETURN, points=["补充人员姓名"], is_direct=True)
    builders.change(world, fresh(plan), "discounts", members=members)
    plan = fresh(plan)
    submission.answer_return_points(
        proposal=plan, answers={plan.return_points.get().pk: "已补充。"}, version=plan.version,
        by=world["venue.staff"], at=moment("2026-11-05 09:00"),
    )  # fmt: skip
    builders.submit(world, plan, at="2026-11-05 10:00")
    return fresh(plan)


def test_a_return_to_the_venue_comes_straight_back_when_nothing_material_changed(world, submitted):
    """Blanks are immaterial (0017): 经审 alone is asked, the formal review stands."""
    plan = returned_to_venue(world, submitted, members="按公布价 五折。")

    assert (plan.stage, plan.direct_to, plan.version_no) == (Stage.COUNTERSIGNING, "", 2)
    waiting = plan.tasks.filter(status=TaskStatus.OPEN)
    assert [one.department_kind for one in waiting] == ["fund_review"]
    assert plan.opinions.filter(task__node=Node.FORMAL_REVIEW, is_valid=True).count() == 1
    assert plan.major_confirmed is not None
    assert determination_of(plan) is not None


def test_a_material_change_takes_the_whole_way_all_the_same(world, submitted):
    plan = returned_to_venue(world, submitted, members="会员八折，劳模免费。")

    assert (plan.stage, plan.direct_to) == (Stage.FORMAL_REVIEW, "")
    assert determination_of(plan) is None
    assert not plan.opinions.filter(task__node=Node.FORMAL_REVIEW, is_valid=True).exists()


@pytest.mark.parametrize("target", ["legal_review", "countersignature", "party_group", "nowhere"])
def test_only_a_passed_desk_can_be_gone_back_to(world, submitted, target):
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")

    with pytest.raises(ActionBlocked, match="已经走过的环节"):
        walk.sign(
            world, finance, "cosign.finance", Outcome.RETURN, points=["补充"], return_to=target
        )

    assert fresh(submitted).stage == Stage.COUNTERSIGNING


def test_who_was_consulted_at_a_desk_is_not_given_its_work(world, submitted, finance):
    """approval.md: 转办 not to someone already on this node; one who was let off may be."""
    finance.refresh_from_db()
    second = world["finance.second"]
    (asked,) = consulting.consult(
        task=finance, people=[second], question="是否合理？", placed="beside", is_binding=False,
        version=finance.version, by=world["cosign.finance"], at=AT,
    )  # fmt: skip
    finance.refresh_from_db()
    with pytest.raises(ActionBlocked, match="已经在这一环节被征求意见"):
        transfer(world, finance, "finance.second")

    consulting.remove_asked(
        task=asked, reason="不必了。", version=asked.version, by=world["cosign.finance"], at=AT
    )
    assert transfer(world, finance, "finance.second").assignee == second


def test_a_circle_is_seen_through_a_word_that_was_taken_back(world, submitted, finance):
    """A gives it to B, B signs and takes it back: the desk asked again still knows of A."""
    task = transfer(world, finance, "finance.second")
    said = walk.sign(world, task, "finance.second")
    again = handling.take_back_opinion(
        opinion=said, reason="金额写错。", by=world["finance.second"], at=AT
    )

    with pytest.raises(ActionBlocked, match="已经把这件事转出过"):
        transfer(world, again, "cosign.finance", by="finance.second")


def test_urging_tells_the_desk_once_a_day_and_passes_nothing(world, submitted, finance):
    facts = {"task": finance, "text": "请尽快会签。"}

    handling.urge(by=world["venue.manager"], at=AT, **facts)
    with pytest.raises(ActionBlocked, match="今天已经催办过"):
        handling.urge(by=world["venue.manager"], at=moment("2026-11-04 17:00"), **facts)
    handling.urge(by=world["asset.officer"], at=AT, **facts)
    handling.urge(by=world["venue.manager"], at=moment("2026-11-05 09:00"), **facts)

    assert finance.urges.count() == 3
    assert [one for one in told(world["finance.second"]) if one.startswith("催办")] == [
        "催办：会签 · 财务部门（11-11 到期）"
    ] * 3
    finance.refresh_from_db()
    assert finance.status == TaskStatus.OPEN


@pytest.mark.parametrize("username", ["other.manager", "baoji.officer", "auditor", "counsel"])
def test_urging_is_for_those_who_wait_or_supervise(world, finance, username):
    with pytest.raises(Refused):
        handling.urge(task=finance, text="", by=world[username], at=AT)

    assert not finance.urges.exists()


def test_what_is_done_is_not_urged(world, finance):
    walk.sign(world, finance, "cosign.finance")

    with pytest.raises(StaleVersion):
        handling.urge(task=finance, text="", by=world["venue.manager"], at=AT)


def test_circulation_is_read_with_a_remark_apart_from_the_opinions(world, submitted):
    people = [world["leader"], world["secretary"]]
    sent = handling.circulate(
        proposal=submitted, people=people, note="请阅", by=world["asset.officer"], at=AT
    )

    assert [one.act for one in gather(desks.work_of(world["secretary"], today=AT.date()))] == [
        "传阅"
    ]
    with pytest.raises(Refused):
        handling.mark_read(circulation=sent[0], remark="", by=world["secretary"], at=AT)
    handling.mark_read(circulation=sent[0], remark="请关注票价。", by=world["leader"], at=AT)
    with pytest.raises(StaleVersion):
        handling.mark_read(circulation=sent[0], remark="", by=world["leader"], at=AT)

    assert not submitted.opinions.exists()
    codes = list(events_of(submitted.case_id).values_list("code", flat=True))[-2:]
    assert codes == ["approvals.proposal.circulated", "approvals.proposal.read"]


@pytest.mark.parametrize("username", ["venue.manager", "baoji.officer", "county.officer", "expert"])
def test_circulation_opens_nothing_to_outsiders(world, submitted, username):
    with pytest.raises(ActionBlocked, match="不是西安市总工会的在岗人员"):
        handling.circulate(
            proposal=submitted, people=[world[username]], note="", by=world["asset.officer"], at=AT
        )

    assert not submitted.circulations.exists()


def test_an_unread_circulation_is_not_sent_again(world, submitted):
    facts = {"proposal": submitted, "people": [world["leader"]], "note": "", "at": AT}
    handling.circulate(by=world["asset.officer"], **facts)

    with pytest.raises(ActionBlocked, match="尚未阅看"):
        handling.circulate(by=world["counsel"], **facts)
