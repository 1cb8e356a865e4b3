"""解除疑似认定 asked for from the contract's page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.forms.clearing import ClearanceForm
from approvals.rules.clearing import can_be_cleared
from contracts import services
from contracts.selectors.screening import screened
from contracts.views.shared import contract_of, crumbs_to, deed_on, refused, to_contract
from core import clock
from core.acting import attempt


@writes(Permission.PROPOSAL_SUBMIT)
def clearance_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not post_for(request.user, Permission.PROPOSAL_SUBMIT, venue_id=contract.venue_id):
        return refused(request)
    found = screened(contract, today=clock.today())
    if request.method != "POST" and (not found.is_open or found.is_cleared):
        return to_contract(contract)
    form = ClearanceForm(
        request.POST or None, request.FILES or None, initial={"version": contract.version}
    )
    if request.method == "POST" and form.is_valid():
        facts = {**form.act, **deed_on(request, contract, form)}
        if done := attempt(form, services.request_contract_clearance, **facts):
            messages.success(request, "已申请，由纪委、经审表示意见。")
            return redirect("approvals:clearance", pk=done.pk)
    context = {
        "about": "合同",
        "title": contract.title,
        "back": f"/contracts/{contract.pk}/",
        "keep": f"clearance-{contract.pk}",
        "form": form,
        "screen": found.result,
        "can_ask": can_be_cleared(found.result),
        "crumbs": crumbs_to(contract),
    }
    return render(request, "approvals/clearance_new.html", context, status=form.http_status)
