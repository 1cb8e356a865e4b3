"""What the desks sign, and what opinions leave to be done; each post answers on the review page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localtime

from accounts.access import writes
from accounts.enums import Permission
from approvals import permissions
from approvals.enums import NODE_PERMISSIONS
from approvals.forms.decisions import ConfirmForm
from approvals.forms.opinions import DraftForm, OpinionForm, ResolutionForm
from approvals.models import Opinion, OpinionDraft, Task
from approvals.services import decisions, opinions
from approvals.views.acts import Bound
from approvals.views.review import review_page
from approvals.views.shared import deed, plan_of, refused
from core.acting import attempt

DESKS = tuple(NODE_PERMISSIONS.values())
JSON = "application/json"


def _task_of(request: HttpRequest, pk: UUID) -> Task:
    task = get_object_or_404(Task.objects.select_related("plan_version"), pk=pk)
    task.proposal = plan_of(request, task.proposal_id)
    return task


def _again(request: HttpRequest, proposal_pk: UUID, bound: Bound) -> HttpResponse:
    """The page as it stands now, with the refused form in its place."""
    return review_page(request, proposal_pk, bound=bound)


@writes(*DESKS)
def task_opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=task.proposal_id)
    if permissions.seat_at(request.user, task) is None:
        return refused(request)
    form = OpinionForm(request.POST, task=task)
    if form.is_valid():
        facts = {"task": task, **form.given(), **deed(request, form)}
        if opinion := attempt(form, opinions.give_opinion, **facts):
            messages.success(request, f"已签署：{opinion.get_outcome_display()}。")
            return redirect("approvals:proposal_review", pk=task.proposal_id)
    return _again(request, task.proposal_id, {"opinion": form})


@writes(*DESKS)
def task_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what is typed: by the button, or by the page itself while the person types."""
    task = _task_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=task.proposal_id)
    if permissions.seat_at(request.user, task) is None:
        return refused(request)
    form = DraftForm(request.POST, task=task)
    draft = None
    if form.is_valid():
        facts = {"task": task, **form.typed(), **deed(request, form)}
        draft = attempt(form, opinions.save_opinion_draft, **facts)
    if request.headers.get("Accept") == JSON:
        return _told(form, draft)
    if draft:
        messages.success(request, "草稿已保存，只有您自己能看到。")
        return redirect("approvals:proposal_review", pk=task.proposal_id)
    return _again(request, task.proposal_id, {"opinion": form})


def _told(form: DraftForm, draft: OpinionDraft | None) -> JsonResponse:
    """When the draft was kept, or why it was not, for the page that goes on being typed on."""
    if draft:
        return JsonResponse({"saved_at": localtime(draft.saved_at).strftime("%H:%M")})
    reasons = [text for errors in form.errors.values() for text in errors]
    return JsonResponse({"reason": "；".join(reasons)}, status=form.http_status)


@writes(Permission.OBJECTION_RESOLVE)
def opinion_resolution(request: HttpRequest, pk: int) -> HttpResponse:
    opinion = get_object_or_404(Opinion.objects.select_related("proposal", "task"), pk=pk)
    proposal = plan_of(request, opinion.proposal_id)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=proposal.pk)
    if permissions.post_of_duty(request.user, Permission.OBJECTION_RESOLVE, proposal) is None:
        return refused(request)
    key = f"resolution-{opinion.pk}"
    form = ResolutionForm(request.POST, auto_id=f"{key}_%s")
    if form.is_valid():
        facts = {"opinion": opinion, "text": form.cleaned_data["text"], **deed(request, form)}
        if attempt(form, opinions.resolve_objection, **facts):
            messages.success(request, "处理意见已签署。")
            return redirect("approvals:proposal_review", pk=proposal.pk)
    return _again(request, proposal.pk, {key: form})


@writes(Permission.CHANGES_CONFIRM)
def changes_confirmed(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=proposal.pk)
    if permissions.post_of_duty(request.user, Permission.CHANGES_CONFIRM, proposal) is None:
        return refused(request)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        facts = {"proposal": proposal, "version": form.cleaned_data["version"]}
        if attempt(form, decisions.confirm_changes, **facts, **deed(request, form)):
            messages.success(request, "已确认修改到位，会议结论生效。")
            return redirect("approvals:proposal_review", pk=proposal.pk)
    return _again(request, proposal.pk, {"confirm": form})
