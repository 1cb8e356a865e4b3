"""The review page: the plan, who has said what, and this person's own next act."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from accounts.models import User
from approvals import permissions
from approvals.enums import ExceptionState, Stage
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.rules.facts import PlanFacts
from approvals.selectors import beside_form, chapters, desks, pages, route_words, tasklist
from approvals.selectors.clearances import clearances_of
from approvals.selectors.major import determination_of
from approvals.selectors.papers import return_notice_title
from approvals.selectors.snapshot import content_of
from approvals.selectors.writing import initiative_of
from approvals.views.acts import Bound, acts_of, links_of
from approvals.views.comparing import Comparison, comparison_of, redlined
from approvals.views.panels import panels_of
from approvals.views.shared import LIST, plan_of
from approvals.views.verbs import verbs_of
from core import clock
from documents.selectors import attachments_of, documents_of
from meetings.selectors import items_of
from organizations.selectors import working_days_to_show
from partners.selectors import due_diligence_of, evidence_by_purpose, watches_of

APPROVAL_FORM, RETURN_NOTICE = "approval_form", "return_notice"


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
        asked = request.GET.get("comment", "")
        context = _content(request.user, proposal, version, comparison, bound, asked=asked)
        context |= _file(request.user, proposal, version, opinions, bound)
        context |= _beside(proposal, context["recorded_of"], context["lease"])
        context["toc"] = _toc(context) + _file_toc(context)
        template = "approvals/review.html"
    else:
        asked = request.GET.get("comment", "")
        context = _content(request.user, proposal, version, None, bound, asked=asked)
        template = "approvals/review_outside.html"
    status = max((form.http_status for form in bound.values()), default=200)
    return render(request, template, context, status=status)


def _content(
    user: User,
    proposal: Proposal,
    version: ProposalVersion | None,
    comparison: Comparison | None,
    bound: Bound,
    *,
    asked: str,
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
        "watches": watches_of(proposal.partner),
        "diligence": rows,
        "diligence_counts": chapters.diligence_counts(rows),
        "diligence_pk": diligence.pk if diligence else None,
        "reads_evidence": user.can(Permission.FILE_READ),
        "experts": chapters.expert_rows(content),
        "guidance": content["guidance"],
        "lease": chapters.lease_result(facts),
        "recorded_of": facts,
        "files": list(attachments_of(proposal.pk)),
        "frozen_files": {one["sha256"] for one in content["attachments"]},
        "panels": panels_of(
            user, proposal, [one.spec.code.value for one in found], asked=asked, bound=bound
        ),
        **redlined(comparison, content, found),
    }


def _entry(
    label: str, url: str, badge: str = "", tone: str = "idle", changes: int = 0
) -> dict[str, Any]:
    return {"label": label, "url": url, "badge": badge, "tone": tone, "changes": changes}


def _file_toc(context: dict[str, Any]) -> list[dict[str, Any]]:
    """What of the file has its own card on this page."""
    left = sum(one["condition"].met_at is None for one in context["conditions"])
    answered = _entry("退回及答复", "#points", str(len(context["points"])))
    if context["only"]:
        return [answered] if context["points"] else []
    entries = [_entry("阵地集体决策", "#venue-decision")]
    if context["exceptions"]:
        entries.append(_entry("例外", "#exceptions", str(len(context["exceptions"])), "warn"))
    if context["clearances"]:
        entries.append(
            _entry("解除疑似认定", "#clearances", str(len(context["clearances"])), "warn")
        )
    if context["points"]:
        entries.append(answered)
    if context["conditions"]:
        label = f"{left} 待落实" if left else ""
        entries.append(_entry("所附条件", "#conditions", label, "warn" if label else "ok"))
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
    papers = list(documents_of(proposal.case_id).filter(kind__in=(APPROVAL_FORM, RETURN_NOTICE)))
    notices = [one for one in papers if one.kind == RETURN_NOTICE] if state.points else []
    decisions = proposal.venue_decisions.select_related(
        "item__body", "item__meeting__body", "item__meeting__chair", "by"
    )
    return {
        "stage": stage,
        "tone": stage.tone,
        "steps": pages.steps_of(stage, state),
        "progress": pages.progress_of(state, mine),
        "limit": pages.limit_of(state, working_days_to_show(), today=today),
        "timeline": pages.timeline_of(proposal, state),
        "disputed": [one for one in state.current if one.needs_resolution],
        "points": state.points,
        "route": route_words.route_rows(state.route) if state.route else [],
        "determination": determination_of(proposal),
        "upward": _upward(proposal) if state.route and state.route.upward_days else [],
        "venue_decisions": decisions.order_by("-at", "-pk"),
        "items": [one for one in union_items if one.subject_kind == "proposal" and one.conclusion],
        "open_item": open_item if open_item and not open_item.withdrawn_at else None,
        "exceptions": exceptions,
        "banner": [one for one in exceptions if one.state != ExceptionState.DRAFT],
        "papers": [
            one
            for one in papers
            if one.kind == APPROVAL_FORM and one.number == (proposal.number or "")
        ],
        "notices": notices,
        "is_noticed": any(one.title == return_notice_title(proposal) for one in notices),
        "short_hash": version.sha256[:16] if version else "",
        **acts_of(user, proposal, state, mine, bound),
        **links_of(user, proposal),
        **verbs_of(user, proposal, state, mine),
    }


def _upward(proposal: Proposal) -> list:
    return list(proposal.upward_replies.select_related("file", "by").order_by("at", "pk"))


def _beside(proposal: Proposal, facts: PlanFacts, lease: dict[str, Any]) -> dict[str, Any]:
    """What else was asked of this plan: the record, the union's exploration, a clearance."""
    was_suspect = lease["hits"] or proposal.needs_inspection
    return {
        "recorded": tasklist.missing_list(proposal, beside_form.recorded(proposal, facts)),
        "initiative": initiative_of(proposal),
        "clearances": clearances_of(proposal) if was_suspect else [],
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
