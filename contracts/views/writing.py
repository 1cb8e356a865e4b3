"""The venue's side: drafting, clauses, valuation, papers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.enums import PlanKind
from approvals.models import Proposal
from approvals.rules.requirements import Need, Requirement, need
from contracts import permissions, selectors, services
from contracts.enums import ContractState
from contracts.forms.acts import SafetyForm
from contracts.forms.writing import (
    ClausesForm,
    ContractForm,
    DraftForm,
    FileForm,
    ValuationForm,
)
from contracts.models import Contract
from contracts.views.shared import contract_of, crumbs_to, deed, deed_on, refused, to_contract
from core import clock
from core.acting import attempt


def _plan_asked(request: HttpRequest) -> Proposal | None:
    """The plan named in the address; what is no plan of this person's is not found."""
    asked = request.GET.get("proposal", "")
    if not asked:
        return None
    plans = Proposal.objects.visible_to(request.user).filter(kind=PlanKind.OPERATION_PLAN)
    try:
        pk = UUID(asked)
    except ValueError:
        pk = None
    return get_object_or_404(plans.select_related("venue"), pk=pk)


def _title_for(plan: Proposal) -> str:
    return f"{plan.title.removesuffix('方案')[:118]}合同"


@writes(Permission.CONTRACT_WRITE)
def contract_new(request: HttpRequest) -> HttpResponse:
    plan = _plan_asked(request)
    if plan is None:
        plans = selectors.plans_without_contract(request.user, today=clock.today())
        context = {"plans": plans, "crumbs": crumbs_to()}
        return render(request, "contracts/choose.html", context)
    if not post_for(request.user, Permission.CONTRACT_WRITE, venue_id=plan.venue_id):
        return refused(request)
    drawn = plan.contracts.exclude(state=ContractState.VOID).order_by("drafted_at", "pk").first()
    if drawn and request.method != "POST":
        return to_contract(drawn)
    form = DraftForm(request.POST or None, initial={"title": _title_for(plan)})
    if request.method == "POST" and form.is_valid():
        contract = attempt(
            form, services.draft_contract, proposal=plan, **form.act, **deed(request, form)
        )
        if contract:
            return redirect("contracts:contract_edit", pk=contract.pk)
    context = {"form": form, "plan": plan, "crumbs": crumbs_to()}
    return render(request, "contracts/new.html", context, status=form.http_status)


def _own(request: HttpRequest, pk: UUID) -> Contract | None:
    contract = contract_of(request, pk)
    return contract if permissions.may_write(request.user, contract) else None


@writes(Permission.CONTRACT_WRITE)
def contract_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = _own(request, pk)
    if contract is None:
        return refused(request)
    form = ContractForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        deeds = deed_on(request, contract, form)
        if attempt(form, services.update_contract, entry=form.entry(), **deeds):
            return to_contract(contract)
    context = {
        "form": form,
        "contract": contract,
        "crumbs": crumbs_to(contract),
        "is_external": need(Requirement.CLAUSES, contract.cooperation.mode) is Need.MUST,
        "constants": contract.venue.five_constants,
    }
    return render(request, "contracts/edit.html", context, status=form.http_status)


@writes(Permission.CONTRACT_WRITE)
def contract_clauses(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = _own(request, pk)
    if contract is None:
        return refused(request)
    clauses = selectors.clauses_of(contract)
    form = ClausesForm(request.POST or None, contract=contract, clauses=clauses)
    if request.method == "POST" and form.is_valid():
        deeds = deed_on(request, contract, form)
        if attempt(form, services.save_clauses, clauses=form.entries(), **deeds):
            return to_contract(contract)
    context = {
        "form": form,
        "contract": contract,
        "crumbs": crumbs_to(contract),
        "is_external": need(Requirement.CLAUSES, contract.cooperation.mode) is Need.MUST,
    }
    return render(request, "contracts/clauses.html", context, status=form.http_status)


@writes(Permission.CONTRACT_WRITE)
def contract_valuation(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = _own(request, pk)
    if contract is None:
        return refused(request)
    form = ValuationForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        deeds = deed_on(request, contract, form)
        if attempt(form, services.record_valuation, entry=form.entry(), **deeds):
            return to_contract(contract)
    context = {"form": form, "contract": contract, "crumbs": crumbs_to(contract)}
    return render(request, "contracts/valuation.html", context, status=form.http_status)


@writes(Permission.CONTRACT_WRITE)
def contract_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = _own(request, pk)
    if contract is None:
        return refused(request)
    kinds = services.open_kinds(contract)
    form = FileForm(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        kept = attempt(
            form, services.add_file, contract=contract, kind=form.cleaned_data["kind"],
            upload=upload, name=upload.name, **deed(request, form),
        )  # fmt: skip
        if kept:
            return to_contract(contract)
    context = {"form": form, "contract": contract, "crumbs": crumbs_to(contract), "kinds": kinds}
    return render(request, "contracts/upload.html", context, status=form.http_status)


@writes(Permission.CONTRACT_WRITE)
def contract_safety(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = _own(request, pk)
    if contract is None:
        return refused(request)
    form = SafetyForm(request.POST or None, initial={"version": contract.version})
    if request.method == "POST" and form.is_valid():
        deeds = deed_on(request, contract, form)
        if attempt(form, services.name_safety_officer, **form.act, **deeds):
            return to_contract(contract)
    context = {
        "form": form,
        "contract": contract,
        "crumbs": crumbs_to(contract),
        "title": "明确安全责任人",
        "submit": "确定",
        "basis": "17-4",
        "lead": "加强阵地安全管理、应急管理。安全责任人明确之后，合同才能生效。",
        "tone": "primary",
        "reasons": [],
    }
    return render(request, "contracts/act.html", context, status=form.http_status)
