"""What the print of a union's plan says: plain values in reading order."""

from typing import Any

from django.utils.timezone import localdate

from documents.rules import format_day
from meetings.models import AgendaItem
from meetings.selectors import items_of
from planning import selectors
from planning.models import PlanStep, UnionPlan
from planning.rules import STEP_LABELS, TEXTS

NOTHING = "—"


def plan_context(plan: UnionPlan) -> dict[str, Any]:
    """All that the print says; what is not there prints 「—」."""
    term = "未定"
    if plan.starts_on and plan.ends_on:
        term = f"{format_day(plan.starts_on)}至{format_day(plan.ends_on)}"
    rows = [("制定工会", plan.union.name)]
    if plan.venue:
        rows.append(("阵地", plan.venue.name))
    rows.append(("期限", term))
    rows += [(text.label, plan.texts.get(text.name) or NOTHING) for text in TEXTS[plan.kind]]
    decided = [_decision(one) for one in items_of(plan.pk) if one.conclusion]
    rows.append(("会议决定", "\n".join(decided) or NOTHING))
    rows.append(("印发", _issue(plan)))
    return {
        "subtitle": f"{plan.get_kind_display()}　{plan.get_state_display()}",
        "rows": rows,
        "step_label": STEP_LABELS[plan.kind_enum],
        "steps": [_step(one) for one in selectors.steps_of(plan)],
    }


def _decision(item: AgendaItem) -> str:
    meeting = item.meeting
    if meeting is None:
        return NOTHING
    late = "【补录】" if meeting.is_late_entry else ""
    return (
        f"{meeting}（{format_day(localdate(meeting.starts_at))}）{late}："
        f"{item.get_conclusion_display()}。应到 {item.members} 人、实到 {item.present} 人，"
        f"同意 {item.agree} 票、不同意 {item.disagree} 票、弃权 {item.abstain} 票。"
        f"决议：{item.resolution}"
    )


def _issue(plan: UnionPlan) -> str:
    if plan.issued_at is None or plan.issued_by is None:
        return NOTHING
    return f"{plan.issued_by.name}　{format_day(localdate(plan.issued_at))}"


def _step(step: PlanStep) -> dict[str, str]:
    done = f"{localdate(step.done_at)} {step.result}" if step.done_at else "未完成"
    return {
        "no": str(step.no),
        "content": step.content or NOTHING,
        "criteria": step.criteria or NOTHING,
        "owner": step.owner or NOTHING,
        "due_on": str(step.due_on) if step.due_on else NOTHING,
        "done": done,
    }
