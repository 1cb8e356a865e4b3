"""Every list with a few rows, and how a test reads one."""

import pytest
from django.test import Client

from accounts.roles import Role
from tests.approvals.builders import appoint
from tests.lists import rows

FEW = 10


@pytest.fixture(scope="module")
def full(province):
    """Every list with a few rows; who may read them."""
    world, kept = province
    world.people["secadmin"] = appoint("secadmin", "安管", Role.SECURITY_ADMIN, None)
    rows.fill(kept, range(1, FEW + 1))
    return world


@pytest.fixture
def enter(full):
    def log_in(username: str) -> Client:
        client = Client()
        client.force_login(full[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


def shown(client: Client, url: str):
    """The listing of a page that was answered well."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.context["list"]


def keys(client: Client, url: str) -> list:
    return [row.pk for row in shown(client, url).page.rows]
