"""The register, one contract, its files and its filing form."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from approvals.rules.requirements import Requirement
from approvals.selectors.clearances import clearances_of_contract
from approvals.selectors.conditions import conditions_of
from contracts import permissions, selectors, services
from contracts.enums import AssetNature, ClauseCode, ContractState, GateCode
from contracts.filters import ContractFilter
from contracts.models import Contract
from contracts.rules.content import BANS, lease_screen, notes
from contracts.rules.facts import ContractFacts
from contracts.rules.picture import TermBar, term_bar
from contracts.rules.procedure import ahead, missing
from contracts.selectors.papers import PURPOSES, account_line, exceptions_of, money_rows
from contracts.selectors.screening import may_ask
from contracts.tables import ContractTable
from contracts.views.shared import contract_of, crumbs_to
from core import clock
from core.errors import ActionBlocked, Reason
from documents.services import document_response, file_response, preview_pdf
from partners.selectors import watches_of


@writes(Permission.CONTRACT_READ)  # the posts of a list: its export, and keeping a view of it
def contract_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.contracts_for(request.user)
    context = {"can_draft": request.user.can(Permission.CONTRACT_WRITE)}
    return show_list(request, ContractTable, ContractFilter, rows, "contracts/list.html", context)


@reads(Permission.CONTRACT_READ)
def contract_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    contract = contract_of(request, pk)
    today = clock.today()
    facts = selectors.facts_of(contract, today=today)
    found = missing(facts)
    context = {
        "contract": contract,
        "crumbs": crumbs_to(),
        "steps": selectors.steps_of(contract),
        "desk": selectors.desk_of(contract),
        "days": selectors.days_to_end(contract, today=today),
        "bar": _bar_of(contract, today),
        "missing": found,
        "ahead": ahead(facts),
        "notes": [*_watch_notes(contract), *notes(facts)],
        "exceptions": exceptions_of(contract.proposal),
        "has_next": contract.state in ContractState.UNSIGNED
        or contract.state in (ContractState.SIGNED, ContractState.FILED),
        "clauses": _clause_rows(contract),
        "is_external": facts.must(Requirement.CLAUSES),
        "is_valued": facts.needs_valuation,
        "bans": [{"label": label, "answer": getattr(contract, n)} for n, label in BANS.items()],
        "account": account_line(contract),
        "account_is_bad": contract.payment_account_holder not in ("", "venue"),
        "screen": lease_screen(facts),
        **_clearing(request, contract, facts),
        "fixed_assets": money_rows(contract.fixed_assets),
        "gates": _gate_rows(contract),
        "conditions": list(conditions_of(contract.proposal)),
        "files": _file_rows(contract),
        "events": selectors.timeline_of(contract),
        "acts": _acts(request, contract, facts, blocked=bool(found)),
        "can_upload": permissions.may_write(request.user, contract)
        and bool(services.open_kinds(contract)),
        "can_print": request.user.can(Permission.PDF_EXPORT),
        **_valuation_part(contract, facts),
    }
    return render(request, "contracts/detail.html", context)


def _watch_notes(contract: Contract) -> list[Reason]:
    return [
        Reason(f"合作方重点关注：{one.words}", one.basis) for one in watches_of(contract.partner)
    ]


def _clearing(request: HttpRequest, contract: Contract, facts: ContractFacts) -> dict:
    """What was asked about the suspected lease, and whether this person may ask now."""
    requests = clearances_of_contract(contract.pk)
    return {
        "clearances": requests,
        "may_clear": may_ask(request.user, contract, facts, requests),
    }


def _bar_of(contract: Contract, today: date) -> TermBar | None:
    if contract.starts_on is None or contract.ends_on is None:
        return None
    is_running = contract.state in ContractState.RUNNING
    return term_bar(contract.starts_on, contract.ends_on, today=today, is_running=is_running)


def _clause_rows(contract: Contract) -> list[dict]:
    return [
        {"clause": clause, "code": ClauseCode(clause.code)}
        for clause in selectors.clauses_of(contract)
    ]


def _gate_rows(contract: Contract) -> list[dict]:
    return [
        {"gate": gate, "code": GateCode(gate.code), "rule": GateCode(gate.code).rule}
        for gate in selectors.gates_of(contract)
    ]


def _file_rows(contract: Contract) -> list[dict]:
    return [
        {"kind": PURPOSES[kind], "file": one}
        for kind, files in selectors.files_of(contract).items()
        for one in files
    ]


def _valuation_part(contract: Contract, facts: ContractFacts) -> dict:
    """The valuation, and asset by asset what was brought, what it is worth, where it counts."""
    valuation = selectors.valuation_of(contract)
    valued = {one.name: one for one in (valuation.assets.all() if valuation else ())}
    brought = {one.name: one.nature for one in facts.contributed_assets}
    rows = []
    for name in [*brought, *(name for name in valued if name not in brought)]:
        one = valued.get(name)
        nature = brought.get(name) or (one.nature if one else "")
        rows.append(
            {
                "name": name,
                "nature": AssetNature(nature).label,
                "is_brought": name in brought,
                "value": one.value if one else None,
                "clause": one.clause_ref if one else "",
                "is_valued": one is not None and one.nature == nature,
            }
        )
    return {"valuation": valuation, "asset_rows": rows}


def _acts(
    request: HttpRequest, contract: Contract, facts: ContractFacts, *, blocked: bool
) -> list[dict]:
    """The buttons of whoever may act now."""
    user, base = request.user, f"/contracts/{contract.pk}/"
    signs = post_for(user, Permission.CONTRACT_SIGN, venue_id=contract.venue_id) is not None
    writes = permissions.may_write(user, contract)

    def at_union(permission: Permission) -> bool:
        return permissions.may_at_union(user, permission, contract, on=clock.today())

    state = contract.state
    unsigned = state in ContractState.UNSIGNED
    is_draft = state == ContractState.DRAFT
    files = at_union(Permission.CONTRACT_FILE)
    safety_open = GateCode.SAFETY_OFFICER in facts.open_gates
    offered = [
        (is_draft and writes, "修改内容", "edit/", "plain"),
        (is_draft and writes, "条款核对表", "clauses/", "plain"),
        (unsigned and writes and facts.needs_valuation, "登记资产评估", "valuation/", "plain"),
        (is_draft and writes, "提交核查", "submit/", "plain" if blocked else "primary"),
        (
            state == ContractState.CLAUSE_CHECK and at_union(Permission.CONTRACT_CHECK),
            "条款核查", "check/", "primary",
        ),
        (
            state == ContractState.LEGAL_REVIEW and at_union(Permission.LEGAL_REVIEW),
            "法律审核", "legal/", "primary",
        ),
        (state == ContractState.READY and signs, "登记签订", "sign/", "primary"),
        (state == ContractState.SIGNED and files, "备案", "file/", "primary"),
        (state == ContractState.FILED and files, "确认生效", "effect/", "primary"),
        (
            safety_open and writes and state not in ContractState.CLOSED,
            "明确安全责任人", "safety/", "plain",
        ),
        (unsigned and signs, "作废", "void/", "link"),
    ]  # fmt: skip
    return [
        {"label": label, "url": base + path, "tone": tone}
        for is_offered, label, path, tone in offered
        if is_offered
    ]


@reads(Permission.CONTRACT_READ)
def contract_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    contract = contract_of(request, pk)
    for files in selectors.files_of(contract).values():
        for one in files:
            if one.pk == file_pk:
                return file_response(one)
    raise Http404


@reads(Permission.PDF_EXPORT)
def filing_form(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    contract = contract_of(request, pk)
    if contract.filing_form:
        return document_response(contract.filing_form)
    context = selectors.filing_context(contract, today=clock.today(), filer=None)
    try:
        content = preview_pdf("print/contract_filing.html", context, title="合同备案表")
    except ActionBlocked as refusal:
        page = {"reasons": refusal.reasons, "typed": []}
        return render(request, "errors/422.html", page, status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="contract-filing-draft.pdf"'
    return response
