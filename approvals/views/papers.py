"""Papers of a plan as PDF. A GET prints and keeps nothing; the numbered form is a POST."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals import permissions
from approvals.forms.replies import IssueForm
from approvals.models import Reply
from approvals.selectors import matters
from approvals.selectors.approval_form import approval_form_context
from approvals.selectors.brief import brief_context
from approvals.selectors.paper_marks import paper_marks
from approvals.selectors.papers import exception_context, reply_context
from approvals.services import papers
from approvals.views.shared import LIST, deed, plan_of, refused
from core import clock
from core.errors import DomainError
from documents.models import IssuedDocument
from documents.services import preview_pdf

EXPORT = "导出件"


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.pdf"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _frozen(request: HttpRequest, pk: UUID):
    """The plan and its present version, for those who read the whole file."""
    proposal = plan_of(request, pk)
    version = proposal.versions.select_related("submitted_by").filter(no=proposal.version_no)
    if not permissions.reads_file(request.user, proposal):
        raise Http404
    return proposal, get_object_or_404(version)


@reads(Permission.PDF_EXPORT)
def approval_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal, version = _frozen(request, pk)
    context = approval_form_context(proposal, version, today=clock.today())
    content = preview_pdf(
        papers.TEMPLATE,
        context,
        title=papers.TITLE,
        number=proposal.number or "",
        mark=EXPORT,
        by=request.user,
        at=clock.now(),
    )
    return _answer(content, f"审批表 {proposal.number}")


@reads(Permission.PDF_EXPORT)  # an expert reads the plan, not what others said or run beside it
def brief(request: HttpRequest, pk: UUID) -> HttpResponse:
    """一页纸 for whoever decides: the matter, what was said of it, what is asked."""
    proposal, version = _frozen(request, pk)
    context = {
        "proposal": proposal,
        "brief": brief_context(request.user, proposal, version, today=clock.today()),
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{pk}/review/"}],
    }
    return render(request, "approvals/brief.html", context)


@reads(Permission.PDF_EXPORT)
def brief_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal, version = _frozen(request, pk)
    content = preview_pdf(
        "print/brief.html",
        brief_context(request.user, proposal, version, today=clock.today()),
        title="一页纸",
        number=proposal.number or "",
        mark=EXPORT,
        by=request.user,
        at=clock.now(),
    )
    return _answer(content, f"一页纸 {proposal.number}")


def _issue(request: HttpRequest, pk: UUID, act: Callable[..., IssuedDocument], said: str):
    """Issue one paper of a plan by the asset department; what it is refused with is an error."""
    proposal = plan_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=pk)
    union = proposal.supervising_union
    if post_for(request.user, Permission.FORMAL_REVIEW, union=union) is None:
        return refused(request)
    form = IssueForm(request.POST)
    if not form.is_valid():
        raise DomainError("表单内容不完整，请刷新页面后重新提交。")
    document = act(proposal=proposal, **deed(request, form))
    messages.success(request, said.format(number=document.number))
    return redirect("approvals:proposal_review", pk=pk)


@writes(Permission.FORMAL_REVIEW)
def approval_form_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _issue(request, pk, papers.issue_approval_form, "审批表已生成，带核验码。")


@writes(Permission.FORMAL_REVIEW)
def return_notice_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = "退回补正通知已出具：{number}，已通知阵地。"
    return _issue(request, pk, papers.issue_return_notice, said)


@reads(Permission.PDF_EXPORT)
def exception_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    exception = get_object_or_404(matters.exceptions_for(request.user), pk=pk)
    content = preview_pdf(
        "print/exception_form.html",
        exception_context(exception),
        title="例外审批表",
        number=exception.number or "",
        mark=EXPORT,
        by=request.user,
        at=clock.now(),
    )
    return _answer(content, f"例外审批表 {exception.number or exception.rule_code}")


@reads(Permission.PDF_EXPORT)
def reply_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The reply as it will be printed; once issued, its own bytes are the paper."""
    proposal, version = _frozen(request, pk)
    reply = get_object_or_404(Reply.objects.select_related("document"), proposal=proposal)
    if reply.document_id:
        return redirect("documents:document_pdf", pk=reply.document_id)
    content = preview_pdf(
        "print/reply.html",
        reply_context(proposal, reply, version, marks=paper_marks(proposal, today=clock.today())),
        title=f"关于{proposal.title}的批复",
    )
    return _answer(content, f"批复稿 {proposal.number}")
