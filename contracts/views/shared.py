"""What the pages of contracts share."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contracts.models import Contract
from core import clock
from core.forms import ActForm

REGISTER = {"label": "合同", "url": "/contracts/"}
READ_WITH = (
    "venue",
    "partner",
    "proposal__reply",
    "cooperation__supervising_union",
    "cooperation__counterpart_venue",
    "drafted_by",
    "checked_by",
    "legal_by",
    "filed_by",
    "filing_form__pdf",
    "predecessor",
)


def contract_of(request: HttpRequest, pk: UUID) -> Contract:
    """The contract, for whoever may see it; a foreign one and a missing one are both 404."""
    rows = Contract.objects.visible_to(request.user).select_related(*READ_WITH)
    return get_object_or_404(rows, pk=pk)


def crumbs_to(contract: Contract | None = None) -> list[dict]:
    if contract is None:
        return [REGISTER]
    return [REGISTER, {"label": contract.number, "url": f"/contracts/{contract.pk}/"}]


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def deed_on(request: HttpRequest, contract: Contract, form: ActForm) -> dict:
    """The same, with the contract on the version that was seen."""
    seen = {"contract": contract, "version": form.cleaned_data["version"]}
    return seen | deed(request, form)


def to_contract(contract: Contract) -> HttpResponse:
    return redirect("contracts:contract_detail", pk=contract.pk)


def refused(request: HttpRequest) -> HttpResponse:
    """Whoever may read the contract but not act on it is not shown the form either."""
    return render(request, "errors/403.html", status=403)
