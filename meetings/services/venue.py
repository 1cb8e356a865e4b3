"""The venue's own meeting, recorded at one go."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files import File
from django.db import transaction

from accounts.models import User
from core.errors import ActionBlocked, Reason
from meetings.enums import Conclusion, MeetingState, VoteMethod
from meetings.models import AgendaItem, Body, Meeting, Member
from meetings.rules import Presence, Tally, VoteMark
from meetings.services.agenda import set_on_agenda
from meetings.services.deciding import conclude_item
from meetings.services.files import keep_record_file
from meetings.services.sittings import plan_meeting, record_meeting, register_attendance


@transaction.atomic
def hold_meeting(
    *, body: Body, session: str, starts_at: datetime, place: str, chair: Member,
    attendance: Sequence[Presence], votes: Sequence[VoteMark], conclusion: Conclusion | str,
    resolution: str, subject_kind: str, subject_id: UUID, case_id: UUID, title: str, url: str,
    version_no: int, content_sha256: str, by: User, at: datetime, invited: str = "",
    ends_at: datetime | None = None, record_text: str = "", reporter: str = "",
    materials_sent_on: date | None = None, ballot: Tally | None = None,
    vote_method: VoteMethod = VoteMethod.SHOW_OF_HANDS, record_file: File | None = None,
    command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Record a venue's 三重一大 meeting on one matter: called, attended, decided and closed.

    All or nothing: without quorum there is no meeting to record. `record_file` is the scan
    of the signed record or attendance list; it may follow later.
    """
    if body.venue_id is None:
        raise ActionBlocked(
            "只有阵地班子会议可以一次登记；党组会议、主席办公会议由会议秘书逐步登记。"
        )
    meeting = plan_meeting(
        body=body, session=session, starts_at=starts_at, place=place, chair=chair,
        invited=invited, vote_method=vote_method, by=by, at=at, command_id=command_id,
    )  # fmt: skip
    meeting = register_attendance(
        meeting=meeting, rows=attendance, by=by, at=at, command_id=command_id
    )
    item = AgendaItem(
        body=body, union=body.union, venue_id=body.venue_id, subject_kind=subject_kind,
        subject_id=subject_id, case_id=case_id, title=title[:200], url=url,
        version_no=version_no, content_sha256=content_sha256, queued_at=starts_at,
    )  # fmt: skip
    item.place_like(body)
    item.save(force_insert=True)
    set_on_agenda(item, meeting, reporter=reporter, materials_sent_on=materials_sent_on)
    item = conclude_item(
        item=item, votes=votes, conclusion=conclusion, resolution=resolution, ballot=ballot,
        by=by, at=at, command_id=command_id,
    )  # fmt: skip
    _close(meeting, ends_at, record_text or resolution, by=by, at=at, command_id=command_id)
    if record_file:
        keep_record_file(
            meeting=meeting, upload=record_file, name=record_file.name or "", by=by, at=at
        )
    return item


def _close(
    meeting: Meeting, ends_at: datetime | None, record_text: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    if ends_at and not meeting.starts_at < ends_at <= at:
        text = "会议结束时间必须晚于开始时间，且不能晚于现在。"
        raise ActionBlocked(Reason(text, field="ends_at"))
    meeting.state, meeting.closed_at = MeetingState.CLOSED, at
    meeting.ends_at, meeting.record_text = ends_at, record_text.strip()
    meeting.save_new_version()
    record_meeting(meeting, "closed", f"{meeting}结束", by, at, command_id)
