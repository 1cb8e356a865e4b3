"""撤回 by the venue alone, 申请撤回 with the keeper's consent; the text is a draft again."""

import threading
import time

import pytest
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from approvals.enums import Node, Stage, TaskStatus
from approvals.models import ProposalVersion
from approvals.selectors import desks
from approvals.services import keeping, submission, withdrawing
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from meetings import services as meetings
from notifications.models import Deadline, OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, fresh, moment
from tests.harness.acting import post_act
from tests.harness.racing import race

pytestmark = pytest.mark.databases
AT = moment("2026-11-16 09:00")


def withdraw(world, plan, *, by="venue.manager", **changes):
    facts = {"reason": "收益测算有误。", "version": fresh(plan).version, "at": AT}
    return withdrawing.withdraw_proposal(proposal=plan, by=world[by], **facts | changes)


def ask(world, plan, *, by="venue.manager", **changes):
    facts = {"reason": "收益测算有误。", "version": fresh(plan).version, "at": AT}
    return withdrawing.ask_withdrawal(proposal=plan, by=world[by], **facts | changes)


def answer(world, asked, *, by="asset.head", **changes):
    facts = {"is_granted": True, "answer": "", "version": asked.version, "at": AT}
    return withdrawing.answer_withdrawal(request=asked, by=world[by], **facts | changes)


@pytest.fixture
def signed(world, submitted):
    """Accepted, and one of the four departments has signed."""
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, task, "cosign.finance")
    return fresh(submitted)


def test_a_withdrawn_plan_is_a_draft_again_with_nothing_lost(world, submitted):
    number, texts = submitted.number, dict(submitted.sections.values_list("code", "data"))
    plan = withdraw(world, submitted)

    assert (plan.stage, plan.number, plan.is_writable) == (Stage.WITHDRAWN, number, True)
    assert dict(plan.sections.values_list("code", "data")) == texts
    assert [task.status for task in plan.tasks.all()] == [TaskStatus.CANCELLED]
    assert not Deadline.objects.filter(case_id=plan.case_id, closed_at=None).exists()
    assert plan.decided_at is None

    # Nothing was changed, so what the venue's meeting decided on still stands.
    again = builders.submit(world, plan, at="2026-11-17 09:00")
    assert (again.no, fresh(plan).stage, fresh(plan).number) == (2, Stage.FORMAL_REVIEW, number)
    assert ProposalVersion.objects.filter(proposal=plan).count() == 2


def test_what_is_changed_after_a_withdrawal_is_decided_on_anew(world, submitted):
    plan = withdraw(world, submitted)
    builders.change(world, plan, "contract_elements", exit="合作期满六个月前书面通知退出。")

    with pytest.raises(ActionBlocked, match="集体决策"):
        builders.submit(world, plan, at="2026-11-17 09:00")
    builders.decide(
        world, plan, at="2026-11-16 17:00", starts_at=moment("2026-11-16 15:00")
    )  # fmt: skip
    assert builders.submit(world, plan, at="2026-11-17 09:00").no == 2


def test_any_step_nobody_has_acted_on_may_be_left(world, submitted):
    """2.1 (a): the formal review has agreed, no department has signed: the step is untouched."""
    walk.accept(world, submitted)

    plan = withdraw(world, submitted)

    assert plan.stage == Stage.WITHDRAWN
    assert not plan.tasks.filter(status__in=TaskStatus.UNFINISHED).exists()
    assert plan.opinions.get().is_valid  # kept, and looked at when it is submitted again


def test_a_plan_that_waits_for_its_meeting_leaves_the_list_of_the_body(world, submitted):
    plan = walk.at_meeting(world, submitted)
    item = walk.waiting(plan.pk)

    withdraw(world, plan)

    item.refresh_from_db()
    assert item.withdrawn_at == AT


def test_a_step_somebody_signed_is_asked_back_not_taken(world, signed):
    with pytest.raises(ActionBlocked, match="不能单方撤回；可以申请撤回"):
        withdraw(world, signed)
    with pytest.raises(Refused, match="由本阵地负责人办理"):
        ask(world, signed, by="venue.staff")

    asked = ask(world, signed)

    assert (fresh(signed).stage, asked.is_granted) == (Stage.COUNTERSIGNING, None)
    told = OutboxItem.objects.filter(recipient=world["asset.head"], channel="inapp")
    assert told.filter(title__contains="申请撤回").count() == 1
    with pytest.raises(ActionBlocked, match="已经申请撤回"):
        ask(world, signed)


def test_consent_gives_the_plan_back_and_keeps_every_opinion(world, signed):
    words = list(signed.opinions.values_list("pk", "text", "is_valid"))

    done = answer(world, ask(world, signed))

    plan = fresh(signed)
    assert (plan.stage, done.is_granted, done.answered_by) == (
        Stage.WITHDRAWN, True, world["asset.head"],
    )  # fmt: skip
    assert list(plan.opinions.values_list("pk", "text", "is_valid")) == words
    codes = list(events_of(plan.case_id).order_by("seq").values_list("code", flat=True))
    assert codes[-2:] == ["approvals.withdrawal.asked", "approvals.withdrawal.answered"]
    with pytest.raises(ActionBlocked, match="不能办理“同意撤回”"):
        answer(world, done)

    # Nothing of what 财务 read was changed: its word stands, the other three are asked.
    builders.submit(world, plan, at="2026-11-17 09:00")
    walk.sign(
        world, walk.open_task(plan, Node.FORMAL_REVIEW), "asset.officer",
        at=moment("2026-11-17 10:00"),
    )  # fmt: skip
    desks = plan.tasks.filter(status=TaskStatus.OPEN).values_list("department_kind", flat=True)
    assert set(desks) == {"personnel", "discipline", "fund_review"}


def test_a_refusal_says_why_and_the_work_goes_on(world, signed):
    asked = ask(world, signed)
    with pytest.raises(ActionBlocked, match="请写明理由"):
        answer(world, asked, is_granted=False)

    answer(world, asked, is_granted=False, answer="会签已近完成，请等会议决定。")

    assert fresh(signed).stage == Stage.COUNTERSIGNING
    walk.countersign_rest(world, signed)
    assert fresh(signed).stage == Stage.LEGAL_REVIEW


def waiting_for(name):
    """The requests on this person's list, by the address at which they answer."""
    work = gather(desks.work_of(User.objects.get(username=name), today=AT.date()))
    return [one.url for one in work if one.act == "答复撤回申请"]


def test_a_request_stands_on_the_keepers_list_until_it_is_answered(world, signed):
    assert waiting_for("asset.head") == []
    asked = ask(world, signed)

    assert waiting_for("asset.head") == [f"/proposals/{signed.pk}/withdrawal/answer/"]
    for name in ("asset.officer", "leader", "venue.manager", "county.officer"):
        assert waiting_for(name) == []

    answer(world, asked, is_granted=False, answer="会签已近完成。")
    assert waiting_for("asset.head") == []


def test_a_request_waits_for_the_nearest_keeper(world, signed):
    """The province keeps the procedure only for unions below which nobody does."""
    ask(world, signed)
    province = signed.supervising_union.get_parent()
    appoint(
        "province.head", "省总部长", Role.ASSET_HEAD, province, department_kind="asset"
    )  # fmt: skip
    assert waiting_for("province.head") == []

    User.objects.filter(pk=world["asset.head"].pk).update(is_active=False)
    assert len(waiting_for("province.head")) == 1


def test_a_request_is_no_work_while_the_plan_is_suspended_or_back(world, signed):
    ask(world, signed)
    task = walk.open_task(signed, Node.COUNTERSIGNATURE, "personnel")
    facts = {"by": world["asset.head"], "at": AT}
    keeping.suspend_proposal(
        proposal=signed, reason="等待登记。", version=fresh(signed).version, **facts
    )
    assert waiting_for("asset.head") == []
    keeping.resume_proposal(proposal=signed, version=fresh(signed).version, **facts)
    assert len(waiting_for("asset.head")) == 1

    walk.sign(world, task, "cosign.personnel", outcome="return", points=["补充人员安排。"])
    assert waiting_for("asset.head") == []
    plan = fresh(signed)
    submission.answer_return_points(
        proposal=plan, answers={plan.return_points.get().pk: "已补充。"}, version=plan.version,
        by=world["venue.staff"], at=moment("2026-11-17 09:00"),
    )  # fmt: skip
    builders.submit(world, plan, at="2026-11-18 09:00")
    assert waiting_for("asset.head") == []  # the new version is not what was asked back


def test_what_can_no_longer_be_answered_leaves_the_list(world, submitted):
    plan = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(plan.pk))
    ask(world, plan)
    assert len(waiting_for("asset.head")) == 1

    walk.conclude(world, meeting)

    assert waiting_for("asset.head") == []


def test_only_the_keeper_consents(world, signed):
    asked = ask(world, signed)
    for who in ("asset.officer", "leader", "venue.manager", "county.officer"):
        with pytest.raises(Refused, match="流程管理"):
            answer(world, asked, by=who)


def test_a_request_lapses_with_its_version(world, signed):
    asked = ask(world, signed)
    task = walk.open_task(signed, Node.COUNTERSIGNATURE, "personnel")
    walk.sign(world, task, "cosign.personnel", outcome="return", points=["补充人员安排。"])
    plan = fresh(signed)
    with pytest.raises(ActionBlocked, match="退回修改"):
        answer(world, asked)
    submission.answer_return_points(
        proposal=plan, answers={plan.return_points.get().pk: "已补充。"}, version=plan.version,
        by=world["venue.staff"], at=moment("2026-11-17 09:00"),
    )  # fmt: skip
    builders.submit(world, plan, at="2026-11-18 09:00")

    with pytest.raises(ActionBlocked, match="没有等候答复"):
        answer(world, asked)


def test_a_placed_item_needs_consent_and_a_decided_plan_is_not_withdrawn(world, submitted):
    plan = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(plan.pk))
    with pytest.raises(ActionBlocked, match="列入会议"):
        withdraw(world, plan)
    assert ask(world, plan).answered_at is None

    walk.conclude(world, meeting)
    assert fresh(plan).stage == Stage.CHAIRS_OFFICE
    for verb in (withdraw, ask):
        with pytest.raises(ActionBlocked, match="会议已经作出决定"):
            verb(world, plan)


def test_the_page_seen_before_somebody_acted_is_stale(world, submitted):
    seen = fresh(submitted).version
    walk.accept(world, submitted)

    with pytest.raises(StaleVersion):
        withdraw(world, submitted, version=seen)


def test_a_suspended_plan_is_not_withdrawn(world, submitted):
    keeping.suspend_proposal(
        proposal=submitted, reason="等待登记。", version=submitted.version,
        by=world["asset.head"], at=AT,
    )  # fmt: skip
    with pytest.raises(ActionBlocked, match="已中止办理"):
        withdraw(world, submitted)


def test_the_head_of_the_venue_finds_the_way_back_on_list_and_review_page(world, submitted, log_in):
    manager, address = log_in(world["venue.manager"]), f"/proposals/{submitted.pk}/withdraw/"
    assert f'href="{address}"' in manager.get("/proposals/").content.decode()
    review = f"/proposals/{submitted.pk}/review/"
    assert f'href="{address}"' in manager.get(review).content.decode()

    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    walk.sign(world, task, "cosign.finance")
    ask_at = f"/proposals/{submitted.pk}/withdrawal/"
    assert f'href="{ask_at}"' in manager.get(review).content.decode()
    assert manager.get(address).url == ask_at
    assert post_act(manager, ask_at, {"reason": "金额有误。"}).status_code == 302
    assert "已经申请撤回，正在等候主管工会答复" in manager.get(review).content.decode()

    head, answer_at = log_in(world["asset.head"]), f"{ask_at}answer/"
    page = head.get(review).content.decode()
    assert f'href="{answer_at}"' in page
    assert "金额有误。" in page
    done = post_act(head, answer_at, {"verdict": "granted", "answer": ""})
    assert (done.status_code, fresh(submitted).stage) == (302, Stage.WITHDRAWN)
    manager, edit = log_in(world["venue.manager"]), f"/proposals/{submitted.pk}/edit/"
    assert f'href="{edit}"' in manager.get("/proposals/").content.decode()
    assert manager.get(f"{edit}overview/").status_code == 200


def test_who_writes_for_the_venue_is_told_who_withdraws(world, submitted, log_in):
    page = log_in(world["venue.staff"]).get(f"/proposals/{submitted.pk}/review/").content.decode()

    assert "撤回由本阵地负责人办理" in page
    assert f'href="/proposals/{submitted.pk}/withdraw/"' not in page


def _placed_and_taken_back(world, plan):
    """The secretary places the item and is a second before the commit when the venue presses."""
    item, by, held = walk.waiting(plan.pk), world["secretary"], threading.Event()
    members = list(item.body.members.order_by("order", "pk"))
    meeting = meetings.plan_meeting(
        body=item.body, session="2026年第9次会议", starts_at=moment("2026-11-30 09:00"),
        place="三楼", chair=members[-1], by=by, at=AT,
    )  # fmt: skip
    by.posts(), world["venue.manager"].posts()
    version = plan.version

    def place():
        with transaction.atomic():
            meetings.place_item(
                item=item, meeting=meeting, reporter="周宁", materials_sent_on=AT.date(), by=by,
                at=AT,
            )  # fmt: skip
            held.set()
            time.sleep(1)

    def take_back():
        held.wait(timeout=30)
        return withdraw(world, plan, version=version)

    return race(place, take_back)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_item_that_is_being_placed_is_not_taken_back(world, submitted):
    plan = walk.at_meeting(world, submitted)

    placed, late = _placed_and_taken_back(world, plan)

    assert (placed.error, isinstance(late.error, ActionBlocked)) == (None, True)
    assert fresh(plan).stage == Stage.PARTY_GROUP
    assert walk.waiting(plan.pk).meeting_id


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_a_placed_item_is_taken_back(world, submitted, monkeypatch):
    plan = walk.at_meeting(world, submitted)
    monkeypatch.setattr(withdrawing, "lock", lambda *args, **kwargs: None)

    placed, late = _placed_and_taken_back(world, plan)

    assert (placed.error, late.error) == (None, None)
    assert fresh(plan).stage == Stage.WITHDRAWN
