"""The contract before signing: submitted, checked clause by clause, reviewed by counsel."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.enums import Duty
from approvals.services.involving import take_duty
from contracts import permissions
from contracts.enums import Action
from contracts.models import Contract
from contracts.services import common
from contracts.services.clearing import lapse_clearances
from core.errors import ActionBlocked, Reason
from documents.services import void_number
from organizations.selectors import parameter


@transaction.atomic
def submit_for_check(
    *, contract: Contract, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Contract:
    """Hand the contract to the asset department once nothing is missing."""
    contract = common.lock_contract(contract, version)
    permissions.require_drafter(by, contract)
    common.ensure_allowed(contract, Action.SUBMIT, today=at.date())
    contract.submitted_by, contract.submitted_at = by, at
    contract.checked_by, contract.checked_at, contract.check_note = None, None, ""
    contract.legal_by, contract.legal_at, contract.legal_opinion = None, None, ""
    common.move(contract, Action.SUBMIT, at=at)
    common.note(contract, "contract.submitted", "提交条款核查", by=by, at=at, command_id=command_id)
    people = common.checkers(contract, Permission.CONTRACT_CHECK, today=at.date())
    common.tell(people, contract, "待办：合同条款核查", key="check", at=at)
    return contract


@transaction.atomic
def check_clauses(
    *, contract: Contract, verdicts: Mapping[str, tuple[bool | None, str]], is_cleared: bool,
    note: str, version: int, by: User, at: datetime, command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Record the verdict on each clause; all good, it goes to counsel, otherwise back.

    `verdicts` maps a clause code to (符合, 说明).
    """
    contract = common.lock_contract(contract, version)
    permissions.require_at_union(by, Permission.CONTRACT_CHECK, contract, on=at.date())
    action = Action.PASS_CHECK if is_cleared else Action.RETURN
    common.ensure_step(contract, action)
    for clause in contract.clauses.order_by("pk"):
        if clause.code in verdicts:
            clause.reviewer_ok, clause.reviewer_note = verdicts[clause.code]
            clause.save_new_version()
    take_duty(contract.cooperation_id, [by], Duty.APPROVER, "合同条款核查", at=at)
    contract.checked_by, contract.checked_at, contract.check_note = by, at, note.strip()
    if is_cleared:
        common.ensure_allowed(contract, action, today=at.date())
        common.move(contract, action, at=at)
        title = "条款核查通过"
        people = common.checkers(contract, Permission.LEGAL_REVIEW, today=at.date())
        common.tell(people, contract, "待办：合同法律审核", key="legal", at=at)
    else:
        _ensure_said(contract, note, "note", at=at)
        common.move(contract, action, at=at)
        title = f"条款核查退回：{note.strip()[:200]}"
        _tell_returned(contract, at=at)
    common.note(contract, "clauses.checked", title, by=by, at=at, command_id=command_id)
    return contract


@transaction.atomic
def review_legally(
    *, contract: Contract, opinion: str, is_cleared: bool, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Record the written opinion of the union's counsel: ready to sign, or back to the draft."""
    contract = common.lock_contract(contract, version)
    permissions.require_at_union(by, Permission.LEGAL_REVIEW, contract, on=at.date())
    action = Action.CLEAR_LEGAL if is_cleared else Action.RETURN
    common.ensure_step(contract, action)
    _ensure_said(contract, opinion, "opinion", at=at)
    take_duty(contract.cooperation_id, [by], Duty.APPROVER, "合同法律审核", at=at)
    contract.legal_by, contract.legal_at, contract.legal_opinion = by, at, opinion.strip()
    if is_cleared:
        common.ensure_allowed(contract, action, today=at.date())
        common.move(contract, action, at=at)
        title = "法律审核通过"
        people = common.venue_people(contract, Permission.CONTRACT_SIGN, today=at.date())
        common.tell(people, contract, "合同可以签订", key="ready", at=at)
    else:
        common.move(contract, action, at=at)
        title = f"法律审核退回：{opinion.strip()[:200]}"
        _tell_returned(contract, at=at)
    common.note(contract, "contract.legally_reviewed", title, by=by, at=at, command_id=command_id)
    return contract


@transaction.atomic
def void_contract(
    *, contract: Contract, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Contract:  # fmt: skip
    """Give up a contract that is not signed; its number stays, the plan may have another."""
    contract = common.lock_contract(contract, version)
    require(by, Permission.CONTRACT_SIGN, venue_id=contract.venue_id)
    common.ensure_step(contract, Action.VOID)
    if not reason.strip():
        raise ActionBlocked(Reason("请写明作废原因。", field="reason"))
    common.move(contract, Action.VOID, at=at)
    lapse_clearances(contract, by=by, at=at)
    void_number(case_id=contract.cooperation_id, text=contract.number, reason=reason)
    title = f"作废合同：{reason.strip()[:200]}"
    common.note(contract, "contract.voided", title, by=by, at=at, command_id=command_id)
    return contract


def _ensure_said(contract: Contract, text: str, field: str, *, at: datetime) -> None:
    union = contract.cooperation.supervising_union
    shortest = int(parameter("min_opinion_length", union=union, on=at.date()).value)
    if len(text.strip()) < shortest:
        raise ActionBlocked(Reason(f"请写明意见，至少 {shortest} 个字。", "12-5", field))


def _tell_returned(contract: Contract, *, at: datetime) -> None:
    people = common.venue_people(contract, Permission.CONTRACT_WRITE, today=at.date())
    common.tell(people, contract, "合同已退回，请修改后重新提交", key="returned", at=at)
