"""Lists of plans, cooperations and acts are read in their order from an index, in every scope."""

import re

import pytest
from django.db import connection

from accounts.tables import EventTable
from approvals.selectors import lists, matters
from approvals.tables import CooperationTable, PlanTable
from audit.models import Event
from core.paging import SIZE
from tests.approvals.builders import TODAY, new_plan
from tests.lists.rows import copies, set_own

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
READERS = {"province.asset": 1, "asset.officer": 2, "county.officer": 3}


def way(rows) -> str:
    """How the database reads the first page.

    PostgreSQL reads small tables whole whatever the index: it is asked for the way it
    would go if reading whole and sorting cost too much.
    """
    page = rows[:SIZE]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for setting in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
                cursor.execute(f"SET LOCAL {setting} = off")
    return page.explain()


def sorts(plan: str) -> bool:
    """Whether the list's own rows are sorted after they were read; a subquery may sort its few."""
    if connection.vendor == "postgresql":
        return any(line.lstrip().startswith(("Sort", "->  Sort")) for line in plan.splitlines()[:3])
    # id, parent, unused, detail: the outermost steps have the parent 0
    return bool(re.search(r"^\d+ 0 \d+ USE TEMP B-TREE", plan, re.MULTILINE))


@pytest.mark.parametrize("reader", READERS)
def test_plans_are_read_by_unit_in_their_order(world, reader):
    table = PlanTable(user=world[reader], today=TODAY)

    plan = way(table.ordered(lists.plans_for(world[reader])))

    assert f"approvals_plan_u{READERS[reader]}" in plan
    assert not sorts(plan)


@pytest.fixture
def many_plans(world):
    """Plans of every stage but one, enough that filtering the stage by hand costs more."""
    plan = new_plan(world)
    for stage in ("draft", "formal_review", "cosign", "approved"):
        copies(plan, range(200), set_own(number=lambda *_: None, stage=lambda *_, to=stage: to))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE approvals_proposal")


@pytest.mark.usefixtures("many_plans")
@pytest.mark.parametrize("reader", READERS)
def test_plans_of_a_stage_are_read_by_unit_and_stage(world, reader):
    table = PlanTable(user=world[reader], today=TODAY)
    rows = lists.plans_for(world[reader]).filter(stage="legal_review")

    plan = way(table.ordered(rows))

    assert f"approvals_stage_u{READERS[reader]}" in plan
    assert not sorts(plan)


@pytest.mark.parametrize("reader", READERS)
def test_cooperations_are_read_by_unit_in_their_order(world, reader):
    table = CooperationTable(user=world[reader], today=TODAY)

    plan = way(table.ordered(matters.cooperations_for(world[reader])))

    assert f"approvals_coop_u{READERS[reader]}" in plan
    assert not sorts(plan)


def test_all_acts_are_read_from_the_latest(world):
    table = EventTable(user=world["auditor"], today=TODAY)

    plan = way(table.ordered(Event.objects.all()))

    assert "audit_event_latest" in plan
    assert not sorts(plan)
