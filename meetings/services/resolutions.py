"""议定事项: asked for by a meeting, reported with evidence, closed by the secretary."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import IO
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from documents.enums import Audience
from documents.services import store_upload
from meetings import permissions
from meetings.enums import ResolutionState
from meetings.models import AgendaItem, Meeting, Resolution
from meetings.rules import MEETING, RESOLVING
from notifications import services as notifications
from organizations.selectors import working_days

KIND = "meetings.resolution"
PURPOSE = "议定事项落实"
REMIND_BEFORE_DAYS = 2
REMIND_AFTER_DAYS = (1, 3)


@transaction.atomic
def add_resolution(
    *, meeting: Meeting, text: str, owner: str, due_on: date, by: User, at: datetime,
    department_kind: str = "", item: AgendaItem | None = None, version: int | None = None,
    command_id: UUID | None = None,
) -> Resolution:  # fmt: skip
    """Write down what the meeting asked for, of whom, until when; they are told and reminded."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    resolution = Resolution(
        meeting=meeting,
        item=item,
        union=meeting.union,
        venue_id=meeting.venue_id,
        no=(meeting.resolutions.aggregate(last=Max("no"))["last"] or 0) + 1,
        text=text.strip(),
        department_kind=department_kind,
        owner=owner.strip(),
        due_on=due_on,
    )
    if reasons := _adding_reasons(resolution):
        raise ActionBlocked(reasons)
    resolution.place_like(meeting)
    resolution.save(force_insert=True)
    meeting.save_new_version()
    _remind(resolution, at=at)
    title = (
        f"{meeting}议定事项 {resolution.no}：{resolution.text}（{resolution.owner_text}，{due_on}）"
    )
    _note(resolution, "added", title, by=by, at=at, command_id=command_id)
    return resolution


def _adding_reasons(one: Resolution) -> list[Reason]:
    reasons = []
    if not MEETING.allows("resolve", one.meeting.state):
        reasons.append(Reason("会议尚未召开或未形成结论，没有议定事项可以登记。"))
    if one.item and (one.item.meeting_id != one.meeting_id or not one.item.is_voted):
        text = "所选议题不在这次会议上或尚未形成结论，请先登记表决。"
        reasons.append(Reason(text, field="item"))
    if not one.text:
        reasons.append(Reason("请写明要办的事项。", field="text"))
    if not one.owner:
        reasons.append(Reason("请填写责任人。", field="owner"))
    if not one.venue_id and not one.department_kind:
        reasons.append(Reason("请选择责任部门。", field="department_kind"))
    held_on = localdate(one.meeting.starts_at)
    if one.due_on < held_on:
        text = f"办理时限不能早于会议日（{held_on}）。"
        reasons.append(Reason(text, field="due_on"))
    return reasons


@transaction.atomic
def report_resolution(
    *, resolution: Resolution, report: str, upload: File | IO[bytes], name: str, by: User,
    at: datetime, version: int | None = None, command_id: UUID | None = None,
) -> Resolution:  # fmt: skip
    """The owner says what was done and shows it; the secretary is told."""
    resolution = _locked(resolution, version)
    permissions.require_owner(by, resolution)
    if not RESOLVING.allows("report", resolution.state):
        raise ActionBlocked("议定事项已经销号，不能再报告。")
    if not report.strip():
        raise ActionBlocked(Reason("请写明落实情况。", field="report"))
    store_upload(
        upload=upload, name=name, by=by, at=at, union=resolution.union,
        venue_id=resolution.venue_id, case_id=resolution.pk, purpose=PURPOSE,
        audience=Audience.MATTER,
    )  # fmt: skip
    resolution.state, resolution.report = ResolutionState.REPORTED, report.strip()
    resolution.reported_by, resolution.reported_at = by, at
    resolution.save_new_version()
    notifications.notify(
        users=[resolution.meeting.recorder],
        title=f"议定事项已报告落实：{resolution.text}"[:200],
        body=resolution.report,
        url=page_of(resolution),
        kind=KIND,
        dedupe_key=f"resolution:{resolution.pk}:{resolution.version}",
        at=at,
        case_id=resolution.pk,
    )
    title = f"报告落实：{resolution.text}"
    _note(resolution, "reported", title, by=by, at=at, command_id=command_id)
    return resolution


@transaction.atomic
def settle_resolution(
    *, resolution: Resolution, is_done: bool, remark: str, by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> Resolution:  # fmt: skip
    """Close what was done, or hand it back with what is still missing."""
    resolution = _locked(resolution, version)
    permissions.require_writer(by, resolution.meeting.body)
    if not RESOLVING.allows("settle", resolution.state):
        raise ActionBlocked("责任部门尚未报告落实情况并附证明材料，不能销号。")
    if resolution.reported_by_id == by.pk:
        raise Refused("落实情况由您本人报告，不能由您本人销号。请由其他会议秘书或负责人核对。")
    if not is_done and not remark.strip():
        raise ActionBlocked(Reason("请写明还缺什么，再退回继续办理。", field="remark"))
    resolution.remark = remark.strip()
    if is_done:
        resolution.state, resolution.closed_by, resolution.closed_at = (
            ResolutionState.CLOSED,
            by,
            at,
        )
        notifications.close_deadline(kind=KIND, subject_id=resolution.pk, at=at)
    else:
        resolution.state = ResolutionState.OPEN
    resolution.save_new_version()
    act, word = ("closed", "销号") if is_done else ("handed_back", "退回继续办理")
    title = f"{word}：{resolution.text}" + (f"（{resolution.remark}）" if remark.strip() else "")
    _note(resolution, act, title, by=by, at=at, command_id=command_id)
    return resolution


@transaction.atomic
def extend_resolution(
    *, resolution: Resolution, due_on: date, reason: str, by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> Resolution:  # fmt: skip
    """Give the owner a later day, with the reason; the first day stays in view."""
    resolution = _locked(resolution, version)
    permissions.require_writer(by, resolution.meeting.body)
    if not RESOLVING.allows("extend", resolution.state):
        raise ActionBlocked("议定事项已经销号，不能再延期。")
    before, reasons = resolution.due_on, []
    if due_on <= before:
        text = f"新的办理时限须晚于现在的时限（{before}）。"
        reasons.append(Reason(text, field="due_on"))
    elif due_on < localdate(at):
        reasons.append(Reason("新的办理时限不能早于今天。", field="due_on"))
    if not reason.strip():
        reasons.append(Reason("请写明延期理由。", field="reason"))
    if reasons:
        raise ActionBlocked(reasons)
    resolution.first_due_on = resolution.first_due_on or before
    resolution.due_on, resolution.extension_reason = due_on, reason.strip()
    resolution.save_new_version()
    _remind(resolution, at=at)
    title = f"延期：{resolution.text}（{before} → {due_on}）：{resolution.extension_reason}"
    _note(resolution, "extended", title, by=by, at=at, command_id=command_id)
    return resolution


def _locked(resolution: Resolution, version: int | None) -> Resolution:
    rows = Resolution.objects.select_related("union", "meeting__body__union", "meeting__recorder")
    return lock(rows, pk=resolution.pk, version=version)


def page_of(resolution: Resolution) -> str:
    return reverse("meetings:resolution_detail", args=[resolution.pk])


def _remind(resolution: Resolution, *, at: datetime) -> None:
    """Remind the owner and the secretary before, on and after the day."""
    calendar, due = working_days(), resolution.due_on
    near = due
    for _ in range(REMIND_BEFORE_DAYS):
        near = calendar.before(near)
    alerts = [
        notifications.Alert(near, f"还有 {REMIND_BEFORE_DAYS} 个工作日到期"),
        notifications.Alert(due, "今天到期"),
        *(
            notifications.Alert(calendar.add(due, late).day, f"已超期 {late} 个工作日")
            for late in REMIND_AFTER_DAYS
        ),
    ]
    notifications.set_deadline(
        kind=KIND,
        subject_id=resolution.pk,
        case_id=resolution.pk,
        title=f"议定事项：{resolution.text}",
        url=page_of(resolution),
        due_on=due,
        union=resolution.union,
        venue_id=resolution.venue_id,
        alerts=[alert for alert in alerts if alert.fire_on >= localdate(at)],
        recipients=list(_audience(resolution)),
        at=at,
    )


def _audience(resolution: Resolution) -> Iterable[notifications.Audience]:
    if resolution.venue_id:
        yield notifications.Audience(
            permission=Permission.PROPOSAL_WRITE, venue_id=resolution.venue_id
        )
        return
    yield notifications.Audience(
        permission=Permission.MEETING_READ,
        union=resolution.union,
        department=resolution.department_kind,
    )
    yield notifications.Audience(permission=Permission.MEETING_WRITE, union=resolution.union)


def _note(
    resolution: Resolution, act: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    record(
        case_id=resolution.pk,
        code=f"meetings.resolution.{act}",
        title=title,
        by=by,
        at=at,
        union_id=resolution.union_id,
        command_id=command_id,
        body={"meeting": resolution.meeting_id, "no": resolution.no},
    )
