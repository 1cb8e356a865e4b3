"""The small province of the plans' tests with a contract that is to be evaluated."""

import pytest

from tests.approvals.conftest import log_in, overall, world
from tests.evaluations import builders

__all__ = ["log_in", "overall", "world"]


@pytest.fixture
def town(world, overall):
    """Everything a contract needs before its plan."""
    return world


@pytest.fixture
def evaluation(town):
    """The first stage evaluation of a plan, its period over."""
    return builders.planned(town)


@pytest.fixture
def scored(town, evaluation):
    """The worked case, waiting for the head."""
    return builders.score(town, evaluation)
