"""Who reaches what: every address as every person at every home, by the walk of the tests."""

import logging
from collections.abc import Iterator

from django.db import transaction

from bench.figures import Figure
from tests.access import world
from tests.access.homes import HOMES, READERS
from tests.access.routes import all_routes, matrix
from tests.access.walker import Report, Walker

LEAST_CELLS = 5_000


def measure(_database: str) -> Iterator[Figure]:
    """One walk; what it heard, what it was wrongly answered, which address nobody declared."""
    known, routes = matrix(), all_routes()
    undeclared = [one.name for one in routes if one.access is None or one.name not in known]
    report = _walk()
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(report.statuses.items()))
    place = f"{len(routes)} addresses, {len(READERS)} persons, {len(HOMES)} homes"
    yield _figure("cells", report.cells, ">=", LEAST_CELLS, "answers", f"{place}; {answers}")
    yield _none("leaks", report.leaks, "texts heard outside their scope")
    yield _none("undeclared", undeclared, "addresses without a row or without @reads/@writes")
    yield _none("answered_wrongly", report.wrong + report.crashed, "answers other than declared")


def _walk() -> Report:
    logging.disable(logging.CRITICAL)  # a refusal is logged each time
    known = matrix()
    with transaction.atomic():
        homes = world.build()
    walker = Walker(homes, READERS.values())
    for route in all_routes():
        if route.name in known and route.access is not None:
            walker.walk(route, known[route.name], READERS.values())
    return walker.report


def _none(name: str, found: list[str], meaning: str) -> Figure:
    note = f"{meaning}; first: {found[0]}" if found else meaning
    return _figure(name, len(found), "==", 0, "count", note)


def _figure(name: str, value: int, op: str, bar: int, unit: str, note: str) -> Figure:
    return Figure(group="matrix", figure=name, value=value, op=op, bar=bar, unit=unit, note=note)
