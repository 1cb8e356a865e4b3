"""The acts of the desks: submit, check, review, sign, file, put into effect, void."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.rules.requirements import Need, Requirement, need
from contracts import permissions, selectors, services
from contracts.enums import Action
from contracts.forms.acts import CheckForm, EffectForm, LegalForm, SignForm, VoidForm
from contracts.models import Contract
from contracts.rules.content import lease_screen
from contracts.rules.facts import ContractFacts
from contracts.rules.procedure import missing, transition_of
from contracts.views.shared import contract_of, crumbs_to, deed_on, refused, to_contract
from core import clock
from core.acting import attempt
from core.errors import Reason
from core.forms import ActForm


def _page(
    request: HttpRequest, contract: Contract, form: ActForm, *, title: str, submit: str,
    lead: str = "", basis: str = "", tone: str = "primary", template: str = "contracts/act.html",
    refusal: str = "", **more,
) -> HttpResponse:  # fmt: skip
    facts = selectors.facts_of(contract, today=clock.today())
    context = {
        "contract": contract,
        "form": form,
        "crumbs": crumbs_to(contract),
        "title": title,
        "submit": submit,
        "lead": lead,
        "basis": basis,
        "tone": tone,
        "reasons": [] if form.is_bound else _reasons(facts, refusal),
        "screen": lease_screen(facts),
        **more,
    }
    return render(request, template, context, status=form.http_status)


def _reasons(facts: ContractFacts, refusal: str) -> list[Reason]:
    """What stands against the act: first whom it is not for, then what is missing."""
    return [Reason(refusal)] * bool(refusal) + missing(facts)


def _act(
    request: HttpRequest, contract: Contract, form: ActForm, service: Callable, facts: Callable
) -> HttpResponse | None:
    """Carry the act out when the form was posted whole; None shows the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    done = attempt(form, service, **facts(), **deed_on(request, contract, form))
    return to_contract(contract) if done else None


def _seen(contract: Contract) -> dict:
    return {"version": contract.version}


def _at_union(request: HttpRequest, contract: Contract, permission: Permission) -> bool:
    return permissions.may_at_union(request.user, permission, contract, on=clock.today())


def _refusal(request: HttpRequest, contract: Contract, permission: Permission) -> str:
    return permissions.refusal_at_union(request.user, permission, contract, on=clock.today())


def _stale(request: HttpRequest, contract: Contract, action: Action) -> HttpResponse | None:
    """A page of an act whose time is past leads back to the contract."""
    if request.method == "POST" or transition_of(action, contract.state_enum):
        return None
    return to_contract(contract)


@writes(Permission.CONTRACT_WRITE)
def contract_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not permissions.may_write(request.user, contract):
        return refused(request)
    if past := _stale(request, contract, Action.SUBMIT):
        return past
    form = ActForm(request.POST or None, initial=_seen(contract))
    done = _act(request, contract, form, services.submit_for_check, dict)
    return done or _page(
        request, contract, form, title="提交条款核查", submit="提交核查", basis="13-4-2",
        lead="提交后由主管工会资产监管部门逐条核查，期间不能修改。",
    )  # fmt: skip


@writes(Permission.CONTRACT_CHECK)
def contract_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not _at_union(request, contract, Permission.CONTRACT_CHECK):
        return refused(request)
    if past := _stale(request, contract, Action.PASS_CHECK):
        return past
    clauses = selectors.clauses_of(contract)
    form = CheckForm(request.POST or None, contract=contract, clauses=clauses)

    def facts() -> dict:
        given = form.cleaned_data
        return {
            "verdicts": form.verdicts(),
            "is_cleared": given["is_cleared"],
            "note": given["note"],
        }

    done = _act(request, contract, form, services.check_clauses, facts)
    return done or _page(
        request, contract, form, title="合同条款核查", submit="提交核查结论", basis="13-4-2",
        template="contracts/check.html", refusal=_refusal(request, contract, Permission.CONTRACT_CHECK),
        is_external=need(Requirement.VALUATION, contract.cooperation.mode) is not Need.NONE,
    )  # fmt: skip


@writes(Permission.LEGAL_REVIEW)
def contract_legal(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not _at_union(request, contract, Permission.LEGAL_REVIEW):
        return refused(request)
    if past := _stale(request, contract, Action.CLEAR_LEGAL):
        return past
    form = LegalForm(request.POST or None, initial=_seen(contract))
    done = _act(request, contract, form, services.review_legally, lambda: form.act)
    return done or _page(
        request, contract, form, title="合同法律审核", submit="提交法律审核意见", basis="13-4-2",
        lead="出具书面意见。起草、核查、法律审核须由不同的人办理。",
        refusal=_refusal(request, contract, Permission.LEGAL_REVIEW),
    )  # fmt: skip


@writes(Permission.CONTRACT_SIGN)
def contract_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not post_for(request.user, Permission.CONTRACT_SIGN, venue_id=contract.venue_id):
        return refused(request)
    if past := _stale(request, contract, Action.SIGN):
        return past
    form = SignForm(request.POST or None, initial=_seen(contract))
    done = _act(request, contract, form, services.sign_contract, lambda: form.act)
    return done or _page(
        request, contract, form, title="登记签订", submit="登记签订", basis="18-3",
        lead="签订日须在集体决策、批复、资产评估和信用核查之后。",
        refusal=permissions.refusal_to_sign(request.user, contract, on=clock.today()),
    )  # fmt: skip


@writes(Permission.CONTRACT_FILE)
def contract_filing(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not _at_union(request, contract, Permission.CONTRACT_FILE):
        return refused(request)
    if past := _stale(request, contract, Action.FILE):
        return past
    form = ActForm(request.POST or None, initial=_seen(contract))
    done = _act(request, contract, form, services.file_contract, dict)
    return done or _page(
        request, contract, form, title="合同备案", submit="备案并出具备案表", basis="13-2-1",
        lead="备案后给出备案号，出具合同备案表。超过期限的照常备案，并注明逾期。",
    )  # fmt: skip


@writes(Permission.CONTRACT_FILE)
def contract_effect(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not _at_union(request, contract, Permission.CONTRACT_FILE):
        return refused(request)
    if past := _stale(request, contract, Action.PUT_INTO_EFFECT):
        return past
    initial = _seen(contract) | {"effective_on": clock.today()}
    form = EffectForm(request.POST or None, initial=initial)
    done = _act(request, contract, form, services.put_into_effect, lambda: form.act)
    return done or _page(
        request, contract, form, title="确认合同生效", submit="确认生效", basis="18-3",
        lead="评价方案、公开信息、安全责任人三项都满足，且生效日已到，合同才能生效。",
    )  # fmt: skip


@writes(Permission.CONTRACT_SIGN)
def contract_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    if not post_for(request.user, Permission.CONTRACT_SIGN, venue_id=contract.venue_id):
        return refused(request)
    if past := _stale(request, contract, Action.VOID):
        return past
    form = VoidForm(request.POST or None, initial=_seen(contract))
    done = _act(request, contract, form, services.void_contract, lambda: form.act)
    return done or _page(
        request, contract, form, title="作废合同", submit="作废", tone="danger",
        lead="没有签订的合同可以作废；编号保留，方案仍在有效期内的可以另行起草。",
    )  # fmt: skip
