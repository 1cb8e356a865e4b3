"""What waits for a person on account of meetings."""

from datetime import date

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from core.work import Work, WorkItem, WorkLine, work
from meetings.enums import MeetingState, ResolutionState
from meetings.models import AgendaItem, Meeting, Resolution
from meetings.selectors.evidence import signed_original


def work_of(user: User, *, today: date) -> list[Work]:
    """What waits for this person as a recorder: items to place, meetings to attend and close."""
    owed = _owed_by(user)
    found = [_resolution_sort("resolution", owed & Q(state=ResolutionState.OPEN))] if owed else []
    bodies = _bodies_written_by(user)
    if not bodies:
        return found
    unfiled = Q(~signed_original(), state=MeetingState.CLOSED)
    begun = Q(state=MeetingState.HELD) | Q(state=MeetingState.PLANNED, starts_at__date__lte=today)
    reported = _through_meeting(user) & Q(state=ResolutionState.REPORTED)
    return [
        *found,
        _resolution_sort("reported_resolution", reported & ~Q(reported_by=user)),
        work(
            "agenda_item",
            AgendaItem.objects.filter(bodies, meeting=None, withdrawn_at=None),
            _agenda_work,
            title="title",
            source="body__name",
            since="queued_at",
        ),
        work(
            "meeting",
            Meeting.objects.filter(bodies, begun | unfiled),
            _meeting_work,
            title="session",
            source="body__name",
            since="starts_at",
            word="state",
        ),
    ]


def _resolution_sort(code: str, rows: Q) -> Work:
    return work(
        code,
        Resolution.objects.filter(rows),
        _resolution_work,
        title="text",
        source="meeting__body__name",
        since=Coalesce("reported_at", "meeting__starts_at"),
        due_on="due_on",
        word="state",
    )


def _resolution_work(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="议定事项",
        title=line.title,
        act="报告落实" if line.word == ResolutionState.OPEN else "核对销号",
        url=reverse("meetings:resolution_detail", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )


def _owed_by(user: User) -> Q:
    """What meetings asked of this person's department, or of the venue it works at."""
    mine = Q()
    for post in user.posts():
        if Permission.ERRAND_WRITE not in post.card.permissions:
            continue
        if post.venue_id:
            mine |= Q(venue_id=post.venue_id)
        elif post.department_kind:
            mine |= Q(union=post.union_id, venue_id=None, department_kind=post.department_kind)
    return mine


MEETING_ACTS = {
    MeetingState.PLANNED: "登记到会",
    MeetingState.HELD: "登记表决、结束会议",
    MeetingState.CLOSED: "上传签字原件",
}


def _agenda_work(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="议题",
        title=line.title,
        act="列入会议",
        url=reverse("meetings:waiting_list"),
        source=line.source,
        since=line.since,
    )


def _meeting_work(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="会议",
        title=f"{line.source}{line.title}",
        act=MEETING_ACTS[MeetingState(line.word)],
        url=reverse("meetings:meeting_detail", args=[line.pk]),
        source=line.source,
        since=line.since,
    )


def _through_meeting(user: User) -> Q:
    """The bodies this person records for, seen from what their meetings asked for."""
    return _bodies_written_by(user, path="meeting__body__")


def _bodies_written_by(user: User, *, path: str = "body__") -> Q:
    """Rows of the bodies this person records for, seen from a meeting or an item."""
    mine = Q()
    for post in user.posts():
        if Permission.MEETING_WRITE not in post.card.permissions:
            continue
        if post.venue_id:
            mine |= Q((f"{path}venue_id", post.venue_id))
        elif post.union_id:
            mine |= Q((f"{path}union", post.union_id), (f"{path}venue_id", None))
    return mine
