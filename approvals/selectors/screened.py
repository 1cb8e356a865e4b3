"""What a clearance speaks of as it stands now: the plan, or a contract, which stands above.

The app that keeps contracts registers a reader when it starts, and nobody below imports it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.module_loading import import_string

from approvals.models import LeaseClearance, Proposal
from approvals.rules.clearing import is_cleared
from approvals.rules.lease import Screen
from approvals.rules.screening import lease_screen
from approvals.selectors.facts import facts_of
from approvals.selectors.screeners import path_of


@dataclass(frozen=True, slots=True)
class Screened:
    """A plan or a contract under the screen of 18-1."""

    result: Screen
    title: str
    contract_id: UUID | None = None
    is_cleared: bool = False  # of exactly these signs, already
    is_open: bool = True  # still written: a contract that was handed in or voided is not
    makers: frozenset[UUID] = frozenset()  # users who wrote it and therefore concur in nothing

    @property
    def about(self) -> str:
        return "合同" if self.contract_id else "方案"


def screened_plan(proposal: Proposal, *, today: date) -> Screened:
    """The plan under its own screen."""
    facts = facts_of(proposal, today=today)
    result = lease_screen(facts)
    return Screened(result, proposal.title, is_cleared=is_cleared(result, facts.cleared_signs))


def screened_of(clearance: LeaseClearance, proposal: Proposal, *, today: date) -> Screened:
    """What the clearance speaks of, screened today."""
    if clearance.contract_id is None:
        return screened_plan(proposal, today=today)
    reader: Callable[..., Screened] = import_string(path_of())
    return reader(clearance.contract_id, today=today)
