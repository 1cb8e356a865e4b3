"""The small province of the plans' tests, its venue with its overall plan in force."""

import pytest

from tests.approvals.conftest import log_in, overall, world

__all__ = ["log_in", "overall", "world"]


@pytest.fixture
def town(world, overall):
    """Everything a contract needs before its plan."""
    return world
