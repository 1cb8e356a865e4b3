"""Items: queued before a body, placed in a meeting, taken off again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from meetings import permissions, selectors
from meetings.enums import Conclusion
from meetings.models import AgendaItem, Body, Meeting
from meetings.rules import MEETING, materials_reason
from organizations.models import TradeUnion


@transaction.atomic
def queue_item(
    *, body: Body, subject_kind: str, subject_id: UUID, case_id: UUID, title: str, url: str,
    version_no: int, content_sha256: str, union: TradeUnion, by: User, at: datetime,
    venue_id: UUID | None = None, command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Put one version of a matter before a body; it waits until the secretary places it.

    Who may bring a matter is for the app that owns the matter to say: this is called
    in the transaction of its own step.
    """
    if body.union_id != union.pk:
        raise ActionBlocked(f"{body.name}不是{union.name}的决策机构，议题只能提请本级机构。")
    lock(Body, pk=body.pk)
    if AgendaItem.objects.filter(
        body=body, subject_id=subject_id, conclusion="", withdrawn_at=None
    ).exists():
        raise ActionBlocked(f"《{title}》已在{body.name}的议程上，尚未形成结论，不能重复提请。")
    item = AgendaItem(
        body=body,
        union=union,
        venue_id=venue_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        case_id=case_id,
        title=title[:200],
        url=url,
        version_no=version_no,
        content_sha256=content_sha256,
        queued_at=at,
    )
    item.place_like(body)
    item.save(force_insert=True)
    record_item(item, "queued", f"提请{body.name}审议", by=by, at=at, command_id=command_id)
    return item


def wait_again(item: AgendaItem, meeting: Meeting) -> AgendaItem:
    """The same version of the matter, waiting since the meeting that did not decide on it."""
    again = AgendaItem(
        body=item.body,
        union=item.union,
        venue_id=item.venue_id,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        case_id=item.case_id,
        title=item.title,
        url=item.url,
        version_no=item.version_no,
        content_sha256=item.content_sha256,
        queued_at=max(item.queued_at, meeting.starts_at),
    )
    again.place_like(item)
    again.save(force_insert=True)
    return again


@transaction.atomic
def queue_again(
    *, item: AgendaItem, by: User, at: datetime, command_id: UUID | None = None
) -> AgendaItem:
    """Put a matter that a meeting deferred before the same body once more: 缓议 decides nothing."""
    if item.conclusion != Conclusion.DEFERRED or item.meeting is None:
        raise ActionBlocked("只有会议缓议的议题可以再次提请。")
    again = wait_again(item, item.meeting)
    title = f"{item.meeting}缓议，再次提请{item.body.name}审议"
    record_item(again, "queued", title, by=by, at=at, command_id=command_id)
    return again


@transaction.atomic
def withdraw_item(
    *, item: AgendaItem, by: User, at: datetime, command_id: UUID | None = None
) -> AgendaItem:
    """Take an item off the agenda because its matter went back; the row stays."""
    item = lock(AgendaItem.objects.select_related("body"), pk=item.pk)
    if item.conclusion:
        raise ActionBlocked(f"《{item.title}》已形成结论，不能撤出议程。")
    if item.withdrawn_at:
        raise ActionBlocked(f"《{item.title}》已经撤出议程。")
    item.withdrawn_at, item.meeting, item.order = at, None, 0
    item.save_new_version()
    record_item(
        item, "withdrawn", f"从{item.body.name}议程撤出", by=by, at=at, command_id=command_id
    )
    return item


@transaction.atomic
def place_item(
    *, item: AgendaItem, meeting: Meeting, reporter: str, materials_sent_on: date, by: User,
    at: datetime, version: int | None = None, command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Put a waiting item on the agenda of a meeting, with its reporter."""
    meeting = lock(Meeting.objects.select_related("body__union"), pk=meeting.pk)
    item = lock(AgendaItem.objects.select_related("body"), pk=item.pk, version=version)
    permissions.require_writer(by, meeting.body)
    if reasons := _placing_reasons(item, meeting, reporter, materials_sent_on, localdate(at)):
        raise ActionBlocked(reasons)
    set_on_agenda(item, meeting, reporter=reporter, materials_sent_on=materials_sent_on)
    record_item(item, "placed", f"列入{meeting}议程", by=by, at=at, command_id=command_id)
    return item


def set_on_agenda(
    item: AgendaItem, meeting: Meeting, *, reporter: str, materials_sent_on: date | None
) -> None:
    """Give a checked item its place at the end of the agenda."""
    last = meeting.items.order_by("-order").values_list("order", flat=True).first()
    item.meeting, item.order = meeting, (last or 0) + 1
    item.reporter, item.materials_sent_on = reporter.strip(), materials_sent_on
    item.save_new_version()


def _placing_reasons(
    item: AgendaItem, meeting: Meeting, reporter: str, materials_sent_on: date, today: date
) -> list[Reason]:
    meeting_day, queued_on = localdate(meeting.starts_at), localdate(item.queued_at)
    reasons = []
    if item.meeting_id or item.withdrawn_at or item.conclusion:
        reasons.append(Reason(f"《{item.title}》已列入会议或已撤出，不能再次列入。", field="item"))
    if item.body_id != meeting.body_id:
        text = f"《{item.title}》提请的是{item.body.name}，不能列入{meeting.body.name}。"
        reasons.append(Reason(text, field="item"))
    if not MEETING.allows("place", meeting.state):
        reasons.append(Reason("会议已经结束，不能再列入议题。请列入下一次会议。"))
    if meeting_day < queued_on:
        text = f"会议日（{meeting_day}）早于议题提请日（{queued_on}），不能列入这次会议。"
        reasons.append(Reason(text, field="item"))
    if not reporter.strip():
        reasons.append(Reason("请填写汇报人。", field="reporter"))
    if materials_sent_on > min(meeting_day, today):
        text = f"汇报材料须在会前送达成员：送达日不能晚于会议日（{meeting_day}），也不能晚于今天。"
        reasons.append(Reason(text, field="materials_sent_on"))
    elif late := materials_reason(
        item.title, materials_sent_on, selectors.materials_due(meeting), meeting.terms
    ):
        reasons.append(Reason(late.text, meeting.basis, late.field))
    return reasons


@transaction.atomic
def move_item(
    *, item: AgendaItem, is_up: bool, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Let an item of the agenda change places with its neighbour; decided ones stay where they were."""
    meeting = _agenda_of(item, version)
    permissions.require_writer(by, meeting.body)
    item = lock(AgendaItem.objects.select_related("body"), pk=item.pk)
    waiting = list(meeting.items.filter(conclusion="").order_by("order", "pk"))
    places = [one.pk for one in waiting]
    if item.pk not in places:
        raise ActionBlocked(f"《{item.title}》已形成结论或不在这次会议的议程上，不能调整次序。")
    place = places.index(item.pk) + (-1 if is_up else 1)
    if not 0 <= place < len(places):
        raise ActionBlocked(f"《{item.title}》已排在{'最前' if is_up else '最后'}。")
    _exchange(item, lock(AgendaItem, pk=places[place]))
    meeting.save_new_version()
    title = f"《{item.title}》调整为{meeting}第 {item.order} 项议题"
    record_item(item, "moved", title, by=by, at=at, command_id=command_id)
    return item


def _agenda_of(item: AgendaItem, version: int | None) -> Meeting:
    if item.meeting_id is None:
        raise ActionBlocked(f"《{item.title}》尚未列入会议。")
    rows = Meeting.objects.select_related("body__union")
    meeting = lock(rows, pk=item.meeting_id, version=version)
    if not MEETING.allows("arrange", meeting.state):
        raise ActionBlocked("会议已经结束，议程不能再调整。")
    return meeting


def _exchange(one: AgendaItem, other: AgendaItem) -> None:
    """Swap two places; an order is used once, so one steps aside meanwhile."""
    first, second = one.order, other.order
    for row, order in ((one, 0), (other, first), (one, second)):
        row.order = order
        row.save_new_version()


@transaction.atomic
def take_off(
    *, item: AgendaItem, reason: str, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> AgendaItem:  # fmt: skip
    """Take an item off the agenda of a meeting: it waits again, for another one."""
    meeting = _agenda_of(item, version)
    permissions.require_writer(by, meeting.body)
    item = lock(AgendaItem.objects.select_related("body"), pk=item.pk)
    if item.conclusion:
        raise ActionBlocked(f"《{item.title}》已形成结论，不能移出议程。")
    if not reason.strip():
        raise ActionBlocked(Reason("请写明移出的原因。", field="reason"))
    item.meeting, item.order, item.materials_sent_on = None, 0, None
    item.save_new_version()
    meeting.save_new_version()
    title = f"移出{meeting}议程，另行安排：{reason.strip()}"
    record_item(item, "taken_off", title, by=by, at=at, command_id=command_id)
    return item


def record_item(
    item: AgendaItem, act: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None = None, body: dict | None = None,
) -> None:  # fmt: skip
    """Write an act on an item into the ledger of its case."""
    record(
        case_id=item.case_id,
        code=f"meetings.item.{act}",
        title=title,
        by=by,
        at=at,
        union_id=item.union_id,
        command_id=command_id,
        snapshot_sha256=item.content_sha256,
        body={"item": item.pk, "subject": item.subject_id, "version": item.version_no}
        | (body or {}),
    )
