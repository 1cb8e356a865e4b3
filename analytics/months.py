"""A month as a calendar shows it: weeks of seven days, each with what falls due. Pure."""

from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from notifications.models import Deadline
from organizations.rules import Calendar

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
SHOWN = 3  # deadlines in one cell; the rest are a click away


@dataclass(slots=True)
class Day:
    """One cell: its day, whether people work on it, what falls due."""

    day: date
    is_in_month: bool
    is_today: bool
    is_workday: bool
    mark: str  # 休 or 班 where a day differs from its weekday
    shown: list[Deadline] = field(default_factory=list)
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
    first: date, deadlines: Iterable[Deadline], calendar: Calendar, *, today: date
) -> list[list[Day]]:
    """The month's grid, with the deadlines of each day in their order."""
    due = defaultdict(list)
    for one in deadlines:
        due[one.due_on].append(one)
    return [
        [_day(day, first, due[day], calendar, today=today) for day in week]
        for week in Weeks().monthdatescalendar(first.year, first.month)
    ]


def _day(day: date, first: date, due: list[Deadline], calendar: Calendar, *, today: date) -> Day:
    works = calendar.is_workday(day)
    differs = works != (day.weekday() < 5)
    return Day(
        day=day,
        is_in_month=day.month == first.month,
        is_today=day == today,
        is_workday=works,
        mark=("班" if works else "休") if differs else "",
        shown=due[:SHOWN],
        more=max(0, len(due) - SHOWN),
    )
