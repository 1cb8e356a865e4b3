"""Lists of what waits for somebody: who has it, since how many working days, until when."""

from datetime import date, datetime
from functools import cached_property

from django.utils.timezone import localdate

from core.cells import Marked, Value
from core.tables import Column, Table
from organizations.rules import Calendar
from organizations.selectors import working_days_to_show

HOLDER = Column("holder", "现由谁办理")


def held_column(sort: str = "-held_since") -> Column:
    """停留: the longest first when sorted downwards, so the moment is sorted the other way."""
    return Column("held", "停留工作日", sort=sort, css="num", has_gaps=True)


class WaitingTable(Table):
    """A table that counts working days."""

    @cached_property
    def calendar(self) -> Calendar:
        return working_days_to_show()

    def held(self, since: date | datetime | None) -> int | None:
        """Working days since a moment; nothing where nobody is waited for."""
        if since is None:
            return None
        day = localdate(since) if isinstance(since, datetime) else since
        return max(0, self.calendar.between(day, self.today))

    def due(self, day: date | None, *, is_open: bool = True) -> Value:
        """A day by which something is to be done; past it, how late it is, in words."""
        if day is None or not is_open or day >= self.today:
            return day
        return Marked(day, self.late(day))

    def late(self, day: date) -> str:
        """How late it is today."""
        days = self.calendar.between(day, self.today)
        return f"超期 {days} 个工作日" if days else "已超期"
