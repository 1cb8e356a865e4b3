"""The road of a contract: states, transitions, whose turn it is. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contracts.enums import Action, ContractState, Desk
from contracts.rules import content, signing
from contracts.rules.facts import ContractFacts
from core.errors import Reason

Check = Callable[[ContractFacts], Iterator[Reason]]

CONTENT_CHECKS: tuple[Check, ...] = (
    signing.plan_in_force,
    signing.overall_plan_not_halted,
    content.term_allowed,
    content.exceptions_stand,
    content.clauses_complete,
    content.quotations_differ,
    content.annex_attached,
    content.not_a_disguised_lease,
    content.fixed_assets_settled,
    content.bans_confirmed,
    content.account_is_venues,
    content.constants_kept,
    signing.contribution_stated,
)
SIGNING_CHECKS: tuple[Check, ...] = (
    signing.conditions_met,
    signing.valued_before_signing,
    signing.credit_checked,
    signing.signed_after_decisions,
)
EFFECT_CHECKS: tuple[Check, ...] = (
    signing.overall_plan_not_halted,
    signing.gates_closed,
    signing.signed_after_decisions,
    signing.effective_day_reached,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: from which state to which, what must hold."""

    action: Action
    source: ContractState
    target: ContractState
    checks: tuple[Check, ...] = ()


S = ContractState
PROCEDURE: tuple[Transition, ...] = (
    Transition(Action.EDIT, S.DRAFT, S.DRAFT),
    Transition(Action.SUBMIT, S.DRAFT, S.CLAUSE_CHECK, CONTENT_CHECKS),
    Transition(
        Action.PASS_CHECK,
        S.CLAUSE_CHECK,
        S.LEGAL_REVIEW,
        (*CONTENT_CHECKS, signing.clauses_reviewed),
    ),
    Transition(Action.RETURN, S.CLAUSE_CHECK, S.DRAFT),
    Transition(Action.RETURN, S.LEGAL_REVIEW, S.DRAFT),
    Transition(Action.CLEAR_LEGAL, S.LEGAL_REVIEW, S.READY, CONTENT_CHECKS),
    Transition(
        Action.SIGN,
        S.READY,
        S.SIGNED,
        (signing.signatures_complete, *CONTENT_CHECKS, *SIGNING_CHECKS),
    ),
    Transition(Action.FILE, S.SIGNED, S.FILED, (signing.signed_copy_kept,)),
    Transition(Action.PUT_INTO_EFFECT, S.FILED, S.EFFECTIVE, EFFECT_CHECKS),
    Transition(Action.VOID, S.DRAFT, S.VOID),
    Transition(Action.VOID, S.CLAUSE_CHECK, S.VOID),
    Transition(Action.VOID, S.LEGAL_REVIEW, S.VOID),
    Transition(Action.VOID, S.READY, S.VOID),
)

DESKS: dict[ContractState, Desk] = {
    S.DRAFT: Desk.VENUE,
    S.CLAUSE_CHECK: Desk.ASSET_DEPARTMENT,
    S.LEGAL_REVIEW: Desk.COUNSEL,
    S.READY: Desk.VENUE_MANAGER,
    S.SIGNED: Desk.ASSET_DEPARTMENT,
    S.FILED: Desk.ASSET_DEPARTMENT,
    S.EFFECTIVE: Desk.NOBODY,
    S.TERMINATING: Desk.NOBODY,
    S.EXPIRED: Desk.NOBODY,
    S.TERMINATED: Desk.NOBODY,
    S.VOID: Desk.NOBODY,
}

# What the page lists as missing now, before anybody has filled the form of the act.
NEXT_CHECKS: dict[ContractState, tuple[Check, ...]] = {
    S.DRAFT: CONTENT_CHECKS,
    S.CLAUSE_CHECK: CONTENT_CHECKS,
    S.LEGAL_REVIEW: CONTENT_CHECKS,
    S.READY: (*CONTENT_CHECKS, *SIGNING_CHECKS),
    S.SIGNED: (signing.signed_copy_kept,),
    S.FILED: (signing.gates_closed,),
}


def transition_of(action: Action, state: ContractState) -> Transition | None:
    """The transition an action makes from a state, or None when it makes none."""
    for transition in PROCEDURE:
        if transition.action is action and transition.source is state:
            return transition
    return None


def blockers(facts: ContractFacts, action: Action) -> list[Reason]:
    """Every reason why the action cannot be taken now; empty when it can."""
    transition = transition_of(action, facts.state)
    if transition is None:
        text = (
            f"合同现处于“{facts.state.label}”，不能办理“{action.label}”。请刷新页面查看最新进展。"
        )
        return [Reason(text)]
    return _run(transition.checks, facts)


def missing(facts: ContractFacts) -> list[Reason]:
    """The live list: what stands between the contract and its next step."""
    return _run(NEXT_CHECKS.get(facts.state, ()), facts)


def ahead(facts: ContractFacts) -> list[Reason]:
    """What will be asked for at signing, shown while the contract is not yet there."""
    if facts.state not in (S.DRAFT, S.CLAUSE_CHECK, S.LEGAL_REVIEW):
        return []
    return _run(SIGNING_CHECKS, facts)


def _run(checks: tuple[Check, ...], facts: ContractFacts) -> list[Reason]:
    return [reason for check in checks for reason in check(facts)]
