"""The small province of the plans' tests, its venue with its overall plan in force."""

import pytest

from tests.approvals.builders import grant_overall_plan
from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]


@pytest.fixture
def town(world, settings, tmp_path):
    """Everything a contract needs before its plan."""
    settings.FILES_ROOT = tmp_path
    grant_overall_plan(world)
    return world
