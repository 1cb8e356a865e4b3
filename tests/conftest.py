"""Fixtures shared by all tests."""

import gc
import math

import pytest

from tests.harness import environment
from tests.harness.sharing import ByGroup, rank_of

pytest_plugins = ["tests.harness.fixtures", "tests.approvals.stages"]


def pytest_collection_modifyitems(config, items):
    """Leave out what speaks of the other database: deselected, never skipped."""
    from tests.approvals import stages  # noqa: PLC0415 - registered first, as the plugin it is

    foreign = "postgres" if environment.chosen() == environment.SQLITE else "sqlite"
    kept = [item for item in items if not item.get_closest_marker(foreign)]
    if left_out := [item for item in items if item.get_closest_marker(foreign)]:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
    files = {item.path: place for place, item in reversed([*enumerate(items)])}
    items.sort(
        key=lambda item: (
            rank_of(item.nodeid),
            files[item.path],
            _is_alone(item),
            stages.rank_of(item),
        )
    )


def _is_alone(item) -> bool:
    """Whether it commits for real and empties the database: after all others of its file."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction"))


@pytest.hookimpl(optionalhook=True)
def pytest_collection_finish():
    """What was loaded stays until the end: the collector need not walk through it each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_xdist_make_scheduler(config, log):
    """Tests that build the same world run on the same worker."""
    config.option.loadscopereorder = False
    return ByGroup(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On PostgreSQL a worker's database is a copy of the one that was migrated."""
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from tests.harness.migrated import template  # noqa: PLC0415

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = (
            template(tmp_path_factory.mktemp("var")) or None
        )


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Nothing is dropped on a cluster that is itself thrown away with the run.

    A session that somebody is slow to leave would turn a green run red.
    """
    from tests.harness.postgres import is_our_own  # noqa: PLC0415

    return django_db_keepdb or is_our_own()


@pytest.fixture(autouse=True)
def _kept_answers(monkeypatch):
    """What a process keeps for half a minute is kept for a whole test, and no longer.

    The half minute would end anywhere, and cost a page whose questions are counted
    one more. No test counts working days by the calendar of another.
    """
    from core import clock  # noqa: PLC0415 - needs the settings
    from organizations import selectors  # noqa: PLC0415

    monkeypatch.setattr(clock, "_KEEP_SECONDS", math.inf)
    monkeypatch.setattr(selectors, "_KEEP_SECONDS", math.inf)
    yield
    selectors.forget_working_days()
