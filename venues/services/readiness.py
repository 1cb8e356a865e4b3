"""Self-assessment of the four conditions (第九条), and its review."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from documents.services import store_upload
from notifications.services import notify
from venues import rules, selectors
from venues.enums import Conclusion, ReadinessCode, ReadinessState
from venues.models import Readiness, ReadinessItem, Venue

NOT_DRAFT = "这份条件自评已经提交，不能再改动。需要修改的，请待审核后重新自评。"


def _record(
    readiness: Readiness, verb: str, title: str, by: User, at: datetime,
    command_id: UUID | None, **body: str | int,
) -> None:  # fmt: skip
    record(
        case_id=readiness.venue_id,
        code=f"venues.readiness.{verb}",
        by=by,
        at=at,
        title=title,
        body={"readiness": str(readiness.pk), **body},
        union_id=readiness.venue.supervising_union_id,
        command_id=command_id,
    )


def _tell(readiness: Readiness, users: Iterable[User], title: str, body: str, at: datetime) -> None:
    notify(
        users=users,
        title=title,
        body=body,
        url=f"/venues/{readiness.venue_id}/readiness/",
        kind="venues.readiness",
        dedupe_key=f"venues.readiness:{readiness.pk}:{readiness.state}:{readiness.version}",
        at=at,
        case_id=readiness.venue_id,
    )


@transaction.atomic
def start_readiness(
    *, venue: Venue, by: User, at: datetime, command_id: UUID | None = None
) -> Readiness:
    """Open a self-assessment with its four empty items; a venue has one open at a time."""
    venue = lock(Venue, pk=venue.pk)
    require(by, Permission.READINESS_WRITE, venue_id=venue.pk)
    if venue.readiness.filter(state__in=[ReadinessState.DRAFT, ReadinessState.SUBMITTED]).exists():
        text = "本阵地已有一份未办结的条件自评，请在原来的自评中继续。"
        raise ActionBlocked(Reason(text, "9-0"))
    readiness = Readiness.objects.create(venue=venue, drafted_by=by, started_at=at)
    ReadinessItem.objects.bulk_create(
        ReadinessItem(readiness=readiness, code=code) for code in ReadinessCode
    )
    _record(readiness, "started", "开始阵地条件自评", by, at, command_id)
    return readiness


def _draft(readiness_id: UUID, by: User, version: int | None = None) -> Readiness:
    """Lock the venue, then its self-assessment while it may still be written."""
    venue_id = Readiness.objects.values_list("venue_id", flat=True).get(pk=readiness_id)
    lock(Venue, pk=venue_id)
    require(by, Permission.READINESS_WRITE, venue_id=venue_id)
    readiness = lock(Readiness, pk=readiness_id, version=version)
    if not rules.READINESS.allows("submit", readiness.state):
        raise ActionBlocked(Reason(NOT_DRAFT, "9-0"))
    return readiness


@transaction.atomic
def save_readiness_item(
    *, item: ReadinessItem, conclusion: str, facts: Mapping[str, str | int | None],
    file: UploadedFile | None = None, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> ReadinessItem:  # fmt: skip
    """Keep one item as far as it is written; what is missing is said when it is submitted."""
    readiness = _draft(item.readiness_id, by)
    item = lock(ReadinessItem, pk=item.pk, version=version)
    today = timezone.localdate(at)
    if str(facts.get("as_of") or "") > today.isoformat():
        text = f"数据截止日期不能晚于今天（{today:%Y-%m-%d}）。"
        raise ActionBlocked(Reason(text, item.code, "as_of"))
    known = rules.FACT_LABELS[item.code]
    item.facts = {key: value for key, value in facts.items() if key in known}
    item.conclusion = Conclusion(conclusion) if conclusion else ""
    item.written_by, item.written_at = by, at
    item.save_new_version()
    if file is not None:
        store_upload(
            upload=file,
            name=file.name or "",
            by=by,
            at=at,
            union=readiness.venue.supervising_union,
            venue_id=readiness.venue_id,
            case_id=readiness.venue_id,
            purpose=item.purpose,
        )
    title = f"填写条件自评第九条（{rules.NUMERALS[ReadinessCode(item.code)]}）"
    _record(readiness, "item_saved", title, by, at, command_id, code=item.code)
    return item


@transaction.atomic
def submit_readiness(
    *, readiness: Readiness, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Readiness:  # fmt: skip
    """Hand the self-assessment to the asset department: all four met, with facts and evidence."""
    readiness = _draft(readiness.pk, by, version)
    if reasons := rules.submission_reasons(selectors.facts_of(readiness)):
        raise ActionBlocked(reasons)
    readiness.state = ReadinessState.SUBMITTED
    readiness.submitted_by, readiness.submitted_at = by, at
    readiness.save_new_version()
    _record(readiness, "submitted", "提交阵地条件自评", by, at, command_id)
    venue = readiness.venue
    reviewers = selectors.people_holding(
        Permission.READINESS_REVIEW, on=timezone.localdate(at), union=venue.supervising_union
    )
    text = f"{venue.name}已提交第九条四项基本条件的自评，请审核。"
    _tell(readiness, reviewers, f"待审核：{venue.name}条件自评", text, at)
    return readiness


@transaction.atomic
def review_readiness(
    *, readiness: Readiness, is_ready: bool, review_note: str, valid_until: date | None,
    by: User, at: datetime, version: int | None = None, command_id: UUID | None = None,
) -> Readiness:  # fmt: skip
    """The asset department of the supervising union says whether the venue is ready.

    A venue that is not goes the way of 第十一条. Nobody reviews what they wrote.
    """
    venue = lock(Venue, pk=readiness.venue_id)
    require(by, Permission.READINESS_REVIEW, union=venue.supervising_union)
    readiness = lock(Readiness, pk=readiness.pk, version=version)
    if not rules.READINESS.allows("review", readiness.state):
        raise ActionBlocked(Reason("只有已提交、待审核的条件自评可以审核。", "9-0"))
    writers = set(readiness.items.values_list("written_by_id", flat=True))
    if by.pk in writers | {readiness.drafted_by_id, readiness.submitted_by_id}:
        raise ActionBlocked(Reason("不能审核自己填写或提交的条件自评，请由他人审核。", "9-0"))
    today = timezone.localdate(at)
    if reasons := rules.review_reasons(
        is_ready=is_ready, note=review_note, valid_until=valid_until, today=today
    ):
        raise ActionBlocked(reasons)
    readiness.state = ReadinessState.READY if is_ready else ReadinessState.NOT_READY
    readiness.reviewed_by, readiness.reviewed_at = by, at
    readiness.review_note = review_note.strip()
    readiness.valid_until = valid_until if is_ready else None
    readiness.save_new_version()
    title = "条件自评审核：" + ReadinessState(readiness.state).label
    _record(readiness, "reviewed", title, by, at, command_id, state=readiness.state)
    people = [person for person in (readiness.drafted_by, readiness.submitted_by) if person]
    _tell(readiness, people, title, readiness.review_note, at)
    return readiness
