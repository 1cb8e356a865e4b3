"""The two papers of a meeting: minutes, issued with a number; the record, for its circle."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from documents.models import IssuedDocument
from documents.selectors import documents_of
from documents.services import document_response, pdf_response, preview_pdf
from meetings import papers, permissions, services
from meetings.enums import MeetingState
from meetings.forms import MinutesForm, VoidForm
from meetings.models import Meeting
from meetings.services.minutes import KIND
from meetings.views.shared import crumbs_to, deed, meeting_of, refused

RECORD_MARK = "会议记录 · 仅限知悉范围"


@writes(Permission.MEETING_WRITE)
def meeting_minutes(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    initial = {
        "version": meeting.version,
        "minutes_text": meeting.minutes_text,
        "signed_by": meeting.minutes_signed_by,
        "signed_on": clock.today(),
    }
    form = MinutesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, "version": form.cleaned_data["version"], **form.act}
        if done := attempt(form, services.issue_minutes, **act, **deed(request, form)):
            messages.success(request, f"会议纪要已签发：{done.minutes_number}。")
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "crumbs": crumbs_to(meeting),
        "issued": documents_of(meeting.pk, KIND),
        "resolutions": papers.resolutions_of(meeting),
        "is_closed": meeting.state == MeetingState.CLOSED,
    }
    return render(request, "meetings/meeting_minutes.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def minutes_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = VoidForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, "version": form.cleaned_data["version"], **form.act}
        if attempt(form, services.void_minutes, **act, **deed(request, form)):
            messages.success(request, "纪要已作废，文号保留，不再使用。")
            return redirect("meetings:meeting_minutes", pk=meeting.pk)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs_to(meeting)}
    return render(request, "meetings/minutes_void.html", context, status=form.http_status)


@reads(Permission.MEETING_READ)
def minutes_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The minutes as issued; before that, a draft that says so."""
    meeting = meeting_of(request, pk)
    if meeting.minutes_document_id:
        rows = IssuedDocument.objects.select_related("pdf")
        return document_response(get_object_or_404(rows, pk=meeting.minutes_document_id))
    if meeting.state != MeetingState.CLOSED:
        raise Http404
    content = preview_pdf(
        papers.MINUTES_TEMPLATE, papers.minutes_context(meeting), number="文号于签发时编排",
        title=papers.minutes_title(meeting),
    )  # fmt: skip
    return pdf_response(content, papers.minutes_file_name(meeting))


@reads(Permission.MEETING_READ)
def record_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record as a form to sign by hand; only its circle finds it."""
    meeting = readable_meeting(request, pk)
    content = preview_pdf(
        papers.RECORD_TEMPLATE, papers.record_context(meeting),
        title=papers.record_title(meeting), mark=_record_mark(meeting), by=request.user,
        at=clock.now(),
    )  # fmt: skip
    return pdf_response(content, papers.record_file_name(meeting))


def _record_mark(meeting: Meeting) -> str:
    return f"{RECORD_MARK} · 补录" if meeting.is_late_entry else RECORD_MARK


def readable_meeting(request: HttpRequest, pk: UUID) -> Meeting:
    """The meeting for the readers of its record; for others there is none."""
    meeting = meeting_of(request, pk)
    if not permissions.may_read_record(request.user, meeting):
        raise Http404
    return meeting
