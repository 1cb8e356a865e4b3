"""The list of plans, and starting one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from accounts.access import reads, writes
from accounts.enums import Permission
from approvals.forms.plans import NewPlanForm, PlanFilterForm
from approvals.models import Proposal
from approvals.selectors import lists
from approvals.services import drafting
from approvals.views.shared import LIST, deed, refused
from core import clock
from core.acting import attempt
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


def _create(request: HttpRequest, form: NewPlanForm, venues: list) -> Proposal | None:
    chosen = form.cleaned_data.get("venue")
    venue = next((one for one in venues if str(one.pk) == chosen), venues[0])
    facts = {"venue": venue, "title": form.cleaned_data["title"], **deed(request, form)}
    if form.mode:
        return attempt(form, drafting.create_operation_plan, mode=form.mode, **facts)
    return attempt(form, drafting.create_overall_plan, **facts)


@writes(Permission.PROPOSAL_WRITE)
def proposal_new(request: HttpRequest) -> HttpResponse:
    venues = lists.own_venues(request.user)
    if not venues:
        return refused(request)
    form = NewPlanForm(request.POST or None, venues=venues)
    if (
        request.method == "POST"
        and form.is_valid()
        and (proposal := _create(request, form, venues))
    ):
        return redirect("approvals:proposal_edit", pk=proposal.pk)
    context = {"form": form, "crumbs": [LIST]}
    return render(request, "approvals/proposal_new.html", context, status=form.http_status)
