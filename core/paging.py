"""One page of a list and how many rows there are, in one query."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

SIZE = 50
# Rows are counted, leafed through and exported up to here.
MOST = 10_000
PAGES = MOST // SIZE
AROUND = 2


class _CountUpTo(Subquery):
    """How many rows a query has, counted no further than it is sliced."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page, where it stands and what is around it."""

    rows: list[Any]
    number: int
    total: int

    @property
    def last(self) -> int:
        return max(1, min(PAGES, -(-self.total // SIZE)))

    @property
    def is_past(self) -> bool:
        """Whether the address asked for a page behind the last."""
        return self.number > self.last

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.total > MOST

    @property
    def count(self) -> str:
        """How many rows, as people read it."""
        return f"{MOST:,}+" if self.is_capped else f"{self.total:,}"

    @property
    def span(self) -> str:
        """Which of the rows stand here."""
        start = (self.number - 1) * SIZE + 1
        return f"{start:,}–{start + len(self.rows) - 1:,}"

    @property
    def numbers(self) -> list[int]:
        """The pages to offer: the first, the last, those around this one; 0 for a gap."""
        near = range(max(1, self.number - AROUND), min(self.last, self.number + AROUND) + 1)
        wanted = sorted({1, self.last, *near})
        shown: list[int] = []
        for number in wanted:
            if shown and number - shown[-1] > 1:
                shown.append(0)
            shown.append(number)
        return shown


def page_number(asked: str) -> int | None:
    """The page an address asks for; None when it names none."""
    if not asked:
        return 1
    if not (asked.isascii() and asked.isdecimal()) or len(asked) > len(str(MOST)):
        return None
    return int(asked) or None


def page_of(rows: QuerySet, number: int, *, lean: Callable[..., QuerySet]) -> Page:
    """Fetch one page. The count rides along as a column of its rows.

    `lean` takes from the rows what a line is written from, and the column of the count.
    """
    if number > PAGES:
        return Page([], number, _count(rows))
    start = (number - 1) * SIZE
    counted = rows.annotate(found_total=_CountUpTo(_keys(rows)))
    found = list(lean(counted, "found_total")[start : start + SIZE])
    if found:
        return Page(found, number, found[0].found_total)
    return Page([], number, _count(rows) if number > 1 else 0)


def _keys(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("pk")[: MOST + 1]


def _count(rows: QuerySet) -> int:
    return _keys(rows).count()
