"""Meetings on a plan: quorum, changes, the named person, the reply; the whole road at once."""

import uuid

import pytest

from accounts.models import Post
from approvals.enums import Outcome, Stage
from approvals.services import decisions, opinions
from audit.selectors import ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from meetings.models import AgendaItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment


def changed(world, proposal):
    """The venue carries out what the meeting asked for and submits again."""
    builders.change(world, proposal, "safety", emergency="每月演练一次。")
    builders.submit(world, proposal, at="2026-11-13 09:00")
    return fresh(proposal)


def confirm(world, proposal, username: str):
    return decisions.confirm_changes(
        proposal=proposal, version=fresh(proposal).version, by=world[username],
        at=moment("2026-11-14 09:00"),
    )  # fmt: skip


def test_the_whole_road_of_a_plan(world, submitted):
    proposal = walk.at_meeting(
        world,
        submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["签约前补充客流测算"]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    objection = proposal.opinions.get(outcome=Outcome.DISAGREE)
    opinions.resolve_objection(
        opinion=objection, text="已责成补充承诺。", by=world["asset.head"],
        at=moment("2026-11-11 09:00"),
    )  # fmt: skip

    # Without quorum nothing is decided and the item waits again, of the same version.
    meeting = walk.seat(world, walk.waiting(proposal.pk), present=1)
    with pytest.raises(ActionBlocked, match="未达到到会下限"):
        walk.conclude(world, meeting, "a")
    walk.close(world, meeting)
    again = walk.waiting(proposal.pk)
    assert (again.meeting, again.version_no) == (None, 1)
    assert fresh(proposal).stage == Stage.PARTY_GROUP

    # 修改后通过 counts only once the named person confirms a newer version.
    proposal = walk.decided(
        world, proposal, conclusion="passed_with_changes", required_changes="应急演练改为每月一次",
        confirmer=world["leader"],
    )  # fmt: skip
    assert proposal.stage == Stage.CHANGES_PENDING
    with pytest.raises(ActionBlocked, match="尚未报送修改后的版本"):
        confirm(world, proposal, "leader")
    proposal = changed(world, proposal)
    assert (proposal.stage, proposal.version_no) == (Stage.CHANGES_PENDING, 2)
    for username in ("asset.head", "secretary", "province.asset"):
        with pytest.raises(Refused, match="应由会议指定的"):
            confirm(world, proposal, username)
    confirm(world, proposal, "leader")
    # What changed is read by one department: it signs again, the party group is not asked twice.
    proposal = walk.accept(world, fresh(proposal))
    assert walk.open_departments(proposal) == {"personnel"}
    proposal = walk.countersign_rest(world, proposal)
    assert proposal.stage == Stage.CHAIRS_OFFICE

    meeting = walk.seat(world, walk.waiting(proposal.pk), day="2026-11-15")
    walk.conclude(world, meeting, "aas", at=moment("2026-11-15 10:00"))
    proposal = fresh(proposal)
    assert proposal.stage == Stage.REPLYING

    walk.drafted_reply(world, proposal)
    reply = walk.issued_reply(world, proposal)
    proposal = fresh(proposal)
    assert proposal.stage == Stage.APPROVED
    assert reply.document_number == "西安市总工会资批〔2026〕1号"
    assert reply.document.pdf.size > 0
    assert not list(ledger_faults())


def changes_handed_in(world, proposal):
    """A meeting asked for changes, the venue has submitted version 2."""
    proposal = walk.decided(
        world, walk.at_meeting(world, proposal), conclusion="passed_with_changes",
        required_changes="应急演练改为每月一次", confirmer=world["leader"],
    )  # fmt: skip
    return changed(world, proposal)


def test_what_is_confirmed_is_the_version_that_was_submitted(world, submitted):
    proposal = changes_handed_in(world, submitted)
    ends_on = proposal.ends_on
    builders.change(world, proposal, "overview", ends_on="2030-12-31")
    assert fresh(proposal).ends_on != ends_on

    with pytest.raises(ActionBlocked, match="第 2 版报送之后阵地又有修改"):
        confirm(world, proposal, "leader")
    assert fresh(proposal).stage == Stage.CHANGES_PENDING

    with pytest.raises(ActionBlocked, match="须对现在的内容重新集体决策"):
        builders.submit(world, proposal, at="2026-11-13 15:00")
    builders.decide(world, proposal, at="2026-11-13 14:00", starts_at=moment("2026-11-13 10:00"))
    builders.submit(world, proposal, at="2026-11-13 15:00")
    confirm(world, proposal, "leader")
    # The term is read by every desk: all of them sign again, the party group has decided.
    proposal = walk.accept(world, fresh(proposal))
    assert walk.open_departments(proposal) == set(walk.COUNTERSIGNERS.values())
    proposal = walk.countersign_rest(world, proposal)
    assert proposal.stage == Stage.LEGAL_REVIEW
    assert walk.clear(world, proposal).stage == Stage.CHAIRS_OFFICE
    assert proposal.determinations.filter(plan_version__no=fresh(proposal).version_no).exists()


def test_the_named_person_confirms_only_by_a_post_at_the_union(world, submitted):
    proposal = changes_handed_in(world, submitted)
    Post.objects.filter(user=world["leader"]).update(union=world.province)
    world["leader"].__dict__.pop("_posts", None)

    with pytest.raises(Refused, match="西安市总工会"):
        confirm(world, proposal, "leader")


def test_two_of_three_votes_pass_and_one_does_not(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(proposal.pk))
    with pytest.raises(ActionBlocked, match="不能记为"):
        walk.conclude(world, meeting, "ads")
    assert fresh(proposal).stage == Stage.PARTY_GROUP

    walk.conclude(world, meeting, "aad")

    assert fresh(proposal).stage == Stage.CHAIRS_OFFICE
    assert proposal.decisions.get().plan_version.no == 1


def test_a_deferred_plan_answers_the_question_and_starts_again(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    proposal = walk.decided(
        world, proposal, "fff", conclusion="deferred", resolution="请说明退出机制。"
    )

    assert proposal.stage == Stage.DEFERRED
    assert [one.text for one in proposal.return_points.all()] == ["请说明退出机制。"]


def test_a_rejected_plan_is_closed(world, submitted):
    proposal = walk.decided(
        world,
        walk.at_meeting(world, submitted),
        "ddd",
        conclusion="rejected",
        resolution="不同意。",
    )

    assert proposal.stage == Stage.REJECTED
    assert proposal.decided_at is not None


def test_only_the_secretary_of_the_union_records(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(proposal.pk))

    for username in ("leader", "asset.head", "venue.manager", "auditor"):
        with pytest.raises(Refused):
            walk.conclude(world, meeting, by=world[username])


def test_a_meeting_before_the_submission_decides_nothing(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    proposal.submitted_at = moment("2026-11-13 09:00")
    proposal.save()
    meeting = walk.seat(world, walk.waiting(proposal.pk))

    with pytest.raises(ActionBlocked, match="早于方案报送时间"):
        walk.conclude(world, meeting)


def test_an_item_of_an_older_version_decides_nothing(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    meeting = walk.seat(world, walk.waiting(proposal.pk))
    AgendaItem.objects.update(content_sha256="0" * 64)

    with pytest.raises(StaleVersion, match="方案版本已经变化"):
        walk.conclude(world, meeting)


def voted(item, choices="aaa", **changes) -> dict:
    """What the secretary's form posts."""
    data = {"command_id": uuid.uuid4(), "version": item.version}
    seated = item.meeting.attendances.filter(status="present").order_by("order", "pk")
    for turn, (row, letter) in enumerate(zip(seated, choices, strict=True), start=1):
        data[f"choice_{row.member_id}"] = walk.WORDS[letter]
        data[f"order_{row.member_id}"] = turn
    return data | {"conclusion": "passed", "resolution": "同意该方案。"} | changes


def test_the_secretary_records_the_votes_in_the_browser(world, submitted, log_in):
    proposal = walk.at_meeting(world, submitted)
    item = walk.waiting(proposal.pk)
    walk.seat(world, item, day="2026-11-19")
    item.refresh_from_db()
    url = f"/agenda/{item.pk}/decide/"
    client = log_in(world["secretary"])

    page = client.get(url).content.decode()
    assert "到会下限（应到成员的 2/3）" in page
    assert "通过须同意（票，超过应到半数）" in page
    refused = client.post(url, voted(item, "ads", resolution="写了一半的决议"))
    assert refused.status_code == 422
    assert "须超过半数（至少 2 票）" in refused.content.decode()
    assert "写了一半的决议" in refused.content.decode()

    post = voted(item)
    first, second = client.post(url, post), client.post(url, post)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert proposal.decisions.count() == 1
    assert fresh(proposal).stage == Stage.CHAIRS_OFFICE


@pytest.mark.parametrize(
    ("username", "status"),
    [("leader", 403), ("auditor", 403), ("venue.manager", 404), ("baoji.officer", 403)],
)
def test_nobody_else_records_votes(world, submitted, log_in, username, status):
    proposal = walk.at_meeting(world, submitted)
    item = walk.waiting(proposal.pk)
    walk.seat(world, item, day="2026-11-19")
    item.refresh_from_db()
    client = log_in(world[username])

    answer = client.post(f"/agenda/{item.pk}/decide/", voted(item))

    assert answer.status_code == status
    assert not proposal.decisions.exists()
