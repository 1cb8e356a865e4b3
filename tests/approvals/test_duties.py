"""What is no desk and nobody of the union may do is done by the union above, never skipped."""

import uuid

import pytest

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Outcome, Stage
from approvals.models import Proposal
from approvals.selectors.desks import turn_of
from approvals.services import clocks, decisions, duties, opinions, scanning
from core.errors import ActionBlocked, Refused
from notifications.models import OutboxItem
from notifications.services import people_told
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, appoint, fresh, moment


@pytest.fixture
def above(world):
    """A head and a leader at the provincial union."""
    asset = {"department_kind": "asset"}
    for username, role, fields in (
        ("province.head", Role.ASSET_HEAD, asset), ("province.leader", Role.LEADER, {}),
    ):  # fmt: skip
        world.people[username] = appoint(username, username, role, world.province, **fields)
    return world


def had_a_part(proposal, user) -> None:
    """In a small union who answers for the matter may have written in the plan."""
    proposal.sections.filter(code="safety").update(updated_by=user)


def alarmed(user, proposal) -> list[str]:
    address = f"/proposals/{proposal.pk}/move-up/"
    rows = OutboxItem.objects.filter(recipient=user, url=address, channel="inapp")
    return list(rows.exclude(kind="approvals.stuck").values_list("title", flat=True))


def scanned() -> list[tuple[str, str]]:
    OutboxItem.objects.filter(kind="approvals.stuck").delete()
    scanning.scan_stuck(now=moment("2026-11-20 00:10"))
    rows = OutboxItem.objects.filter(kind="approvals.stuck", channel="inapp")
    return [(one.recipient.username, one.url) for one in rows.select_related("recipient")]


def move(world, proposal, by="asset.head", **changes):
    facts = {"reason": "本级人员须回避。", "version": fresh(proposal).version}
    facts |= {"by": world[by], "at": moment("2026-11-17 08:00")}
    return duties.move_duty_up(proposal=fresh(proposal), **facts | changes)


def whose_turn(user, proposal) -> bool:
    return Proposal.objects.filter(turn_of(user), pk=proposal.pk).exists()


def test_the_reply_of_a_small_union_is_issued_above(above, submitted, log_in):
    had_a_part(submitted, above["leader"])
    proposal = walk.at_reply(above, submitted)
    assert scanned() == []  # to write it somebody is there
    walk.drafted_reply(above, proposal)

    assert alarmed(above["asset.head"], proposal) == ["无人办理：签发批复"]
    assert scanned() == [("asset.head", f"/proposals/{proposal.pk}/move-up/")]
    with pytest.raises(Refused, match="不能审批自己写的方案"):
        walk.issued_reply(above, proposal)
    with pytest.raises(Refused):
        walk.issued_reply(above, proposal, by=above["province.leader"])
    assert not whose_turn(above["province.leader"], proposal)

    address = f"/proposals/{proposal.pk}/move-up/"
    assert log_in(above["asset.officer"]).get(address).status_code == 403
    posted = {"command_id": uuid.uuid4(), "version": fresh(proposal).version, "reason": "须回避。"}
    assert log_in(above["asset.head"]).post(address, posted).status_code == 302

    assert fresh(proposal).moved_to == above.province
    assert whose_turn(above["province.leader"], proposal)
    assert above["province.leader"] in people_told(clocks.waited_for(fresh(proposal)), on=TODAY)
    assert scanned() == []
    page = log_in(above["province.leader"]).get(f"/proposals/{proposal.pk}/reply/")
    assert page.context["issue"] is not None
    walk.issued_reply(above, proposal, by=above["province.leader"])
    proposal = fresh(proposal)
    assert (proposal.stage, proposal.moved_to) == (Stage.APPROVED, None)


def test_an_objection_only_its_own_writer_could_resolve_is_resolved_above(above, submitted):
    Post.objects.create(
        user=above["cosign.finance"], role=Role.ASSET_HEAD, union=above.xian,
        department_kind="asset", title="部长", valid_from=TODAY.replace(year=2020),
    )  # fmt: skip
    had_a_part(submitted, above["asset.head"])
    proposal = walk.at_meeting(above, submitted, finance={"outcome": Outcome.DISAGREE})
    opinion = proposal.opinions.get(outcome=Outcome.DISAGREE)
    resolving = {"opinion": opinion, "text": "已请阵地核对。", "at": moment("2026-11-17 09:00")}

    assert alarmed(above["asset.head"], proposal) == ["无人办理：处理不同意意见"]
    for username in ("asset.head", "cosign.finance", "province.head"):
        with pytest.raises(Refused):
            opinions.resolve_objection(by=above[username], **resolving)
    move(above, proposal)
    assert whose_turn(above["province.head"], proposal)
    opinions.resolve_objection(by=above["province.head"], **resolving)

    assert duties.duty_at(fresh(proposal)) is None
    assert walk.decided(above, fresh(proposal)).stage == Stage.CHAIRS_OFFICE
    assert fresh(proposal).moved_to is None


def changes_wait_for_the_leader(world, submitted):
    proposal = walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="改为每月演练", confirmer=world["leader"],
    )  # fmt: skip
    builders.change(world, proposal, "safety", emergency="每月演练一次。")
    return proposal


def confirm(world, proposal, username: str):
    proposal = fresh(proposal)
    return decisions.confirm_changes(
        proposal=proposal,
        version=proposal.version,
        by=world[username],
        at=moment("2026-11-17 10:00"),
    )


def test_changes_are_confirmed_above_where_the_named_person_had_a_part(above, submitted):
    had_a_part(submitted, above["leader"])
    submitted.sections.filter(code="roadmap").update(updated_by=above["leader"])
    proposal = changes_wait_for_the_leader(above, submitted)
    assert alarmed(above["asset.head"], proposal) == ["无人办理：确认修改到位"]
    assert scanned() == [("asset.head", f"/proposals/{proposal.pk}/move-up/")]
    builders.decide(above, proposal, at="2026-11-14 08:00", starts_at=moment("2026-11-13 09:00"))
    builders.submit(above, proposal, at="2026-11-16 09:00")
    with pytest.raises(Refused):
        confirm(above, proposal, "leader")

    move(above, proposal)

    assert scanned() == []
    assert clocks.waited_for(fresh(proposal))[0].user == above["province.leader"]
    assert whose_turn(above["province.leader"], proposal)
    with pytest.raises(Refused):
        confirm(above, proposal, "leader")
    confirmed = confirm(above, proposal, "province.leader")
    assert (confirmed.stage, confirmed.moved_to) == (Stage.FORMAL_REVIEW, None)


def test_what_somebody_here_can_do_is_not_moved_nor_where_nobody_above_can(world, submitted):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    with pytest.raises(ActionBlocked, match="不需要移交"):
        move(world, proposal)
    had_a_part(submitted, world["leader"])
    with pytest.raises(Refused, match="流程管理的部长"):
        move(world, proposal, by="leader")
    appoint("province.leader", "省领导", Role.LEADER, world.province)
    with pytest.raises(ActionBlocked, match="移交理由"):
        move(world, proposal, reason=" ")
    Post.objects.filter(user__username="province.leader").update(valid_to=TODAY.replace(month=1))
    with pytest.raises(ActionBlocked, match="上级工会也没有"):
        move(world, proposal)
    assert fresh(proposal).stage == Stage.REPLYING
    appoint("leader.second", "新领导", Role.LEADER, world.xian)
    walk.issued_reply(world, proposal, by=Post.objects.get(user__username="leader.second").user)
