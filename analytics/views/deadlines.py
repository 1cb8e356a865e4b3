"""Deadlines as a list and as a month."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import reads
from accounts.enums import Permission
from analytics import selectors
from analytics.forms import DeadlineFilter
from core import clock
from notifications.enums import topic_of
from notifications.models import Deadline
from organizations import months
from organizations.months import MONTH, month_of
from organizations.rules import Calendar
from organizations.selectors import working_days

PAGE_SIZE = 50
SPAN_DAYS = {"30": 30, "90": 90, "365": 365}
MOST_IN_MONTH = 500


@reads(Permission.VENUE_READ)
def deadline_list(request: HttpRequest) -> HttpResponse:
    if request.GET.get("view") == "month":
        return _month(request)
    form = DeadlineFilter(request.GET or None, initial={"within": "90"})
    asked, today = form.asked, clock.today()
    rows = selectors.deadlines_in(request.user, **_bounds(asked, today))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    calendar = working_days()
    page.object_list = [_row(one, calendar, today) for one in page.object_list]
    context = {
        "form": form,
        "page": page,
        "tabs": _tabs("list"),
        "is_filtered": any(asked.get(name) for name in ("text", "topic", "state", "on")),
    }
    return render(request, "analytics/deadlines.html", context)


def _bounds(asked: dict, today: date) -> dict:
    """What was asked for, as the days and words the selector knows."""
    if on := asked.get("on"):
        return {"since": on, "until": on}
    within, state = asked.get("within") or "90", asked.get("state", "")
    until = today + timedelta(days=SPAN_DAYS[within]) if within in SPAN_DAYS else None
    if state == "late":
        until = today - timedelta(days=1)
    return {
        "since": today if state == "ahead" else None,
        "until": until,
        "text": asked.get("text", ""),
        "kind": asked.get("topic", ""),
    }


def _row(one: Deadline, calendar: Calendar, today: date) -> dict:
    words, tone = selectors.limit_words(one.due_on, calendar, today=today)
    topic = topic_of(one.kind)
    return {
        "title": one.title,
        "url": one.url,
        "topic": topic.label if topic else "其他",
        "on": f"{one.due_on:%Y-%m-%d}",
        "weekday": f"周{months.WEEKDAYS[one.due_on.weekday()]}",
        "words": words,
        "tone": tone,
    }


def _tabs(current: str) -> list[dict]:
    address = reverse("analytics:deadline_list")
    return [
        {"label": "列表", "url": address, "current": current == "list", "count": None},
        {
            "label": "月历",
            "url": f"{address}?view=month",
            "current": current == "month",
            "count": None,
        },
    ]


def _month(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    first = month_of(request.GET.get("month", ""), default=today)
    start, end = months.month_range(first)
    rows = selectors.deadlines_in(request.user, since=start, until=end)[:MOST_IN_MONTH]
    context = {
        "tabs": _tabs("month"),
        "first": first,
        "today": today,
        "weekdays": months.WEEKDAYS,
        "weeks": months.weeks(
            first, [(one.due_on, one) for one in rows], working_days(), today=today
        ),
        "before": f"{months.previous_month(first):{MONTH}}",
        "after": f"{months.next_month(first):{MONTH}}",
    }
    return render(request, "analytics/month.html", context)
