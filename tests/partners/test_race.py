"""Two people enter the same partner at once, on PostgreSQL."""

import pytest

from core.errors import ActionBlocked
from partners.models import Partner
from tests.harness.racing import raced


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_code_entered_four_times_at_once_is_registered_once(town):
    town["venue.staff"].posts()

    outcomes = raced(town.register, times=4)

    refused = [one.error for one in outcomes if one.error]
    assert len(refused) == 3
    assert all(isinstance(error, ActionBlocked) for error in refused)
    assert Partner.objects.count() == 1
