"""The small province of the plans' tests, spoken to by programs."""

import pytest
from django.core.cache import cache

from documents.models import NumberSequence
from tests.approvals.builders import new_plan, submitted_plan
from tests.approvals.conftest import complete_draft, draft, log_in, overall, submitted, world
from tests.evaluations import builders as evaluations
from tests.harness.calling import caller
from tests.supervision.conftest import hand_in, schedule

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


@pytest.fixture
def full(town):
    """One of everything at the venue, and a place of another city with a plan of its own."""
    town.evaluation = evaluations.planned(town)
    evaluations.score(town, town.evaluation)
    town.contract = town.evaluation.contract
    town.report = schedule(town)
    hand_in(town, town.report)
    town.submitted = submitted_plan(town)
    # The builders of contracts number by counting plans: numbers given later stay out of reach.
    NumberSequence.objects.update(last=100)
    town.draft = new_plan(town, "internal")
    return town
