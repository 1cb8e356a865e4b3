"""批复: drafted by the asset department, read before it is issued, issued by the leader."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import Stage
from approvals.forms.handling import ReasonedForm
from approvals.forms.replies import IssueForm, ReplyForm
from approvals.models import Proposal, Reply
from approvals.rules.checks import findings
from approvals.rules.evidence import meetings_filed
from approvals.rules.findings import Finding
from approvals.selectors.drafts import reply_defaults
from approvals.selectors.facts import facts_of
from approvals.services import replies
from approvals.views.handling import act_page, carry_out
from approvals.views.shared import LIST, deed, plan_of, refused
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.enums import DocumentStatus
from documents.selectors import documents_of

HAS_REPLY = (Stage.REPLYING, *Stage.WAS_APPROVED)


@reads(Permission.PROPOSAL_READ)
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if proposal.stage not in HAS_REPLY or not permissions.reads_file(request.user, proposal):
        raise Http404
    return _page(request, proposal, {})


def _page(request: HttpRequest, proposal: Proposal, bound: dict[str, ActForm]) -> HttpResponse:
    found = Reply.objects.filter(proposal=proposal)
    written = found.select_related("drafted_by", "issued_by", "document").first()
    context = {
        "proposal": proposal,
        "reply": written,
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}],
        "voided": documents_of(proposal.case_id, "reply").filter(status=DocumentStatus.VOID),
        "may_export": request.user.can(Permission.PDF_EXPORT),
        "unfiled": _unfiled(proposal),
        **_forms(request.user, proposal, written, bound),
    }
    status = max((form.http_status for form in bound.values()), default=200)
    return render(request, "approvals/reply.html", context, status=status)


def _unfiled(proposal: Proposal) -> list[Finding]:
    """Meetings whose signed record must be scanned before the reply can be issued."""
    if proposal.stage != Stage.REPLYING:
        return []
    return findings(facts_of(proposal, today=clock.today()), (meetings_filed,))


def _may(user: User, permission: Permission, proposal: Proposal) -> bool:
    return permissions.post_of_duty(user, permission, proposal) is not None


def _forms(
    user: User, proposal: Proposal, written: Reply | None, bound: dict[str, ActForm]
) -> dict[str, Any]:
    is_open = proposal.stage == Stage.REPLYING
    version = {"version": proposal.version}
    form, issue = bound.get("draft"), bound.get("issue")
    if form is None and is_open and _may(user, Permission.REPLY_DRAFT, proposal):
        form = ReplyForm(initial=reply_defaults(proposal, written, today=clock.today()) | version)
    if issue is None and is_open and written and _may(user, Permission.REPLY_ISSUE, proposal):
        issue = IssueForm(initial=version, auto_id="issue_%s")
    return {"form": form, "issue": issue}


@writes(Permission.REPLY_DRAFT)
def reply_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:reply", pk=pk)
    if not _may(request.user, Permission.REPLY_DRAFT, proposal):
        return refused(request)
    form = ReplyForm(request.POST)
    if form.is_valid():
        facts = {"proposal": proposal, **form.act, "version": form.cleaned_data["version"]}
        if attempt(form, replies.draft_reply, **facts, **deed(request, form)):
            messages.success(request, "批复稿已保存，已通知分管领导签发。")
            return redirect("approvals:reply", pk=pk)
    return _page(request, plan_of(request, pk), {"draft": form})


@writes(Permission.REPLY_ISSUE)
def reply_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:reply", pk=pk)
    if not _may(request.user, Permission.REPLY_ISSUE, proposal):
        return refused(request)
    form = IssueForm(request.POST, auto_id="issue_%s")
    if form.is_valid():
        facts = {"proposal": proposal, "version": form.cleaned_data["version"]}
        if issued := attempt(form, replies.issue_reply, **facts, **deed(request, form)):
            messages.success(request, f"已签发 {issued.document_number}。")
            return redirect("approvals:reply", pk=pk)
    return _page(request, plan_of(request, pk), {"issue": form})


@writes(Permission.REPLY_ISSUE)
def reply_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """作废批复, by whoever issues it; the number stays in the register."""
    proposal = plan_of(request, pk)
    if not _may(request.user, Permission.REPLY_ISSUE, proposal):
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"proposal": proposal, "reason": given["reason"], "version": given["version"]}

    said = "批复已作废，文号保留；方案回到待批复。"
    done = carry_out(request, proposal, form, replies.void_reply, facts, said=said)
    return done or act_page(
        request, proposal, form, title="作废批复", submit="作废批复", tone="danger",
        lead="集体决策仍然有效，方案回到待批复，可以改稿后另编文号签发；原文号保留为作废，不再使用。"
        "已经据此签订合同的，不能作废。",
        is_empty=allowed.why_not_reply_voided(request.user, proposal),
    )  # fmt: skip
