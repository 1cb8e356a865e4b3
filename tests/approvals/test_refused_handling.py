"""What the pages of 转办 and 代理 refuse: one sentence each, and what was typed is still there."""

import uuid

import pytest

from accounts.roles import Role
from approvals.enums import Node
from approvals.models import Delegation, TaskTransfer
from approvals.services import handling
from tests.approvals import walk
from tests.approvals.builders import appoint, moment

TYPED = "出差一周，原文留在这里。"


@pytest.fixture
def second(world):
    world.people["finance.second"] = appoint(
        "finance.second", "钱二", Role.COUNTERSIGNER, world.xian, department_kind="finance"
    )
    return world["finance.second"]


@pytest.fixture
def finance(world, submitted, second):
    walk.accept(world, submitted)
    return walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")


def refused(client, address: str, **fields) -> str:
    """Post what will be refused; the page that comes back, with the words that were typed."""
    answer = client.post(address, {"command_id": uuid.uuid4(), "reason": TYPED} | fields)
    page = answer.content.decode()
    assert (answer.status_code, TYPED in page) == (422, True)
    return page


def test_a_transfer_to_the_drafter_or_in_a_circle_keeps_what_was_typed(
    world, submitted, second, finance, log_in
):
    address, desk = f"/tasks/{finance.pk}/transfer/", log_in(world["cosign.finance"])
    submitted.drafted_by = second
    submitted.save()
    fields = {"version": finance.version, "people": second.pk}
    assert "不能审批自己的方案" in refused(desk, address, **fields)

    submitted.drafted_by = world["venue.staff"]
    submitted.save()
    handling.transfer_task(
        task=finance, to=second, reason="出差。", version=finance.version,
        by=world["cosign.finance"], at=moment("2026-11-04 10:00"),
    )  # fmt: skip
    finance.refresh_from_db()
    fields = {"version": finance.version, "people": world["cosign.finance"].pk}
    assert "已经把这件事转出过，不能再转回" in refused(log_in(second), address, **fields)
    assert TaskTransfer.objects.count() == 1


def test_a_delegation_that_overlaps_or_is_passed_on_keeps_what_was_typed(world, second, log_in):
    address = "/delegations/new/"
    fields = {
        "people": world["leader"].pk, "node": "countersignature", "valid_from": "2026-11-20",
        "valid_to": "2026-11-30", "includes_waiting": "yes",
    }  # fmt: skip
    given = {"command_id": uuid.uuid4(), "reason": "培训"} | fields
    assert log_in(world["cosign.finance"]).post(address, given).status_code == 302

    again = fields | {"people": second.pk, "valid_from": "2026-11-30", "valid_to": "2026-12-05"}
    page = refused(log_in(world["cosign.finance"]), address, **again)
    assert "您在这段时间已经委托他人代理“会签”" in page
    # The leader holds 会签 by delegation only: it is not among what they may give.
    page = refused(log_in(world["leader"]), address, **fields | {"people": second.pk})
    assert "请从列出的选项中选择" in page
    assert Delegation.objects.count() == 1
