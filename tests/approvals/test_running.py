"""What a plan under way keeps when it is written on, and what is asked of it again."""

from datetime import date

import pytest

from approvals.enums import Node, Outcome, Stage
from approvals.models import Opinion
from approvals.services import decisions, major, opinions, replies, submission, withdrawing
from audit.models import Event
from core.errors import ActionBlocked
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.test_matrix import FOUR, written

REASON = "涉及阵地名称的使用。"


def returned(world, proposal):
    """Back at the venue, every point answered."""
    proposal = walk.accept(world, proposal, outcome=Outcome.RETURN, points=["请补充依据。"])
    submission.answer_return_points(
        proposal=proposal, answers={one.pk: "已补充。" for one in proposal.return_points.all()},
        version=proposal.version, by=world["venue.staff"], at=moment("2026-11-05 09:00"),
    )  # fmt: skip
    return fresh(proposal)


def resubmit(world, proposal, at: str = "2026-11-06 10:00"):
    builders.submit(world, proposal, at)
    return fresh(proposal)


def publish_one_more_department(world, **changes) -> None:
    """From 11-04 on the city's matrix asks 权益保障 as well."""
    valid = {"valid_from": date(2026, 11, 4), "at": moment("2026-11-04 09:00")}
    written(world, **valid | changes)
    builders.publish_matrix(world, "2026-11-04 10:00")


def lines(proposal) -> list[str]:
    rows = Event.objects.filter(case_id=proposal.case_id, code="approvals.proposal.submitted")
    return list(rows.order_by("seq").values_list("title", flat=True))


# the pinned route


def test_a_plan_sent_back_keeps_the_matrix_it_was_submitted_under(world, submitted):
    before = submitted.route
    publish_one_more_department(world)

    proposal = resubmit(world, returned(world, submitted))

    assert proposal.route == before
    assert before["pinned_on"] == "2026-11-02"
    assert lines(proposal) == ["报送第 1 版", "报送第 2 版"]


def test_a_plan_that_has_become_another_goes_by_the_row_that_fits_it_now(world, complete_draft):
    written(world, is_major=True, valid_from=date(2026, 11, 1))
    builders.publish_matrix(world, "2026-11-01 10:00")
    builders.change(world, complete_draft, "major_matter", is_major="no", reason="投资较小。")
    proposal = builders.submit_decided(world, complete_draft)
    assert "rights" not in proposal.route["countersigners"]

    proposal = returned(world, proposal)
    builders.change(world, proposal, "major_matter", is_major="yes", reason="投资增加。")
    builders.decide(
        world, proposal, at="2026-11-05 17:00", starts_at=moment("2026-11-05 15:00")
    )  # fmt: skip
    proposal = resubmit(world, proposal)

    assert "rights" in proposal.route["countersigners"]
    assert lines(proposal)[-1] == "报送第 2 版，改动后改走其他路由"


def test_what_is_new_since_counts_where_the_old_matrix_has_nothing(world, submitted):
    publish_one_more_department(world, is_major=None, mode="", countersigners=[*FOUR, "rights"])

    proposal = returned(world, submitted)
    proposal.route |= {"pinned_on": "2025-12-31"}  # a day before the matrix had any row
    proposal.save(update_fields=["route"])

    assert resubmit(world, proposal).route["pinned_on"] == "2026-11-06"


# the determination of a major matter


def determined(world, proposal, *, is_major: bool):
    major.determine(
        proposal=proposal, is_major=is_major, judged=["ZD-4"] if is_major else [], reason=REASON,
        version=proposal.version, by=world["asset.officer"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip
    return fresh(proposal)


@pytest.fixture
def held_major(world, complete_draft):
    """The venue says no, the formal review says yes, then sends the plan back."""
    builders.change(world, complete_draft, "major_matter", is_major="no", reason="投资较小。")
    proposal = builders.submit_decided(world, complete_draft)
    return returned(world, determined(world, proposal, is_major=True))


def test_what_was_determined_stands_for_the_next_version_until_it_is_determined(world, held_major):
    proposal = resubmit(world, held_major)
    assert proposal.counts_as_major is True

    proposal = walk.accept(world, proposal)

    made = proposal.determinations.get(plan_version__no=2)
    assert (made.proposed, made.is_major, made.reason) == (False, True, REASON)
    assert [one["code"] for one in made.findings if one["is_met"]] == ["ZD-4"]


def test_another_answer_of_the_venue_is_asked_about_anew(world, held_major):
    builders.change(world, held_major, "major_matter", is_major="yes", reason="改为是。")
    builders.decide(
        world, held_major, at="2026-11-05 17:00", starts_at=moment("2026-11-05 15:00")
    )  # fmt: skip

    proposal = resubmit(world, held_major)

    assert proposal.major_confirmed is None
    walk.accept(world, proposal)
    made = proposal.determinations.get(plan_version__no=2)
    assert (made.proposed, made.is_major, made.reason) == (True, True, "")


def test_an_overall_plan_is_determined_as_well(world):
    proposal = builders.submitted_plan(world, "")

    walk.accept(world, proposal)

    assert proposal.determinations.get().is_major is False


def test_an_overall_plan_without_the_answer_is_not_complete(world):
    proposal = builders.complete(world, builders.new_plan(world, ""))
    builders.change(world, proposal, "major_matter", is_major="")

    with pytest.raises(ActionBlocked, match="属于须报批的重大事项"):
        builders.decide(world, fresh(proposal))


# what the venue's meeting decided on


def test_another_area_is_decided_on_by_the_venue_again(world, complete_draft):
    builders.change(world, complete_draft, "overview", area="200")
    proposal = fresh(builders.decide(world, fresh(complete_draft)))
    assert proposal.stage == Stage.VENUE_DECIDED

    builders.change(world, proposal, "overview", area="900")

    assert fresh(proposal).stage == Stage.DRAFT


# changes that a meeting required


def changes_made(world, proposal, section: str = "safety", **answers):
    """The party group passed it with changes; the venue submits version 2, the leader confirms."""
    proposal = walk.decided(
        world, proposal, conclusion="passed_with_changes",
        required_changes="应急演练改为每月一次", confirmer=world["leader"],
    )  # fmt: skip
    builders.change(world, proposal, section, **answers or {"emergency": "每月演练一次。"})
    builders.submit(world, proposal, at="2026-11-13 09:00")
    return fresh(proposal)


def confirm(world, proposal):
    decisions.confirm_changes(
        proposal=proposal, version=proposal.version, by=world["leader"],
        at=moment("2026-11-14 09:00"),
    )  # fmt: skip
    return fresh(proposal)


def test_changes_void_the_words_of_those_who_read_what_changed(world, submitted):
    proposal = changes_made(world, walk.at_meeting(world, submitted))

    voided = Opinion.objects.filter(proposal=proposal, is_valid=False).order_by("pk")
    assert [one.task.desk_label for one in voided] == ["形式审查", "会签 · 组织人事部门"]
    assert "安全与应急" in voided[1].void_reason


def test_a_desk_asked_again_may_object_and_is_answered_before_the_next_meeting(world, submitted):
    proposal = confirm(world, changes_made(world, walk.at_meeting(world, submitted)))
    proposal = walk.accept(world, proposal)
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, "personnel")
    walk.sign(world, task, "cosign.personnel", Outcome.DISAGREE)
    assert fresh(proposal).stage == Stage.CHAIRS_OFFICE

    meeting = walk.seat(world, walk.waiting(proposal.pk), day="2026-11-15")
    with pytest.raises(ActionBlocked, match="尚未作出书面处理意见"):
        walk.conclude(world, meeting, "aaa", at=moment("2026-11-15 10:00"))


def test_an_objection_after_the_last_meeting_is_answered_before_the_reply(world, submitted):
    proposal = walk.decided(world, walk.at_meeting(world, submitted))
    proposal = confirm(world, changes_made(world, proposal))
    proposal = walk.accept(world, proposal)
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, "personnel")
    objection = walk.sign(world, task, "cosign.personnel", Outcome.DISAGREE)
    proposal = fresh(proposal)
    assert proposal.stage == Stage.REPLYING
    walk.drafted_reply(world, proposal)

    with pytest.raises(ActionBlocked, match="尚未作出书面处理意见"):
        walk.issued_reply(world, proposal)

    opinions.resolve_objection(
        opinion=objection, text="已责成补充演练记录。", by=world["asset.head"],
        at=moment("2026-11-16 10:00"),
    )  # fmt: skip
    replies.issue_reply(
        proposal=proposal, version=fresh(proposal).version, by=world["leader"],
        at=moment("2026-11-17 09:00"),
    )  # fmt: skip
    assert fresh(proposal).stage == Stage.APPROVED


def test_a_desk_sent_back_to_does_not_bring_the_meeting_back(world, submitted):
    proposal = confirm(world, changes_made(world, walk.at_meeting(world, submitted)))
    proposal = walk.accept(world, proposal)
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, "personnel")
    walk.sign(
        world, task, "cosign.personnel", Outcome.RETURN, points=["请核对。"],
        return_to=Node.FORMAL_REVIEW,
    )  # fmt: skip
    proposal = walk.accept(world, fresh(proposal))
    assert walk.open_departments(proposal) == set(walk.COUNTERSIGNERS.values())  # step by step

    proposal = walk.clear(world, walk.countersign_rest(world, proposal))

    assert proposal.stage == Stage.CHAIRS_OFFICE


def test_what_a_meeting_has_decided_on_is_not_taken_back(world, submitted):
    """At the formal review again, where nobody has acted on it: the meeting has (2.1)."""
    proposal = confirm(world, changes_made(world, walk.at_meeting(world, submitted)))
    assert proposal.stage == Stage.FORMAL_REVIEW

    for act in (withdrawing.withdraw_proposal, withdrawing.ask_withdrawal):
        with pytest.raises(ActionBlocked, match="会议已经作出决定"):
            act(
                proposal=proposal, reason="另有安排。", version=proposal.version,
                by=world["venue.manager"], at=moment("2026-11-14 10:00"),
            )  # fmt: skip
    assert fresh(proposal).stage == Stage.FORMAL_REVIEW


def test_changes_that_make_it_another_matter_go_the_whole_way(world, complete_draft):
    written(world, is_major=True, valid_from=date(2026, 11, 1))
    builders.publish_matrix(world, "2026-11-01 10:00")
    builders.change(world, complete_draft, "major_matter", is_major="no", reason="投资较小。")
    proposal = walk.at_meeting(world, builders.submit_decided(world, complete_draft))
    proposal = walk.decided(
        world, proposal, conclusion="passed_with_changes", required_changes="写明重大事项",
        confirmer=world["leader"],
    )  # fmt: skip
    builders.change(world, proposal, "major_matter", is_major="yes", reason="投资增加。")
    builders.decide(
        world, proposal, at="2026-11-13 08:00", starts_at=moment("2026-11-12 15:00")
    )  # fmt: skip

    proposal = resubmit(world, proposal, "2026-11-13 09:00")

    assert (proposal.stage, proposal.direct_to) == (Stage.FORMAL_REVIEW, "")
    assert "rights" in proposal.route["countersigners"]
