"""离岗交接: no account is disabled over open work; a desk goes over in one audited batch."""

import json
import uuid
from datetime import timedelta

import pytest

from accounts import services as accounts
from accounts.models import Post, User
from accounts.roles import Role
from approvals.enums import ConsultPlace, Node
from approvals.models import Delegation, TaskTransfer
from approvals.selectors.leaving import held_work
from approvals.selectors.stuck import stuck_plans
from approvals.services import consulting, handling, leaving
from audit.models import Event
from core.errors import ActionBlocked, Refused
from meetings.models import AgendaItem
from notifications.models import DeadlineAudience, OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, appoint, moment
from venues.models import Venue

AT = moment("2026-11-20 09:00")


@pytest.fixture
def officer(world):
    """A second officer of the asset department."""
    asset = world.xian
    return appoint("asset.second", "新周", Role.ASSET_OFFICER, asset, department_kind="asset")


def held_in_name(world, proposal):
    """The formal review, transferred to the officer alone."""
    task = walk.open_task(proposal, Node.FORMAL_REVIEW)
    return handling.transfer_task(
        task=task, to=world["asset.officer"], reason="分工", version=task.version,
        by=world["asset.head"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip


def disable(world, username):
    return accounts.set_active(user=world[username], is_active=False, by=world["sysadmin"], at=AT)


def hand_over(world, leaver, to: User, **changes):
    facts = {"reason": "调离", "by": world["sysadmin"], "at": AT}
    return leaving.hand_over(leaver=world[leaver], to=to, **facts | changes)


def labels(world, username):
    return [one.label for one in held_work(world[username], today=TODAY)]


def test_an_account_with_open_work_is_not_disabled(world, submitted, officer):
    held_in_name(world, submitted)

    with pytest.raises(ActionBlocked, match="周宁名下还有 1 件在办事项，请先办理离岗交接"):
        disable(world, "asset.officer")

    hand_over(world, "asset.officer", officer)
    assert not disable(world, "asset.officer").is_active


def test_without_the_question_the_work_would_be_lost(world, submitted, monkeypatch):
    """The twin: nothing but the question keeps the account in use."""
    held_in_name(world, submitted)
    monkeypatch.setattr("accounts.services.people.leaving.held_by", lambda user: 0)

    assert not disable(world, "asset.officer").is_active


def test_a_desk_several_people_sit_at_holds_nobody(world, submitted):
    assert labels(world, "asset.officer") == []  # the head sits there too
    walk.accept(world, submitted)
    assert labels(world, "cosign.finance") == ["会签 · 财务部门"]
    with pytest.raises(ActionBlocked, match="1 件在办事项"):
        disable(world, "cosign.finance")


def test_the_batch_says_what_became_of_each_piece(world, submitted, officer):
    task = held_in_name(world, submitted)
    second = builders.submitted_plan(world)
    second.drafted_by = officer
    second.save()
    held_in_name(world, second)
    Delegation.objects.create(
        principal=world["asset.head"], agent=world["asset.officer"], union=world.xian,
        node=Node.FORMAL_REVIEW, valid_from=TODAY, valid_to=TODAY, reason="出差", created_at=AT,
    )  # fmt: skip

    found = hand_over(world, "asset.officer", officer)

    assert [(one.held.label, one.is_done) for one in found] == [
        ("形式审查", True), ("形式审查", False), ("代理形式审查", True),
    ]  # fmt: skip
    assert "起草人" in found[1].reason
    task.refresh_from_db()
    assert task.assignee == officer
    assert TaskTransfer.objects.filter(to_user=officer, reason="调离").count() == 1
    assert OutboxItem.objects.filter(recipient=officer, title__contains="离岗交接").exists()
    event = Event.objects.get(code="approvals.desk.handed_over")
    assert event.title == "离岗交接：周宁交新周，2 件已交，1 件未交"
    assert [row["done"] for row in json.loads(event.body)["rows"]] == [True, False, True]
    assert Delegation.objects.get().revoked_by == world["sysadmin"]


def test_what_was_asked_of_the_leaver_goes_over_too(world, submitted, officer):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    consulting.consult(
        task=task, people=[world["counsel"]], question="请看第三条。", is_binding=False,
        placed=ConsultPlace.BESIDE, version=task.version, by=world["asset.officer"], at=AT,
    )  # fmt: skip

    assert [one.is_done for one in hand_over(world, "counsel", officer)] == [True]
    assert labels(world, "counsel") == []


def test_changes_a_leaver_was_named_to_confirm_go_to_who_may(world, submitted, officer):
    walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="改为每月演练", confirmer=world["leader"],
    )  # fmt: skip
    assert labels(world, "leader") == ["确认修改"]
    with pytest.raises(ActionBlocked, match="1 件在办事项"):
        disable(world, "leader")

    refused = hand_over(world, "leader", officer)
    assert [(one.is_done, one.reason) for one in refused] == [
        (False, "新周没有确认修改的岗位，请交给分管领导。")
    ]
    second = appoint("leader.second", "新领导", Role.LEADER, world.xian)
    assert [one.is_done for one in hand_over(world, "leader", second)] == [True]

    assert AgendaItem.objects.get(required_changes="改为每月演练").confirmer == second
    assert OutboxItem.objects.filter(recipient=second, title__contains="确认修改").exists()
    assert Event.objects.filter(title__contains="由赵磊改为新领导：调离").count() == 1
    assert not disable(world, "leader").is_active


def test_a_confirmer_whose_post_has_ended_is_handed_over_to_who_sits_there(
    world, submitted, log_in
):
    walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="改为每月演练", confirmer=world["leader"],
    )  # fmt: skip
    Post.objects.filter(user=world["leader"]).update(valid_to=TODAY - timedelta(days=1))
    second = appoint("leader.second", "新领导", Role.LEADER, world.xian)
    assert [one.reason for one in stuck_plans(today=TODAY)] != []

    data = {"command_id": uuid.uuid4(), "people": second.pk, "reason": "任期届满"}
    done = log_in(world["sysadmin"]).post(f"/handover/{world['leader'].pk}/", data)

    assert "已交新领导" in done.content.decode()
    assert stuck_plans(today=TODAY) == []


def test_an_only_seat_is_filled_before_it_is_left(world, submitted, officer):
    walk.accept(world, submitted)
    found = hand_over(world, "cosign.finance", officer)
    assert [(one.is_done, one.reason) for one in found] == [
        (False, "新周不在“会签 · 财务部门”这一岗位，不能转办给他（她）。")
    ]
    appoint("cosign.finance2", "新财务", Role.COUNTERSIGNER, world.xian, department_kind="finance")
    assert labels(world, "cosign.finance") == []


@pytest.mark.parametrize("username", ["asset.head", "leader", "auditor", "venue.manager"])
def test_only_administrators_hand_over(world, submitted, officer, username):
    held_in_name(world, submitted)

    with pytest.raises(Refused, match="系统管理员或安全管理员"):
        hand_over(world, "asset.officer", officer, by=world[username])


def test_it_needs_a_successor_and_a_reason(world, officer):
    with pytest.raises(ActionBlocked, match="另一个在用的账号"):
        hand_over(world, "asset.officer", world["asset.officer"])
    with pytest.raises(ActionBlocked, match="请写明交接原因"):
        hand_over(world, "asset.officer", officer, reason=" ")


def test_the_administrator_sees_desks_and_days_and_no_content(world, submitted, officer, log_in):
    held_in_name(world, submitted)
    client = log_in(world["sysadmin"])
    url = f"/handover/{world['asset.officer'].pk}/"

    page = client.get(url).content.decode()
    assert "形式审查" in page
    assert "2026-11-09" in page
    assert submitted.title not in page
    assert submitted.number not in page

    data = {"command_id": uuid.uuid4(), "people": officer.pk, "reason": ""}
    assert client.post(url, data).status_code == 422
    done = client.post(url, data | {"reason": "调离"}).content.decode()
    assert "已交新周" in done
    assert "可以停用账号" in done
    assert submitted.title not in done


def test_the_page_of_disabling_leads_to_the_hand_over(world, submitted, log_in):
    held_in_name(world, submitted)
    client, officer = log_in(world["sysadmin"]), world["asset.officer"]
    answer = client.post(f"/accounts/{officer.pk}/disable/", {"command_id": uuid.uuid4()})

    assert answer.status_code == 422
    assert "请先办理离岗交接" in answer.content.decode()
    assert f"/handover/{officer.pk}/" in answer.content.decode()


def test_who_is_named_for_venues_and_plans_hands_them_over(world, submitted, officer):
    """谁主管、谁负责: the escalation after three days late must not name who has left."""
    # Both venues of the city, the plan and the overall plan above it.
    assert labels(world, "asset.head") == ["阵地监管责任人"] * 2 + ["方案监管责任人"] * 2
    with pytest.raises(ActionBlocked, match="名下还有 4 件在办事项"):
        disable(world, "asset.head")

    found = hand_over(world, "asset.head", officer)

    assert [one.is_done for one in found] == [True] * 4
    assert labels(world, "asset.head") == []
    assert Venue.objects.filter(supervisor=officer).count() == 2
    assert builders.fresh(submitted).supervisor == officer
    events = Event.objects.filter(title="离岗交接：监管责任人由吴部长改为新周：调离")
    assert events.filter(case_id=submitted.case_id).count() == 1
    assert events.filter(case_id=world.venue.pk).count() == 1
    assert not disable(world, "asset.head").is_active
    told = DeadlineAudience.objects.filter(deadline__subject_id=submitted.tasks.get().pk)
    assert [one.user for one in told.exclude(user=None)] == [officer]


def test_a_venue_answers_to_its_asset_department_only(world, submitted, log_in):
    """What the successor may not take stays, with the sentence that says where it goes."""
    found = hand_over(world, "asset.head", world["leader"])

    assert {one.is_done for one in found} == {False}
    assert {one.reason for one in found} == {
        "监管责任人须是西安市总工会资产监督管理部门的在任人员。",
        "监管责任人须是西安市总工会资产监督管理部门的在任人员，"
        "请交给该部门的人员，或者先由该部门在阵地页另行确定。",
    }
    with pytest.raises(ActionBlocked, match="请先办理离岗交接"):
        disable(world, "asset.head")
    page = log_in(world["sysadmin"]).get(f"/handover/{world['asset.head'].pk}/").content.decode()
    assert "须交给资产监督管理部门的在任人员" in page
    assert submitted.title not in page


def test_a_plan_that_was_dropped_answers_to_nobody_any_more(world, submitted):
    type(submitted).objects.filter(supervisor=world["asset.head"]).update(stage="void")

    assert labels(world, "asset.head") == ["阵地监管责任人"] * 2


def test_the_clock_of_a_meeting_forgets_the_leaver_too(world, submitted, officer):
    """A stage without a desk has reminders of its own."""
    plan = walk.at_meeting(world, submitted)
    hand_over(world, "asset.head", officer)

    told = DeadlineAudience.objects.filter(
        deadline__subject_id=plan.pk, deadline__kind="approvals.party_group"
    )
    assert [one.user for one in told.exclude(user=None)] == [officer]
