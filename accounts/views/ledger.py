"""The ledger: what was done, and whether the record still holds."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import selectors
from accounts.access import reads
from accounts.enums import Permission
from accounts.forms import LedgerFilter
from audit.selectors import ledger_faults

PAGE_SIZE = 50


@reads(Permission.LEDGER_READ)
def event_list(request: HttpRequest) -> HttpResponse:
    form = LedgerFilter(request.GET)
    events = selectors.ledger_of(request.user)
    if not form.is_valid():
        events = events.none()
    elif form.cleaned_data["case"]:
        events = events.filter(case_id=form.cleaned_data["case"])
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    # The audit administrator checks that acts are whole; what they say is not theirs to read.
    is_platform = any(post.is_platform for post in request.user.posts())
    context = {"page": page, "filter": form, "hides_titles": is_platform}
    return render(request, "accounts/event_list.html", context)


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
