"""Lists of what waits for somebody: who has it, since how many working days, until when."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from core.cells import Marked, Value
from core.clock import day_of
from core.tables import Column, Table
from organizations.rules import Calendar
from organizations.selectors import working_days_to_show

HOLDER = Column("holder", "现由谁办理")


def held_column(sort: str = "-held_since") -> Column:
    """停留: the longest first when sorted downwards, so the moment is sorted the other way."""
    return Column("held", "停留工作日", sort=sort, css="num", has_gaps=True)


class WaitingTable(Table):
    """A table that counts working days."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**facts)
        self._until_today: dict[date, int] = {}  # many lines wait since the same day

    @cached_property
    def calendar(self) -> Calendar:
        return working_days_to_show()

    def held(self, since: date | datetime | None) -> int | None:
        """Working days since a moment; nothing where nobody is waited for."""
        if since is None:
            return None
        day = day_of(since) if isinstance(since, datetime) else since
        return max(0, self._working_days_since(day))

    def due(self, day: date | None, *, is_open: bool = True) -> Value:
        """A day by which something is to be done; past it, how late it is, in words."""
        if day is None or not is_open or day >= self.today:
            return day
        return Marked(day, self.late(day))

    def late(self, day: date) -> str:
        """How late it is today."""
        days = self._working_days_since(day)
        return f"超期 {days} 个工作日" if days else "已超期"

    def _working_days_since(self, day: date) -> int:
        if day not in self._until_today:
            self._until_today[day] = self.calendar.between(day, self.today)
        return self._until_today[day]
