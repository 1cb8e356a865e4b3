"""The tree of unions and the working-day calendar; organizations stands below accounts."""

from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import Permission
from accounts.filters import CalendarFilter
from accounts.lists import show_list
from accounts.tables import CalendarTable
from core import clock
from core.acting import attempt
from organizations import selectors, services
from organizations.forms import CalendarExceptionForm
from organizations.models import CalendarException
from organizations.rules import UNPUBLISHED

CALENDAR = "/calendar/working-days/"
CRUMBS = [{"label": "工作日历", "url": CALENDAR}]


@reads(AUTHENTICATED)
def union_tree(request: HttpRequest) -> HttpResponse:
    return render(request, "organizations/tree.html", {"roots": selectors.union_tree()})


@writes(AUTHENTICATED)  # the posts of a list: its export, and keeping a view of it
def working_days(request: HttpRequest) -> HttpResponse:
    today, calendar = clock.today(), selectors.working_days()
    years = sorted({day.year for day in calendar.exceptions}, reverse=True)
    published = calendar.published_years
    context = {
        "can_write": request.user.can(Permission.CALENDAR_WRITE),
        "unpublished": [year for year in (today.year, today.year + 1) if year not in published],
        "unpublished_note": UNPUBLISHED,
    }
    conditions = partial(CalendarFilter, years=years)
    rows = CalendarException.objects.all()
    template = "organizations/working_days.html"
    return show_list(request, CalendarTable, conditions, rows, template, context)


def _save(request: HttpRequest, form: CalendarExceptionForm, **fixed) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    command_id = form.cleaned_data["command_id"]
    facts = {**form.act, **fixed, "by": request.user, "at": clock.now(), "command_id": command_id}
    saved = attempt(form, services.upsert_calendar_exception, **facts)
    return redirect(f"{CALENDAR}?year={saved.day.year}#day-{saved.day}") if saved else None


@writes(Permission.CALENDAR_WRITE)
def working_day_add(request: HttpRequest) -> HttpResponse:
    form = CalendarExceptionForm(request.POST or None)
    context = {"form": form, "title": "登记节假日或调休", "crumbs": CRUMBS}
    return _save(request, form) or render(
        request, "organizations/working_day.html", context, status=form.http_status
    )


@writes(Permission.CALENDAR_WRITE)
def working_day_change(request: HttpRequest, day: str) -> HttpResponse:
    row = selectors.calendar_exception(_day_of(day))
    if row is None:
        raise Http404
    initial = {"name": row.name, "is_workday": str(int(row.is_workday)), "source": row.source}
    form = CalendarExceptionForm(request.POST or None, initial=initial, day_is_fixed=True)
    context = {"form": form, "title": f"修改 {row.day:%Y-%m-%d} 的安排", "crumbs": CRUMBS}
    return _save(request, form, day=row.day) or render(
        request, "organizations/working_day.html", context, status=form.http_status
    )


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
