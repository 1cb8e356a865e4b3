"""The one place that reads the clock.

Views, tasks and commands call `now()` and `today()` and pass the answer on. A demo
database carries its own day, so that its figures stay as they were written.
"""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.models import FixedDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
_KEEP_SECONDS = 30.0
_kept: tuple[float, date | None] | None = None


def fixed_day() -> date | None:
    """The day this database lives on for ever, or None where time passes."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > _KEEP_SECONDS:
        _kept = (time.monotonic(), FixedDay.objects.values_list("day", flat=True).first())
    return _kept[1]


def forget() -> None:
    """Drop the kept answer after the fixed day was set."""
    global _kept
    _kept = None


def now() -> datetime:
    """The present moment in Asia/Shanghai, on the fixed day where there is one."""
    real = timezone.localtime(timezone.now(), SHANGHAI)
    day = fixed_day()
    return real if day is None else real.replace(year=day.year, month=day.month, day=day.day)


def day_of(moment: datetime) -> date:
    """The civil day of a moment in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """The present civil day in Asia/Shanghai."""
    return now().date()
