"""Named reads of contracts."""

from contracts.selectors.desks import (
    contracts_for,
    contracts_of,
    days_to_end,
    desk_of,
    effective_contract_of,
    expiring,
    plans_without_contract,
    steps_of,
    timeline_of,
    turn_of,
    with_names,
    work_of,
)
from contracts.selectors.facts import (
    clauses_of,
    facts_of,
    gates_of,
    open_gates,
    plan_fact,
    valuation_of,
)
from contracts.selectors.filing import filing_context
from contracts.selectors.papers import files_of

__all__ = [
    "clauses_of",
    "contracts_for",
    "contracts_of",
    "days_to_end",
    "desk_of",
    "effective_contract_of",
    "expiring",
    "facts_of",
    "files_of",
    "filing_context",
    "gates_of",
    "open_gates",
    "plan_fact",
    "plans_without_contract",
    "steps_of",
    "timeline_of",
    "turn_of",
    "valuation_of",
    "with_names",
    "work_of",
]
