"""The race harness itself: it sees a lost update, and it sees that a lock prevents one."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from tests.harness.racing import raced

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RACERS = 12


def append(pk, *, locked):
    """Add one letter to a name: read, think, write."""
    with transaction.atomic():
        users = get_user_model().objects
        user = (users.select_for_update() if locked else users).get(pk=pk)
        user.name += "x"
        user.save(update_fields=["name"])


@pytest.fixture
def user():
    return get_user_model().objects.create(username="racer", name="")


def test_a_row_lock_serves_one_after_the_other(user):
    outcomes = raced(lambda: append(user.pk, locked=True), times=RACERS)

    user.refresh_from_db()
    assert [outcome.error for outcome in outcomes] == [None] * RACERS
    assert len(user.name) == RACERS


def test_without_the_lock_updates_are_lost(user):
    outcomes = raced(lambda: append(user.pk, locked=False), times=RACERS)

    user.refresh_from_db()
    assert [outcome.error for outcome in outcomes] == [None] * RACERS
    assert len(user.name) < RACERS


def test_a_racer_that_fails_is_reported():
    def fail():
        raise ValueError("no")

    assert [str(outcome.error) for outcome in raced(fail, times=2)] == ["no", "no"]
