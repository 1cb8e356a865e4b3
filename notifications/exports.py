"""Deadlines as a calendar other programs read (RFC 5545): days and titles, nothing of people."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from notifications.models import Deadline

NAME = "职工服务阵地监管平台 · 期限"
REFRESH = timedelta(hours=6)


def calendar_of(deadlines: Iterable[Deadline]) -> bytes:
    """One all-day entry for each deadline; a moved deadline is a new entry."""
    calendar = Calendar()
    calendar.add("prodid", "-//UnionOps//deadlines//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        event = Event()
        event.add("uid", f"{deadline.pk}@unionops")
        event.add("dtstamp", deadline.created_at.astimezone(UTC))
        event.add("dtstart", deadline.due_on)
        event.add("dtend", deadline.due_on + timedelta(days=1))
        event.add("summary", deadline.title)
        event.add("url", f"{settings.PORTAL_URL}{deadline.url}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
