"""What a contract waits for before it takes effect; higher apps close their own gate."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from contracts.enums import ContractState, GateCode
from contracts.models import Contract, Gate
from contracts.services import common
from core.errors import ActionBlocked, Reason


@transaction.atomic
def close_gate(
    *, contract: Contract, code: str, evidence: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Gate:  # fmt: skip
    """Say that one condition of taking effect is met, and by what.

    The caller has permitted the act. A gate already closed takes the newer evidence;
    saying the same again changes nothing.
    """
    contract = common.lock_contract(contract, None)
    gate = Gate.objects.select_for_update(of=("self",)).get(contract=contract, code=code)
    evidence = evidence.strip()[:300]
    if not gate.is_open and gate.evidence == evidence:
        return gate
    gate.is_open, gate.evidence = False, evidence
    gate.closed_by, gate.closed_at = by, at
    gate.save()
    title = f"生效条件满足：{gate.get_code_display()}（{evidence[:200]}）"
    body = {"gate": code}
    common.note(contract, "gate.closed", title, by=by, at=at, command_id=command_id, body=body)
    return gate


@transaction.atomic
def reopen_gate(
    *, contract: Contract, code: str, evidence: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Gate:  # fmt: skip
    """Say that a condition no longer holds; `evidence` is the reason. The caller has permitted it.

    A contract in effect keeps its gate closed: what fails later is for supervision.
    """
    contract = common.lock_contract(contract, None)
    gate = Gate.objects.select_for_update(of=("self",)).get(contract=contract, code=code)
    if gate.is_open or contract.effective_on is not None:
        return gate
    gate.is_open, gate.evidence = True, ""
    gate.closed_by, gate.closed_at = None, None
    gate.save()
    title = f"生效条件重新待办：{gate.get_code_display()}（{evidence.strip()[:200]}）"
    body = {"gate": code}
    common.note(contract, "gate.reopened", title, by=by, at=at, command_id=command_id, body=body)
    return gate


@transaction.atomic
def name_safety_officer(
    *, contract: Contract, name: str, duties: str, version: int | None = None, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Name who answers for safety and emergencies of the cooperation (第十七条)."""
    contract = common.lock_contract(contract, version)
    require(by, Permission.CONTRACT_WRITE, venue_id=contract.venue_id)
    if contract.state in ContractState.CLOSED:
        raise ActionBlocked("合同已经结束，不能再指定安全责任人。")
    if not name.strip():
        raise ActionBlocked(Reason("请写明安全责任人姓名。", "17-4", "name"))
    contract.safety_officer = name.strip()
    contract.updated_at = at
    contract.save_new_version()
    close_gate(
        contract=contract,
        code=GateCode.SAFETY_OFFICER,
        evidence=f"{contract.safety_officer}：{duties.strip()}" if duties.strip() else name.strip(),
        by=by,
        at=at,
        command_id=command_id,
    )
    return contract
