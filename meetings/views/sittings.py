"""Calling, attending, filling and closing a meeting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from core.forms import ActForm
from meetings import selectors, services
from meetings.enums import MeetingState
from meetings.forms import (
    AttendanceForm,
    CloseMeetingForm,
    PlaceItemForm,
    PlanMeetingForm,
    RecordFileForm,
)
from meetings.models import Meeting
from meetings.views.shared import body_asked_for, crumbs_to, deed, meeting_of, refused


def _page(
    request: HttpRequest, template: str, meeting: Meeting, form: ActForm, **extra
) -> HttpResponse:
    context = {"meeting": meeting, "crumbs": crumbs_to(meeting), "form": form, **extra}
    return render(request, template, context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def meeting_plan(request: HttpRequest) -> HttpResponse:
    body = body_asked_for(request)
    if answer := refused(request, body):
        return answer
    form = PlanMeetingForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        meeting = attempt(form, services.plan_meeting, body=body, **form.act, **deed(request, form))
        if meeting:
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    context = {"form": form, "body": body, "crumbs": crumbs_to(body=body)}
    return render(request, "meetings/meeting_plan.html", context, status=form.http_status)


@writes(Permission.MEETING_WRITE)
def meeting_attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = AttendanceForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            services.register_attendance,
            meeting=meeting,
            rows=form.presences(),
            chair=form.cleaned_data["chair"],
            invited=form.cleaned_data["invited"],
            version=form.cleaned_data["version"],
            **deed(request, form),
        )
        if done:
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    return _page(request, "meetings/meeting_attendance.html", meeting, form)


@writes(Permission.MEETING_WRITE)
def meeting_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    initial = {"item": request.GET.get("item")}
    form = PlaceItemForm(request.POST or None, meeting=meeting, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = {"meeting": meeting, **form.act, **deed(request, form)}
        if placed := attempt(form, services.place_item, **act):
            return redirect("meetings:meeting_detail", pk=placed.meeting_id)
    waiting = selectors.waiting_items(meeting.union).filter(body=meeting.body_id)
    due = selectors.materials_due(meeting)
    facts = {"waiting": waiting, "materials_due": due, "is_past_due": clock.today() > due}
    return _page(request, "meetings/meeting_place.html", meeting, form, **facts)


@writes(Permission.MEETING_WRITE)
def meeting_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    initial = {"version": meeting.version, "ends_at": meeting.ends_at}
    form = CloseMeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        act = {"meeting": meeting, "version": version, **form.act, **deed(request, form)}
        if attempt(form, services.close_meeting, **act):
            return redirect("meetings:meeting_detail", pk=meeting.pk)
    is_attended = meeting.state != MeetingState.PLANNED
    lacks_quorum = is_attended and not selectors.has_quorum(meeting)
    return _page(request, "meetings/meeting_close.html", meeting, form, lacks_quorum=lacks_quorum)


@writes(Permission.MEETING_WRITE)
def meeting_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if answer := refused(request, meeting.body):
        return answer
    form = RecordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, act = form.cleaned_data["file"], deed(request, form)
        act.pop("command_id")
        kept = attempt(
            form,
            services.keep_record_file,
            meeting=meeting,
            upload=upload,
            name=upload.name,
            **act,
        )
        if kept:
            return redirect("meetings:meeting_record", pk=meeting.pk)
    return _page(request, "meetings/meeting_upload.html", meeting, form)
