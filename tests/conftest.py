"""Fixtures shared by all tests."""

import pytest

from tests.harness import environment

pytest_plugins = ["tests.harness.fixtures"]


def pytest_collection_modifyitems(config, items):
    """Leave out what speaks of the other database: deselected, never skipped."""
    foreign = "postgres" if environment.chosen() == environment.SQLITE else "sqlite"
    kept = [item for item in items if not item.get_closest_marker(foreign)]
    if left_out := [item for item in items if item.get_closest_marker(foreign)]:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
    for item in items:
        if item.get_closest_marker("journey") or item.get_closest_marker("services"):
            # One xdist worker runs them all: they share one demo database and one Chromium.
            item.add_marker(pytest.mark.xdist_group("portal"))


@pytest.fixture(autouse=True)
def _fresh_calendar():
    """No test counts working days by the calendar of another."""
    yield
    from organizations.selectors import forget_working_days  # noqa: PLC0415 - needs the settings

    forget_working_days()
