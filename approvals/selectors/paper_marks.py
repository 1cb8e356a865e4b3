"""What every paper of a project says on its face: its exceptions and what was entered late (补录)."""

from datetime import date

from approvals.models import Proposal, RuleException
from approvals.rules.excepting import state_on
from approvals.selectors.papers import held_on, sitting_of
from documents.rules import format_day
from meetings.models import Meeting
from regulation.register import RULES


def paper_marks(proposal: Proposal, *, today: date) -> list[str]:
    """The block `print/_marks.html` prints, the same on every paper of the plan. Two queries.

    An exception the venue has not submitted is its own; one revoked, refused or expired is
    printed as such: the paper says what stood on its day.
    """
    asked = list(
        proposal.exceptions.exclude(submitted_at=None).order_by("rule_code", "number", "pk")
    )
    late = _entered_late(proposal, asked)
    return [
        *(_exception(one, today) for one in asked),
        *(f"补录：{sitting_of(one)}（{held_on(one)}）" for one in late),
    ]


def _exception(one: RuleException, today: date) -> str:
    rule, state = RULES[one.rule_code], state_on(one.state, one.valid_until, today)
    return (
        f"例外 {one.number or '未编号'}：{rule.basis}“{rule.title}”（{one.rule_code}），"
        f"{state.label}，有效期至{format_day(one.valid_until)}"
    )


def _entered_late(proposal: Proposal, asked: list[RuleException]) -> list[Meeting]:
    """The meetings of venue and union on the plan or its exceptions that were entered late."""
    subjects = [proposal.pk, *(one.pk for one in asked)]
    rows = Meeting.objects.filter(items__subject_id__in=subjects, is_late_entry=True)
    rows = rows.exclude(items__conclusion="").select_related("body__union").distinct()
    return list(rows.order_by("starts_at", "pk"))
