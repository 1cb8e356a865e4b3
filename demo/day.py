"""The day the demo lives on, and moments before it."""

from datetime import date, datetime, time

from core.clock import SHANGHAI

DEMO_DAY = date(2026, 11, 20)
PASSWORD = "Demo-2026!"  # noqa: S105 - printed on the demo's own login page


def moment(day: date, hour: int = 9, minute: int = 30) -> datetime:
    """A moment in Shanghai."""
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)
