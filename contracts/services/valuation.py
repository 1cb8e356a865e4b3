"""资产评估: recorded before signing, of every asset the union brings (第十三条（四）)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from accounts.models import User
from approvals.rules.requirements import Need, Requirement, need
from approvals.rules.term import add_years
from contracts import permissions
from contracts.enums import AssetNature, ContractState
from contracts.models import Contract, Valuation, ValuedAsset
from contracts.services import common
from core.errors import ActionBlocked, Reason
from organizations import uscc
from organizations.selectors import parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetEntry:
    """One valued asset: the value in yuan, and the clause in which it counts."""

    name: str
    nature: str
    value: Decimal
    clause_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuationEntry:
    """What a valuation report says."""

    valuer: str
    valuer_uscc: str
    appraiser: str
    report_no: str
    method: str
    base_date: date
    reported_on: date
    valid_until: date
    assets: Sequence[AssetEntry]


@transaction.atomic
def record_valuation(
    *, contract: Contract, entry: ValuationEntry, version: int | None = None, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Valuation:  # fmt: skip
    """Record a report where the way asks for one; a later one stands in place of an earlier."""
    contract = common.lock_contract(contract, version)
    permissions.require_drafter(by, contract)
    if need(Requirement.VALUATION, contract.cooperation.mode) is Need.NONE:
        words = f"{contract.cooperation.get_mode_display()}不要求资产评估，不需要登记。"
        raise ActionBlocked(Reason(words, "13-4-1"))
    if contract.state not in ContractState.UNSIGNED:
        raise ActionBlocked(Reason("合同已经签订，不能再登记签约前的资产评估。", "13-4-1"))
    if reasons := _reasons(contract, entry, today=at.date()):
        raise ActionBlocked(reasons)
    valuation = Valuation(
        cooperation=contract.cooperation,
        valuer=entry.valuer.strip(),
        valuer_uscc=uscc.normalise(entry.valuer_uscc),
        appraiser=entry.appraiser.strip(),
        report_no=entry.report_no.strip(),
        method=entry.method.strip(),
        base_date=entry.base_date,
        reported_on=entry.reported_on,
        valid_until=entry.valid_until,
        total_value=sum((one.value for one in entry.assets), Decimal(0)),
        recorded_by=by,
        recorded_at=at,
    )
    valuation.place_like(contract)
    valuation.save(force_insert=True)
    ValuedAsset.objects.bulk_create(
        ValuedAsset(
            valuation=valuation,
            name=one.name.strip(),
            nature=one.nature,
            value=one.value,
            clause_ref=one.clause_ref.strip(),
        )
        for one in entry.assets
    )
    contract.updated_at = at
    contract.save_new_version()
    title = f"登记资产评估报告 {valuation.report_no}"
    body = {"valuation": str(valuation.pk), "total": str(valuation.total_value)}
    common.note(
        contract, "valuation.recorded", title, by=by, at=at, command_id=command_id, body=body
    )
    return valuation


def _reasons(contract: Contract, entry: ValuationEntry, *, today: date) -> list[Reason]:
    reasons = []
    code = uscc.normalise(entry.valuer_uscc)
    if fault := uscc.fault_of(code):
        reasons.append(Reason(fault, "", "valuer_uscc"))
    reasons += _independence(contract, entry, code)
    if entry.base_date > entry.reported_on:
        text = "评估基准日晚于报告日，请核对两个日期。"
        reasons.append(Reason(text, "13-4-1", "base_date"))
    if entry.reported_on > today:
        reasons.append(Reason("报告日不能晚于今天。", "13-4-1", "reported_on"))
    union = contract.cooperation.supervising_union
    years = int(parameter("valuation_valid_years", union=union, on=today).value)
    last = add_years(entry.base_date, years)
    if not entry.reported_on <= entry.valid_until <= last:
        text = f"有效期至须在报告日之后，最长到基准日起 {years} 年（{last:%Y-%m-%d}）。"
        reasons.append(Reason(text, "13-4-1", "valid_until"))
    return reasons + _asset_reasons(entry)


def _asset_reasons(entry: ValuationEntry) -> list[Reason]:
    reasons = []
    names = [one.name.strip() for one in entry.assets]
    if not names:
        text = "请至少列明一项被评估的资产。"
        reasons.append(Reason(text, "13-4-1", "assets"))
    if len(set(names)) < len(names):
        reasons.append(Reason("被评估资产有重名，请写明区别。", "13-4-1", "assets"))
    if any(one.value < 0 for one in entry.assets):
        reasons.append(Reason("评估价值不能为负数。", "13-4-1", "assets"))
    if any(one.nature not in AssetNature.values for one in entry.assets):
        reasons.append(Reason("请选择资产是有形资产还是无形资产。", "13-4-1", "assets"))
    return reasons


def _independence(contract: Contract, entry: ValuationEntry, code: str) -> list[Reason]:
    """Neither the valuer nor the appraiser is the partner or its head."""
    partner = contract.partner
    if partner is None:
        return []
    if code in (partner.uscc, partner.parent_uscc) or entry.valuer.strip() == partner.name:
        text = "评估机构不能是合作方或其总公司，须另请独立的评估机构。"
        return [Reason(text, "13-4-1", "valuer")]
    if entry.appraiser.strip() == partner.legal_representative:
        text = "评估师不能是合作方的法定代表人。"
        return [Reason(text, "13-4-1", "appraiser")]
    return []
