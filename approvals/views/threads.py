"""批注: opened on the review page, answered there, on the venue's own pages or beside a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.access import writes
from accounts.enums import Permission
from approvals import permissions
from approvals.forms.threads import ReplyForm, SettleForm, ThreadForm, file_in
from approvals.models import Proposal, Thread
from approvals.rules.threads import NO_SECTION, questions_of
from approvals.services import threads
from approvals.views.panels import EDIT
from approvals.views.review import review_page
from approvals.views.shared import deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from core.errors import ActionBlocked


def _thread_of(request: HttpRequest, pk: UUID) -> Thread:
    thread = get_object_or_404(Thread, pk=pk)
    thread.proposal = plan_of(request, thread.proposal_id)
    return thread


def _back(
    request: HttpRequest, proposal: Proposal, thread: Thread, back: str
) -> HttpResponseRedirect:
    """Where the writer was, at the thread."""
    page = reverse("approvals:proposal_review", args=[proposal.pk])
    if file_pk := file_in(back):
        page = reverse("approvals:file_beside", args=[proposal.pk, file_pk])
        page += f"?section={thread.section}"
    elif back == EDIT and writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        page = reverse("approvals:section_edit", args=[proposal.pk, thread.section])
    return HttpResponseRedirect(f"{page}#thread-{thread.pk}")


@writes(Permission.THREAD_WRITE)
def thread_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=proposal.pk)
    if permissions.reviewer_of(request.user, proposal, today=clock.today()) is None:
        return refused(request)
    form = ThreadForm(request.POST)
    section = str(form["section"].value())
    if questions_of(proposal.kind, proposal.mode, section) is None:
        raise ActionBlocked(NO_SECTION)  # no card of the page could show it
    if form.is_valid():
        given = form.cleaned_data
        facts = {name: given[name] for name in ("section", "field", "text")}
        facts |= {"proposal": proposal, **deed(request, form)}
        if thread := attempt(form, threads.open_thread, **facts):
            messages.success(request, f"已批注“{thread.get_section_display()}”，已告知阵地。")
            return _back(request, proposal, thread, given["back"])
    bound = {f"thread-{section}": form}
    return review_page(request, pk, bound=bound)


@writes(Permission.THREAD_WRITE)
def thread_reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    thread = _thread_of(request, pk)
    proposal = thread.proposal
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=proposal.pk)
    if permissions.voice_of(request.user, proposal, today=clock.today()) is None:
        return refused(request)
    form = ReplyForm(request.POST)
    if form.is_valid():
        facts = {"thread": thread, "text": form.cleaned_data["text"], **deed(request, form)}
        if attempt(form, threads.reply_to_thread, **facts):
            return _back(request, proposal, thread, form.cleaned_data["back"])
    bound = {f"reply-{thread.pk}": form}
    return review_page(request, proposal.pk, bound=bound)


def _settle(request: HttpRequest, pk: UUID, service) -> HttpResponse:
    thread = _thread_of(request, pk)
    proposal = thread.proposal
    if request.method != "POST":
        return redirect("approvals:proposal_review", pk=proposal.pk)
    if not permissions.settles(request.user, thread, today=clock.today()):
        return refused(request)
    form = SettleForm(request.POST)
    if form.is_valid():
        facts = {"thread": thread, "version": form.cleaned_data["version"]}
        if attempt(form, service, **facts, **deed(request, form)):
            return _back(request, proposal, thread, form.cleaned_data["back"])
    bound = {f"settle-{thread.pk}": form}
    return review_page(request, proposal.pk, bound=bound)


@writes(Permission.THREAD_WRITE)
def thread_resolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _settle(request, pk, threads.resolve_thread)


@writes(Permission.THREAD_WRITE)
def thread_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _settle(request, pk, threads.reopen_thread)
