"""What waits for a person, whatever app it comes from, asked of the database in one question.

An app says what waits by `work_of`: a list of sorts of work, each a query in the common
columns and a function that reads a line of it. `gather` joins them all by UNION ALL, so the
workbench costs the same for one sort of work as for ten. Other short lists that stand
beside each other on one page are asked the same way, by `answers`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields import Field
from django.db.models.functions import Cast


class WorkLine(NamedTuple):
    """One answer in the common columns; `word` and `note` mean what its sort says."""

    code: str
    pk: UUID
    parent: UUID | None
    title: str
    source: str
    since: datetime | None
    due_on: date | None
    word: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """What waits for a person: the matter, what is to be done, where, since when, until when.

    `pick` is what an act on many rows at once takes for this one; None where there is none.
    """

    kind: str
    title: str
    act: str
    url: str
    source: str = ""
    since: datetime | None = None
    due_on: date | None = None
    pick: UUID | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One sort of work: its question and how a line of the answer reads."""

    code: str
    rows: QuerySet[Any, Any]
    read: Callable[[WorkLine], Any]


Column = str | Combinable | None


def work(
    code: str, rows: QuerySet[Any, Any], read: Callable[[WorkLine], Any], *,
    title: Column, source: Column, parent: Column = None, since: Column = None,
    due_on: Column = None, word: Column = None, note: Column = None,
) -> Work:  # fmt: skip
    """Ask the rows in the common columns; a column is named as a field or given as an expression."""
    return Work(
        code,
        rows.order_by().values_list(
            Value(code, output_field=CharField()),
            F("pk"),
            _column(parent, UUIDField()),
            _column(title, CharField()),
            _column(source, CharField()),
            _column(since, DateTimeField()),
            _column(due_on, DateField()),
            _column(word, CharField()),
            _column(note, CharField()),
        ),
        read,
    )


def _column(column: Column, field: Field) -> Combinable:
    if column is None:
        # A bare NULL has no type, and PostgreSQL joins columns by type.
        return Value("", output_field=CharField()) if type(field) is CharField else _null(field)
    return F(column) if isinstance(column, str) else column


def _null(field: Field) -> Combinable:
    return Cast(Value(None), field)


def answers(sorts: Iterable[Work]) -> dict[str, list[Any]]:
    """What each sort answers, read, by its code; all of them asked in one query."""
    asked = list(sorts)
    found: dict[str, list[Any]] = {one.code: [] for one in asked}
    if not asked:
        return found
    readers = {one.code: one.read for one in asked}
    first, *others = (one.rows for one in asked)
    for row in first.union(*others, all=True) if others else first:
        line = WorkLine(*row)
        found[line.code].append(readers[line.code](line))
    return found


def gather(sorts: Iterable[Work]) -> list[WorkItem]:
    """Everything that waits, in one query, the nearest limit first, the longest waiting next."""
    return sorted(
        (item for items in answers(sorts).values() for item in items),
        key=lambda item: (
            item.due_on or date.max,
            item.since.timestamp() if item.since else 0.0,
            item.title,
            item.act,
        ),
    )
