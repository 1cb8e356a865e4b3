"""Experts and guidance: 充分论证."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.enums import CooperationMode
from approvals.forms.experts import (
    AnswerForm,
    EndForm,
    EngageForm,
    GuidanceForm,
    InitiativeForm,
    OpinionForm,
    PaperOpinionForm,
)
from approvals.models import ExpertEngagement, Proposal
from approvals.rules.checks import findings
from approvals.selectors import tasklist, writing
from approvals.selectors.facts import facts_of
from approvals.services import appraisal
from approvals.views.shared import (
    LIST,
    OPEN_TO_VENUE,
    crumbs_to,
    deed,
    plan_of,
    refused,
    writes_for,
)
from core import clock
from core.acting import attempt


@writes(Permission.PROPOSAL_WRITE)
def experts(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = EngageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.act, **deed(request, form)}
        if attempt(form, appraisal.engage_expert, **facts):
            return redirect("approvals:experts", pk=proposal.pk)
    found = findings(facts_of(proposal, today=clock.today()))
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "engagements": writing.engagements_of(proposal),
        "missing": [one for one in found if one.section == "experts"],
        "is_open": proposal.stage in OPEN_TO_VENUE,
    }
    return render(request, "approvals/experts.html", context, status=form.http_status)


def _own_engagement(request: HttpRequest, pk: UUID, expert_pk: UUID, permission: Permission):
    """The plan and one of its engagements, or a refusal for whoever only reads the plan."""
    proposal = plan_of(request, pk)
    rows = proposal.engagements.select_related("user")
    engagement = get_object_or_404(rows, pk=expert_pk)
    return proposal, engagement, writes_for(request, proposal, permission)


@writes(Permission.PROPOSAL_WRITE)
def expert_record(request: HttpRequest, pk: UUID, expert_pk: UUID) -> HttpResponse:
    """The venue enters the signed paper of somebody without an account."""
    proposal, engagement, is_own = _own_engagement(
        request, pk, expert_pk, Permission.PROPOSAL_WRITE
    )
    if not is_own or engagement.user_id:
        return refused(request)
    form = PaperOpinionForm(
        request.POST or None, request.FILES or None, initial=_opinion_of(engagement)
    )
    if request.method == "POST" and form.is_valid() and _opine(request, engagement, form):
        return redirect("approvals:experts", pk=proposal.pk)
    title = f"录入{engagement.get_kind_display()}{engagement.name}的书面意见"
    return _expert_page(request, proposal, engagement, form, title)


@writes(Permission.PROPOSAL_WRITE)
def expert_answer(request: HttpRequest, pk: UUID, expert_pk: UUID) -> HttpResponse:
    proposal, engagement, is_own = _own_engagement(
        request, pk, expert_pk, Permission.PROPOSAL_WRITE
    )
    if not is_own:
        return refused(request)
    initial = {"version": engagement.version, "answer": engagement.answer}
    if engagement.is_adopted is not None:
        initial["is_adopted"] = "yes" if engagement.is_adopted else "no"
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"engagement": engagement, "version": version, **form.act, **deed(request, form)}
        if attempt(form, appraisal.answer_expert, **facts):
            return redirect("approvals:experts", pk=proposal.pk)
    return _expert_page(request, proposal, engagement, form, f"答复{engagement.name}的意见")


def _opinion_of(engagement: ExpertEngagement) -> dict:
    words = {None: "", True: "yes", False: "no"}
    return {
        "version": engagement.version,
        "has_conflict": words[engagement.has_conflict],
        "conflict_statement": engagement.conflict_statement,
        "opinion": engagement.opinion,
        "conclusion": engagement.conclusion,
        "opined_on": engagement.opined_on,
    }


def _opine(request: HttpRequest, engagement: ExpertEngagement, form: OpinionForm):
    return attempt(
        form,
        appraisal.declare_and_opine,
        engagement=engagement,
        version=form.cleaned_data["version"],
        **form.act,
        **deed(request, form),
    )


def _expert_page(
    request: HttpRequest, proposal: Proposal, engagement: ExpertEngagement, form, title: str
) -> HttpResponse:
    address = f"/proposals/{proposal.pk}/experts/"
    context = {
        "proposal": proposal,
        "crumbs": [*crumbs_to(proposal), {"label": "律师和专家", "url": address}],
        "engagement": engagement,
        "form": form,
        "title": title,
        "cancel": address,
        "shows_opinion": isinstance(form, AnswerForm),
        "has_file": isinstance(form, PaperOpinionForm),
    }
    return render(request, "approvals/expert_form.html", context, status=form.http_status)


@writes(Permission.PROPOSAL_WRITE)
def expert_end(request: HttpRequest, pk: UUID, expert_pk: UUID) -> HttpResponse:
    proposal, engagement, is_own = _own_engagement(
        request, pk, expert_pk, Permission.PROPOSAL_WRITE
    )
    if not is_own:
        return refused(request)
    form = EndForm(request.POST or None, initial={"version": engagement.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"engagement": engagement, "version": version, **form.act, **deed(request, form)}
        if attempt(form, appraisal.end_engagement, **facts):
            return redirect("approvals:experts", pk=proposal.pk)
    return _expert_page(request, proposal, engagement, form, f"结束聘请{engagement.name}")


@writes(Permission.EXPERT_OPINION)
def expert_opinion(request: HttpRequest, pk: UUID, expert_pk: UUID) -> HttpResponse:
    """The expert's own page: the plan they were asked about, and their opinion."""
    proposal = plan_of(request, pk)
    engagement = get_object_or_404(proposal.engagements.filter(user=request.user), pk=expert_pk)
    form = OpinionForm(request.POST or None, initial=_opinion_of(engagement))
    if request.method == "POST" and form.is_valid() and _opine(request, engagement, form):
        return redirect("approvals:expert_opinion", pk=proposal.pk, expert_pk=engagement.pk)
    facts = facts_of(proposal, today=clock.today())
    context = {
        "proposal": proposal,
        "crumbs": [LIST],
        "engagement": engagement,
        "form": form,
        "pages": tasklist.section_pages(proposal, facts=facts, found=[]),
        "is_open": proposal.stage in OPEN_TO_VENUE,
    }
    return render(request, "approvals/expert_opinion.html", context, status=form.http_status)


@writes(Permission.GUIDANCE_RECORD)
def guidance(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    union = proposal.supervising_union
    if post_for(request.user, Permission.GUIDANCE_RECORD, union=union) is None:
        return refused(request)
    form = GuidanceForm(request.POST or None, initial={"guided_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.act, **deed(request, form)}
        if attempt(form, appraisal.record_guidance, **facts):
            return redirect("approvals:guidance", pk=proposal.pk)
    facts = facts_of(proposal, today=clock.today())
    context = {
        "proposal": proposal,
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}],
        "form": form,
        "records": list(proposal.guidance.select_related("by").order_by("guided_on", "pk")),
        "pages": tasklist.section_pages(proposal, facts=facts, found=[]),
    }
    return render(request, "approvals/guidance.html", context, status=form.http_status)


@writes(Permission.GUIDANCE_RECORD)
def initiative(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The union's decision to explore another way, before the plan can be submitted."""
    proposal = plan_of(request, pk)
    if proposal.mode != CooperationMode.OTHER:
        raise Http404
    union = proposal.supervising_union
    if post_for(request.user, Permission.GUIDANCE_RECORD, union=union) is None:
        return refused(request)
    form = InitiativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.act, **deed(request, form)}
        if attempt(form, appraisal.record_initiative, **facts):
            return redirect("approvals:initiative", pk=proposal.pk)
    facts = facts_of(proposal, today=clock.today())
    context = {
        "proposal": proposal,
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}],
        "form": form,
        "record": writing.initiative_of(proposal),
        "pages": tasklist.section_pages(proposal, facts=facts, found=[]),
    }
    return render(request, "approvals/initiative.html", context, status=form.http_status)
