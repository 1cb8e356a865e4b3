"""Every list asks the same few questions for ten rows as for fifty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from core import clock
from organizations.selectors import forget_working_days, working_days_to_show
from tests.approvals.builders import appoint
from tests.lists import rows
from tests.lists.pages import FULL, LISTS, OTHER_LISTS, listing_routes

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
FEW, MANY = 10, 50


def test_every_list_is_in_the_table():
    assert listing_routes() - OTHER_LISTS == set(LISTS)
    assert max(page.queries for page in LISTS.values()) <= FULL


@pytest.fixture(scope="module")
def asked(province):
    """list → (rows shown, queries) with few rows and with many."""
    world, kept = province
    world.people["secadmin"] = appoint("secadmin", "安管", Role.SECURITY_ADMIN, None)
    clients = {page.reader: Client() for page in LISTS.values()}
    for reader, client in clients.items():
        client.force_login(world[reader], backend="accounts.backends.PostedBackend")
    found: dict[str, list] = {}
    for numbers in (range(1, FEW + 1), range(FEW + 1, MANY + 2)):
        rows.fill(kept, numbers)
        for name, page in LISTS.items():
            found.setdefault(name, []).append(_ask(clients[page.reader], page.path))
    return found


def _ask(client: Client, path: str) -> tuple[int, list[str]]:
    client.get(path)  # what a process keeps: templates, content types,
    clock.forget()  # and for half a minute the day and the calendar
    clock.today()
    forget_working_days()
    working_days_to_show()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return len(answer.context["list"].page.rows), [one["sql"] for one in captured]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_fifty_rows_as_for_ten(asked, name):
    (few, asked_few), (many, asked_many) = asked[name]

    assert FEW <= few <= many
    assert many == MANY
    assert len(asked_few) == LISTS[name].queries, "\n".join(one[:300] for one in asked_few)
    assert len(asked_many) == LISTS[name].queries
