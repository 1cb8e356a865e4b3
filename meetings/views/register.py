"""The register of meetings, one meeting, its record."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import reads
from accounts.enums import Permission
from documents.enums import Audience
from documents.models import Attachment
from documents.selectors import attachments_of
from documents.services import file_response
from meetings import permissions, rules, selectors
from meetings.enums import AttendanceStatus, MeetingState, VoteMethod
from meetings.models import AgendaItem, Body, Meeting
from meetings.views.shared import crumbs_to, meeting_of

PER_PAGE = 20


@reads(Permission.MEETING_READ)
def meeting_list(request: HttpRequest) -> HttpResponse:
    bodies = list(
        Body.objects.visible_to(request.user).select_related("union").order_by("union__path", "pk")
    )
    own = [body for body in bodies if permissions.may_write(request.user, body)]
    rows = Meeting.objects.visible_to(request.user).select_related("body", "chair")
    waiting = AgendaItem.objects.visible_to(request.user).filter(meeting=None, withdrawn_at=None)
    page = Paginator(rows.order_by("-starts_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "own": own,
        "bodies": bodies,
        "waiting": waiting.select_related("body").order_by("queued_at", "pk"),
        "page": page,
        "may_add_body": any(
            post.venue_id is None and Permission.MEETING_WRITE in post.card.permissions
            for post in request.user.posts()
        ),
    }
    return render(request, "meetings/meeting_list.html", context)


@reads(Permission.MEETING_READ)
def meeting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    roster = list(selectors.attendances_of(meeting))
    may_write = permissions.may_write(request.user, meeting.body)
    context = {
        "meeting": meeting,
        "crumbs": crumbs_to(),
        "roster": roster,
        "items": selectors.items_of_meeting(meeting),
        "figures": _figures(meeting, roster),
        "quorum": _quorum(meeting, roster),
        "may_write": may_write and meeting.is_open,
        "may_read_record": permissions.may_read_record(request.user, meeting),
        "is_attended": meeting.state != MeetingState.PLANNED,
        "basis": rules.VENUE_MEETING if meeting.venue_id else rules.UNION_MEETING,
    }
    return render(request, "meetings/meeting_detail.html", context)


def _count(roster: list, status: AttendanceStatus) -> int:
    return sum(row.status == status for row in roster)


def _figures(meeting: Meeting, roster: list) -> list[dict]:
    body = meeting.body
    needed = rules.present_needed(len(roster), body.quorum_numerator, body.quorum_denominator)
    counts = [
        {"label": status.label, "value": _count(roster, status)} for status in AttendanceStatus
    ]
    return [
        {"label": "应到", "value": len(roster)},
        *(counts if meeting.state != MeetingState.PLANNED else []),
        {"label": f"到会下限（{body.quorum_text}）", "value": needed},
        {"label": "通过须同意（票）", "value": rules.agree_needed(len(roster))},
    ]


def _quorum(meeting: Meeting, roster: list) -> dict:
    if meeting.state == MeetingState.PLANNED:
        return {"tone": "idle", "label": "尚未登记到会"}
    body = meeting.body
    present = _count(roster, AttendanceStatus.PRESENT)
    if rules.quorum_met(present, len(roster), body.quorum_numerator, body.quorum_denominator):
        return {"tone": "ok", "label": "达到到会下限"}
    return {"tone": "bad", "label": "未达到到会下限"}


@reads(Permission.MEETING_READ)
def meeting_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = _readable(request, pk)
    context = {
        "meeting": meeting,
        "crumbs": crumbs_to(meeting),
        "items": selectors.items_of_meeting(meeting),
        "roster": selectors.attendances_of(meeting),
        "files": attachments_of(meeting.pk, audience=Audience.MEETING_RECORD),
        "is_secret": meeting.vote_method == VoteMethod.SECRET_BALLOT,
        "may_upload": permissions.may_write(request.user, meeting.body)
        and meeting.state != MeetingState.PLANNED,
    }
    return render(request, "meetings/meeting_record.html", context)


@reads(Permission.MEETING_READ)
def record_file(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    meeting = _readable(request, pk)
    files = Attachment.objects.filter(case_id=meeting.pk, audience=Audience.MEETING_RECORD)
    return file_response(get_object_or_404(files.select_related("file"), pk=file_pk))


def _readable(request: HttpRequest, pk: UUID) -> Meeting:
    """The meeting for the readers of its record; for others there is none."""
    meeting = meeting_of(request, pk)
    if not permissions.may_read_record(request.user, meeting):
        raise Http404
    return meeting
