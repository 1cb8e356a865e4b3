"""Many hands on one plan at once, on PostgreSQL: one winner each; without the lock, not."""

import threading
import time
from datetime import date

import pytest
from django.db import transaction

from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion, Task
from approvals.services import appraisal, common, opinions
from core.errors import ActionBlocked, DomainError
from tests.approvals import walk
from tests.approvals.builders import fresh, moment, signed_record
from tests.approvals.races import races, unguarded
from tests.harness.racing import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
FOUR = list(walk.COUNTERSIGNERS.items())


def signing(world, proposal, username, department, outcome=Outcome.AGREE, **changes):
    """One desk's press on the button, prepared before the race."""
    task = walk.open_task(proposal, Node.COUNTERSIGNATURE, department)
    user = world[username]
    user.posts()
    facts = {
        "text": walk.LONG, "version": task.version, "content_sha256": task.plan_version.sha256,
        "by": user, "at": moment("2026-11-04 09:00"),
    }  # fmt: skip

    def press():
        return opinions.give_opinion(task=task, outcome=outcome, **facts | changes)

    return press


@pytest.fixture
def accepted(world, submitted):
    return walk.accept(world, submitted)


def test_four_desks_at_once_open_the_legal_review_once(world, accepted):
    outcomes = race(*(signing(world, accepted, *desk) for desk in FOUR))

    assert [one.error for one in outcomes] == [None] * 4
    assert fresh(accepted).stage == Stage.LEGAL_REVIEW
    assert Task.objects.filter(proposal=accepted, node=Node.LEGAL_REVIEW).count() == 1
    assert fresh(accepted).version == accepted.version + 4


def test_four_desks_at_once_without_the_guard_break_the_procedure(world, accepted):
    presses = [signing(world, accepted, *desk) for desk in FOUR]

    with unguarded(4):
        outcomes = race(*presses)

    # All four read the plan before one wrote: their steps are lost, or they collide.
    lost = fresh(accepted).version < accepted.version + 4
    assert lost or any(one.error for one in outcomes)


def test_one_desk_pressed_eight_times_signs_once(world, accepted):
    press = signing(world, accepted, "cosign.finance", "finance")

    outcomes = race(*[press] * 8)

    assert sum(one.error is None for one in outcomes) == 1
    assert all(isinstance(one.error, DomainError) for one in outcomes if one.error)
    assert Opinion.objects.filter(task__department_kind="finance").count() == 1


def test_agreeing_and_returning_at_once_leave_one_truth(world, accepted):
    presses = [signing(world, accepted, *desk) for desk in FOUR[:3]]
    presses.append(signing(world, accepted, *FOUR[3], outcome=Outcome.RETURN, points=["补充测算"]))

    outcomes = race(*presses)

    refused = [one.error for one in outcomes if one.error]
    assert all(isinstance(error, DomainError) for error in refused)
    plan = fresh(accepted)
    assert plan.stage == Stage.RETURNED
    assert not plan.tasks.filter(status=TaskStatus.OPEN).exists()
    assert plan.opinions.count() == 5 - len(refused)


def test_of_many_clients_at_once_one_wins_each_round(world, overall):
    found = races(world, clients=20, rounds=3)

    assert len(found.winners) == 6  # three of approve and withdraw, three of 或签
    assert (found.winners_min, found.winners_max) == (1, 1)
    assert found.faults == []


def test_of_many_clients_without_the_guard_more_than_one_wins(world, overall):
    assert races(world, clients=20, rounds=1, is_guarded=False).winners_max > 1


def test_an_opinion_waits_for_the_plan_that_is_being_submitted(world, complete_draft):
    """What a version freezes does not move under it: the expert comes too late, not in between."""
    engagement = complete_draft.engagements.get(kind="lawyer")
    staff, held = world["venue.staff"], threading.Event()
    staff.posts()

    def submitting():
        with transaction.atomic():
            plan = common.lock_proposal(complete_draft, None)
            held.set()
            time.sleep(1)
            plan.stage = Stage.FORMAL_REVIEW
            plan.save_new_version()

    def opining():
        held.wait(timeout=30)
        return appraisal.declare_and_opine(
            engagement=engagement, has_conflict=False, conflict_statement="无利害关系。",
            opinion="改为反对。", conclusion="oppose", opined_on=date(2026, 10, 15),
            version=engagement.version, by=staff, at=moment("2026-11-02 09:00"),
            paper=signed_record(),
        )  # fmt: skip

    _, late = race(submitting, opining)

    assert isinstance(late.error, ActionBlocked)
    engagement.refresh_from_db()
    assert engagement.conclusion == "agree"
