"""解除疑似变相出租承包的认定: asked for by the venue, concurred in by 纪委 and 经审."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from approvals import permissions
from approvals.forms.clearing import ClearanceForm, ConcurForm
from approvals.models import LeaseClearance
from approvals.rules.clearing import CLEARING, can_be_cleared
from approvals.rules.screening import lease_screen
from approvals.selectors import pages
from approvals.selectors.clearances import clearances_for, departments_of
from approvals.selectors.facts import facts_of
from approvals.services import clearing
from approvals.views.shared import LIST, crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from meetings.selectors import counted_items_of
from organizations.enums import DepartmentKind

CONTRACTS = {"label": "合同", "url": "/contracts/"}


@writes(Permission.PROPOSAL_SUBMIT)
def clearance_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_SUBMIT):
        return refused(request)
    form = ClearanceForm(
        request.POST or None, request.FILES or None, initial={"version": proposal.version}
    )
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.act, "version": form.cleaned_data["version"]}
        if done := attempt(form, clearing.request_clearance, **facts, **deed(request, form)):
            messages.success(request, "已申请，由纪委、经审表示意见。")
            return redirect("approvals:clearance", pk=done.pk)
    result = lease_screen(facts_of(proposal, today=clock.today()))
    context = {
        "about": "方案",
        "title": proposal.title,
        "back": f"/proposals/{proposal.pk}/edit/",
        "keep": f"clearance-{proposal.pk}",
        "form": form,
        "screen": result,
        "can_ask": can_be_cleared(result),
        "crumbs": crumbs_to(proposal),
    }
    return render(request, "approvals/clearance_new.html", context, status=form.http_status)


def _clearance_of(request: HttpRequest, pk: UUID) -> LeaseClearance:
    return get_object_or_404(clearances_for(request.user), pk=pk)


@reads(Permission.PROPOSAL_READ)
def clearance(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _clearance_of(request, pk), None)


def _page(request: HttpRequest, one: LeaseClearance, form: ConcurForm | None) -> HttpResponse:
    """The request with what the departments said; the form for who speaks next."""
    proposal = one.proposal
    asked = departments_of(request.user, one)
    if asked and not permissions.own_part(request.user, proposal):
        form = form or ConcurForm(initial={"version": one.version})
    turn = CLEARING.turn(one.state)
    context = {
        "clearance": one,
        "proposal": proposal,
        "items": counted_items_of(one.pk),
        "concurrences": one.concurrences.select_related("by").order_by("at", "pk"),
        "steps": CLEARING.steps(one.state),
        "turn": turn,
        "limit": pages.limit_on(one.due_on, today=clock.today()),
        "who": turn.who(venue=proposal.venue.name, union=proposal.supervising_union.name)
        if turn
        else "",
        "form": form,
        "department": DepartmentKind(asked[0]).label if asked else "",
        "crumbs": [CONTRACTS if one.contract_id else LIST, {"label": one.title, "url": one.url}],
    }
    status = form.http_status if form else 200
    return render(request, "approvals/clearance.html", context, status=status)


@writes(Permission.COUNTERSIGN)
def clearance_concur(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _clearance_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:clearance", pk=pk)
    asked = departments_of(request.user, one)
    if not asked:
        return refused(request)
    form = ConcurForm(request.POST)
    if form.is_valid():
        facts = {"clearance": one, "department": asked[0], **form.act}
        facts["version"] = form.cleaned_data["version"]
        if attempt(form, clearing.concur, **facts, **deed(request, form)):
            messages.success(request, "意见已签署。")
            return redirect("approvals:clearance", pk=pk)
    return _page(request, _clearance_of(request, pk), form)
