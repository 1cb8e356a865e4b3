"""解除疑似认定 of a contract: asked for here, concurred in and decided as for a plan (18-1)."""

from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.models import LeaseClearance
from approvals.services import clearing
from approvals.services.common import lock_proposal
from contracts.enums import ContractState
from contracts.models import Contract
from contracts.selectors.screening import screened
from contracts.services import common
from core.errors import ActionBlocked, Reason


@transaction.atomic
def request_contract_clearance(
    *, contract: Contract, reason: str, lawyer: str, firm: str, opinion: str, opined_on: date,
    upload: UploadedFile, version: int, by: User, at: datetime, command_id: UUID | None = None,
) -> LeaseClearance:  # fmt: skip
    """Ask the supervising union to clear a contract in draft, SUSPECT by its score alone."""
    require(by, Permission.PROPOSAL_SUBMIT, venue_id=contract.venue_id)
    contract = common.lock_contract(contract, version)
    if contract.state != ContractState.DRAFT:
        text = f"合同现处于“{contract.get_state_display()}”，不能申请解除认定。"
        raise ActionBlocked(Reason(text, "18-1"))
    return clearing.ask_about(
        screened(contract, today=at.date()), proposal=lock_proposal(contract.proposal, None),
        reason=reason, lawyer=lawyer, firm=firm, opinion=opinion, opined_on=opined_on,
        upload=upload, by=by, at=at, command_id=command_id,
    )  # fmt: skip


def lapse_clearances(contract: Contract, *, by: User, at: datetime) -> None:
    """End what is still asked about a contract that is voided; nobody decides on it any more."""
    proposal = lock_proposal(contract.proposal, None, even_suspended=True)
    clearing.lapse(proposal, contract.pk, but=[], by=by, at=at)
