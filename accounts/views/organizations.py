"""The tree of unions and the working-day calendar; organizations stands below accounts."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from organizations import selectors, services
from organizations.forms import CalendarExceptionForm
from organizations.rules import UNPUBLISHED

CRUMBS = [{"label": "工作日历", "url": "/calendar/working-days/"}]


@reads(AUTHENTICATED)
def union_tree(request: HttpRequest) -> HttpResponse:
    return render(request, "organizations/tree.html", {"roots": selectors.union_tree()})


@reads(AUTHENTICATED)
def working_days(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    published = selectors.working_days().published_years
    context = {
        "years": selectors.calendar_exceptions_by_year(),
        "can_write": request.user.can(Permission.CALENDAR_WRITE),
        "unpublished": [year for year in (today.year, today.year + 1) if year not in published],
        "unpublished_note": UNPUBLISHED,
    }
    return render(request, "organizations/working_days.html", context)


def _save(request: HttpRequest, form: CalendarExceptionForm, **fixed) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    command_id = form.cleaned_data["command_id"]
    facts = {**form.act, **fixed, "by": request.user, "at": clock.now(), "command_id": command_id}
    saved = attempt(form, services.upsert_calendar_exception, **facts)
    return redirect(f"/calendar/working-days/#day-{saved.day}") if saved else None


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
