"""The list of plans."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from accounts.access import reads
from accounts.enums import Permission
from approvals.forms.plans import PlanFilterForm
from approvals.selectors import lists
from core import clock
from organizations.selectors import working_days

PAGE_SIZE = 50


def _tabs(current: str, wanted: dict) -> list[dict]:
    return [
        {
            "label": label,
            "url": f"?{urlencode({'tab': tab} | wanted)}" if tab else f"?{urlencode(wanted)}",
            "current": tab == current,
            "count": None,
        }
        for tab, label in lists.TABS
    ]


@reads(Permission.PROPOSAL_READ)
def proposal_list(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("tab", lists.ALL)
    form = PlanFilterForm(request.GET, venues=lists.venue_choices(request.user))
    wanted = form.wanted
    found = lists.matching(lists.plans_in(request.user, tab=tab), wanted)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = lists.with_desks(page.object_list)
    context = {
        "form": form,
        "tab": tab,
        "tabs": _tabs(tab, wanted),
        "page": page,
        "rows": lists.plan_rows(
            page.object_list, user=request.user, calendar=working_days(), today=clock.today()
        ),
        "is_filtered": bool(wanted),
        "can_write": request.user.can(Permission.PROPOSAL_WRITE),
    }
    return render(request, "approvals/proposal_list.html", context)
