"""The venue's draft: its task list, asking for guidance, its files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from approvals import allowed
from approvals.enums import Action, Stage
from approvals.forms.handling import ReasonedForm
from approvals.models import Proposal
from approvals.rules.checks import findings, records
from approvals.rules.procedure import transition_of
from approvals.selectors import tasklist, writing
from approvals.selectors.facts import facts_of
from approvals.selectors.succession import notices_of
from approvals.services import drafting, revising
from approvals.views.handling import act_page, carry_out
from approvals.views.panels import panels_of, waiting_in
from approvals.views.shared import OPEN_TO_VENUE, crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.services import file_response

FOR_THE_HEAD = "由阵地负责人核对并报送。"


def _edit_page(request: HttpRequest, proposal: Proposal, form: ActForm) -> HttpResponse:
    facts = facts_of(proposal, today=clock.today())
    found = findings(facts)
    points = writing.return_points_of(proposal)
    pages = tasklist.section_pages(proposal, facts=facts, found=found, points=points)
    panels = panels_of(request.user, proposal, [one.spec.code.value for one in pages])
    engaged = writing.engagements_of(proposal)
    guidance = list(proposal.guidance.select_related("by").order_by("guided_on", "pk"))
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal)[:1],
        "form": form,
        "groups": tasklist.groups_of(pages, {code: one.count for code, one in panels.items()}),
        "waiting": waiting_in(panels),
        "progress": tasklist.progress_of(pages),
        "missing": tasklist.missing_list(proposal, found),
        "recorded": tasklist.missing_list(proposal, records(facts)),
        "initiative": writing.initiative_of(proposal),
        "points": tasklist.point_rows(proposal, points),
        "open_points": sum(not one.answer for one in points),
        "engagements": engaged,
        "advice": tasklist.advice_state(engaged, found),
        "guidance": guidance,
        "decision": facts.venue_decision,
        "exceptions": list(proposal.exceptions.order_by("rule_code", "pk")),
        "is_open": proposal.stage in OPEN_TO_VENUE,
        "earlier_and_later": notices_of(request.user, proposal),
        "tone": Stage(proposal.stage).tone,
        **_duties(request, proposal),
    }
    context["blocked"] = _blocked(context)
    return render(request, "approvals/proposal_edit.html", context, status=form.http_status)


def _duties(request: HttpRequest, proposal: Proposal) -> dict[str, bool | str]:
    """What this person may do to the plan besides writing it."""
    stage = Stage(proposal.stage)
    submits = writes_for(request, proposal, Permission.PROPOSAL_SUBMIT)
    return {
        "submits": submits,
        "can_decide": transition_of(Action.RECORD_VENUE_DECISION, stage) is not None
        and writes_for(request, proposal, Permission.VENUE_DECISION_RECORD),
        "can_withdraw": _way_back(request, proposal),
        "can_give_up": not allowed.why_not_given_up(request.user, proposal),
    }


def _way_back(request: HttpRequest, proposal: Proposal) -> str:
    """撤回 or 申请撤回, whichever the head of the venue may do now."""
    if not allowed.why_not_withdrawn(request.user, proposal):
        return "撤回"
    return "" if allowed.why_not_asked_back(request.user, proposal) else "申请撤回"


def _blocked(context: dict) -> str:
    """Why the plan cannot be checked and submitted now, in one sentence."""
    if context["missing"]:
        return f"还有 {len(context['missing'])} 项没有满足，逐项列在“校验结果”里。"
    return "" if context["submits"] else FOR_THE_HEAD


@writes(Permission.PROPOSAL_WRITE)
def proposal_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"proposal": proposal, "reason": given["reason"], "version": given["version"]}

    done = carry_out(
        request, proposal, form, revising.give_up_plan, facts, said="已放弃本方案，全部记录保留。"
    )
    return done or act_page(
        request, proposal, form, title="放弃方案", submit="放弃方案", tone="danger",
        lead="放弃以后本方案不能再办理，全部记录保留；已经编号的，编号作废、不再使用。"
        "已经集体决策，或者退回、缓议、撤回的方案，由阵地负责人放弃。",
    )  # fmt: skip


@reads(Permission.PROPOSAL_WRITE)
def proposal_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    return _edit_page(request, proposal, ActForm(initial={"version": proposal.version}))


@writes(Permission.PROPOSAL_WRITE)
def share_for_guidance(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = ActForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"proposal": proposal, "version": version, **deed(request, form)}
        if attempt(form, drafting.share_for_guidance, **facts):
            text = f"已提请{proposal.supervising_union.name}指导，主管工会现在可以阅看这份草稿。"
            messages.info(request, text)
            return redirect("approvals:proposal_edit", pk=proposal.pk)
    return _edit_page(request, proposal, form)


@reads(Permission.PROPOSAL_READ)
def proposal_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    attachment = writing.file_of(plan_of(request, pk), file_pk)
    if attachment is None:
        raise Http404
    return file_response(attachment)
