"""Reading the tree, the calendar and the parameters."""

import time
from dataclasses import dataclass, field
from datetime import date

from organizations.models import CalendarException, Parameter, TradeUnion
from organizations.rules import PARAMETERS, Calendar, ParameterValue, published_years


@dataclass(slots=True)
class UnionNode:
    """One union with its departments and the unions directly under it, for the tree page."""

    union: TradeUnion
    children: list["UnionNode"] = field(default_factory=list)


def union_tree() -> list[UnionNode]:
    """The whole tree in two queries, in its own order."""
    roots: list[UnionNode] = []
    line: list[UnionNode] = []
    for union in TradeUnion.objects.prefetch_related("departments").order_by("path"):
        node = UnionNode(union)
        del line[union.depth - 1 :]
        (line[-1].children if line else roots).append(node)
        line.append(node)
    return roots


def working_days() -> Calendar:
    """The working-day calendar as a pure object, in one query."""
    rows = CalendarException.objects.order_by("day").values_list("day", "is_workday")
    exceptions = dict(rows)
    return Calendar(exceptions, published_years(exceptions))


_KEEP_SECONDS = 30.0
_kept: tuple[float, Calendar] | None = None


def working_days_to_show() -> Calendar:
    """The calendar for lists that print how long things have waited; half a minute old at most.

    It changes a few times a year and would cost every list a query. What sets a
    deadline asks `working_days`.
    """
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > _KEEP_SECONDS:
        _kept = (time.monotonic(), working_days())
    return _kept[1]


def forget_working_days() -> None:
    """Drop the kept answer after a day was changed."""
    global _kept
    _kept = None


def calendar_exception(day: date) -> CalendarException | None:
    """What is entered for a day, if anything."""
    return CalendarException.objects.filter(day=day).first()


def _line_of(union: TradeUnion) -> list[str]:
    """The tree paths of a union and all unions above it."""
    step = TradeUnion.steplen
    return [union.path[:end] for end in range(step, len(union.path) + 1, step)]


def parameter(code: str, *, union: TradeUnion | None, on: date) -> ParameterValue:
    """The figure in force for a union on a day.

    The union's own row goes before its higher unions', theirs before a row for all,
    and any row before the system default.
    """
    default = PARAMETERS[code]
    rows = Parameter.objects.filter(code=code, valid_from__lte=on)
    found = None
    if union is not None:
        own = rows.filter(union__path__in=_line_of(union))
        found = own.order_by("-union__path", "-valid_from", "-pk").first()
    found = found or rows.filter(union=None).order_by("-valid_from", "-pk").first()
    if found is None:
        return ParameterValue(
            code=code,
            label=default.label,
            value=default.value,
            unit=default.unit,
            basis=default.basis,
        )
    return ParameterValue(
        code=code,
        label=default.label,
        value=default.parse(found.value),
        unit=default.unit,
        basis=default.basis,
        source=f"{found.decided_by}：{found.source}",
    )
