"""Many hands take numbers at once: none twice, none left out."""

import contextlib
import uuid

import pytest
from django.db import transaction

from accounts.roles import Role
from core.errors import ActionBlocked
from documents import services
from documents.enums import NumberKind
from documents.models import NumberEntry, NumberSequence
from documents.selectors import series_checks
from tests.harness.racing import raced

SERIES = services.Series(code="reply:raced", kind=NumberKind.REPLY, form="资批〔{year}〕{no}号")
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


def test_register_has_no_gap_when_every_other_act_is_undone(tree, person, at):
    """Every racer takes two numbers, one for an act that is undone in the end."""
    by = person(Role.LEADER, union=tree.xian)

    def act(*, fails: bool) -> str:
        with transaction.atomic():
            text = services.take_number(
                series=SERIES, year=2026, title="批复", case_id=uuid.uuid4(), union=tree.xian,
                by=by, at=at,
            )  # fmt: skip
            if fails:
                raise ActionBlocked("不同意")
            return text

    def two_acts() -> str:
        with contextlib.suppress(ActionBlocked):
            act(fails=True)
        return act(fails=False)

    outcomes = raced(two_acts, times=RACERS)

    assert sorted(outcome.result for outcome in outcomes) == sorted(
        f"资批〔2026〕{no}号" for no in range(1, RACERS + 1)
    )
    assert sorted(NumberEntry.objects.values_list("no", flat=True)) == list(range(1, RACERS + 1))
    (check,) = series_checks(by)
    assert (check.count, check.missing) == (RACERS, ())
