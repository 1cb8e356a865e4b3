"""Fixtures of the journeys."""

import pytest

from tests.journeys.road import Road


@pytest.fixture
def road(live, visit):
    """A running portal on the demo, with nobody logged in yet."""
    return Road(live, visit)
