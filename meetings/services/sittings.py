"""A meeting from its notice to its minutes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime

from accounts.models import User
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from meetings import permissions, rules, selectors
from meetings.enums import AttendanceStatus, Conclusion, MeetingState, VoteMethod
from meetings.models import AgendaItem, Attendance, Body, Meeting, Member
from meetings.rules import Presence
from meetings.services.agenda import record_item, wait_again
from organizations.selectors import working_days


@transaction.atomic
def plan_meeting(
    *, body: Body, session: str, starts_at: datetime, place: str, chair: Member, by: User,
    at: datetime, invited: str = "", vote_method: VoteMethod = VoteMethod.SHOW_OF_HANDS,
    command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Call a meeting and take down the roster as it stands on that day.

    Who calls it also records it; the secretary of a union body is not one of its members.
    """
    body = lock(Body.objects.select_related("union"), pk=body.pk)
    permissions.require_writer(by, body)
    roster = list(selectors.roster_of(body, on=localdate(starts_at)))
    if reasons := _plan_reasons(body, roster, session, place, chair, by):
        raise ActionBlocked(reasons)
    meeting = Meeting(
        body=body,
        union=body.union,
        venue_id=body.venue_id,
        session=session.strip(),
        starts_at=starts_at,
        place=place.strip(),
        chair=chair,
        recorder=by,
        invited=invited.strip(),
        vote_method=vote_method,
        **asdict(selectors.terms_of(body, on=localdate(starts_at))),
    )
    meeting.place_like(body)
    mark_late_entry(meeting, at)
    meeting.save(force_insert=True)
    take_roster(meeting)
    moment = f"{localtime(starts_at):%Y-%m-%d %H:%M}"
    record_meeting(meeting, "planned", f"登记{meeting}，{moment}召开", by, at, command_id)
    return meeting


def _plan_reasons(
    body: Body, roster: list[Member], session: str, place: str, chair: Member, by: User
) -> list[Reason]:
    reasons = []
    if not session.strip():
        reasons.append(Reason("请填写届次，例如“2026年第12次”。", field="session"))
    if not place.strip():
        reasons.append(Reason("请填写会议地点。", field="place"))
    if Meeting.objects.filter(body=body, session=session.strip()).exists():
        text = f"{body.name}{session.strip()}已经登记过，请核对届次。"
        reasons.append(Reason(text, field="session"))
    if not roster:
        reasons.append(Reason(f"会议当日{body.name}名单上没有成员，请先维护成员名单。"))
    elif chair not in roster:
        text = "主持人须是会议当日在名单上的成员。"
        reasons.append(Reason(text, code=rules.UNION_MEETING, field="chair"))
    if body.venue_id is None and any(member.user_id == by.pk for member in roster):
        text = "会议秘书只记录、不表决：您是本会议成员，请由其他会议秘书登记。"
        reasons.append(Reason(text, code=rules.UNION_MEETING))
    return reasons


def take_roster(meeting: Meeting) -> None:
    """应到成员名单: the members of the day, as they stand when the meeting is called."""
    roster = selectors.roster_of(meeting.body, on=localdate(meeting.starts_at))
    Attendance.objects.bulk_create(_snapshot(meeting, member) for member in roster)


def _snapshot(meeting: Meeting, member: Member) -> Attendance:
    return Attendance(
        meeting=meeting,
        member=member,
        user_id=member.user_id,
        name=member.name,
        title=member.title,
        is_principal=member.is_principal,
        order=member.order,
    )


@transaction.atomic
def register_attendance(
    *, meeting: Meeting, rows: Sequence[Presence], by: User, at: datetime,
    chair: Member | None = None, invited: str | None = None, version: int | None = None,
    command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Register who came to a meeting that has begun; may be corrected until an item is decided."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    attendances = {row.member_id: row for row in selectors.attendances_of(meeting)}
    chair = chair or meeting.chair
    reasons = _opening_reasons(meeting, at) or papers_reasons(meeting)
    reasons += rules.attendance_reasons(rows, {key: row.name for key, row in attendances.items()})
    present = {row.member for row in rows if row.status == AttendanceStatus.PRESENT}
    if not reasons and chair.pk not in present:
        text = f"主持人{chair.name}未到会，请在到会成员中另定主持人。"
        reasons.append(Reason(text, field="chair"))
    if reasons:
        raise ActionBlocked(reasons)
    for row in rows:
        _mark(attendances[row.member], row)
    meeting.chair, meeting.state = chair, MeetingState.HELD
    meeting.invited = meeting.invited if invited is None else invited.strip()
    mark_late_entry(meeting, at)
    meeting.save_new_version()
    title = f"{meeting}到会登记：应到 {len(attendances)} 人，实到 {len(present)} 人"
    record_meeting(meeting, "attended", title, by, at, command_id)
    return meeting


def _opening_reasons(meeting: Meeting, at: datetime) -> list[Reason]:
    if not rules.MEETING.allows("attend", meeting.state):
        return [Reason("会议已经结束，到会登记不能再改。")]
    if meeting.starts_at > at:
        moment = f"{localtime(meeting.starts_at):%Y-%m-%d %H:%M}"
        return [Reason(f"会议定于 {moment} 召开，尚未开始，不能登记到会和表决。")]
    if meeting.items.exclude(conclusion="").exists():
        return [Reason("已有议题形成结论，到会登记不能再改：票数以登记时的到会人数为准。")]
    return []


def papers_reasons(meeting: Meeting) -> list[Reason]:
    """A meeting does not open for an item whose papers came later than the body's rule."""
    due = selectors.materials_due(meeting)
    found = [
        rules.materials_reason(item.title, item.materials_sent_on, due, meeting.terms)
        for item in meeting.items.filter(conclusion="").order_by("order", "pk")
    ]
    return [Reason(reason.text, meeting.basis) for reason in found if reason]


def _mark(attendance: Attendance, row: Presence) -> None:
    attendance.status = row.status
    attendance.reason = "" if row.status == AttendanceStatus.PRESENT else row.reason.strip()
    attendance.written_opinion = row.written_opinion.strip()
    attendance.save(update_fields=["status", "reason", "written_opinion"])


@transaction.atomic
def close_meeting(
    *, meeting: Meeting, record_text: str, minutes_text: str, minutes_signed_by: str, by: User,
    at: datetime, version: int | None = None, ends_at: datetime | None = None,
    command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """End a meeting with its record and minutes.

    Without quorum it ends as 未形成结论: nothing was decided, and each of its items
    returns to the agenda as a new waiting item of the same version.
    """
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    meeting.record_text, meeting.minutes_text = record_text.strip(), minutes_text.strip()
    meeting.minutes_signed_by = minutes_signed_by.strip()
    meeting.ends_at = ends_at
    has_quorum = selectors.has_quorum(meeting)
    if reasons := _closing_reasons(meeting, at, has_quorum=has_quorum):
        raise ActionBlocked(reasons)
    meeting.state = MeetingState.CLOSED if has_quorum else MeetingState.NO_CONCLUSION
    meeting.closed_at = at
    mark_late_entry(meeting, at)
    meeting.save_new_version()
    if not has_quorum:
        _return_items(meeting, by=by, at=at, command_id=command_id)
    outcome = "形成会议记录和纪要" if has_quorum else "到会人数不足，未形成结论，议题退回议程"
    record_meeting(meeting, "closed", f"{meeting}结束：{outcome}", by, at, command_id)
    return meeting


def _closing_reasons(meeting: Meeting, at: datetime, *, has_quorum: bool) -> list[Reason]:
    if not rules.MEETING.allows("close", meeting.state):
        text = "请先登记到会情况。" if meeting.is_open else "会议已经结束。"
        return [Reason(text)]
    reasons = []
    if not meeting.record_text:
        text = "请填写会议记录；未形成结论的，写明到会情况。"
        reasons.append(Reason(text, field="record_text"))
    if meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        reasons.append(Reason("会议结束时间必须晚于开始时间。", field="ends_at"))
    if meeting.ends_at and meeting.ends_at > at:
        reasons.append(Reason("会议结束时间不能晚于现在。", field="ends_at"))
    if _bare(meeting.minutes_signed_by) == _bare(meeting.recorder.name):
        text = f"纪要签发人不能是记录人（{meeting.recorder.name}）本人。"
        reasons.append(Reason(text, field="minutes_signed_by"))
    return reasons + (_minutes_reasons(meeting) if has_quorum else [])


def _minutes_reasons(meeting: Meeting) -> list[Reason]:
    reasons = [
        Reason(f"第 {item.order} 项议题《{item.title}》尚未形成结论，请先登记表决。")
        for item in meeting.items.filter(conclusion="").order_by("order", "pk")
    ]
    if not meeting.minutes_text:
        reasons.append(Reason("请填写会议纪要：纪要与记录是两份文件。", field="minutes_text"))
    if not meeting.minutes_signed_by:
        reasons.append(Reason("请填写纪要签发人。", field="minutes_signed_by"))
    return reasons


def _bare(name: str) -> str:
    return "".join(name.split())


def _return_items(meeting: Meeting, *, by: User, at: datetime, command_id: UUID | None) -> None:
    """Close each item without conclusion and let the same version wait again."""
    present = meeting.attendances.filter(status=AttendanceStatus.PRESENT).count()
    for item in lock_items(meeting):
        item.conclusion, item.concluded_at = Conclusion.NO_CONCLUSION, at
        item.members, item.present = meeting.attendances.count(), present
        item.save_new_version()
        wait_again(item, meeting)
        title = f"{meeting}到会人数不足（应到 {item.members} 人，实到 {present} 人），未形成结论，退回议程"
        record_item(item, "returned", title, by=by, at=at, command_id=command_id)


def lock_items(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting without conclusion, locked in their order."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).filter(meeting=meeting, conclusion="")
    return list(rows.select_related("body", "union").order_by("order", "pk"))


def mark_late_entry(meeting: Meeting, at: datetime) -> None:
    """补录：once recorded too long after the meeting, it says so for ever."""
    met_on, today = localdate(meeting.starts_at), localdate(at)
    if met_on >= today:
        return
    if working_days().between(met_on, today) > meeting.late_entry_days:
        meeting.is_late_entry = True


def record_meeting(
    meeting: Meeting, act: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    """Write an act on a meeting into its own ledger."""
    record(
        case_id=meeting.pk,
        code=f"meetings.meeting.{act}",
        title=title,
        by=by,
        at=at,
        union_id=meeting.union_id,
        command_id=command_id,
        body={"body": meeting.body.name, "is_late_entry": meeting.is_late_entry},
    )
