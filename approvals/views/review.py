"""The review page: the plan, who has said what, and this person's own next act."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import ExceptionState, Stage
from approvals.models import (
    Circulation,
    Condition,
    Delegation,
    MajorDetermination,
    OpinionDraft,
    Proposal,
    ProposalVersion,
    ReturnPoint,
    RuleException,
    StageUrge,
    Task,
    Thread,
    Urge,
    VenueDecision,
    WithdrawalRequest,
)
from approvals.rules.facts import PlanFacts
from approvals.selectors import beside_form, chapters, pages, route_words, tasklist
from approvals.selectors.clearances import clearances_of
from approvals.selectors.comparing import versions_of
from approvals.selectors.delegations import delegations_to
from approvals.selectors.frozen import said_in
from approvals.selectors.major import determination_of
from approvals.selectors.papers import is_noticed
from approvals.selectors.succession import notices_of
from approvals.selectors.writing import initiative_of
from approvals.views.acts import Bound, acts_of, links_of
from approvals.views.comparing import Comparison, comparison_of, redlined
from approvals.views.panels import Panel, blank_panel, panels_of
from approvals.views.shared import LIST, plan_of
from approvals.views.verbs import verbs_of
from audit.selectors import last_hash
from core import clock
from core.presence import Part, present
from documents.models import Attachment, IssuedDocument
from documents.selectors import attachments_of, documents_of
from meetings.models import AgendaItem
from meetings.selectors import counted_items_of
from organizations.selectors import working_days_to_show
from partners.models import DueDiligence, PartnerWatch
from partners.selectors import due_diligence_of, evidence_by_purpose, watches_of

APPROVAL_FORM, RETURN_NOTICE = "approval_form", "return_notice"


# Beside the plan itself; what only a draft shows is read where it is shown.
READ_WITH = ("venue", "supervising_union", "cooperation", "partner")
CASE = Coalesce(OuterRef("cooperation_id"), OuterRef("pk"))  # as Proposal.case_id


@dataclass(frozen=True, kw_only=True)
class Look:
    """A person before a plan: its versions, which parts of its file exist, what the address asks."""

    user: User
    proposal: Proposal
    versions: list[ProposalVersion]
    diligence: DueDiligence | None
    there: frozenset[str]
    bound: Bound
    comment: str = ""

    @cached_property
    def delegated(self) -> list[Delegation]:
        """What others let this person do."""
        return list(delegations_to(self.user)) if "delegations" in self.there else []

    @property
    def version(self) -> ProposalVersion | None:
        """The present version; a draft has none."""
        return self.versions[-1] if self.versions else None

    def numbered(self, no: int | None) -> ProposalVersion | None:
        return next((one for one in self.versions if one.no == no), None)

    def state(self) -> pages.Desks:
        return pages.desks_of(
            self.proposal, self.versions, reader=self.user,
            has_conditions="conditions" in self.there, has_points="points" in self.there,
        )  # fmt: skip


@reads(Permission.PROPOSAL_READ)
def proposal_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, pk)


def review_page(request: HttpRequest, pk: UUID, *, bound: Bound | None = None) -> HttpResponse:
    """The page; `bound` holds the form that was refused, by its place on the page."""
    proposal = plan_of(request, pk, read_with=READ_WITH, last_act=last_hash(CASE))
    look = _look(request.user, proposal, bound or {}, comment=request.GET.get("comment", ""))
    if permissions.reads_file(look.user, proposal):
        state = look.state()
        comparison = comparison_of(request, look.version, state.opinions)
        context = _content(look, comparison) | _file(look, state)
        context |= _beside(proposal, context["recorded_of"], context["lease"])
        context["toc"] = _toc(context) + _file_toc(context)
        template = "approvals/review.html"
    else:
        context = _content(look, None)
        template = "approvals/review_outside.html"
    status = max((form.http_status for form in look.bound.values()), default=200)
    return render(request, template, context, status=status)


def _look(user: User, proposal: Proposal, bound: Bound, *, comment: str = "") -> Look:
    partner = proposal.partner
    diligence = due_diligence_of(partner, proposal.venue_id) if partner else None
    versions = versions_of(proposal)
    return Look(
        user=user,
        proposal=proposal,
        versions=versions,
        diligence=diligence,
        there=_there(user, proposal, versions[-1] if versions else None, diligence),
        bound=bound,
        comment=comment,
    )


def _there(
    user: User, proposal: Proposal, version: ProposalVersion | None, diligence: DueDiligence | None
) -> frozenset[str]:
    """Which parts of the file exist; most matters have few of them."""
    of_plan = {
        "threads": Thread,
        "conditions": Condition,
        "points": ReturnPoint,
        "exceptions": RuleException,
        "circulations": Circulation,
    }
    parts: dict[str, Part] = {
        name: (model, {"proposal": proposal.pk}) for name, model in of_plan.items()
    }
    return present(
        parts
        | {
            "determination": (MajorDetermination, {"plan_version": version and version.pk}),
            "papers": (IssuedDocument, {"case_id": proposal.case_id}),
            "files": (Attachment, {"case_id": proposal.pk}),
            "evidence": (Attachment, {"case_id": diligence.pk if diligence else None}),
            "watches": (PartnerWatch, {"partner": proposal.partner_id}),
            "delegations": (Delegation, {"agent": user.pk}),
            "drafts": (OpinionDraft, {"by": user.pk}),
            "withdrawals": (WithdrawalRequest, {"proposal": proposal.pk}),
            "urges": (Urge, {"by": user.pk, "on": clock.today()}),
            "stage_urges": (StageUrge, {"proposal": proposal.pk, "by": user.pk}),
        }
    )


def _content(look: Look, comparison: Comparison | None) -> dict[str, Any]:
    """What everybody reads who may read the plan at all: its content.

    Whoever works on the matter sees what changed since an earlier version besides.
    """
    proposal, there = look.proposal, look.there
    base = look.numbered(comparison.choice.no) if comparison else None
    view = comparison.address if comparison else ""
    said = said_in(proposal, look.version, base, today=clock.today())
    content = said.content
    evidence = evidence_by_purpose(look.diligence) if "evidence" in there else {}
    watches = watches_of(proposal.partner) if "watches" in there else []
    rows = chapters.diligence_rows(content, evidence)
    panels = panels_of(
        look.user, proposal, [one.spec.code.value for one in said.chapters], asked=look.comment,
        bound=look.bound, has_threads="threads" in there, view=view,
    )  # fmt: skip
    blank = blank_panel(panels)
    return {
        "proposal": proposal,
        "version": look.version,
        "crumbs": [LIST, {"label": proposal.number or "未编号", "url": ""}],
        "partner": content["partner"],
        "watches": watches,
        "made_from": _made_from(
            look, base, view, watches, *evidence.values(), may_comment=blank is not None
        ),
        "diligence": rows,
        "diligence_counts": chapters.diligence_counts(rows),
        "diligence_pk": look.diligence.pk if look.diligence else None,
        "reads_evidence": _reads_evidence(look),
        "experts": chapters.expert_rows(content),
        "guidance": content["guidance"],
        "lease": said.lease,
        "recorded_of": said.facts,
        "files": list(attachments_of(proposal.pk)) if "files" in there else [],
        "frozen_files": {one["sha256"] for one in content["attachments"]},
        "panels": panels,
        "new_thread": blank,
        "settled_sections": _settled(panels) if look.version else frozenset(),
        **redlined(comparison, said),
    }


def _settled(panels: dict[str, Panel]) -> frozenset[str]:
    """The sections whose card is the same for everybody who may comment on it, or for nobody."""
    return frozenset(code for code, one in panels.items() if one.is_quiet)


def _made_from(
    look: Look, base: ProposalVersion | None, view: str, *known: Iterable[Any], may_comment: bool
) -> str:
    """What the HTML of the content is made from: the frozen text, the one compared with, the day.

    And what is known of the partner now: the watches, the evidence, and who may open it.
    """
    if look.version is None:
        return ""
    texts = (look.proposal.pk, look.version.sha256, base and base.sha256)
    reading = (view, may_comment, _reads_evidence(look), clock.today())
    partner = (look.proposal.partner_id, look.diligence and look.diligence.pk)
    rows = [f"{one.pk}-{one.version}" for found in known for one in found]
    return ",".join([*map(str, (*texts, *reading, *partner)), *rows])


def _reads_evidence(look: Look) -> bool:
    return look.user.can(Permission.FILE_READ)


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


def _file(look: Look, state: pages.Desks) -> dict[str, Any]:
    """What those read who work on the matter: opinions, decisions, and their own act."""
    user, proposal, there = look.user, look.proposal, look.there
    stage, today = Stage(proposal.stage), clock.today()
    acts, mine = _acts(look, state)
    all_items = _all_items(proposal)
    exceptions = _exceptions(user, proposal) if "exceptions" in there else []
    open_item = next((one for one in reversed(all_items) if not one.conclusion), None)
    open_item = open_item if open_item and not open_item.withdrawn_at else None
    papers = _papers(proposal) if "papers" in there else []
    notices = [one for one in papers if one.kind == RETURN_NOTICE] if state.points else []
    return {
        "stage": stage,
        "tone": stage.tone,
        "is_lapsed": proposal.is_lapsed(today),
        "steps": pages.steps_of(stage, state),
        "progress": pages.progress_of(state, mine),
        "limit": pages.limit_of(proposal, state, working_days_to_show(), today=today),
        # Nothing of it changes without an act, so it is made anew after one only.
        "timeline": partial(pages.timeline_of, proposal, look.versions),
        "disputed": [one for one in state.current if one.needs_resolution],
        "points": pages.points_rows(state),
        "route": route_words.route_rows(state.route) if state.route else [],
        "determination": determination_of(proposal)
        if "determination" in there or state.is_direct
        else None,
        "upward": _upward(proposal) if state.route and state.route.upward_days else [],
        "venue_decisions": _venue_decisions(proposal, all_items),
        "items": [one for one in all_items if one.subject_kind == "proposal" and one.conclusion],
        "open_item": open_item,
        "exceptions": exceptions,
        "earlier_and_later": notices_of(user, proposal),
        "banner": [one for one in exceptions if one.state != ExceptionState.DRAFT],
        "papers": [
            one
            for one in papers
            if one.kind == APPROVAL_FORM and one.number == (proposal.number or "")
        ],
        "notices": notices,
        "is_noticed": is_noticed(proposal, notices),
        "short_hash": look.version.sha256[:16] if look.version else "",
        **acts,
        **links_of(user, proposal),
        **_verbs(look, state, mine, acts["conflict"], open_item),
    }


def _acts(look: Look, state: pages.Desks) -> tuple[dict[str, Any], Task | None]:
    """The forms of this person's own act, and the task it is on."""
    mine = permissions.turn_of(look.user, state.tasks, look.delegated)
    has_drafts = "drafts" in look.there
    acts = acts_of(look.user, look.proposal, state, mine, look.bound, has_drafts=has_drafts)
    return acts, mine


def _verbs(
    look: Look, state: pages.Desks, mine: Task | None, conflict: str, item: AgendaItem | None
) -> dict[str, Any]:
    """What else this person may do, with why not, and the venue's request that waits."""
    is_asked = "withdrawals" in look.there
    request = allowed.pending_withdrawal(look.proposal) if is_asked else None
    verbs = verbs_of(
        look.user, look.proposal, state, mine, there=look.there, item=item, request=request,
        conflict=conflict, delegations=look.delegated,
    )  # fmt: skip
    return {"withdrawal": request, **verbs}


def _papers(proposal: Proposal) -> list[IssuedDocument]:
    return list(documents_of(proposal.case_id).filter(kind__in=(APPROVAL_FORM, RETURN_NOTICE)))


def _venue_decisions(proposal: Proposal, items: list[AgendaItem]) -> list[VenueDecision]:
    """The venue's own decisions, the latest first, each with its item as it was read already."""
    known = {one.pk: one for one in items}
    decisions = list(proposal.venue_decisions.all())
    for one in decisions:
        one.item = known.get(one.item_id) or one.item
    return sorted(decisions, key=lambda one: (one.at, one.pk), reverse=True)


def _all_items(proposal: Proposal) -> list[AgendaItem]:
    """Every time the plan was before a body; a meeting is of the body its items lie before."""
    items = list(counted_items_of(proposal.pk))
    for one in items:
        if one.meeting and one.meeting.body_id == one.body_id:
            one.meeting.body = one.body
    return items


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
    look = _look(user, proposal, {})
    return {"version": look.version, **_file(look, look.state())}


def _exceptions(user: User, proposal: Proposal) -> list:
    rows = proposal.exceptions.select_related("item__meeting__body").order_by("rule_code", "pk")
    is_own = any(post.venue_id == proposal.venue_id for post in user.posts())
    return [one for one in rows if is_own or one.submitted_at]
