"""One key pressed many times at the same moment, on PostgreSQL: one act, one answer."""

import pytest

from accounts.api import access
from approvals.enums import Node
from approvals.models import Opinion
from core.models import Command
from tests.approvals import walk
from tests.harness.calling import Caller, give_token
from tests.harness.racing import raced

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
KEY = "0b8f9c52-6d6d-4c3e-9d2c-6b0d6a3f2c11"
HANDS = 6


@pytest.fixture
def press(world, submitted):
    """The officer's program, sending one and the same request."""
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    key = give_token(world["asset.officer"])
    body = {
        "version": task.version, "content_sha256": task.plan_version.sha256, "outcome": "agree",
    }  # fmt: skip
    return lambda: Caller(key).post(f"tasks/{task.pk}/opinion/", body, key=KEY)


def test_one_key_pressed_at_once_is_one_act_and_one_answer(press):
    answers = [one.result for one in raced(press, times=HANDS)]

    assert [one.status_code for one in answers] == [201] * HANDS
    assert len({one.content for one in answers}) == 1
    assert sum("Idempotency-Replayed" in one for one in answers) == HANDS - 1
    assert Opinion.objects.count() == 1


def test_without_the_claim_the_others_are_told_they_came_too_late(press, monkeypatch):
    monkeypatch.setattr(access, "claim", lambda **_facts: Command())
    monkeypatch.setattr(access, "keep_answer", lambda _command, **_answer: None)

    answers = [one.result for one in raced(press, times=HANDS)]

    assert sorted(one.status_code for one in answers) == [201] + [409] * (HANDS - 1)
