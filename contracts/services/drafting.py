"""Drawing up a contract on an approved plan, and writing its content."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.enums import Duty
from approvals.models import Cooperation, Proposal
from approvals.services.involving import take_duty
from contracts import permissions
from contracts.enums import Action, AssetNature, ClauseCode, ContractState, DisposalMethod, GateCode
from contracts.models import Clause, Contract, Gate
from contracts.rules.facts import ContractFacts
from contracts.rules.signing import overall_plan_not_halted, plan_in_force
from contracts.selectors import plan_fact
from contracts.services import common
from core.errors import ActionBlocked, Reason
from core.models import lock
from documents.enums import NumberKind
from documents.services import Series, take_number
from organizations.selectors import parameter

NUMBERS = Series(code="HT", kind=NumberKind.CONTRACT, form="HT-{year}-{no:04d}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEntry:
    """What the venue writes of a contract beside its clauses; None is not answered yet."""

    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    contributed_assets: Sequence[Mapping[str, str]] = ()  # {name, nature}
    has_partner_fixed_investment: bool | None = None
    fixed_assets: Sequence[Mapping[str, Any]] = ()  # {item, quantity, amount in yuan}
    disposal_method: str = ""
    disposal_rule: str = ""
    bans_papers: bool | None = None
    bans_seal: bool | None = None
    bans_receipts: bool | None = None
    bans_account: bool | None = None
    payment_account_holder: str = ""
    payment_account_last4: str = ""
    five_constants_confirmed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseEntry:
    """What the venue writes of one clause."""

    code: str
    is_present: bool | None
    clause_no: str = ""
    quotation: str = ""


@transaction.atomic
def draft_contract(
    *, proposal: Proposal, title: str, by: User, at: datetime, command_id: UUID | None = None
) -> Contract:
    """Open the contract of an approved operation plan, with what the plan already says.

    Its clauses and its gates come into being with it. A plan has one contract; a renewal
    has a plan of its own and follows the contract before it.
    """
    require(by, Permission.CONTRACT_WRITE, venue_id=proposal.venue_id)
    if proposal.cooperation_id is None:
        raise ActionBlocked("只有具体运作方案才能签订合同，总体方案不能。")
    cooperation = lock(Cooperation, pk=proposal.cooperation_id)
    proposal = Proposal.objects.select_related("supervising_union", "venue").get(pk=proposal.pk)
    _ensure_in_force(proposal, at=at)
    if proposal.contracts.exclude(state=ContractState.VOID).exists():
        raise ActionBlocked("这份方案已有一份合同，不能另起一份。请打开原合同继续办理。")
    contract = Contract(
        cooperation=cooperation,
        proposal=proposal,
        venue=proposal.venue,
        partner=proposal.partner,
        predecessor=_predecessor(proposal),
        title=title.strip() or proposal.title,
        number=take_number(
            series=NUMBERS,
            year=at.year,
            title=title.strip() or proposal.title,
            case_id=cooperation.pk,
            union=cooperation.supervising_union,
            venue_id=proposal.venue_id,
            by=by,
            at=at,
        ),
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        drafted_by=by,
        drafted_at=at,
        updated_at=at,
        **_answers_of_plan(proposal),
    )
    contract.place_like(proposal)
    contract.save(force_insert=True)
    take_duty(cooperation.pk, [by], Duty.DRAFTER, "起草合同", at=at)
    Clause.objects.bulk_create(Clause(contract=contract, code=code) for code in ClauseCode)
    Gate.objects.bulk_create(Gate(contract=contract, code=code) for code in GateCode)
    title = f"起草合同 {contract.number}"
    common.note(contract, "contract.drafted", title, by=by, at=at, command_id=command_id)
    return contract


def _ensure_in_force(proposal: Proposal, *, at: datetime) -> None:
    union = proposal.supervising_union
    months = int(parameter("approval_valid_months", union=union, on=at.date()).value)
    facts = ContractFacts(
        today=at.date(), plan=plan_fact(proposal, today=at.date()), approval_months=months
    )
    if reasons := [*plan_in_force(facts), *overall_plan_not_halted(facts)]:
        raise ActionBlocked(reasons)


def _predecessor(proposal: Proposal) -> Contract | None:
    """The contract of the same venue and partner that began last before this plan's term."""
    if proposal.partner_id is None or proposal.starts_on is None:
        return None
    earlier = Contract.objects.filter(
        venue=proposal.venue_id, partner=proposal.partner_id, starts_on__lt=proposal.starts_on
    )
    signed = earlier.exclude(signed_on=None).exclude(state=ContractState.VOID)
    return signed.order_by("-starts_on", "pk").first()


def _answers_of_plan(proposal: Proposal) -> dict[str, Any]:
    section = proposal.sections.filter(code="contract_elements").first()
    data = section.data if section else {}
    method = data.get("disposal_method") or ""
    return {
        "has_partner_fixed_investment": proposal.has_partner_fixed_investment,
        "fixed_assets": [
            {
                "item": str(row.get("item") or ""),
                "quantity": str(row.get("quantity") or ""),
                "amount": _amount(row.get("amount")),
            }
            for row in data.get("fixed_assets") or []
            if row.get("item")
        ],
        "disposal_method": method if method in DisposalMethod.values else "",
        "disposal_rule": data.get("disposal_rule") or "",
    }


def _amount(text: Any) -> str:
    """An amount as it is kept in a row: yuan with two places, or nothing."""
    try:
        return str(Decimal(str(text)).quantize(Decimal("0.01"))) if text not in (None, "") else ""
    except InvalidOperation:
        return ""


@transaction.atomic
def update_contract(
    *, contract: Contract, entry: ContractEntry, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Keep what the venue wrote of the contract; meaning is checked when it is submitted."""
    contract = common.lock_contract(contract, version)
    permissions.require_drafter(by, contract)
    common.ensure_step(contract, Action.EDIT)
    _ensure_shape(entry)
    for name, value in asdict(entry).items():
        setattr(contract, name, value)
    contract.contributed_assets = [
        {"name": str(row["name"]).strip(), "nature": str(row["nature"])}
        for row in entry.contributed_assets
    ]
    contract.fixed_assets = [
        {
            "item": str(row["item"]).strip(),
            "quantity": str(row.get("quantity") or ""),
            "amount": _amount(row.get("amount")),
        }
        for row in entry.fixed_assets
    ]
    contract.updated_at = at
    contract.save_new_version()
    common.note(contract, "contract.updated", "修改合同内容", by=by, at=at, command_id=command_id)
    return contract


def _ensure_shape(entry: ContractEntry) -> None:
    """What no draft may hold, whatever its state: it could not be stored or read."""
    reasons = []
    if not entry.title.strip():
        reasons.append(Reason("请填写合同名称。", field="title"))
    if entry.starts_on and entry.ends_on and entry.ends_on < entry.starts_on:
        text = "终止日早于起始日，请核对两个日期。"
        reasons.append(Reason(text, "13-4-4", "ends_on"))
    names = [str(row["name"]).strip() for row in entry.contributed_assets]
    if len(set(names)) < len(names):
        text = "工会方投入的资产有重名，请合并或写明区别。"
        reasons.append(Reason(text, "13-4-1", "contributed_assets"))
    if any(row["nature"] not in AssetNature.values for row in entry.contributed_assets):
        text = "请选择资产是有形资产还是无形资产。"
        reasons.append(Reason(text, "13-4-1", "contributed_assets"))
    if reasons:
        raise ActionBlocked(reasons)


@transaction.atomic
def save_clauses(
    *, contract: Contract, clauses: Sequence[ClauseEntry], version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Keep where each content stands in the contract; a changed clause is to be checked again."""
    contract = common.lock_contract(contract, version)
    permissions.require_drafter(by, contract)
    common.ensure_step(contract, Action.EDIT)
    rows = {clause.code: clause for clause in contract.clauses.order_by("pk")}
    for entry in clauses:
        clause = rows[entry.code]
        written = (entry.is_present, entry.clause_no.strip(), entry.quotation.strip())
        if written == (clause.is_present, clause.clause_no, clause.quotation):
            continue
        clause.is_present, clause.clause_no, clause.quotation = written
        clause.reviewer_ok, clause.reviewer_note = None, ""
        clause.save_new_version()
    contract.updated_at = at
    contract.save_new_version()
    common.note(contract, "clauses.saved", "填写条款核对表", by=by, at=at, command_id=command_id)
    return contract
