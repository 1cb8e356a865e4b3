"""What one person may do now on the review page: forms in the composer, links in the head."""

from typing import Any

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import allowed, permissions
from approvals.enums import ConditionState, Stage
from approvals.forms.decisions import ConfirmForm
from approvals.forms.opinions import OpinionForm, ResolutionForm
from approvals.forms.replies import IssueForm
from approvals.models import Proposal, Task
from approvals.rules.phrases import clauses_for
from approvals.selectors import desks, pages
from approvals.selectors.clearances import may_be_asked
from approvals.selectors.facts import facts_of
from approvals.selectors.phrases import offered_phrases
from approvals.services.handling import UNDO_FOR, why_not_taken_back
from core import clock
from core.forms import ActForm
from regulation.register import RULES

Bound = dict[str, ActForm]


def acts_of(
    user: User, proposal: Proposal, state: pages.Desks, mine: Task | None, bound: Bound, *,
    has_drafts: bool,
) -> dict[str, Any]:  # fmt: skip
    """The forms of what this person may do now, each with the reason when they may not."""
    conflict = allowed.why_no_seat(user, mine, said=state.opinions) if mine else ""
    form = bound.get("opinion")
    signs = mine is not None and mine.is_desk and not conflict
    draft = desks.draft_of(user, mine) if signs and has_drafts else None
    if form is None and signs:
        form = OpinionForm(task=mine, draft=draft)
    task = form.task if form else mine
    return {
        "task": task,
        "clauses": _clauses(task) if form else [],
        "phrases": offered_phrases(user, task) if form else (),
        "undo": _undo(user, proposal, state),
        "conflict": conflict,
        "form": form,
        "draft": draft,
        "objections": _objections(user, proposal, state, bound),
        "conditions": _conditions(user, proposal, state),
        "confirm": _confirm(user, proposal, bound),
    }


def _undo(user: User, proposal: Proposal, state: pages.Desks) -> dict[str, Any] | None:
    """The opinion this person sent a moment ago, while it can simply be undone."""
    now = clock.now()
    sent = [
        one for one in state.current if one.by_id == user.pk and now - UNDO_FOR <= one.at <= now
    ]
    if not sent or why_not_taken_back(sent[-1], proposal, by=user):
        return None
    return {"opinion": sent[-1], "form": ActForm(auto_id="undo_%s"), "seconds": UNDO_FOR.seconds}


def _clauses(task: Task) -> list[dict[str, str]]:
    """The clauses this desk often cites: what is inserted, and what it is about."""
    rules = [RULES[code] for code in clauses_for(task.node, task.department_kind)]
    return [{"text": f"（{one.basis}）", "label": f"{one.basis} {one.title}"} for one in rules]


def _objections(
    user: User, proposal: Proposal, state: pages.Desks, bound: Bound
) -> list[dict[str, Any]]:
    may = permissions.post_of_duty(user, Permission.OBJECTION_RESOLVE, proposal) is not None
    found = []
    for opinion in state.current:
        if not opinion.needs_resolution or hasattr(opinion, "resolution"):
            continue
        key = f"resolution-{opinion.pk}"
        form = bound.get(key) or ResolutionForm(auto_id=f"{key}_%s")
        is_own = opinion.by_id == user.pk
        found.append({"opinion": opinion, "form": form if may and not is_own else None})
    return found


def _conditions(user: User, proposal: Proposal, state: pages.Desks) -> list[dict[str, Any]]:
    """The conditions that stand, each with the page of this person's act on it."""
    meets = post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id) is not None
    rows = []
    for opinion in state.current:
        for condition in opinion.listed_conditions:
            condition.opinion, condition.proposal = opinion, proposal
            url, act = "", ""
            if condition.state is ConditionState.OPEN and meets:
                url, act = (
                    reverse("approvals:condition_report", args=[condition.pk]),
                    "报告落实情况",
                )
            elif condition.state is ConditionState.REPORTED and permissions.confirms(
                user, condition
            ):
                url, act = reverse("approvals:condition_met", args=[condition.pk]), "核对并确认"
            rows.append({"condition": condition, "opinion": opinion, "url": url, "act": act})
    return rows


def _confirm(user: User, proposal: Proposal, bound: Bound) -> dict[str, Any] | None:
    """修改后通过: what must be changed, who confirms it, and the form for that person."""
    if proposal.stage != Stage.CHANGES_PENDING:
        return None
    decisions = proposal.decisions.select_related("item__confirmer", "item__meeting__body")
    decision = decisions.select_related("plan_version").order_by("-at", "-pk").first()
    if decision is None:
        return None
    is_mine = decision.item.confirmer_id == user.pk
    is_changed = proposal.version_no > decision.plan_version.no
    form = bound.get("confirm") or ConfirmForm(initial={"version": proposal.version})
    return {
        "item": decision.item,
        "is_changed": is_changed,
        "form": form if is_mine and is_changed else None,
    }


def _may_clear(user: User, proposal: Proposal) -> bool:
    """Whether this person asks for a clearance of the disguised-lease screen from here."""
    submits = post_for(user, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id)
    if submits is None or proposal.stage not in (*Stage.WRITABLE, Stage.VENUE_DECIDED):
        return False
    return may_be_asked(proposal, facts_of(proposal, today=clock.today()))


def links_of(user: User, proposal: Proposal) -> dict[str, Any]:
    """The further pages this person goes on to from here."""
    union = proposal.supervising_union
    has_reply = proposal.stage in (Stage.REPLYING, *Stage.WAS_APPROVED)
    reply = getattr(proposal, "reply", None) if has_reply else None
    is_own = post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id) is not None
    drafts = permissions.post_of_duty(user, Permission.REPLY_DRAFT, proposal) is not None
    issues = permissions.post_of_duty(user, Permission.REPLY_ISSUE, proposal) is not None
    prints = post_for(user, Permission.FORMAL_REVIEW, union=union) and proposal.version_no
    is_replying = proposal.stage == Stage.REPLYING
    is_issued = reply is not None and reply.document_id
    return {
        "reply": reply,
        "reply_act": "签发批复"
        if is_replying and issues and reply
        else "拟批复"
        if is_replying and drafts
        else "",
        "is_issued": is_issued,
        "may_edit": is_own and (proposal.is_writable or proposal.stage == Stage.VENUE_DECIDED),
        "may_except": post_for(user, Permission.EXCEPTION_WRITE, venue_id=proposal.venue_id)
        is not None
        and proposal.stage in (*Stage.WRITABLE, Stage.VENUE_DECIDED),
        "may_clear": _may_clear(user, proposal),
        "may_meet": post_for(user, Permission.MEETING_WRITE, union=union) is not None,
        "may_export": user.can(Permission.PDF_EXPORT) and proposal.version_no > 0,
        "may_void_notice": post_for(user, Permission.PROCEDURE_KEEP, union=union) is not None
        and not proposal.suspended_at,
        "paper_form": IssueForm(auto_id="paper_%s") if prints else None,
        "notice_form": IssueForm(auto_id="notice_%s")
        if proposal.stage == Stage.RETURNED
        and post_for(user, Permission.FORMAL_REVIEW, union=union)
        else None,
    }
