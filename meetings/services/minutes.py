"""会议纪要: numbered and printed when it is signed, not before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from core.errors import ActionBlocked, Reason
from core.models import lock
from documents import services as documents
from documents.enums import NumberKind
from documents.models import IssuedDocument
from meetings import permissions
from meetings.enums import MeetingState
from meetings.models import Meeting
from meetings.papers import MINUTES_TEMPLATE, minutes_context, minutes_title
from meetings.rules import MEETING
from meetings.services.sittings import record_meeting

KIND = "minutes"


@transaction.atomic
def issue_minutes(
    *, meeting: Meeting, minutes_text: str, signed_by: str, signed_on: date, by: User,
    at: datetime, copy_to: str = "", version: int | None = None, command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Issue the minutes somebody else signed: the next number of the body, the PDF."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    meeting.minutes_text = minutes_text.strip()
    meeting.minutes_signed_by, meeting.minutes_signed_on = signed_by.strip(), signed_on
    if reasons := _issuing_reasons(meeting, localdate(at)):
        raise ActionBlocked(reasons)
    meeting.minutes_number = documents.take_number(
        series=_series(meeting), year=signed_on.year, title=minutes_title(meeting),
        case_id=meeting.pk, union=meeting.union, venue_id=meeting.venue_id, by=by, at=at,
    )  # fmt: skip
    meeting.minutes_document = documents.issue_pdf(
        kind=KIND,
        template=MINUTES_TEMPLATE,
        context=minutes_context(meeting, copy_to=copy_to.strip()),
        number=meeting.minutes_number,
        title=minutes_title(meeting),
        case_id=meeting.pk,
        union=meeting.union,
        venue_id=meeting.venue_id,
        by=by,
        at=at,
    )
    meeting.save_new_version()
    title = f"签发{meeting}纪要 {meeting.minutes_number}，签发人 {meeting.minutes_signed_by}"
    record_meeting(meeting, "minutes_issued", title, by, at, command_id)
    return meeting


def _series(meeting: Meeting) -> documents.Series:
    return documents.Series(
        code=f"minutes:{meeting.body_id}", kind=NumberKind.MINUTES, holder=meeting.body.name,
        form=f"{_prefix(meeting)}〔{{year}}〕{{no}}号",
    )  # fmt: skip


def _prefix(meeting: Meeting) -> str:
    """西总党组纪 and the like; a board is known by its own name."""
    words = {"party_group": "党组纪", "chairs_office": "主席办纪"}
    word = words.get(meeting.body.kind)
    return f"{meeting.union.short_name}{word}" if word else f"{meeting.body.name}纪"


def _issuing_reasons(meeting: Meeting, today: date) -> list[Reason]:
    if meeting.minutes_document_id:
        return [Reason(f"纪要 {meeting.minutes_number} 已经签发；有误的，先作废再重新签发。")]
    if meeting.state == MeetingState.NO_CONCLUSION:
        return [Reason("会议到会人数不足、未形成结论，没有可以签发的纪要。", meeting.basis)]
    if not MEETING.allows("minutes", meeting.state):
        return [Reason("会议尚未结束，请先结束会议，再签发纪要。")]
    reasons = []
    if not meeting.minutes_text:
        reasons.append(Reason("请填写会议纪要：纪要与记录是两份文件。", field="minutes_text"))
    if not meeting.minutes_signed_by:
        reasons.append(Reason("请填写纪要签发人。", field="signed_by"))
    elif _bare(meeting.minutes_signed_by) == _bare(meeting.recorder.name):
        text = f"纪要签发人不能是记录人（{meeting.recorder.name}）本人。"
        reasons.append(Reason(text, field="signed_by"))
    held_on = localdate(meeting.starts_at)
    signed_on = meeting.minutes_signed_on
    if signed_on is None or not held_on <= signed_on <= today:
        text = f"纪要签发日期不能早于会议日（{held_on}），也不能晚于今天。"
        reasons.append(Reason(text, field="signed_on"))
    return reasons


def _bare(name: str) -> str:
    return "".join(name.split())


@transaction.atomic
def void_minutes(
    *, meeting: Meeting, reason: str, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Declare issued minutes void; their number is kept and never given again."""
    rows = Meeting.objects.select_related("body__union")
    meeting = lock(rows, pk=meeting.pk, version=version)
    permissions.require_writer(by, meeting.body)
    if meeting.minutes_document_id is None:
        raise ActionBlocked("会议纪要尚未签发，无需作废。")
    if not reason.strip():
        raise ActionBlocked(Reason("请填写作废原因。", field="reason"))
    document = IssuedDocument.objects.get(pk=meeting.minutes_document_id)
    documents.void_document(document=document, reason=reason, by=by, at=at)
    number = meeting.minutes_number
    meeting.minutes_document, meeting.minutes_number = None, ""
    meeting.minutes_signed_on = None
    meeting.save_new_version()
    title = f"作废{meeting}纪要 {number}：{reason.strip()}"
    record_meeting(meeting, "minutes_voided", title, by, at, command_id)
    return meeting
