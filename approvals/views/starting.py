"""Starting a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from approvals.forms.plans import NewPlanForm
from approvals.models import Proposal
from approvals.selectors import lists, starting
from approvals.services import drafting
from approvals.views.shared import LIST, deed, refused
from core.acting import attempt


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
    options = {str(option.data["value"]): option for option in form["choice"]}
    cards = [
        {"way": way, "option": options.get(way.value) if way.is_open else None}
        for way in starting.ways_for(venues)
    ]
    context = {"form": form, "cards": cards, "crumbs": [LIST]}
    return render(request, "approvals/proposal_new.html", context, status=form.http_status)
