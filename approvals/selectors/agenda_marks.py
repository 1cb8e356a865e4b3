"""What hangs on a plan before a body: its exceptions, late entries, signs of a lease in disguise."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localdate

from approvals.enums import ClearanceState
from approvals.models import LeaseClearance, Proposal, RuleException
from approvals.rules.excepting import state_on
from core import clock
from core.work import Work, WorkLine, answers, work
from meetings.marks import Mark, Marks
from meetings.models import AgendaItem

PLAN, OWN_DECISION = "proposal", "venue_decision"
LEASE = "18-1"


def marks_of(items: Iterable[AgendaItem]) -> Marks:
    """By plan, its marks; exceptions the venue has not submitted are its own. One query."""
    plans = {item.subject_id for item in items if item.subject_kind == PLAN}
    found: Marks = {}
    if not plans:
        return found
    for lines in answers(_sorts(plans)).values():
        for plan, mark in lines:
            found.setdefault(plan, []).append(mark)
    return found


def _sorts(plans: set[UUID]) -> list[Work]:
    exceptions = RuleException.objects.filter(proposal__in=plans, submitted_at__isnull=False)
    late = AgendaItem.objects.filter(
        subject_id__in=plans, subject_kind__in=(PLAN, OWN_DECISION), meeting__is_late_entry=True
    ).exclude(conclusion="")
    watched = Proposal.objects.filter(pk__in=plans, needs_inspection=True)
    clearances = LeaseClearance.objects.filter(proposal__in=plans, contract_id=None)
    common: dict[str, Any] = {"source": None}
    return [
        work("exception", exceptions, _exception, parent="proposal_id", title="number",
             source="rule_code", due_on="valid_until", word="state", note="reason"),
        work("late", late, _late, parent="subject_id", title="meeting__body__name",
             source="meeting__session", since="meeting__starts_at",
             word=Cast("meeting_id", CharField())),
        work("lease", watched, _lease, parent="pk", title=None, **common),
        work("clearance", clearances, _clearance, parent="proposal_id", title=None,
             since="requested_at", word="state", note=Cast("score", CharField()), **common),
    ]  # fmt: skip


def _exception(line: WorkLine) -> tuple[UUID | None, Mark]:
    assert line.due_on is not None  # noqa: S101 - an exception has its last day
    state = state_on(line.word, line.due_on, clock.today())
    return line.parent, Mark(
        label=state.label,
        tone=state.tone,
        title=f"例外 {line.title or '未编号'}，有效期至 {line.due_on}",
        text=f"理由：{line.note}",
        url=reverse("approvals:exception", args=[line.pk]),
        basis=line.source,
    )


def _late(line: WorkLine) -> tuple[UUID | None, Mark]:
    held = localdate(line.since) if line.since else ""
    return line.parent, Mark(
        label="补录",
        tone="warn",
        title=f"{line.title}{line.source}（{held}）",
        text="会后超过规定工作日才登记。",
        url=reverse("meetings:meeting_detail", args=[UUID(line.word)]),
    )


def _lease(line: WorkLine) -> tuple[UUID | None, Mark]:
    return line.parent, Mark(
        label="须加强检查",
        tone="warn",
        title="变相出租承包筛查有需要关注的迹象",
        url=reverse("approvals:proposal_review", args=[line.pk]),
        basis=LEASE,
    )


def _clearance(line: WorkLine) -> tuple[UUID | None, Mark]:
    state = ClearanceState(line.word)
    asked = localdate(line.since) if line.since else ""
    return line.parent, Mark(
        label=state.label,
        tone=state.tone,
        title=f"疑似变相出租承包（{line.note} 分），{asked} 申请解除认定",
        url=reverse("approvals:clearance", args=[line.pk]),
        basis=LEASE,
    )
