"""What rests on an approval: of contracts the app above tells, named as it starts.

What was signed on the strength of a reply is not undone by voiding the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from approvals.enums import PlanKind, Stage

if TYPE_CHECKING:  # the app that registers does so before any model may be imported
    from approvals.models import Proposal


class _Reader:
    path = ""


def register(path: str) -> None:
    """Name the function that says which contract rests on a plan, as `app.module.function`."""
    _Reader.path = path


def rests_on(proposal: Proposal) -> str:
    """What already rests on the approval of a locked plan, in words; empty when nothing does."""
    if proposal.replaces:
        return f"原总体方案《{proposal.replaces.title}》已经被本方案替代"
    if proposal.kind == PlanKind.OVERALL_PLAN:
        plans = proposal.venue.proposals.filter(overall_plan=proposal, stage__in=Stage.WAS_APPROVED)
        found = plans.order_by("decided_at", "pk").first()
        later = proposal.venue.proposals.filter(replaces=proposal)
        if later.exclude(stage__in=Stage.DROPPED).exists():
            return "变更本方案的新方案正在办理"
        return f"具体运作方案《{found.title}》已经据此获得批准" if found else ""
    return import_string(_Reader.path)(proposal) if _Reader.path else ""
