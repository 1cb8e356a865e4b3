"""What a plan rests on an exception for, and what it lacks when that is gone."""

from collections.abc import Mapping
from datetime import date

from approvals.enums import Stage
from approvals.models import Proposal
from approvals.rules.checks import CONTENT_CHECKS, Finding, findings
from approvals.rules.facts import DiligenceFact, PlanFacts
from approvals.rules.procedure import exceptions_stand
from approvals.rules.term import Term
from approvals.selectors.facts import facts_of
from approvals.selectors.in_force import joined_start_of


def unexcepted(
    proposal: Proposal, *, today: date, term: Term | None,
    sections: Mapping[str, dict], diligence: Mapping[str, DiligenceFact],
    exceptions: frozenset[str],
) -> tuple[Finding, ...]:  # fmt: skip
    """The 原则上 rules a plan does not meet under the term of its contract, no exception standing.

    What the contract has read already is passed in, and no more is read than these rules ask
    for: a contract asks at every step.
    """
    facts = PlanFacts(
        today=today,
        kind=proposal.kind,
        mode=proposal.mode,
        sections=sections,
        has_partner=proposal.partner is not None,
        diligence=diligence,
        starts_on=term.starts_on if term else None,
        ends_on=term.ends_on if term else None,
        joined_starts_on=joined_start_of(proposal, term, on=today),
        active_exceptions=exceptions,
    )
    return tuple(findings(facts, (exceptions_stand,)))


def recheck_of(proposal: Proposal, rule_code: str, *, today: date) -> str:
    """What the plan lacks without one of its exceptions, and what that holds up now."""
    found = findings(facts_of(proposal, today=today), CONTENT_CHECKS)
    mine = [one.text for one in found if one.code == rule_code]
    if not mine:
        return "方案现在的内容不需要这件例外，可以继续办理。"
    stage = Stage(proposal.stage)
    if stage is Stage.APPROVED:
        held = "方案已经批准：尚未签订的合同不能签订；正在履行的，由主管工会研究处理。"
    elif stage in Stage.IN_REVIEW:
        held = "方案正在审批：改正之前会议不能通过，也不能批复。"
    elif stage in Stage.FINAL:
        held = "方案已经办结，不再报送。"
    else:
        held = "方案改正之前不能报送。"
    return "\n".join([*mine, held])
