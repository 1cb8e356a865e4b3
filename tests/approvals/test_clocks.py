"""Stages that open no desk have their limit, their reminders, their mark in the lists, and are urged."""

import uuid
from datetime import date

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Node, Outcome, Stage
from approvals.models import Proposal, StageUrge
from approvals.selectors import lists, pages
from approvals.services import bulk, decisions, handling, keeping, leaving, urging
from core.errors import ActionBlocked, Refused
from notifications import services as notifications
from notifications.models import Deadline, OutboxItem
from organizations.selectors import working_days
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, fresh, moment
from tests.approvals.test_escalation import tell
from tests.approvals.test_routes import answer, at_the_higher_union

TOLD = {"venue.staff", "venue.manager"}


def silence(proposal) -> None:
    """Everything so far told, and only this plan in the way of a message."""
    Proposal.objects.exclude(pk=proposal.pk).update(stage=Stage.APPROVED)
    notifications.tick(now=moment("2026-11-04 10:00"), is_alone=True)


def running(proposal) -> list[tuple[str, date]]:
    """The deadlines of the plan that still speak."""
    rows = Deadline.objects.filter(case_id=proposal.case_id, closed_at=None)
    rows = rows.filter(kind__startswith="approvals.")
    return [(one.kind, one.due_on) for one in rows.order_by("due_on", "kind")]


def test_the_meeting_reminds_its_secretary_then_the_head_then_the_leader(world, submitted):
    proposal = walk.at_meeting(world, submitted)  # Wednesday 2026-11-04; ten working days: 11-18
    silence(proposal)

    assert running(proposal) == [("approvals.party_group", date(2026, 11, 18))]
    assert proposal.due_on == date(2026, 11, 18)
    assert tell("2026-11-13") == {}
    assert tell("2026-11-16") == {"还有 2 个工作日到期": {"secretary"}}
    assert tell("2026-11-18") == {"今天到期": {"secretary"}}
    assert tell("2026-11-19") == {"已超期 1 个工作日": {"secretary", "asset.head"}}
    assert tell("2026-11-23") == {"已超期 3 个工作日": {"secretary", "asset.head", "leader"}}
    assert tell("2026-11-24") == {}
    assert fresh(proposal).stage == Stage.PARTY_GROUP  # nothing is ever passed by it


def test_the_days_of_the_route_come_before_the_default(world, submitted):
    submitted.route |= {"meeting_days": 3, "reply_days": 2}
    Proposal.objects.filter(pk=submitted.pk).update(route=submitted.route)
    proposal = walk.at_meeting(world, submitted)
    assert proposal.due_on == date(2026, 11, 9)
    proposal = walk.decided(
        world, walk.decided(world, proposal)
    )  # both concluded on Thursday 11-12
    assert (proposal.stage, proposal.due_on) == (Stage.REPLYING, date(2026, 11, 16))


def test_each_stage_ends_the_clock_of_the_one_before(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    proposal = walk.decided(world, proposal)
    assert running(proposal) == [("approvals.chairs_office", date(2026, 11, 26))]
    proposal = walk.decided(world, proposal)
    assert running(proposal) == [("approvals.replying", date(2026, 11, 19))]
    silence(proposal)
    assert tell("2026-11-17") == {"还有 2 个工作日到期": {"asset.officer", "asset.head"}}
    walk.drafted_reply(world, proposal, at=moment("2026-11-18 09:00"))
    tell("2026-11-18")
    assert tell("2026-11-19") == {"今天到期": {"leader"}}  # what is drafted waits for who issues it
    walk.issued_reply(world, proposal, at=moment("2026-11-19 15:00"))
    assert running(proposal) == []
    assert fresh(proposal).due_on is None


def test_the_answer_of_the_higher_union_is_waited_for_as_long_as_the_route_says(
    world, complete_draft
):
    proposal = at_the_higher_union(world, complete_draft)
    # Thursday 2026-11-12 and fifteen working days: Thursday 12-03.
    assert running(proposal) == [("approvals.upward", date(2026, 12, 3))]
    silence(proposal)
    assert tell("2026-12-03")["今天到期"] == {"asset.officer", "asset.head"}
    answer(world, fresh(proposal), "returned", points=["补充客流数据。"])
    # Tuesday 11-17 and ten working days for the venue: Tuesday 12-01.
    assert running(proposal) == [("approvals.returned", date(2026, 12, 1))]


def test_what_was_returned_reminds_the_venue_then_the_head(world, submitted):
    walk.accept(world, submitted, outcome=Outcome.RETURN, points=["补充测算"])
    proposal = fresh(submitted)  # 2026-11-04; ten working days: 11-18
    silence(proposal)

    assert (proposal.stage, proposal.due_on) == (Stage.RETURNED, date(2026, 11, 18))
    assert tell("2026-11-16") == {"还有 2 个工作日到期": TOLD}
    tell("2026-11-18")
    assert tell("2026-11-19") == {"已超期 1 个工作日": TOLD | {"asset.head"}}
    assert Deadline.objects.get(subject_id=proposal.pk).venue_id == proposal.venue_id
    voided = keeping.void_proposal(
        proposal=proposal, reason="不再办理", version=proposal.version, by=world["asset.head"],
        at=moment("2026-11-20 09:00"),
    )  # fmt: skip
    assert running(voided) == []
    assert tell("2026-11-23") == {}


def test_changes_wait_for_the_venue_then_for_the_named_person(world, submitted):
    proposal = walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="改为每月演练", confirmer=world["leader"],
    )  # fmt: skip
    # Thursday 2026-11-12; ten working days: Thursday 11-26.
    assert running(proposal) == [("approvals.changes_pending", date(2026, 11, 26))]
    silence(proposal)
    assert tell("2026-11-24") == {"还有 2 个工作日到期": TOLD}

    builders.change(world, proposal, "safety", emergency="每月演练一次。")
    builders.decide(world, proposal, at="2026-11-25 08:00", starts_at=moment("2026-11-24 09:00"))
    builders.submit(world, proposal, at="2026-11-25 09:00")
    # Wednesday 11-25; five working days: Wednesday 12-02.
    assert running(proposal) == [("approvals.changes_pending", date(2026, 12, 2))]
    tell("2026-11-26")
    assert tell("2026-12-02")["今天到期"] == {"leader"}

    appoint("leader.second", "新领导", Role.LEADER, world.xian)
    successor = world.people["leader.second"] = Post.objects.get(
        user__username="leader.second"
    ).user
    leaving.hand_over(
        leaver=world["leader"], to=successor, reason="退休", by=world["sysadmin"],
        at=moment("2026-12-02 10:00"),
    )  # fmt: skip
    tell("2026-12-02")
    assert "leader.second" in tell("2026-12-03")["已超期 1 个工作日"]
    decisions.confirm_changes(
        proposal=fresh(proposal), version=fresh(proposal).version, by=successor,
        at=moment("2026-12-03 11:00"),
    )  # fmt: skip
    # Thursday 12-03; five working days for the formal review of what was changed: Thursday 12-10.
    assert running(proposal) == [("approvals.formal_review", date(2026, 12, 10))]


def test_a_suspension_stops_the_clock_of_a_meeting(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    silence(proposal)
    keeping.suspend_proposal(
        proposal=proposal, reason="等待上级答复", version=proposal.version,
        by=world["asset.head"], at=moment("2026-11-11 09:00"),
    )  # fmt: skip
    assert running(proposal) == []
    tell("2026-11-11")
    for day in ("2026-11-16", "2026-11-18", "2026-11-19", "2026-11-23"):
        assert tell(day) == {}
    proposal = fresh(proposal)
    with pytest.raises(ActionBlocked, match="已中止办理"):
        urging.urge_stage(
            proposal=proposal, text="", by=world["asset.officer"], at=moment("2026-11-23 09:00")
        )

    keeping.resume_proposal(
        proposal=proposal, version=proposal.version, by=world["asset.head"],
        at=moment("2026-11-24 09:00"),
    )  # fmt: skip
    # Five working days were left on Wednesday 11-11; from Tuesday 11-24: Tuesday 12-01.
    assert running(proposal) == [("approvals.party_group", date(2026, 12, 1))]
    tell("2026-11-24")
    assert tell("2026-11-27") == {"还有 2 个工作日到期": {"secretary"}}


def test_a_late_meeting_is_late_in_the_list_and_on_the_page(world, submitted, log_in):
    proposal = walk.at_meeting(world, submitted)
    late = Proposal.objects.filter(pk=proposal.pk)
    assert not late.filter(lists.is_late(date(2026, 11, 18))).exists()
    assert late.filter(lists.is_late(date(2026, 11, 19))).exists()
    assert lists.plans_for(world["asset.head"]).get(pk=proposal.pk).next_due == date(2026, 11, 18)

    page = log_in(world["asset.head"]).get("/proposals/?tab=late").content.decode()  # 2026-11-20
    assert proposal.title in page
    assert "超期 2 个工作日" in page
    state = pages.desks_of(proposal, list(proposal.versions.all()))
    limit = pages.limit_of(proposal, state, working_days(), today=date(2026, 11, 20))
    assert limit == {"tone": "bad", "label": "已超期 2 个工作日"}


def test_a_desk_still_has_the_limit_of_its_task(world, submitted):
    proposal = fresh(submitted)
    assert (proposal.stage, proposal.due_on) == (Stage.FORMAL_REVIEW, None)
    proposal = walk.at_meeting(world, submitted)
    opinion = proposal.opinions.get(task__node=Node.LEGAL_REVIEW)
    handling.take_back_opinion(
        opinion=opinion, reason="补充意见", by=world["counsel"], at=moment("2026-11-05 09:00")
    )
    proposal = fresh(proposal)
    assert (proposal.stage, proposal.due_on) == (Stage.LEGAL_REVIEW, None)
    assert [kind for kind, _due in running(proposal)] == ["approvals.legal_review"]


# 催办.


def told(user) -> list[str]:
    rows = OutboxItem.objects.filter(recipient=user, channel="inapp").order_by("created_at", "pk")
    return [one.title for one in rows if one.title.startswith("催办")]


def test_a_stage_is_urged_once_a_day_by_each_and_told_to_whom_it_waits_for(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    facts = {"proposal": proposal, "text": "请尽快安排。"}
    urging.urge_stage(by=world["venue.manager"], at=moment("2026-11-05 09:00"), **facts)
    with pytest.raises(ActionBlocked, match="今天已经催办过"):
        urging.urge_stage(by=world["venue.manager"], at=moment("2026-11-05 17:00"), **facts)
    urging.urge_stage(by=world["asset.officer"], at=moment("2026-11-05 10:00"), **facts)
    urging.urge_stage(by=world["venue.manager"], at=moment("2026-11-06 09:00"), **facts)
    with pytest.raises(Refused, match="可以催办"):
        urging.urge_stage(by=world["counsel"], at=moment("2026-11-06 09:00"), **facts)

    assert told(world["secretary"]) == ["催办：党组会议（11-18 到期）"] * 3
    assert StageUrge.objects.filter(proposal=proposal, stage=Stage.PARTY_GROUP).count() == 3
    assert fresh(proposal).stage == Stage.PARTY_GROUP


def test_the_venue_does_not_urge_itself_and_nobody_urges_a_settled_plan(world, submitted):
    walk.accept(world, submitted, outcome=Outcome.RETURN, points=["补充测算"])
    proposal = fresh(submitted)
    at = moment("2026-11-05 09:00")
    with pytest.raises(ActionBlocked, match="正等本阵地办理"):
        urging.urge_stage(proposal=proposal, text="", by=world["venue.manager"], at=at)
    urging.urge_stage(proposal=proposal, text="", by=world["asset.officer"], at=at)
    assert told(world["venue.staff"]) == ["催办：答复退回意见（11-18 到期）"]

    keeping.void_proposal(
        proposal=proposal,
        reason="不再办理",
        version=proposal.version,
        by=world["asset.head"],
        at=at,
    )
    with pytest.raises(ActionBlocked, match="没有待办的环节"):
        urging.urge_stage(proposal=proposal, text="", by=world["asset.officer"], at=at)


def test_the_page_offers_the_urge_and_carries_it_out(world, submitted, log_in):
    proposal = walk.at_meeting(world, submitted)
    client = log_in(world["asset.officer"])
    address = f"/proposals/{proposal.pk}/urge/"
    assert f'href="{address}"' in client.get(f"/proposals/{proposal.pk}/review/").content.decode()
    client.post(address, {"command_id": uuid.uuid4(), "text": "请尽快"})
    assert StageUrge.objects.get().by == world["asset.officer"]


def test_many_plans_are_urged_at_their_desks_or_at_their_stage(world, submitted):
    at = moment("2026-11-05 09:00")
    proposal = walk.at_meeting(world, submitted)
    before = bulk.urgeable([proposal], by=world["leader"], at=at)
    after = bulk.urge_plans(plans=[proposal], text="", by=world["leader"], at=at)
    again = bulk.urge_plans(plans=[proposal], text="", by=world["leader"], at=at)
    assert [(one.desk, one.is_done, one.reason) for one in (*before, *after, *again)] == [
        ("党组会议", True, "可以催办"),
        ("党组会议", True, "已催办"),
        ("党组会议", False, "您今天已经催办过这一环节，请明天再催。"),
    ]
