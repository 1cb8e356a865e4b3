"""What stands in one cell of a list: a plain value, or a value with its looks.

A row is written once, in Python; the page and the export both read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.timezone import localtime

NOTHING = "—"
MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, with a small remark behind them."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in one word."""

    label: str
    tone: str = "idle"


@dataclass(frozen=True, slots=True)
class Marked:
    """A value printed in a tone, or beside words in that tone; `mark` says it without colour."""

    value: Any
    mark: str = ""
    tone: str = "bad"


@dataclass(frozen=True, slots=True)
class Act:
    """What can be done to the row from here; no part of what is exported."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Several:
    """More than one thing in one cell."""

    parts: tuple[Any, ...]
    is_column: bool = False  # one below the other


Value = str | int | Decimal | date | datetime | None | Link | Badge | Marked | Act | Several


def html_of(value: Value) -> str:
    """The cell as markup; whatever a person typed is escaped."""
    return _WRITERS.get(type(value), _other)(value)


def plain_of(value: Value) -> str | int | Decimal | date | datetime:
    """The cell as a value for a spreadsheet: figures stay figures, days stay days."""
    match value:
        case None:
            return ""
        case Link(text=text, note=note):
            return f"{text}（{note}）" if note else text
        case Badge(label=label):
            return label
        case Act():
            return ""
        case Marked(value=inner, mark=mark):
            return mark if inner in (None, "") else plain_of(inner)
        case Several(parts=parts):
            return "；".join(text for part in parts if (text := str(plain_of(part))))
        case datetime():
            return localtime(value).replace(tzinfo=None)
        case _:
            return value


def _link(value: Link) -> str:
    note = f' <span class="muted xs">{escape(value.note)}</span>' if value.note else ""
    return f'<a href="{escape(value.url)}">{escape(value.text)}</a>{note}'


def _act(value: Act) -> str:
    return f'<a class="sm" href="{escape(value.url)}">{escape(value.text)}</a>'


def _badge(value: Badge) -> str:
    return f'<span class="tag {value.tone}">{escape(value.label)}</span>'


def _marked(value: Marked) -> str:
    if not value.mark:
        return f'<span class="{value.tone}-text">{html_of(value.value)}</span>'
    mark = f'<span class="said {value.tone}-text">{escape(value.mark)}</span>'
    return mark if value.value in (None, "") else f"{html_of(value.value)} {mark}"


def _several(value: Several) -> str:
    return ("<br>" if value.is_column else " ").join(html_of(part) for part in value.parts)


def _other(value: Any) -> str:
    return escape(str(value)) if value not in (None, "") else NOTHING


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: lambda value: escape(value) or NOTHING,
    Link: _link,
    Act: _act,
    Badge: _badge,
    Marked: _marked,
    Several: _several,
    int: lambda value: f"{value:,}",
    Decimal: lambda value: f"{value:,}",
    date: lambda value: f'<span class="nowrap">{value}</span>',
    datetime: lambda value: f'<span class="nowrap">{localtime(value):{MOMENT}}</span>',
}
