"""Many hands take numbers at once: none twice, none left out."""

import pytest
from django.db import transaction

from documents import services
from documents.models import NumberSequence
from tests.harness.racing import raced

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
RACERS = 12


def take() -> int:
    with transaction.atomic():
        return services.next_number(series="reply:xian", year=2026)


def take_without_the_lock() -> int:
    with transaction.atomic():
        NumberSequence.objects.get_or_create(series="unlocked", year=2026)
        sequence = NumberSequence.objects.get(series="unlocked", year=2026)
        sequence.last += 1
        sequence.save(update_fields=["last"])
        return sequence.last


def test_numbers_taken_at_once_are_all_different_and_without_gaps():
    outcomes = raced(take, times=RACERS)

    assert [outcome.error for outcome in outcomes] == [None] * RACERS
    assert sorted(outcome.result for outcome in outcomes) == list(range(1, RACERS + 1))


def test_without_the_lock_a_number_is_given_twice():
    NumberSequence.objects.create(series="unlocked", year=2026)

    outcomes = raced(take_without_the_lock, times=RACERS)

    assert len({outcome.result for outcome in outcomes}) < RACERS
