"""Desks nobody sits at stop and alarm; desks whose every holder had a part go to the union above."""

import uuid
from datetime import date

import pytest

from accounts.models import Post, User
from accounts.roles import Role
from approvals.enums import Duty, Node, Stage
from approvals.models import Involvement
from approvals.selectors.desks import tasks_for
from approvals.selectors.stuck import stuck_plans
from approvals.services import handling, scanning, seating
from audit.models import Event
from core.errors import ActionBlocked, Refused
from meetings.models import Body
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, appoint, moment


def empty(world, username: str) -> None:
    """Somebody's posts have ended; nobody follows."""
    Post.objects.filter(user=world[username]).update(valid_to=date(2026, 1, 1))


def told(user) -> list[str]:
    return list(OutboxItem.objects.filter(recipient=user).values_list("title", flat=True))


@pytest.fixture
def above(world):
    """A legal counsel at the provincial union."""
    world.people["province.counsel"] = appoint(
        "province.counsel", "省法务", Role.COUNSEL, world.province
    )
    return world


def at_legal_review(world, submitted):
    return walk.countersign(world, walk.accept(world, submitted))


def test_a_desk_nobody_sits_at_stops_and_tells_who_keeps_the_procedure(above, submitted):
    empty(above, "counsel")

    proposal = at_legal_review(above, submitted)

    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    assert (proposal.stage, task.union) == (Stage.LEGAL_REVIEW, above.xian)
    assert "无人办理：法律审核" in told(above["asset.head"])
    assert [one.reason for one in stuck_plans(today=TODAY)] == ["“法律审核”没有在岗人员。"]


def test_the_keeper_hands_an_empty_desk_to_the_union_above(above, submitted, log_in):
    empty(above, "counsel")
    proposal = at_legal_review(above, submitted)
    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    address = f"/tasks/{task.pk}/move-up/"
    assert log_in(above["asset.officer"]).get(address).status_code == 403
    assert log_in(above["baoji.officer"]).get(address).status_code == 403
    posted = {"command_id": uuid.uuid4(), "version": task.version, "reason": "本级法律顾问空缺。"}

    assert log_in(above["asset.head"]).post(address, posted).status_code == 302

    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    assert task.union == above.province
    assert [one.pk for one in tasks_for(above["province.counsel"])] == [task.pk]
    assert walk.sign(above, task, "province.counsel")
    assert builders.fresh(proposal).stage == Stage.PARTY_GROUP


def test_a_desk_with_somebody_is_not_handed_up(above, submitted):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    with pytest.raises(ActionBlocked, match="不需要移交"):
        seating.move_up(
            task=task, reason="想省事。", version=task.version, by=above["asset.head"],
            at=moment("2026-11-03 09:00"),
        )  # fmt: skip
    with pytest.raises(Refused):
        seating.move_up(
            task=task, reason="想省事。", version=task.version, by=above["leader"],
            at=moment("2026-11-03 09:00"),
        )  # fmt: skip


def only_the_reviewer_is_counsel(world) -> None:
    """A small union: who does the formal review is its legal counsel as well."""
    empty(world, "counsel")
    Post.objects.create(
        user=world["asset.officer"], role=Role.COUNSEL, union=world.xian, title="法律顾问",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_who_approved_the_step_before_does_not_do_the_next_it_goes_up(above, submitted):
    only_the_reviewer_is_counsel(above)

    proposal = at_legal_review(above, submitted)

    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    assert (task.union, task.is_moved_up) == (above.province, True)
    assert "待办：法律审核" in told(above["province.counsel"])
    with pytest.raises(Refused, match="应由陕西省总工会"):
        walk.sign(above, task, "asset.officer")
    walk.sign(above, task, "province.counsel")
    assert builders.fresh(proposal).stage == Stage.PARTY_GROUP


def test_where_nobody_above_can_do_it_either_it_stops_and_is_not_skipped(world, submitted):
    only_the_reviewer_is_counsel(world)

    proposal = at_legal_review(world, submitted)

    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    assert (proposal.stage, task.is_moved_up) == (Stage.LEGAL_REVIEW, False)
    assert "无人办理：法律审核" in told(world["asset.head"])
    with pytest.raises(Refused, match="同一人不能"):
        walk.sign(world, task, "asset.officer")


def sits_at_finance_as_well(world) -> None:
    """组织人事 and 财务 have one officer between them, as in a small union."""
    empty(world, "cosign.finance")
    Post.objects.create(
        user=world["cosign.personnel"], role=Role.COUNTERSIGNER, union=world.xian,
        department_kind="finance", title="财务部经办人", valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_a_desk_whose_last_holder_signed_beside_it_goes_up(world, submitted):
    """Both desks are open at once: the second is seen to as soon as the first is signed."""
    sits_at_finance_as_well(world)
    world.people["province.finance"] = appoint(
        "province.finance", "省财务", Role.COUNTERSIGNER, world.province, department_kind="finance"
    )
    walk.accept(world, submitted)

    walk.sign(
        world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel"), "cosign.personnel"
    )

    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    assert task.is_moved_up
    assert "待办：会签 · 财务部门" in told(world["province.finance"])
    walk.sign(world, task, "province.finance")


def test_where_the_union_above_has_nobody_the_keeper_is_told(world, submitted):
    sits_at_finance_as_well(world)
    walk.accept(world, submitted)

    walk.sign(
        world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel"), "cosign.personnel"
    )

    assert not walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance").is_moved_up
    assert "无人办理：会签 · 财务部门" in told(world["asset.head"])


def test_what_was_transferred_to_somebody_who_signed_elsewhere_comes_back(world, submitted):
    Post.objects.create(
        user=world["cosign.personnel"], role=Role.COUNTERSIGNER, union=world.xian,
        department_kind="finance", title="财务部副部长", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    walk.accept(world, submitted)
    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    handling.transfer_task(
        task=finance, to=world["cosign.personnel"], reason="出差。", version=finance.version,
        by=world["cosign.finance"], at=moment("2026-11-04 09:00"),
    )  # fmt: skip

    walk.sign(
        world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel"), "cosign.personnel"
    )

    finance = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    assert finance.assignee is None
    walk.sign(world, finance, "cosign.finance")


# What stops is found again each night, and leads to what mends it.


def scanned() -> list[tuple[str, str, str]]:
    """Whom the nightly scan tells what, and where it leads."""
    OutboxItem.objects.filter(kind="approvals.stuck").delete()
    scanning.scan_stuck(now=moment("2026-11-20 00:10"))
    rows = OutboxItem.objects.filter(kind="approvals.stuck", channel="inapp")
    return [(one.recipient.username, one.body.split("。")[0], one.url) for one in rows]


def test_a_desk_whose_every_holder_is_barred_is_found_each_night(world, submitted):
    only_the_reviewer_is_counsel(world)
    proposal = at_legal_review(world, submitted)

    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    reason = "“法律审核”的在岗人员均已参与本方案，不能办理"
    assert scanned() == [("asset.head", reason, f"/tasks/{task.pk}/move-up/")]
    appoint("counsel.second", "新法务", Role.COUNSEL, world.xian)
    assert scanned() == []


def test_a_desk_emptied_later_leads_to_its_being_moved_up(above, submitted, log_in):
    proposal = at_legal_review(above, submitted)
    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    address, link = f"/proposals/{proposal.pk}/review/", f"/tasks/{task.pk}/move-up/"
    head = log_in(above["asset.head"])
    assert scanned() == []
    assert link not in head.get(address).content.decode()
    empty(above, "counsel")

    assert scanned() == [("asset.head", "“法律审核”没有在岗人员", link)]
    assert link in head.get(address).content.decode()
    assert link not in log_in(above["asset.officer"]).get(address).content.decode()


def test_a_meeting_with_no_secretary_in_post_is_found(world, submitted):
    proposal = walk.at_meeting(world, submitted)
    assert scanned() == []
    empty(world, "secretary")

    reason = "方案处于“待党组会议”，“会议秘书”没有在岗人员，无人安排上会"
    assert scanned() == [("asset.head", reason, f"/proposals/{proposal.pk}/review/")]


def test_without_a_deciding_body_the_last_word_is_kept_and_the_plan_stops(world, submitted, log_in):
    Body.objects.filter(kind="party_group").update(union=world.baoji)
    proposal = walk.at_meeting(world, submitted)  # counsel's opinion is not refused

    assert proposal.opinions.get(task__node=Node.LEGAL_REVIEW).is_valid
    address = f"/proposals/{proposal.pk}/agenda/"
    told_at_once = OutboxItem.objects.filter(recipient=world["asset.head"], url=address)
    assert told_at_once.first().title == "不能上会：党组会议没有登记"
    reason = "方案处于“待党组会议”，却没有待上会的议题"
    assert scanned() == [("asset.head", reason, address)]

    head, posted = log_in(world["asset.head"]), {"command_id": uuid.uuid4()}
    posted["version"] = proposal.version
    assert "尚未登记党组会议" in head.post(address, posted).content.decode()
    Body.objects.filter(kind="party_group").update(union=world.xian)
    assert log_in(world["secretary"]).post(address, posted).status_code == 403
    head = log_in(world["asset.head"])
    assert head.post(address, posted | {"command_id": uuid.uuid4()}).status_code == 302
    assert walk.waiting(proposal.pk).body.kind == "party_group"
    assert scanned() == []
    page = head.get(address).content.decode()
    assert "已经在会议议程上" in page


def test_what_the_portal_moves_up_by_itself_is_an_act_of_nobody(above, submitted):
    only_the_reviewer_is_counsel(above)
    proposal = at_legal_review(above, submitted)

    event = Event.objects.get(case_id=proposal.case_id, code="approvals.task.moved_up")
    assert (event.actor_name, event.position) == ("系统", "自动办理")
    assert event.actor_id not in {user.pk for user in User.objects.all()}
    assert "移交陕西省总工会办理" in event.title


def test_a_desk_whose_holder_signs_the_contract_is_found_too(world, submitted):
    proposal = at_legal_review(world, submitted)
    assert scanned() == []
    Involvement.objects.create(
        cooperation=proposal.cooperation, person=world["counsel"], duty=Duty.SIGNER,
        act="签订合同", since=moment("2026-11-04 10:00"),
    )  # fmt: skip
    task = walk.open_task(proposal, Node.LEGAL_REVIEW)
    reason = "“法律审核”的在岗人员均已参与本方案，不能办理"
    assert scanned() == [("asset.head", reason, f"/tasks/{task.pk}/move-up/")]
