"""第十条：a venue investigates a partner, condition by condition."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from documents.selectors import attachments_of
from documents.services import store_upload
from organizations.models import TradeUnion
from organizations.selectors import parameter
from partners import rules, selectors
from partners.enums import PARTS_OF, ConditionCode, DueDiligenceState, Finding
from partners.models import DueDiligence, DueDiligenceItem, DueDiligencePart, Partner

CONCLUDED = "这次尽职调查已经办结，不能再改动。情况有变化时请重新发起。"


@transaction.atomic
def start_due_diligence(
    *, partner: Partner, venue_id: UUID, venue_name: str, union: TradeUnion, by: User,
    at: datetime, command_id: UUID | None = None,
) -> DueDiligence:  # fmt: skip
    """Open a venue's investigation of a partner, every condition 待核.

    The partner is locked, so that a venue never has two open ones.
    """
    partner = lock(Partner, pk=partner.pk)
    require(by, Permission.DUE_DILIGENCE_WRITE, venue_id=venue_id)
    reasons = rules.kind_reasons(partner.subject_kind, partner.uscc)
    if DueDiligence.objects.filter(
        partner=partner, venue_id=venue_id, state=DueDiligenceState.IN_PROGRESS
    ).exists():
        text = "本阵地对这一合作对象的尽职调查正在进行，请在原来的调查中继续填写。"
        reasons.append(Reason(text, "10-0"))
    if reasons:
        raise ActionBlocked(reasons)
    due_diligence = DueDiligence(
        partner=partner, venue_id=venue_id, venue_name=venue_name, started_by=by, started_at=at
    )
    due_diligence.place_under(union)
    due_diligence.save()
    items = [DueDiligenceItem(due_diligence=due_diligence, code=code) for code in ConditionCode]
    DueDiligenceItem.objects.bulk_create(items)
    DueDiligencePart.objects.bulk_create(
        DueDiligencePart(item=item, code=part)
        for item in items
        for part in PARTS_OF.get(ConditionCode(item.code), ())
    )
    _record(due_diligence, "started", f"发起对{partner.name}的尽职调查", by, at, command_id)
    return due_diligence


def _record(
    due_diligence: DueDiligence, verb: str, title: str, by: User, at: datetime,
    command_id: UUID | None, **body: str | int,
) -> None:  # fmt: skip
    record(
        case_id=due_diligence.pk,
        code=f"partners.due_diligence.{verb}",
        by=by,
        at=at,
        title=title,
        body={"partner": str(due_diligence.partner_id), **body},
        union_id=due_diligence.union.pk,
        command_id=command_id,
    )


def _open(due_diligence_id: UUID, by: User) -> DueDiligence:
    """Lock an investigation that still runs, for somebody of its venue."""
    due_diligence = lock(DueDiligence, pk=due_diligence_id)
    require(by, Permission.DUE_DILIGENCE_WRITE, venue_id=due_diligence.venue_id)
    if not rules.INVESTIGATION.allows("check", due_diligence.state):
        raise ActionBlocked(CONCLUDED)
    return due_diligence


def _keep_evidence(
    due_diligence: DueDiligence, upload: UploadedFile | None, purpose: str, by: User, at: datetime
) -> None:
    if upload is None:
        return
    store_upload(
        upload=upload,
        name=upload.name or "",
        by=by,
        at=at,
        union=due_diligence.union,
        venue_id=due_diligence.venue_id,
        case_id=due_diligence.pk,
        purpose=purpose,
    )


@transaction.atomic
def save_due_diligence_item(
    *, item: DueDiligenceItem, finding: str, source: str = "", note: str = "",
    checked_on: date | None = None, expires_on: date | None = None,
    file: UploadedFile | None = None, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> DueDiligenceItem:  # fmt: skip
    """Keep what the check of one condition came to, with its source, day and file."""
    due_diligence = _open(item.due_diligence_id, by)
    item = lock(DueDiligenceItem, pk=item.pk, version=version)
    if ConditionCode(item.code) in PARTS_OF:
        raise ActionBlocked(Reason("这项条件由各分项得出结论，请分别填写分项。", item.code))
    kept = attachments_of(due_diligence.pk, purpose=item.purpose).exists()
    if reasons := rules.item_reasons(
        code=item.code,
        finding=finding,
        source=source,
        checked_on=checked_on,
        expires_on=expires_on,
        has_evidence=kept or file is not None,
        today=timezone.localdate(at),
    ):
        raise ActionBlocked(reasons)
    _keep_evidence(due_diligence, file, item.purpose, by, at)
    item.finding, item.source, item.note = finding, source.strip(), note.strip()
    item.checked_on, item.expires_on, item.checked_by = checked_on, expires_on, by
    item.save_new_version()
    title = f"尽职调查 {item.code}：{Finding(finding).label}"
    _record(due_diligence, "item_saved", title, by, at, command_id, code=item.code, finding=finding)
    return item


def _expiry(
    item: DueDiligenceItem, checked_on: date | None, expires_on: date | None,
    union: TradeUnion | None, today: date,
) -> date | None:  # fmt: skip
    """A credit check lapses after the days the union fixed; a proof on the day it says."""
    if item.code != ConditionCode.RECORD:
        return expires_on
    if checked_on is None or checked_on > today:
        return None
    days = parameter("credit_check_days", union=union, on=today)
    return checked_on + timedelta(days=int(days.value))


def _same_file_elsewhere(due_diligence: DueDiligence, part: DueDiligencePart) -> bool:
    """Whether a file of this part also serves as the proof of another part of the item."""
    mine = attachments_of(due_diligence.pk, purpose=part.purpose).values_list("file_id")
    others = [
        f"{part.item.purpose}:{code}"
        for code in PARTS_OF[ConditionCode(part.item.code)]
        if code != part.code
    ]
    rows = attachments_of(due_diligence.pk).filter(purpose__in=others)
    return rows.filter(file_id__in=mine).exists()


@transaction.atomic
def save_due_diligence_part(
    *, part: DueDiligencePart, finding: str, note: str = "", period: str = "",
    checked_on: date | None = None, expires_on: date | None = None,
    file: UploadedFile | None = None, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> DueDiligencePart:  # fmt: skip
    """Keep one proof or one credit check; the finding of its condition follows from all parts."""
    due_diligence = _open(part.item.due_diligence_id, by)
    part = lock(DueDiligencePart, pk=part.pk, version=version)
    item = lock(DueDiligenceItem, pk=part.item_id)
    part.item = item
    today = timezone.localdate(at)
    expires_on = _expiry(item, checked_on, expires_on, due_diligence.union, today)
    kept = attachments_of(due_diligence.pk, purpose=part.purpose).exists()
    if reasons := rules.part_reasons(
        code=item.code,
        part=part.code,
        finding=finding,
        checked_on=checked_on,
        expires_on=expires_on,
        period=period,
        has_evidence=kept or file is not None,
        today=today,
    ):
        raise ActionBlocked(reasons)
    _keep_evidence(due_diligence, file, part.purpose, by, at)
    if file is not None and _same_file_elsewhere(due_diligence, part):
        text = "同一份文件已用作另一分项的证明。每个分项须有各自的证明，请分别上传。"
        raise ActionBlocked(Reason(text, item.code, "file"))
    part.finding, part.note, part.period = finding, note.strip(), period.strip()
    part.checked_on, part.expires_on, part.checked_by = checked_on, expires_on, by
    part.save_new_version()
    _conclude_item_from_parts(item, by)
    title = f"尽职调查 {item.code} {part.get_code_display()}：{Finding(finding).label}"
    _record(due_diligence, "part_saved", title, by, at, command_id, code=part.code, finding=finding)
    return part


def _conclude_item_from_parts(item: DueDiligenceItem, by: User) -> None:
    parts = selectors.ordered_parts(item)
    done = [part for part in parts if part.finding != Finding.UNVERIFIED]
    item.finding = rules.finding_of_parts([part.finding for part in parts])
    item.source = "、".join(part.get_code_display() for part in done)[:200]
    item.checked_on = min((part.checked_on for part in done if part.checked_on), default=None)
    item.expires_on = min((part.expires_on for part in done if part.expires_on), default=None)
    item.checked_by = by
    item.save_new_version()


@transaction.atomic
def conclude_due_diligence(
    *, due_diligence: DueDiligence, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> DueDiligence:  # fmt: skip
    """Close an investigation in which nothing is 待核; 不符合 may stand and asks for an exception."""
    due_diligence = _open(due_diligence.pk, by)
    lock(DueDiligence, pk=due_diligence.pk, version=version)
    facts = selectors.due_diligence_facts(due_diligence, timezone.localdate(at))
    if reasons := rules.conclusion_reasons(facts):
        raise ActionBlocked(reasons)
    due_diligence.state = DueDiligenceState.CONCLUDED
    due_diligence.concluded_by, due_diligence.concluded_at = by, at
    due_diligence.save_new_version()
    unmet = [code for code, fact in facts.items() if fact.finding == Finding.UNMET]
    title = f"办结对{due_diligence.partner.name}的尽职调查" + (
        f"，不符合 {'、'.join(unmet)}" if unmet else "，六项均符合"
    )
    _record(due_diligence, "concluded", title, by, at, command_id, unmet="、".join(unmet))
    return due_diligence
