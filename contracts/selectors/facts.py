"""Gather all that the rules may know of a contract."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from approvals.enums import CooperationMode, ReplyState, Stage
from approvals.models import Proposal, Reply
from approvals.rules.ancillary import listed
from approvals.rules.facts import DiligenceFact
from approvals.rules.term import Term, joined_term
from approvals.selectors.clearances import signs_cleared_of_contract
from approvals.selectors.conditions import open_conditions
from approvals.selectors.facts import active_exceptions, sections_of_plan
from approvals.selectors.in_force import is_overall_plan_halted
from approvals.selectors.standing import unexcepted
from contracts.enums import ClauseCode, GateCode
from contracts.models import Clause, Contract, Gate, Valuation
from contracts.rules.facts import (
    AssetFact,
    ClauseFact,
    ContractFacts,
    DecisionFact,
    PlanFact,
    ValuationFact,
)
from contracts.selectors.papers import ANNEX, SIGNED, files_of
from core.clock import SHANGHAI
from core.errors import Reason
from organizations.selectors import parameter
from partners.rules import DueDiligenceFact
from partners.selectors import due_diligence_facts, due_diligence_of

CHAIN_LIMIT = 20


def clauses_of(contract: Contract) -> list[Clause]:
    """The clauses in the order of the article."""
    order = list(ClauseCode.values)
    return sorted(contract.clauses.all(), key=lambda clause: order.index(clause.code))


def valuation_of(contract: Contract) -> Valuation | None:
    """The valuation that counts: the latest of the cooperation."""
    rows = Valuation.objects.filter(cooperation_id=contract.cooperation_id)
    return rows.prefetch_related("assets").order_by("-base_date", "-recorded_at", "pk").first()


def open_gates(contract: Contract) -> list[Gate]:
    """What the contract still waits for before it takes effect."""
    return [gate for gate in gates_of(contract) if gate.is_open]


def gates_of(contract: Contract) -> list[Gate]:
    """All gates in their order."""
    order = list(GateCode.values)
    rows = contract.gates.select_related("closed_by").order_by("pk")
    return sorted(rows, key=lambda gate: order.index(gate.code))


def facts_of(contract: Contract, *, today: date) -> ContractFacts:
    """The contract as the rules see it today.

    The row's own columns are read from the instance, so a service may fill them in
    before asking and save them after the answer.
    """
    union = contract.cooperation.supervising_union
    files = files_of(contract)
    diligence = _diligence(contract, today)
    plan = plan_fact(contract.proposal, today=today)
    return ContractFacts(
        today=today,
        state=contract.state_enum,
        mode=contract.cooperation.mode,
        title=contract.title,
        plan=plan,
        clauses=tuple(_clause_fact(clause) for clause in clauses_of(contract)),
        has_annex=bool(files[ANNEX]),
        has_signed_copy=bool(files[SIGNED]),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        joined_starts_on=joined_start(contract),
        contributed_assets=tuple(
            AssetFact(name=row["name"], nature=row["nature"]) for row in contract.contributed_assets
        ),
        has_partner_fixed_investment=contract.has_partner_fixed_investment,
        fixed_assets=tuple(row["item"] for row in contract.fixed_assets),
        disposal_method=contract.disposal_method,
        disposal_rule=contract.disposal_rule,
        bans_papers=contract.bans_papers,
        bans_seal=contract.bans_seal,
        bans_receipts=contract.bans_receipts,
        bans_account=contract.bans_account,
        five_constants_confirmed=contract.five_constants_confirmed,
        payment_account_holder=contract.payment_account_holder,
        payment_account_last4=contract.payment_account_last4,
        valuation=_valuation_fact(contract),
        valuation_years=int(parameter("valuation_valid_years", union=union, on=today).value),
        **_credit(diligence),
        credit_check_days=int(parameter("credit_check_days", union=union, on=today).value),
        approval_months=int(parameter("approval_valid_months", union=union, on=today).value),
        **_signature(contract),
        is_filed_late=contract.is_filed_late,
        effective_on=contract.effective_on,
        open_gates=tuple(gate.code for gate in open_gates(contract)),
        **_principles(contract, plan, diligence, today),
        cleared_signs=signs_cleared_of_contract(contract.pk),
    )


def _signature(contract: Contract) -> dict[str, Any]:
    return {
        "signed_on": contract.signed_on,
        "venue_signatory": contract.venue_signatory,
        "partner_signatory": contract.partner_signatory,
        "signatory_authority": contract.signatory_authority,
        "copies": contract.copies,
    }


def _principles(
    contract: Contract, plan: PlanFact, diligence: Mapping[str, DueDiligenceFact], today: date
) -> dict[str, Any]:
    """What the plan needs an exception for, held against the contract's term; what it may sell."""
    term = None
    if contract.starts_on and contract.ends_on:
        term = Term(contract.starts_on, contract.ends_on)
    sections = sections_of_plan(contract.proposal)
    found = unexcepted(
        contract.proposal,
        today=today,
        term=term,
        sections=sections,
        diligence={
            code: DiligenceFact(finding=one.finding, is_expired=one.is_expired)
            for code, one in diligence.items()
        },
        exceptions=plan.active_exceptions,
    )
    return {
        "unexcepted": tuple(Reason(one.text, one.code) for one in found),
        "ancillary": tuple(listed(sections.get("negative_list", {}))),
    }


def _clause_fact(clause: Clause) -> ClauseFact:
    return ClauseFact(
        code=clause.code,
        is_present=clause.is_present,
        clause_no=clause.clause_no,
        quotation=clause.quotation,
        reviewer_ok=clause.reviewer_ok,
    )


def _valuation_fact(contract: Contract) -> ValuationFact | None:
    valuation = valuation_of(contract)
    if valuation is None:
        return None
    return ValuationFact(
        base_date=valuation.base_date,
        reported_on=valuation.reported_on,
        valid_until=valuation.valid_until,
        assets=tuple(AssetFact(name=one.name, nature=one.nature) for one in valuation.assets.all()),
    )


def _diligence(contract: Contract, today: date) -> Mapping[str, DueDiligenceFact]:
    """The six conditions of 第十条 as last found for the partner."""
    if contract.partner is None:
        return {}
    found = due_diligence_of(contract.partner, contract.venue_id)
    return due_diligence_facts(found, today) if found else {}


def _credit(diligence: Mapping[str, DueDiligenceFact]) -> dict[str, Any]:
    found = diligence.get("10-6")
    return {"credit_finding": found.finding, "credit_checked_on": found.checked_on} if found else {}


def plan_fact(proposal: Proposal, *, today: date) -> PlanFact:
    """The plan behind the contract: approved when, decided by whom, what is left to be met."""
    reply = Reply.objects.filter(proposal=proposal, state=ReplyState.ISSUED).first()
    decided = proposal.decided_at
    return PlanFact(
        is_approved=proposal.stage == Stage.APPROVED,
        approved_on=decided.astimezone(SHANGHAI).date() if decided else None,
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        has_partner_fixed_investment=proposal.has_partner_fixed_investment,
        contributes_assets=_contributes_assets(proposal),
        open_conditions=open_conditions(proposal),
        decisions=_decisions(proposal),
        replied_on=reply.issued_on if reply else None,
        sign_by=proposal.sign_by,
        is_halted=is_overall_plan_halted(proposal.venue_id),
        active_exceptions=active_exceptions(proposal, on=today),
    )


def _contributes_assets(proposal: Proposal) -> bool | None:
    """其它方式 answers whether the union brings assets; the others are not asked."""
    if proposal.mode != CooperationMode.OTHER:
        return None
    section = proposal.sections.filter(code="control").first()
    answer = section.data.get("contributes_assets") if section else ""
    return {"yes": True, "no": False}.get(answer or "")


def _decisions(proposal: Proposal) -> tuple[DecisionFact, ...]:
    """The venue's last decision and those of the union's bodies, each with its day."""
    venue = proposal.venue_decisions.select_related("item__meeting").order_by("-at", "-pk").first()
    held = [("阵地集体决策", venue.item.meeting)] if venue else []
    union = proposal.decisions.filter(is_valid=True).select_related("item__meeting__body")
    held += [("", one.item.meeting) for one in union.order_by("at", "pk")]
    return tuple(
        DecisionFact(
            label=label or meeting.body.name, day=meeting.starts_at.astimezone(SHANGHAI).date()
        )
        for label, meeting in held
        if meeting
    )


def joined_start(contract: Contract) -> date | None:
    """The first day of the chain of contracts that run into this one."""
    if contract.starts_on is None or contract.ends_on is None:
        return None
    earlier: list[Term] = []
    before = contract.predecessor
    while before and len(earlier) < CHAIN_LIMIT:
        if before.starts_on and before.ends_on:
            earlier.append(Term(before.starts_on, before.ends_on))
        before = before.predecessor
    return joined_term(Term(contract.starts_on, contract.ends_on), earlier).starts_on
