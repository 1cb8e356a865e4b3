"""The statutory skeleton: stages, transitions, whose turn it is. Pure.

Which departments countersign, which bodies decide and how many working days each has is
the route (`approvals.rules.route`), which may tighten this skeleton and never loosen it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from approvals.enums import Action, Desk, Stage
from approvals.rules.checks import (
    CONTENT_CHECKS,
    DECISION_CHECKS,
    SUBMISSION_CHECKS,
    Check,
    Finding,
    findings,
    negative_list_clear,
    partner_qualified,
    term_within_five_years,
)
from approvals.rules.evidence import meetings_filed
from approvals.rules.facts import PlanFacts
from approvals.rules.findings import Severity
from approvals.rules.scope import overall_plan_stands, replaced_plan_stands, within_overall_plan


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: from which stage, what must hold. The next stage follows from the route."""

    action: Action
    source: Stage
    checks: tuple[Check, ...] = ()


def fully_countersigned(facts: PlanFacts) -> Iterator[Finding]:
    """第十六条：every department of the route has signed."""
    if facts.missing_countersigners:
        names = "、".join(facts.missing_countersigners)
        yield Finding(f"还有部门没有签署会签意见：{names}。", "16-1")


def objections_resolved(facts: PlanFacts) -> Iterator[Finding]:
    """A 不同意 is answered in writing before the meeting."""
    for who in facts.unresolved_objections:
        yield Finding(f"{who}不同意，尚未作出书面处理意见，不能上会。", "16-1")


def exceptions_stand(facts: PlanFacts) -> Iterator[Finding]:
    """「原则上」: an exception the plan rests on is still there when it is decided on and replied to."""
    for check in (partner_qualified, term_within_five_years, negative_list_clear):
        yield from (one for one in check(facts) if one.severity is Severity.SOFT)


def is_overall_plan(facts: PlanFacts) -> Iterator[Finding]:
    """Only a 总体方案 is halted, ended or replaced; a cooperation goes by its contract."""
    if facts.is_operation:
        yield Finding("具体运作方案的中止、终止随合同办理，不在这里办理。", "13-3-2")


STANDING_CHECKS: tuple[Check, ...] = (overall_plan_stands, replaced_plan_stands)
MEETING_CHECKS: tuple[Check, ...] = (
    fully_countersigned,
    objections_resolved,
    exceptions_stand,
    *STANDING_CHECKS,
)

# 2.1 (a): a plan is taken back before a meeting has decided on it.
BEFORE_A_DECISION = (
    Stage.FORMAL_REVIEW,
    Stage.COUNTERSIGNING,
    Stage.LEGAL_REVIEW,
    Stage.LEADER_SIGNOFF,
    Stage.PARTY_GROUP,
    Stage.CHAIRS_OFFICE,
)

PROCEDURE: tuple[Transition, ...] = (
    Transition(Action.RECORD_VENUE_DECISION, Stage.DRAFT, CONTENT_CHECKS),
    Transition(Action.RECORD_VENUE_DECISION, Stage.RETURNED, CONTENT_CHECKS),
    Transition(Action.RECORD_VENUE_DECISION, Stage.DEFERRED, CONTENT_CHECKS),
    Transition(Action.SUBMIT, Stage.VENUE_DECIDED, SUBMISSION_CHECKS),
    Transition(Action.SUBMIT, Stage.RETURNED, SUBMISSION_CHECKS),
    Transition(Action.SUBMIT, Stage.DEFERRED, SUBMISSION_CHECKS),
    Transition(Action.RECORD_VENUE_DECISION, Stage.WITHDRAWN, CONTENT_CHECKS),
    Transition(Action.SUBMIT, Stage.WITHDRAWN, SUBMISSION_CHECKS),
    Transition(Action.RECORD_VENUE_DECISION, Stage.CHANGES_PENDING, CONTENT_CHECKS),
    Transition(Action.SUBMIT, Stage.CHANGES_PENDING, (*CONTENT_CHECKS, *DECISION_CHECKS)),
    Transition(Action.ACCEPT, Stage.FORMAL_REVIEW),
    Transition(Action.RETURN, Stage.FORMAL_REVIEW),
    Transition(Action.RETURN, Stage.COUNTERSIGNING),
    Transition(Action.RETURN, Stage.LEGAL_REVIEW),
    Transition(Action.RETURN, Stage.LEADER_SIGNOFF),
    Transition(Action.RETURN, Stage.UPWARD),
    Transition(Action.COUNTERSIGN, Stage.COUNTERSIGNING),
    Transition(Action.CLEAR_LEGAL, Stage.LEGAL_REVIEW, (fully_countersigned,)),
    Transition(Action.SIGN_OFF, Stage.LEADER_SIGNOFF, (fully_countersigned,)),
    Transition(
        Action.DECIDE_PARTY_GROUP, Stage.PARTY_GROUP, (*MEETING_CHECKS, within_overall_plan)
    ),
    Transition(
        Action.DECIDE_CHAIRS_OFFICE, Stage.CHAIRS_OFFICE, (*MEETING_CHECKS, within_overall_plan)
    ),
    Transition(Action.DEFER, Stage.PARTY_GROUP),
    Transition(Action.DEFER, Stage.CHAIRS_OFFICE),
    Transition(Action.REJECT, Stage.PARTY_GROUP),
    Transition(Action.REJECT, Stage.CHAIRS_OFFICE),
    Transition(Action.REJECT, Stage.UPWARD),
    Transition(Action.RECORD_UPWARD_REPLY, Stage.UPWARD),
    Transition(Action.CONFIRM_CHANGES, Stage.CHANGES_PENDING),
    Transition(Action.ISSUE_REPLY, Stage.REPLYING, (meetings_filed, *MEETING_CHECKS)),
    Transition(Action.VOID_REPLY, Stage.APPROVED),
    *(
        Transition(action, stage)
        for action in (Action.WITHDRAW, Action.CONSENT_TO_WITHDRAWAL)
        for stage in BEFORE_A_DECISION
    ),
    *(
        Transition(Action.VOID, Stage(stage))
        for stage in (*Stage.IN_REVIEW, Stage.RETURNED, Stage.DEFERRED, Stage.WITHDRAWN)
    ),
    Transition(Action.GIVE_UP, Stage.DRAFT),
    Transition(Action.GIVE_UP, Stage.VENUE_DECIDED),
    Transition(Action.GIVE_UP, Stage.RETURNED),
    Transition(Action.GIVE_UP, Stage.DEFERRED),
    Transition(Action.GIVE_UP, Stage.WITHDRAWN),
    Transition(Action.HALT, Stage.APPROVED, (is_overall_plan,)),
    Transition(Action.TAKE_UP, Stage.HALTED, (is_overall_plan,)),
    Transition(Action.END, Stage.APPROVED, (is_overall_plan,)),
    Transition(Action.END, Stage.HALTED, (is_overall_plan,)),
    Transition(Action.REPLACE, Stage.APPROVED, (is_overall_plan,)),
    Transition(Action.REPLACE, Stage.HALTED, (is_overall_plan,)),
)

DESKS: dict[Stage, Desk] = {
    Stage.DRAFT: Desk.VENUE,
    Stage.VENUE_DECIDED: Desk.VENUE,
    Stage.RETURNED: Desk.VENUE,
    Stage.DEFERRED: Desk.VENUE,
    Stage.FORMAL_REVIEW: Desk.ASSET_DEPARTMENT,
    Stage.COUNTERSIGNING: Desk.COUNTERSIGNERS,
    Stage.LEGAL_REVIEW: Desk.COUNSEL,
    Stage.LEADER_SIGNOFF: Desk.LEADER,
    Stage.PARTY_GROUP: Desk.SECRETARY,
    Stage.CHAIRS_OFFICE: Desk.SECRETARY,
    Stage.UPWARD: Desk.HIGHER_UNION,
    Stage.CHANGES_PENDING: Desk.CONFIRMER,
    Stage.REPLYING: Desk.LEADER,
    Stage.APPROVED: Desk.NOBODY,
    Stage.REJECTED: Desk.NOBODY,
    Stage.WITHDRAWN: Desk.VENUE,
    Stage.VOID: Desk.NOBODY,
    Stage.HALTED: Desk.NOBODY,
    Stage.SUPERSEDED: Desk.NOBODY,
    Stage.ENDED: Desk.NOBODY,
}


def transition_of(action: Action, stage: Stage) -> Transition | None:
    """The transition an action makes from a stage, or None when it makes none."""
    for transition in PROCEDURE:
        if transition.action is action and transition.source is stage:
            return transition
    return None


def why_not_at(action: Action, stage: Stage) -> str:
    """Why an action is not one of a stage at all; empty when it is."""
    if transition_of(action, stage):
        return ""
    return f"方案现处于“{stage.label}”，不能办理“{action.label}”。请刷新页面查看最新进展。"


def blockers(facts: PlanFacts, action: Action) -> list[Finding]:
    """Every reason why the action cannot be taken now; empty when it can."""
    transition = transition_of(action, facts.stage)
    if transition is None:
        return [Finding(why_not_at(action, facts.stage), "")]
    return findings(facts, transition.checks)
