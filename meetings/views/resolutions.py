"""What meetings asked for: written down, reported with evidence, closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from documents.enums import Audience
from documents.models import Attachment
from documents.selectors import attachments_of
from documents.services import file_response
from meetings import permissions, selectors, services
from meetings.enums import ResolutionState
from meetings.forms import ExtendForm, ReportForm, ResolutionForm, SettleForm
from meetings.models import Resolution
from meetings.views.shared import REGISTER, crumbs_to, deed, meeting_of, refused


def _resolution_of(request: HttpRequest, pk: UUID) -> Resolution:
    rows = selectors.resolutions_for(request.user)
    rows = rows.select_related("meeting__body__union", "union", "item", "reported_by", "closed_by")
    return get_object_or_404(rows, pk=pk)


def _crumbs() -> list[dict]:
    return [REGISTER, {"label": "议定事项", "url": "/meetings/resolutions/"}]


@writes(Permission.MEETING_WRITE)
def resolution_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = ResolutionForm(
        request.POST or None, meeting=meeting, initial={"version": meeting.version}
    )
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, "version": form.cleaned_data["version"], **form.act}
        if attempt(form, services.add_resolution, **act, **deed(request, form)):
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs_to(meeting)}
    return render(request, "meetings/resolution_add.html", context, status=form.http_status)


@reads(Permission.MEETING_READ)
def resolution_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = _resolution_of(request, pk)
    is_closed = resolution.state == ResolutionState.CLOSED
    may_write = permissions.may_write(request.user, resolution.meeting.body)
    context = {
        "resolution": resolution,
        "crumbs": _crumbs(),
        "files": attachments_of(resolution.pk, audience=Audience.MATTER),
        "may_report": not is_closed and permissions.may_report(request.user, resolution),
        "may_settle": resolution.state == ResolutionState.REPORTED and may_write,
        "may_extend": not is_closed and may_write,
        "is_late": not is_closed and resolution.due_on < clock.today(),
    }
    return render(request, "meetings/resolution_detail.html", context)


@writes(Permission.ERRAND_WRITE)
def resolution_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = _resolution_of(request, pk)
    initial = {"version": resolution.version}
    form = ReportForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        act = {"resolution": resolution, "version": form.cleaned_data["version"]}
        act |= {"report": form.cleaned_data["report"], "upload": upload, "name": upload.name}
        if attempt(form, services.report_resolution, **act, **deed(request, form)):
            messages.success(request, "已报告落实情况，等待会议秘书核对销号。")
            return redirect("meetings:resolution_detail", pk=pk)
    context = {"resolution": resolution, "form": form, "crumbs": _crumbs()}
    return render(request, "meetings/resolution_report.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def resolution_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = _resolution_of(request, pk)
    if answer := refused(request, resolution.meeting.body):
        return answer
    form = SettleForm(request.POST or None, initial={"version": resolution.version})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        act = {"resolution": resolution, "version": cleaned["version"]}
        act |= {"is_done": cleaned["is_done"] == "yes", "remark": cleaned["remark"]}
        if attempt(form, services.settle_resolution, **act, **deed(request, form)):
            return redirect("meetings:resolution_detail", pk=pk)
    context = {
        "resolution": resolution,
        "form": form,
        "crumbs": _crumbs(),
        "files": attachments_of(resolution.pk, audience=Audience.MATTER),
    }
    return render(request, "meetings/resolution_settle.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def resolution_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    resolution = _resolution_of(request, pk)
    if answer := refused(request, resolution.meeting.body):
        return answer
    form = ExtendForm(request.POST or None, initial={"version": resolution.version})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        act = {"resolution": resolution, "version": cleaned["version"]}
        act |= {"due_on": cleaned["due_on"], "reason": cleaned["reason"]}
        if attempt(form, services.extend_resolution, **act, **deed(request, form)):
            messages.success(request, "已延期，责任部门按新的时限收到提醒。")
            return redirect("meetings:resolution_detail", pk=pk)
    context = {"resolution": resolution, "form": form, "crumbs": _crumbs()}
    return render(request, "meetings/resolution_extend.html", context, status=form.http_status)


@reads(Permission.MEETING_READ)
def resolution_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    resolution = _resolution_of(request, pk)
    files = Attachment.objects.filter(case_id=resolution.pk, audience=Audience.MATTER)
    return file_response(get_object_or_404(files.select_related("file"), pk=file_pk))
