"""会议通知: the members are told, and told again when the day changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from accounts.models import User
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from meetings import permissions, selectors
from meetings.enums import NoticeAnswer
from meetings.models import Attendance, Meeting
from meetings.rules import MEETING
from meetings.services.sittings import mark_late_entry, record_meeting, take_roster
from notifications import services as notifications

NOTICE = selectors.NOTICE


@transaction.atomic
def send_notice(
    *, meeting: Meeting, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Send the notice to every member with an account; the others are named for a call."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    if not MEETING.allows("notice", meeting.state):
        raise ActionBlocked("会议已经召开或结束，不再发通知。")
    if meeting.starts_at <= at:
        raise ActionBlocked("会议时间已到，不再发通知。补录的会议直接登记到会。")
    if not meeting.items.exists():
        raise ActionBlocked("议程上还没有议题。会议通知须写明议题，请先列入议题。")
    meeting.noticed_at = at
    meeting.save_new_version()
    told = _tell(meeting, f"会议通知：{meeting}", at=at)
    title = f"发出{meeting}通知：站内和邮件通知 {told} 人，应到 {meeting.attendances.count()} 人"
    record_meeting(meeting, "noticed", title, by, at, command_id)
    return meeting


def _tell(meeting: Meeting, title: str, *, at: datetime) -> int:
    people = selectors.invited_people(meeting)
    agenda = "；".join(
        f"{item.order}. {item.title}" for item in meeting.items.order_by("order", "pk")
    )
    moment = f"{localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    notifications.notify(
        users=people,
        title=title,
        body=f"{moment}，{meeting.place}。主持人：{meeting.chair.name}。议题：{agenda}。",
        url=reverse("meetings:meeting_detail", args=[meeting.pk]),
        kind=NOTICE,
        dedupe_key=f"meeting:{meeting.pk}:{meeting.version}",
        at=at,
        case_id=meeting.pk,
    )
    return len(people)


@transaction.atomic
def answer_notice(
    *, meeting: Meeting, answer: NoticeAnswer | str, reason: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Attendance:  # fmt: skip
    """A member says whether they will come; who came is still registered at the meeting.

    The answer may be changed until the meeting begins. Another day asks everybody anew.
    """
    meeting = lock(Meeting.objects.select_related("body__union", "recorder"), pk=meeting.pk)
    row = meeting.attendances.filter(user_id=by.pk).first()
    if row is None:
        raise Refused("您不在这次会议的应到名单上，不需要答复。")
    if reasons := _answering_reasons(meeting, answer, reason, at):
        raise ActionBlocked(reasons)
    row.answer, row.answered_at = NoticeAnswer(answer), at
    row.answer_reason = reason.strip() if answer == NoticeAnswer.LEAVE else ""
    row.save(update_fields=["answer", "answer_reason", "answered_at"])
    told = f"{row.name}答复{meeting}通知：{row.get_answer_display()}"
    title = told + (f"（{row.answer_reason}）" if row.answer_reason else "")
    record_meeting(meeting, "answered", title, by, at, command_id)
    if row.answer == NoticeAnswer.LEAVE:
        notifications.notify(
            users=[meeting.recorder],
            title=told,
            body=row.answer_reason,
            url=reverse("meetings:meeting_detail", args=[meeting.pk]),
            kind="meetings.answer",
            dedupe_key=f"meeting:{meeting.pk}:answer:{row.pk}:{at.isoformat()}",
            at=at,
            case_id=meeting.pk,
        )
    return row


def _answering_reasons(
    meeting: Meeting, answer: NoticeAnswer | str, reason: str, at: datetime
) -> list[Reason]:
    if meeting.noticed_at is None or not MEETING.allows("notice", meeting.state):
        return [Reason("会议通知尚未发出，或会议已经召开，不能再答复。")]
    if meeting.starts_at <= at:
        return [Reason("会议时间已到，不能再答复。不能到会的，请直接告知会议秘书。")]
    if answer not in NoticeAnswer.values:
        return [Reason("请选择参加或请假。", field="answer")]
    if answer == NoticeAnswer.LEAVE and not reason.strip():
        return [Reason("请假的，请写明原因。", field="reason")]
    return []


@transaction.atomic
def reschedule_meeting(
    *, meeting: Meeting, starts_at: datetime, place: str, reason: str, by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Move a meeting that was not held yet; the roster is taken anew for its day."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    if reasons := _moving_reasons(meeting, starts_at, place, reason, at):
        raise ActionBlocked(reasons)
    before = f"{localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
    meeting.starts_at, meeting.place = starts_at, place.strip()
    meeting.attendances.all().delete()
    take_roster(meeting)
    mark_late_entry(meeting, at)
    meeting.save_new_version()
    if meeting.noticed_at:
        _tell(meeting, f"会议改期：{meeting}", at=at)
    after = f"{localtime(starts_at):%Y-%m-%d %H:%M}"
    title = f"{meeting}由 {before} 改为 {after}：{reason.strip()}"
    record_meeting(meeting, "rescheduled", title, by, at, command_id)
    return meeting


def _moving_reasons(
    meeting: Meeting, starts_at: datetime, place: str, reason: str, at: datetime
) -> list[Reason]:
    if not MEETING.allows("reschedule", meeting.state):
        return [Reason("会议已经登记到会或结束，不能改期。")]
    reasons = []
    if starts_at <= at:
        reasons.append(Reason("改期须改到今后的时间。", field="starts_at"))
    if not place.strip():
        reasons.append(Reason("请填写会议地点。", field="place"))
    if not reason.strip():
        reasons.append(Reason("请写明改期的原因。", field="reason"))
    day = localdate(starts_at)
    if meeting.chair not in selectors.roster_of(meeting.body, on=day):
        reasons.append(
            Reason(f"主持人{meeting.chair.name}在 {day} 不在成员名单上。", field="starts_at")
        )
    return reasons
