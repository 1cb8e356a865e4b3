"""The ledger: what was done, and whether the record still holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import selectors
from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.filters import EventFilter
from accounts.lists import show_list
from accounts.tables import EventTable
from audit.selectors import ledger_faults


@writes(Permission.LEDGER_READ)  # the posts of a list: its export, and keeping a view of it
def event_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.ledger_of(request.user)
    return show_list(request, EventTable, EventFilter, rows, "accounts/event_list.html")


@reads(Permission.LEDGER_READ)
def verify(request: HttpRequest) -> HttpResponse:
    faults = list(ledger_faults())
    is_whole = selectors.sees_whole_ledger(request.user)
    seen = selectors.ledger_of(request.user).order_by()
    context = {
        "fault_count": len(faults),
        "faults": faults if is_whole else [],
        "is_whole": is_whole,
        "events": seen.count(),
        "cases": seen.values("case_id").distinct().count(),
    }
    return render(request, "accounts/verify.html", context)
