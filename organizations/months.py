"""A month as a calendar shows it: weeks of seven days, each with what happens on it. Pure."""

import re
from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from core.forms import FIRST_YEAR, LAST_YEAR
from organizations.rules import Calendar

Entry = TypeVar("Entry")
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
SHOWN = 3  # entries in one cell; the rest are a click away
MONTH = "%Y-%m"


@dataclass(slots=True)
class Day(Generic[Entry]):
    """One cell: its day, whether people work on it, what happens on it."""

    day: date
    is_in_month: bool
    is_today: bool
    is_workday: bool
    mark: str  # 休 or 班 where a day differs from its weekday
    shown: list[Entry] = field(default_factory=list)
    more: int = 0


def month_range(first: date) -> tuple[date, date]:
    """The first and last day a month's grid shows, Monday to Sunday."""
    days = list(Weeks().itermonthdates(first.year, first.month))
    return days[0], days[-1]


def next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def previous_month(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def weeks(
    first: date,
    entries: Iterable[tuple[date, Entry]],
    calendar: Calendar,
    *,
    today: date,
    shown: int = SHOWN,
) -> list[list[Day[Entry]]]:
    """The month's grid, with the entries of each day in their order."""
    found: dict[date, list[Entry]] = defaultdict(list)
    for day, entry in entries:
        found[day].append(entry)
    cells = [
        [_day(day, first, calendar, today=today) for day in week]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]
    for cell in (cell for week in cells for cell in week):
        cell.shown = found[cell.day][:shown]
        cell.more = max(0, len(found[cell.day]) - shown)
    return cells


def _day(day: date, first: date, calendar: Calendar, *, today: date) -> Day:
    works = calendar.is_workday(day)
    differs = works != (day.weekday() < 5)
    return Day(
        day=day,
        is_in_month=day.month == first.month,
        is_today=day == today,
        is_workday=works,
        mark=("班" if works else "休") if differs else "",
    )


def month_of(text: str, *, default: date) -> date:
    """The first day of a month written as 2026-11; the default's month where it is none."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return default.replace(day=1)
