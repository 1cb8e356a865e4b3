"""The contract under the screen of 18-1, for the clearance that speaks of it."""

from datetime import date
from uuid import UUID

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals.enums import ClearanceState
from approvals.models import LeaseClearance
from approvals.rules.clearing import can_be_cleared, is_cleared
from approvals.selectors.screened import Screened
from contracts.enums import ContractState
from contracts.models import Contract
from contracts.rules.content import lease_screen
from contracts.rules.facts import ContractFacts
from contracts.selectors.facts import facts_of


def screened(contract: Contract, *, today: date) -> Screened:
    """The contract as it stands, and whether it is still in draft."""
    makers = (contract.drafted_by_id, contract.submitted_by_id)
    facts = facts_of(contract, today=today)
    result = lease_screen(facts)
    return Screened(
        result=result,
        is_cleared=is_cleared(result, facts.cleared_signs),
        title=contract.title,
        contract_id=contract.pk,
        is_open=contract.state == ContractState.DRAFT,
        makers=frozenset(pk for pk in makers if pk),
    )


def screened_contract(contract_id: UUID, *, today: date) -> Screened:
    """The same by its id, for the app below."""
    rows = Contract.objects.select_related(
        "venue", "partner", "proposal", "cooperation__supervising_union"
    )
    return screened(rows.get(pk=contract_id), today=today)


def may_ask(
    user: User, contract: Contract, facts: ContractFacts, requests: list[LeaseClearance]
) -> bool:
    """Whether this person asks from the contract's page: in draft, SUSPECT by score, not asked yet."""
    result = lease_screen(facts)
    if contract.state != ContractState.DRAFT or not can_be_cleared(result):
        return False
    if is_cleared(result, facts.cleared_signs):
        return False
    if post_for(user, Permission.PROPOSAL_SUBMIT, venue_id=contract.venue_id) is None:
        return False
    return all(one.state not in ClearanceState.OPEN for one in requests)
