"""One kind of list: its columns, the order of its rows, and its rows written out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.utils.safestring import SafeString, mark_safe

from core.cells import NOTHING, Value, html_of, plain_of

EMPTY = (None, "")
FIRST = '<th scope="row">'


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `sort` names what the rows are ordered by, `-` in front turns it round."""

    name: str
    label: str
    sort: str = ""
    css: str = ""
    has_gaps: bool = False  # empty cells come last, whichever way it is sorted
    on_page: bool = True
    in_export: bool = True

    def ordering(self, *, descending: bool) -> list[Any]:
        """What to hand to `order_by`, ending with the key so that no two pages overlap."""
        descending ^= self.sort.startswith("-")
        name = self.sort.removeprefix("-")
        last = {"nulls_last": True} if self.has_gaps else {}
        field = F(name).desc(**last) if descending else F(name).asc(**last)
        return [field, "-pk" if descending else "pk"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: its label, where it leads, which way it is sorted now."""

    label: str
    css: str
    sort: str = ""  # what the address says after a click
    direction: str = ""  # ascending, descending or nothing


class Table:
    """A list. A subclass names its columns and writes one row; nothing else differs."""

    name: ClassVar[str]  # in addresses of exports and in saved views
    title: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    default_sort: ClassVar[str]
    reads: ClassVar[tuple[str, ...]] = ()  # what its lines are written from; whole rows without
    picked_at: ClassVar[str] = ""  # where ticked rows are acted on; no boxes without it
    picked_acts: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, *, user: Any, today: date) -> None:
        self.user, self.today = user, today
        self.sort = self.default_sort

    def cells(self, row: Any) -> Iterable[Value]:
        """The cells of a row, in the order of the columns."""
        raise NotImplementedError

    def called(self, row: Any) -> str:
        """What a row is called where its line is ticked."""
        return str(row)

    def anchor(self, row: Any) -> str:
        """The id of the row on the page, where something leads to it."""
        return ""

    @property
    def picks(self) -> bool:
        """Whether rows can be ticked by this reader."""
        return bool(self.picked_at)

    def sort_by(self, asked: str) -> bool:
        """Take the order from the address; False when there is no such order."""
        if asked.removeprefix("-") not in {one.name for one in self.columns if one.sort}:
            return False
        self.sort = asked
        return True

    def ordered(self, rows: QuerySet) -> QuerySet:
        """The rows in the chosen order."""
        column = next(one for one in self.columns if one.name == self.sort.removeprefix("-"))
        return rows.order_by(*column.ordering(descending=self.sort.startswith("-")))

    def lean(self, rows: QuerySet, *more: str) -> QuerySet:
        """The rows as named tuples of `reads` and the key: fifty models would cost twice that."""
        return rows.values_list("pk", *self.reads, *more, named=True) if self.reads else rows

    @property
    def headings(self) -> list[Heading]:
        """The heads of the columns on the page."""
        return [self._heading(one) for one in self.columns if one.on_page]

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column.label, column.css)
        if self.sort.removeprefix("-") != column.name:
            return Heading(column.label, column.css, column.name)
        if self.sort.startswith("-"):
            return Heading(column.label, column.css, column.name, "descending")
        return Heading(column.label, column.css, f"-{column.name}", "ascending")

    @property
    def order_in_words(self) -> str:
        """How the rows are ordered, as one says it."""
        column = next(one for one in self.columns if one.name == self.sort.removeprefix("-"))
        return f"按{column.label}{'降序' if self.sort.startswith('-') else '升序'}"

    def html(self, rows: Iterable[Any]) -> SafeString:
        """The rows as markup: one string, because a template would cost ten times as much."""
        openings = [_opening(one, is_first=not at) for at, one in enumerate(self.columns)]
        picks = self.picks
        return mark_safe("".join(self._line(row, openings, picks=picks) for row in rows))

    def _line(self, row: Any, openings: list[tuple[str, str, str]], *, picks: bool) -> str:
        cells = "".join(
            f"{start}{html_of(value)}{end}" if value not in EMPTY else f"{blank}{NOTHING}{end}"
            for (start, blank, end), value in zip(openings, self.cells(row), strict=True)
            if start
        )
        if picks:
            cells = cells.replace(FIRST, f"{FIRST}{_box(row.pk, self.called(row))}", 1)
        anchor = self.anchor(row)
        return f'<tr id="{escape(anchor)}">{cells}</tr>' if anchor else f"<tr>{cells}</tr>"

    @property
    def export_labels(self) -> list[str]:
        """The heads of the columns in an export."""
        return [one.label for one in self.columns if one.in_export]

    def export_rows(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """The rows as values for a spreadsheet."""
        kept = [one.in_export for one in self.columns]
        for row in rows:
            cells = zip(kept, self.cells(row), strict=True)
            yield [plain_of(value) for is_kept, value in cells if is_kept]


def _box(key: Any, name: str) -> str:
    """The box that ticks a row, for the form that stands above the table."""
    return (
        f'<input type="checkbox" class="pick" form="picked" name="row" value="{key}"'
        f' aria-label="{escape(f"选中：{name}")}">'
    )


def _opening(column: Column, *, is_first: bool) -> tuple[str, str, str]:
    """The tags around a column's cells, full and empty; none for what only an export shows."""
    if not column.on_page:
        return "", "", ""
    if is_first:
        return FIRST, FIRST, "</th>"
    start, css = f'<td data-label="{escape(column.label)}"', column.css
    full = f'{start} class="{css}">' if css else f"{start}>"
    return full, f'{start} class="{css} nil">', "</td>"
