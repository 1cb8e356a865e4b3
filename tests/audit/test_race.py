"""Many writers on one case: each gets a place of its own, and the chain holds."""

import threading
import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from audit import services
from audit.models import Event
from audit.selectors import events_of, ledger_faults
from tests.approvals.builders import moment
from tests.harness.racing import raced

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WRITERS, ACTS = 12, 5
AT = moment("2026-11-19 09:00")


@pytest.fixture
def clerk():
    return User.objects.create(username="clerk", name="样例")


def test_writers_of_one_case_stand_one_behind_the_other(clerk):
    case = uuid.uuid4()

    def act():
        for _ in range(ACTS):
            with transaction.atomic():
                services.record(case_id=case, code="test.act", by=clerk, at=AT)

    outcomes = raced(act, times=WRITERS)

    assert [outcome.error for outcome in outcomes] == [None] * WRITERS
    assert [event.seq for event in events_of(case)] == list(range(1, WRITERS * ACTS + 1))
    assert list(ledger_faults()) == []


def test_without_giving_way_all_but_one_fail(clerk, monkeypatch):
    """The guard off: all have read the same end of the chain before anybody writes."""
    case, read = uuid.uuid4(), threading.Barrier(WRITERS)
    giving_way = services._insertion()
    monkeypatch.setattr(services, "_insertion", lambda: giving_way.partition("ON CONFLICT")[0])
    hashed = services.event_hash

    def together(fields):
        read.wait(timeout=30)
        return hashed(fields)

    monkeypatch.setattr(services, "event_hash", together)

    def act():
        with transaction.atomic():
            services.record(case_id=case, code="test.act", by=clerk, at=AT)

    outcomes = raced(act, times=WRITERS)

    failed = [outcome.error for outcome in outcomes if outcome.error]
    assert len(failed) == WRITERS - 1
    assert {type(error) for error in failed} == {IntegrityError}
    assert Event.objects.filter(case_id=case).count() == 1
