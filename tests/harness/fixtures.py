"""Fixtures that start real programs. Tests that use them are marked `services` or `journey`."""

import pytest
from playwright.sync_api import sync_playwright

from tests.harness.browser import Visitor, start_browser
from tests.harness.portal import Store, build_demo, running_portal
from tests.harness.processes import manage
from tests.harness.redis_server import redis_server


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory):
    """The demo, built once by the real command; tests work on copies."""
    store = build_demo(tmp_path_factory.mktemp("portal"))
    yield store
    store.drop()


@pytest.fixture(scope="session")
def migrated_store(tmp_path_factory):
    """Empty tables, made once by the real migrations; tests work on copies."""
    store = Store(tmp_path_factory.mktemp("migrated"))
    manage("migrate", "--no-input", "-v", "0", env=store.env)
    yield store
    store.drop()


@pytest.fixture
def store(migrated_store):
    """A migrated database with nothing in it but what the migrations put there."""
    copy = migrated_store.copy()
    yield copy
    copy.drop()


@pytest.fixture
def live(demo_store, request):
    """A running portal on a fresh copy of the demo; a whole journey may change it.

    What sends and reminds runs beside it where the test is marked `reminded`.
    """
    store = demo_store.copy()
    reminds = request.node.get_closest_marker("reminded") is not None
    try:
        with running_portal(store, reminds=reminds) as portal:
            yield portal
    finally:
        store.drop()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once."""
    with sync_playwright() as playwright:
        chromium = start_browser(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, live):
    """Open a window: `visit("venue.staff")` is logged in, `visit()` is a stranger."""
    visitors = []

    def open_window(username: str | None = None, **options) -> Visitor:
        visitor = Visitor(browser, live, **options)
        visitors.append(visitor)
        return visitor.log_in(username) if username else visitor

    yield open_window
    for visitor in visitors:
        visitor.close()


@pytest.fixture
def redis_url(tmp_path):
    """A real Redis of its own."""
    with redis_server(tmp_path) as url:
        yield url
