"""What stands beside a plan on its 审批表: who determined it, who explored it, what is still to come."""

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from approvals.models import LeaseClearance, Proposal, UnionInitiative
from approvals.rules.checks import Finding, records
from approvals.rules.facts import PlanFacts
from approvals.selectors.clearances import clearances_of
from approvals.selectors.major import determination_of
from approvals.selectors.papers import NOTHING, decision_of
from documents.rules import format_day, printable
from planning.selectors import duties_unmet

MAJOR_WORDS: dict[bool | None, str] = {True: "重大事项", False: "非重大事项", None: "未填写"}


def recorded(proposal: Proposal, facts: PlanFacts) -> list[Finding]:
    """待补清单: what is asked for the record only, and was not there when this was submitted.

    What the union itself lacks is told of its 总体方案 as it stands today.
    """
    if not proposal.is_operation_plan:
        unmet = duties_unmet(proposal.supervising_union, on=facts.today)
        missing = tuple((kind.rule, kind.label) for kind in unmet)
        facts = replace(facts, missing_union_plans=missing)
    return records(facts)


def initiative(proposal: Proposal) -> str:
    """The union's decision to explore another way (第十四条第二款); empty where none is asked."""
    found = UnionInitiative.objects.select_related("by").filter(proposal=proposal).first()
    if found is None:
        return ""
    return (
        f"{found.get_origin_display()}：{found.decided_by}，{format_day(found.decided_on)}"
        f"（{found.by.name}登记）\n{found.content}"
    )


def determination(proposal: Proposal) -> str:
    """重大事项认定 of the present version: the word, whose, why, and the entries that are met."""
    found = determination_of(proposal)
    if found is None:
        return NOTHING
    word = "重大事项" if found.is_major else "非重大事项"
    proposed = MAJOR_WORDS[found.proposed]
    lines = [
        f"{word}（{found.by.name}，{found.position}，{printable(found.at)}）；阵地认定：{proposed}"
    ]
    if found.reason:
        lines.append(f"理由：{found.reason}")
    met = [f"{one['code']} {one['title']}" for one in found.findings if one["is_met"]]
    lines.append(f"符合的清单条目：{'；'.join(met) or '无'}")
    return "\n".join(lines)


def clearances(proposal: Proposal) -> list[dict[str, Any]]:
    """解除疑似认定: every request, with what lawyer, departments and meeting said."""
    return [_clearance(one) for one in clearances_of(proposal)]


def _clearance(one: LeaseClearance) -> dict[str, Any]:
    said = [
        f"{row.get_department_kind_display()}：{'同意解除' if row.agrees else '不同意解除'}。"
        f"{row.text}（{row.by.name}，{row.position}，{printable(row.at)}）"
        for row in sorted(one.concurrences.all(), key=lambda row: (row.at, row.pk))
    ]
    return {
        "head": f"{one.get_state_display()}，{printable(localdate(one.requested_at))}申请，"
        f"筛查 {one.score} 分",
        "signs": "；".join(one.signs),
        "opinion": f"{one.opinion}（{one.lawyer}，{one.firm}，{format_day(one.opined_on)}）",
        "said": "\n".join(said) or NOTHING,
        "decision": decision_of(one.item) if one.item and one.item.is_voted else None,
    }
