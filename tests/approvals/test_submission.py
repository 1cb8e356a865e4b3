"""The venue decides, submits, answers, withdraws."""

import json
from datetime import date

import pytest

from approvals.enums import Stage
from approvals.models import AuthorityMatrixRow, RuleException
from approvals.selectors.facts import missing_of
from approvals.services import matrix, opinions, submission, withdrawing
from audit.selectors import events_of
from core.canonical import sha256_of
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.rules import Presence
from tests.approvals import builders
from tests.approvals.builders import TODAY, moment

pytestmark = pytest.mark.databases


def texts(refusal) -> str:
    return "\n".join(reason.text for reason in refusal.value.reasons)


@pytest.mark.parametrize("mode", ["external", "internal"])
def test_a_complete_plan_lacks_only_the_decision(world, overall, mode):
    proposal = builders.complete(world, builders.new_plan(world, mode))

    assert [one.section for one in missing_of(proposal, today=TODAY)] == ["venue_decision"]


def test_the_overall_plan_lacks_only_the_decision(world):
    proposal = builders.complete(world, builders.new_plan(world, ""))

    assert [one.section for one in missing_of(proposal, today=TODAY)] == ["venue_decision"]


def test_the_freeze_is_the_bytes_that_were_hashed(world, submitted):
    version = submitted.versions.get()

    snapshot = json.loads(version.snapshot)

    assert version.sha256 == sha256_of(version.snapshot)
    assert snapshot["sections"]["safety"]["emergency"] == "每季度演练一次。"
    assert snapshot["partner"]["name"] == world.partner.name
    assert {one["name"] for one in snapshot["experts"]} == {"郑律", "钱教授"}
    event = events_of(submitted.case_id).get(code="approvals.proposal.submitted")
    assert event.snapshot_sha256 == version.sha256


def test_numbers_follow_one_another_by_series_and_year(world, submitted):
    internal = builders.submitted_plan(world, "internal")

    assert submitted.number == submitted.cooperation.code == "HZ-2026-0001"
    assert internal.number == "HZ-2026-0002"


def test_an_overall_plan_has_its_own_series(world):
    assert builders.submitted_plan(world, "").number == "ZT-2026-0001"


def test_the_route_is_pinned(world, submitted):
    row = AuthorityMatrixRow.objects.get(plan_kind="operation_plan", mode="external")
    assert submitted.route["bodies"] == ["party_group", "chairs_office"]
    assert submitted.route["matrix_row"] == str(row.pk)

    matrix.add_row(
        union=world.xian, plan_kind="operation_plan", mode="external", is_major=True,
        countersigners=row.countersigners, bodies=["party_group"], formal_review_days=1,
        countersign_days=1, legal_review_days=1, one_body_reason="党组决定。",
        fixed_by="党组", fixed_session="2026年第9次会议", fixed_on=date(2026, 11, 2),
        valid_from=date(2026, 11, 3), by=world["asset.head"], at=moment("2026-11-03 09:00"),
    )  # fmt: skip
    builders.publish_matrix(world, "2026-11-03 10:00")

    assert builders.fresh(submitted).route["bodies"] == ["party_group", "chairs_office"]


def test_the_formal_review_is_due_in_five_working_days(world, submitted):
    task = submitted.tasks.get()

    assert (task.node, task.due_on) == ("formal_review", date(2026, 11, 9))


def test_an_incomplete_plan_is_told_everything_at_once(world, draft):
    with pytest.raises(ActionBlocked) as refusal:
        builders.decide(world, draft)

    told = texts(refusal)
    assert "尚未填写“合作内容”" in told
    assert "还缺少一名已声明无利害关系并出具意见的律师" in told
    assert len(refusal.value.reasons) > 30


def test_a_plan_is_not_submitted_before_the_venue_decides(world, complete_draft):
    with pytest.raises(ActionBlocked, match="不能办理“报送”"):
        builders.submit(world, complete_draft)


def test_the_meeting_comes_after_the_opinions(world, complete_draft):
    with pytest.raises(ActionBlocked, match="阵地集体决策早于律师、专家意见日期"):
        builders.decide(world, complete_draft, starts_at=moment("2026-10-14 09:00"))

    assert not complete_draft.venue_decisions.exists()


def test_a_meeting_without_quorum_leaves_the_draft(world, complete_draft):
    members = list(world.bodies["venue_board"].members.order_by("order", "pk"))
    attendance = [Presence(member=members[2].pk, status="present")] + [
        Presence(member=one.pk, status="leave", reason="出差") for one in members[:2]
    ]
    votes = builders.board_meeting(world)["votes"][2:]

    with pytest.raises(ActionBlocked, match="未达到到会下限"):
        builders.decide(world, complete_draft, attendance=attendance, votes=votes)

    assert builders.fresh(complete_draft).stage == Stage.DRAFT


def test_a_meeting_that_says_no_leaves_the_draft(world, complete_draft):
    votes = builders.board_meeting(world, "ddd")["votes"]

    proposal = builders.decide(world, complete_draft, votes=votes, conclusion="rejected")

    assert proposal.stage == Stage.DRAFT
    assert [one.code for one in missing_of(proposal, today=TODAY)] == ["18-3"]


@pytest.mark.parametrize("who", ["venue.staff", "other.manager", "asset.officer"])
def test_only_the_manager_decides_and_submits(world, complete_draft, who):
    with pytest.raises(Refused):
        submission.record_venue_decision(
            proposal=complete_draft, meeting=builders.board_meeting(world),
            version=complete_draft.version, by=world[who], at=moment("2026-10-20 17:00"),
        )  # fmt: skip
    proposal = builders.decide(world, complete_draft)
    with pytest.raises(Refused):
        submission.submit_proposal(
            proposal=proposal, version=proposal.version, by=world[who],
            at=moment("2026-11-02 09:00"),
        )  # fmt: skip


def test_a_version_not_seen_is_not_submitted(world, complete_draft):
    proposal = builders.decide(world, complete_draft)

    with pytest.raises(StaleVersion):
        submission.submit_proposal(
            proposal=proposal, version=proposal.version - 1, by=world["venue.manager"],
            at=moment("2026-11-02 09:00"),
        )  # fmt: skip

    assert builders.fresh(proposal).number is None


def test_a_plan_over_five_years_needs_its_exception(world, complete_draft):
    overall = complete_draft.overall_plan
    section = overall.sections.get(code="overview")
    section.data = section.data | {"max_term_years": "8"}
    section.save()
    builders.change(world, complete_draft, "overview", ends_on="2032-11-30")
    found = missing_of(builders.fresh(complete_draft), today=TODAY)
    assert {one.code for one in found} == {"13-4-4", "18-3"}

    exception = RuleException(
        proposal=complete_draft, venue_id=world.venue.pk, rule_code="13-4-4", state="approved",
        facts="f", reason="r", risk="k", mitigation="m", lawyer_opinion="l",
        valid_until=date(2027, 1, 1), drafted_by=world["venue.staff"],
    )  # fmt: skip
    exception.place_like(complete_draft)
    exception.save()

    found = missing_of(builders.fresh(complete_draft), today=TODAY)
    assert {one.code for one in found} == {"18-3"}
    lapsed = missing_of(builders.fresh(complete_draft), today=date(2027, 1, 2))
    assert "13-4-4" in {one.code for one in lapsed}


def returned(world, proposal):
    task = proposal.tasks.get(status="open")
    opinions.give_opinion(
        task=task, outcome="return", text="请补充客流测算依据并明确责任人。", version=task.version,
        content_sha256=task.plan_version.sha256, points=["补充客流测算依据。", "明确责任人。"],
        by=world["asset.officer"], at=moment("2026-11-04 09:00"),
    )  # fmt: skip
    return builders.fresh(proposal)


def answer_all(world, proposal, **answers):
    points = {point.pk: "已按要求补充。" for point in proposal.return_points.order_by("no")}
    return submission.answer_return_points(
        proposal=proposal, answers=points | answers, version=proposal.version,
        by=world["venue.staff"], at=moment("2026-11-05 09:00"),
    )  # fmt: skip


def test_a_returned_plan_is_submitted_again_as_version_two(world, submitted):
    proposal = returned(world, submitted)
    assert proposal.stage == Stage.RETURNED
    with pytest.raises(ActionBlocked, match="还有 2 条退回意见没有答复"):
        builders.submit(world, proposal, "2026-11-05 10:00")

    builders.change(world, proposal, "safety", emergency="每月演练一次。")
    answer_all(world, builders.fresh(proposal))
    version = builders.submit(world, proposal, "2026-11-05 11:00")

    proposal = builders.fresh(proposal)
    assert (version.no, proposal.number, proposal.stage) == (
        2,
        "HZ-2026-0001",
        Stage.FORMAL_REVIEW,
    )
    assert list(proposal.opinions.values_list("plan_version__no", "is_valid")) == [(1, False)]
    assert json.loads(version.snapshot)["answers"][0]["answer"] == "已按要求补充。"
    assert json.loads(proposal.versions.get(no=1).snapshot)["answers"] == []
    assert [task.plan_version.no for task in proposal.tasks.filter(status="open")] == [2]


def test_a_returned_plan_changed_in_substance_is_decided_again(world, submitted):
    proposal = returned(world, submitted)
    builders.change(world, proposal, "contract_elements", exit="一次整改不到位即终止。")
    answer_all(world, builders.fresh(proposal))
    with pytest.raises(ActionBlocked, match="须对现在的内容重新集体决策"):
        builders.submit(world, proposal, "2026-11-05 10:00")

    proposal = builders.fresh(proposal)
    submission.record_venue_decision(
        proposal=proposal,
        meeting=builders.board_meeting(world, starts_at=moment("2026-11-05 13:00")),
        version=proposal.version, by=world["venue.manager"], at=moment("2026-11-05 17:00"),
    )  # fmt: skip

    assert builders.submit(world, proposal, "2026-11-06 09:00").no == 2


def test_blank_answers_do_not_count(world, submitted):
    proposal = returned(world, submitted)

    submission.answer_return_points(
        proposal=proposal, answers={point.pk: "  " for point in proposal.return_points.all()},
        version=proposal.version, by=world["venue.staff"], at=moment("2026-11-05 09:00"),
    )  # fmt: skip

    assert not proposal.return_points.exclude(answer="").exists()


def test_points_are_answered_on_a_returned_plan_only(world, submitted):
    with pytest.raises(ActionBlocked, match="没有待答复"):
        answer_all(world, submitted)


def withdraw(world, proposal, who="venue.manager"):
    return withdrawing.withdraw_proposal(
        proposal=proposal, reason="材料有误", version=proposal.version, by=world[who],
        at=moment("2026-11-03 09:00"),
    )  # fmt: skip


def test_a_withdrawn_plan_keeps_its_number_and_closes_its_desks(world, submitted):
    proposal = withdraw(world, submitted)

    assert (proposal.stage, proposal.number) == (Stage.WITHDRAWN, "HZ-2026-0001")
    assert [task.status for task in proposal.tasks.all()] == ["cancelled"]


def test_a_plan_somebody_acted_on_is_not_withdrawn(world, submitted):
    with pytest.raises(ActionBlocked, match="不能办理“撤回”"):
        withdraw(world, returned(world, submitted))
    with pytest.raises(Refused):
        withdraw(world, builders.fresh(submitted), "venue.staff")
