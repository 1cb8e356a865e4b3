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
