"""The register of meetings, one meeting, its record."""

from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from core import clock
from core.tables import Table
from documents.enums import Audience
from documents.models import Attachment
from documents.selectors import attachments_of
from documents.services import file_response
from meetings import permissions, rules, selectors
from meetings.enums import AttendanceStatus, MeetingState, VoteMethod
from meetings.filters import BodyFilter, MeetingFilter, OfBodies, ResolutionFilter, WaitingFilter
from meetings.forms import AnswerForm
from meetings.marks import marks_of
from meetings.models import Body, Meeting
from meetings.tables import BodyTable, MeetingTable, ResolutionTable, WaitingItemTable
from meetings.views.papers import readable_meeting
from meetings.views.shared import crumbs_to, meeting_of
from organizations import months
from organizations.months import MONTH, month_of
from organizations.selectors import working_days_to_show

MOST_IN_MONTH = 300
SHOWN_IN_A_DAY = 12

LISTS = (
    ("会议", "meetings:meeting_list"),
    ("月历", "meetings:calendar"),
    ("待上会议题", "meetings:waiting_list"),
    ("议定事项", "meetings:resolution_list"),
    ("决策机构", "meetings:body_list"),
)


def _frame(request: HttpRequest, current: str, bodies: list[Body]) -> dict:
    """What stands above each of the three lists: whose meetings one registers, where to turn."""
    own = [body for body in bodies if permissions.may_write(request.user, body)]
    waiting = sum(body.waiting for body in bodies)
    tabs = [
        {
            "label": label,
            "url": reverse(name),
            "current": name == current,
            "count": waiting if name == "meetings:waiting_list" and waiting else None,
        }
        for label, name in LISTS
    ]
    may_add_body = permissions.may_add_body(request.user, bodies)
    late = sum(body.late for body in bodies)
    topics = own if current == "meetings:waiting_list" else []
    return {
        "tabs": tabs, "own": own, "topics": topics, "may_add_body": may_add_body, "late": late,
    }  # fmt: skip


@writes(Permission.MEETING_READ)  # the posts of a list: its export, and keeping a view of it
def meeting_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.meetings_for(request.user)
    return _list(request, MeetingTable, MeetingFilter, rows, "meeting_list")


@writes(Permission.MEETING_READ)  # as above
def waiting_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.waiting_for(request.user)
    return _list(request, WaitingItemTable, WaitingFilter, rows, "waiting_list")


@writes(Permission.MEETING_READ)  # as above
def body_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.bodies_for(request.user)
    return _list(request, BodyTable, BodyFilter, rows, "body_list")


@reads(Permission.MEETING_READ)
def calendar(request: HttpRequest) -> HttpResponse:
    """The meetings of a month, with the last day for the papers of those not held yet."""
    today = clock.today()
    first = month_of(request.GET.get("month", ""), default=today)
    start, end = months.month_range(first)
    found = list(selectors.meetings_between(request.user, start, end)[:MOST_IN_MONTH])
    entries = [(localdate(one.starts_at), _entry(one)) for one in found]
    entries += [
        (selectors.materials_due(one), _papers_entry(one))
        for one in found
        if one.state == MeetingState.PLANNED and one.materials_days
    ]
    context = _frame(request, "meetings:calendar", list(selectors.bodies_for(request.user)))
    context |= {
        "first": first,
        "weekdays": months.WEEKDAYS,
        "weeks": months.weeks(
            first, entries, working_days_to_show(), today=today, shown=SHOWN_IN_A_DAY
        ),
        "count": sum(localdate(one.starts_at).month == first.month for one in found),
        "before": f"{months.previous_month(first):{MONTH}}",
        "after": f"{months.next_month(first):{MONTH}}",
    }
    return render(request, "meetings/calendar.html", context)


def _entry(meeting: Meeting) -> dict:
    return {
        "title": f"{localtime(meeting.starts_at):%H:%M} {meeting}",
        "url": reverse("meetings:meeting_detail", args=[meeting.pk]),
        "tone": meeting.tone,
        "state": meeting.get_state_display(),
        "place": meeting.place,
    }


def _papers_entry(meeting: Meeting) -> dict:
    return {
        "title": f"材料截止：{meeting}",
        "url": reverse("meetings:meeting_agenda", args=[meeting.pk]),
        "tone": "papers",
        "state": meeting.terms.materials_text,
        "place": "",
    }


@writes(Permission.MEETING_READ)  # as above
def resolution_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.resolutions_for(request.user)
    return _list(request, ResolutionTable, ResolutionFilter, rows, "resolution_list")


def _list(
    request: HttpRequest, table: type[Table], conditions: type[OfBodies], rows: QuerySet, name: str
) -> HttpResponse:
    """One of the three lists, which share the bodies in scope."""
    bodies = list(selectors.bodies_for(request.user))
    frame = _frame(request, f"meetings:{name}", bodies)
    narrowed = partial(conditions, bodies=bodies)
    return show_list(request, table, narrowed, rows, f"meetings/{name}.html", frame)


@reads(Permission.MEETING_READ)
def meeting_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = meeting_of(request, pk)
    invited = selectors.invited_of(meeting)
    roster = [one.row for one in invited]
    may_write = permissions.may_write(request.user, meeting.body)
    items = list(selectors.items_of_meeting(meeting))
    verdicts, marks = selectors.verdicts_of(meeting, items), marks_of(items)
    context = {
        "meeting": meeting,
        "crumbs": crumbs_to(),
        "roster": invited,
        **_own_answer(request, meeting, roster),
        "items": [
            {
                "row": item,
                "verdict": verdicts.get(item.pk),
                "marks": marks.get(item.subject_id, []),
            }
            for item in items
        ],
        "materials_due": selectors.materials_due(meeting),
        "figures": _figures(meeting, roster),
        "quorum": _quorum(meeting, roster),
        "may_write": may_write and meeting.is_open,
        "may_read_record": permissions.may_read_record(request.user, meeting),
        "is_attended": meeting.state != MeetingState.PLANNED,
        "basis": meeting.basis,
        "keeps_minutes": may_write,
        "resolutions": meeting.resolutions.order_by("no", "pk"),
        "today": clock.today(),
        "steps": rules.MEETING.steps(meeting.state),
    }
    return render(request, "meetings/meeting_detail.html", context)


def _own_answer(request: HttpRequest, meeting: Meeting, roster: list) -> dict:
    """The form by which a member answers the notice, while it can be answered."""
    own = next((row for row in roster if row.user_id == request.user.pk), None)
    is_asked = meeting.noticed_at and meeting.state == MeetingState.PLANNED
    if own is None or not is_asked or meeting.starts_at <= clock.now():
        return {"own": own, "answer_form": None}
    initial = {"answer": own.answer, "reason": own.answer_reason}
    return {"own": own, "answer_form": AnswerForm(initial=initial)}


def _count(roster: list, status: AttendanceStatus) -> int:
    return sum(row.status == status for row in roster)


def _figures(meeting: Meeting, roster: list) -> list[dict]:
    terms = meeting.terms
    needed = rules.present_needed(len(roster), *terms.quorum)
    counts = [
        {"label": status.label, "value": _count(roster, status)} for status in AttendanceStatus
    ]
    return [
        {"label": "应到", "value": len(roster)},
        *(counts if meeting.state != MeetingState.PLANNED else []),
        {"label": f"到会下限（{terms.quorum_text}）", "value": needed},
        {"label": "通过须同意（票）", "value": rules.agree_needed(len(roster))},
    ]


def _quorum(meeting: Meeting, roster: list) -> dict:
    if meeting.state == MeetingState.PLANNED:
        return {"tone": "idle", "label": "尚未登记到会"}
    present = _count(roster, AttendanceStatus.PRESENT)
    if rules.quorum_met(present, len(roster), *meeting.terms.quorum):
        return {"tone": "ok", "label": "达到到会下限"}
    return {"tone": "bad", "label": "未达到到会下限"}


@reads(Permission.MEETING_READ)
def meeting_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    meeting = readable_meeting(request, pk)
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
    meeting = readable_meeting(request, pk)
    files = Attachment.objects.filter(case_id=meeting.pk, audience=Audience.MEETING_RECORD)
    return file_response(get_object_or_404(files.select_related("file"), pk=file_pk))
