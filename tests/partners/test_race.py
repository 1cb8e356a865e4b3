"""Two people act on the same partner at once, on PostgreSQL."""

import threading

import pytest
from django.db import IntegrityError

from core.errors import ActionBlocked
from partners import services
from partners.models import Partner, PartnerWatch
from partners.services import watching
from tests.harness.racing import raced
from tests.partners.conftest import NOW


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_code_entered_four_times_at_once_is_registered_once(town):
    town["venue.staff"].posts()

    outcomes = raced(town.register, times=4)

    refused = [one.error for one in outcomes if one.error]
    assert len(refused) == 3
    assert all(isinstance(error, ActionBlocked) for error in refused)
    assert Partner.objects.count() == 1


@pytest.fixture
def put(town):
    """One press of the button, as often as one likes."""
    town["asset.officer"].posts()
    facts = {"partner": town.register(), "union": town.xian, "by": town["asset.officer"], "at": NOW}
    return lambda: services.put_on_watch(basis="18-1", reason="按面积收取固定费用。", **facts)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_partner_put_on_watch_four_times_at_once_is_put_once(put):
    refused = [one.error for one in raced(put, times=4) if one.error]

    assert len(refused) == 3
    assert all(isinstance(error, ActionBlocked) for error in refused)
    assert PartnerWatch.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_racers_meet_in_the_database(put, monkeypatch):
    """The twin: nobody waits for the partner's row, so all ask before anybody has written."""
    meet = threading.Barrier(4)
    monkeypatch.setattr(watching, "lock", lambda rows, pk, version: rows.objects.get(pk=pk))
    asked = watching.rules.watch_reasons

    def together(**facts):
        meet.wait(timeout=30)
        return asked(**facts)

    monkeypatch.setattr(watching.rules, "watch_reasons", together)

    refused = [one.error for one in raced(put, times=4) if one.error]

    assert [type(error) for error in refused] == [IntegrityError] * 3
