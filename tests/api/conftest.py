"""The small province of the plans' tests, spoken to by programs."""

import pytest
from django.core.cache import cache

from tests.approvals.conftest import complete_draft, draft, log_in, overall, submitted, world
from tests.harness.calling import caller

__all__ = ["complete_draft", "draft", "log_in", "overall", "submitted", "world"]


@pytest.fixture(autouse=True)
def _fresh_throttle():
    """Requests counted by one test do not slow the next."""
    cache.clear()


@pytest.fixture
def town(world, overall):
    """Everything a contract needs before its plan."""
    return world


@pytest.fixture
def call(world):
    """A program of one of the people: `call("asset.officer").get("venues/")`."""
    return lambda username, **changes: caller(world[username], **changes)
