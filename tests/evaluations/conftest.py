"""The small province of the plans' tests with a contract that is to be evaluated."""

import pytest

from tests.approvals.builders import grant_overall_plan
from tests.approvals.conftest import log_in, world
from tests.evaluations import builders

__all__ = ["log_in", "world"]


@pytest.fixture
def town(world, settings, tmp_path):
    """Everything a contract needs before its plan."""
    settings.FILES_ROOT = tmp_path
    grant_overall_plan(world)
    return world


@pytest.fixture
def evaluation(town):
    """The first stage evaluation of a plan, its period over."""
    return builders.planned(town)


@pytest.fixture
def scored(town, evaluation):
    """The worked case, waiting for the head."""
    return builders.score(town, evaluation)
