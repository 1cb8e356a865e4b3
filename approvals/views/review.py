"""The review page: the plan, who has said what, and this person's own next act."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import permissions
from approvals.enums import ExceptionState, Stage
from approvals.forms.decisions import ConfirmForm
from approvals.forms.opinions import ConditionForm, OpinionForm, ResolutionForm
from approvals.forms.replies import IssueForm
from approvals.models import Opinion, Proposal, ProposalVersion, Task
from approvals.rules.phrases import clauses_for, phrases_for
from approvals.selectors import chapters, desks, pages
from approvals.selectors.snapshot import content_of
from approvals.views.comparing import Comparison, comparison_of, redlined
from approvals.views.panels import panels_of
from approvals.views.shared import LIST, plan_of
from approvals.views.verbs import verbs_of
from core import clock
from core.forms import ActForm
from documents.selectors import attachments_of, documents_of
from meetings.selectors import items_of
from organizations.selectors import working_days
from partners.selectors import due_diligence_of, evidence_by_purpose
from regulation.register import RULES

Bound = dict[str, ActForm]
APPROVAL_FORM = "approval_form"


@reads(Permission.PROPOSAL_READ)
def proposal_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, plan_of(request, pk))


def review_page(
    request: HttpRequest, proposal: Proposal, *, bound: Bound | None = None
) -> HttpResponse:
    """The page; `bound` holds the form that was refused, by its place on the page."""
    bound = bound or {}
    version = proposal.versions.filter(no=proposal.version_no).first()
    if permissions.reads_file(request.user, proposal):
        opinions = list(desks.opinions_of(proposal))
        comparison = comparison_of(request, proposal, version, opinions)
        context = _content(request.user, proposal, version, comparison, bound)
        context |= _file(request.user, proposal, version, opinions, bound)
        context["toc"] = _toc(context) + _file_toc(context)
        template = "approvals/review.html"
    else:
        context = _content(request.user, proposal, version, None, bound)
        template = "approvals/review_outside.html"
    status = max((form.http_status for form in bound.values()), default=200)
    return render(request, template, context, status=status)


def _content(
    user: User,
    proposal: Proposal,
    version: ProposalVersion | None,
    comparison: Comparison | None,
    bound: Bound,
) -> dict[str, Any]:
    """What everybody reads who may read the plan at all: its content.

    Whoever works on the matter sees what changed since an earlier version besides.
    """
    content = content_of(proposal, version)
    facts = chapters.facts_of_content(content, today=clock.today())
    evidence, diligence = {}, None
    if proposal.partner:
        diligence = due_diligence_of(proposal.partner, proposal.venue_id)
        evidence = evidence_by_purpose(diligence) if diligence else {}
    rows = chapters.diligence_rows(content, evidence)
    base = comparison.content if comparison else None
    found = chapters.chapters_of(content, facts, base=base)
    return {
        "proposal": proposal,
        "version": version,
        "crumbs": [LIST, {"label": proposal.number or "未编号", "url": ""}],
        "partner": content["partner"],
        "diligence": rows,
        "diligence_counts": chapters.diligence_counts(rows),
        "diligence_pk": diligence.pk if diligence else None,
        "reads_evidence": user.can(Permission.FILE_READ),
        "experts": chapters.expert_rows(content),
        "guidance": content["guidance"],
        "lease": chapters.lease_result(facts),
        "files": list(attachments_of(proposal.pk)),
        "frozen_files": {one["sha256"] for one in content["attachments"]},
        "panels": panels_of(user, proposal, [one.spec.code.value for one in found], bound=bound),
        **redlined(comparison, content, found),
    }


def _entry(
    label: str, url: str, badge: str = "", tone: str = "idle", changes: int = 0
) -> dict[str, Any]:
    return {"label": label, "url": url, "badge": badge, "tone": tone, "changes": changes}


def _file_toc(context: dict[str, Any]) -> list[dict[str, Any]]:
    """What of the file has its own card on this page."""
    open_conditions = [one for one in context["conditions"] if not one["condition"].met_at]
    if context["only"]:
        return []
    entries = [_entry("阵地集体决策", "#venue-decision")]
    if context["exceptions"]:
        entries.append(_entry("例外", "#exceptions", str(len(context["exceptions"])), "warn"))
    if context["points"]:
        entries.append(_entry("退回及答复", "#points", str(len(context["points"]))))
    if context["conditions"]:
        label = f"{len(open_conditions)} 待落实" if open_conditions else ""
        entries.append(_entry("会签条件", "#conditions", label, "warn" if label else "ok"))
    if context["items"]:
        entries.append(_entry("集体决策", "#decisions"))
    if context["route"]:
        entries.append(_entry("办理路由", "#route"))
    return entries


def _toc(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The content, section by section; of a page that shows changes only, what changed."""
    counts, panels = context["counts"], context["panels"]
    items = [
        _entry(
            one.spec.code.label, f"#{one.anchor}", one.badge, one.tone, counts.get(one.anchor, 0)
        )
        | {"threads": panels[one.spec.code].count if panels else 0}
        for one in context["chapters"]
    ]
    for label, key in (("律师和专家", "experts"), ("附件", "files")):
        badge = str(len(context[key]) or "")
        items.append(_entry(label, f"#{key}", badge, changes=counts.get(key, 0)))
    return [one for one in items if one["changes"] or not context["only"]]


def _file(
    user: User,
    proposal: Proposal,
    version: ProposalVersion | None,
    opinions: list[Opinion],
    bound: Bound,
) -> dict[str, Any]:
    """What those read who work on the matter: opinions, decisions, and their own act."""
    state = pages.desks_of(proposal, opinions)
    stage, today = Stage(proposal.stage), clock.today()
    mine = desks.task_for(user, proposal)
    union_items = list(items_of(proposal.pk))
    exceptions = _exceptions(user, proposal)
    open_item = next((one for one in reversed(union_items) if not one.conclusion), None)
    decisions = proposal.venue_decisions.select_related("item__body", "item__meeting__chair", "by")
    return {
        "stage": stage,
        "tone": stage.tone,
        "steps": pages.steps_of(stage, state),
        "progress": pages.progress_of(state, mine),
        "limit": pages.limit_of(state, working_days(), today=today),
        "timeline": pages.timeline_of(proposal, state),
        "disputed": [one for one in state.current if one.needs_resolution],
        "points": state.points,
        "route": pages.route_rows(state.route) if state.route else [],
        "venue_decisions": decisions.order_by("-at", "-pk"),
        "items": [one for one in union_items if one.subject_kind == "proposal" and one.conclusion],
        "open_item": open_item if open_item and not open_item.withdrawn_at else None,
        "exceptions": exceptions,
        "banner": [one for one in exceptions if one.state != ExceptionState.DRAFT],
        "papers": documents_of(proposal.case_id, APPROVAL_FORM).filter(
            number=proposal.number or ""
        ),
        "short_hash": version.sha256[:16] if version else "",
        **_acts(user, proposal, state, mine, bound),
        **_links(user, proposal),
        **verbs_of(user, proposal, state, mine),
    }


def acts_context(user: User, proposal: Proposal) -> dict[str, Any]:
    """What the composer needs where it stands on another page."""
    version = proposal.versions.filter(no=proposal.version_no).first()
    opinions = list(desks.opinions_of(proposal))
    return {"version": version, **_file(user, proposal, version, opinions, {})}


def _exceptions(user: User, proposal: Proposal) -> list:
    rows = proposal.exceptions.select_related("item__meeting__body").order_by("rule_code", "pk")
    is_own = any(post.venue_id == proposal.venue_id for post in user.posts())
    return [one for one in rows if is_own or one.submitted_at]


def _acts(
    user: User, proposal: Proposal, state: pages.Desks, mine: Task | None, bound: Bound
) -> dict[str, Any]:
    """The forms of what this person may do now, each with the reason when they may not."""
    conflict = permissions.refusal_at(user, mine) if mine else ""
    form = bound.get("opinion")
    signs = mine is not None and mine.is_desk and not conflict
    draft = desks.draft_of(user, mine) if signs else None
    if form is None and signs:
        form = OpinionForm(task=mine, draft=draft)
    task = form.task if form else mine
    return {
        "task": task,
        "clauses": _clauses(task) if form else [],
        "phrases": phrases_for(task.node, task.department_kind) if form else (),
        "conflict": conflict,
        "form": form,
        "draft": draft,
        "objections": _objections(user, proposal, state, bound),
        "conditions": _conditions(user, proposal, state, bound),
        "confirm": _confirm(user, proposal, bound),
    }


def _clauses(task: Task) -> list[dict[str, str]]:
    """The clauses this desk often cites: what is inserted, and what it is about."""
    rules = [RULES[code] for code in clauses_for(task.node, task.department_kind)]
    return [{"text": f"（{one.basis}）", "label": f"{one.basis} {one.title}"} for one in rules]


def _objections(
    user: User, proposal: Proposal, state: pages.Desks, bound: Bound
) -> list[dict[str, Any]]:
    union = proposal.supervising_union
    may = post_for(user, Permission.OBJECTION_RESOLVE, union=union) is not None
    found = []
    for opinion in state.current:
        if not opinion.needs_resolution or hasattr(opinion, "resolution"):
            continue
        key = f"resolution-{opinion.pk}"
        form = bound.get(key) or ResolutionForm(auto_id=f"{key}_%s")
        is_own = opinion.by_id == user.pk
        found.append({"opinion": opinion, "form": form if may and not is_own else None})
    return found


def _conditions(
    user: User, proposal: Proposal, state: pages.Desks, bound: Bound
) -> list[dict[str, Any]]:
    rows = []
    for opinion in state.current:
        may = _confirms(user, proposal, opinion)
        for condition in opinion.conditions.all():
            key = f"condition-{condition.pk}"
            form = bound.get(key) or ConditionForm(
                auto_id=f"{key}_%s", initial={"version": condition.version}
            )
            is_open = may and condition.met_at is None
            rows.append(
                {"condition": condition, "opinion": opinion, "form": form if is_open else None}
            )
    return rows


def _confirms(user: User, proposal: Proposal, opinion: Opinion) -> bool:
    union, setter = proposal.supervising_union, opinion.task.department_kind
    duty = Permission.CONDITION_CONFIRM
    return bool(
        post_for(user, duty, union=union, department=setter or None)
        or post_for(user, duty, union=union, department="asset")
    )


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


def _links(user: User, proposal: Proposal) -> dict[str, Any]:
    union, reply = proposal.supervising_union, getattr(proposal, "reply", None)
    is_own = post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id) is not None
    drafts = post_for(user, Permission.REPLY_DRAFT, union=union) is not None
    issues = post_for(user, Permission.REPLY_ISSUE, union=union) is not None
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
        "may_meet": post_for(user, Permission.MEETING_WRITE, union=union) is not None,
        "may_export": user.can(Permission.PDF_EXPORT) and proposal.version_no > 0,
        "paper_form": IssueForm(auto_id="paper_%s") if prints else None,
    }
