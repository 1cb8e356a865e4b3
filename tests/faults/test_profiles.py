"""The portal's real programs start together, stay up and end in order, in both profiles."""

import pytest

from tests.harness.environment import SQLITE, chosen
from tests.harness.portal import running_portal
from tests.harness.processes import manage

PARTS = {"web", "run_due"} if chosen() == SQLITE else {"web", "worker", "beat"}


@pytest.fixture
def ready_store(store):
    manage("collectstatic", "--no-input", "-v", "0", env=store.env)
    return store


def check_profile(store):
    with running_portal(store) as portal:
        assert set(portal.processes) == PARTS
        assert [name for name, part in portal.processes.items() if not part.is_running] == []
    assert {
        name: part.popen.returncode for name, part in portal.processes.items()
    } == dict.fromkeys(PARTS, 0)


@pytest.mark.sqlite
@pytest.mark.services
def test_embedded_profile_runs(ready_store):
    check_profile(ready_store)


@pytest.mark.postgres
@pytest.mark.services
def test_server_profile_runs(ready_store):
    check_profile(ready_store)
