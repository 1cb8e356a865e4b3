"""The register of venues: entering one, changing what is said of it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, require
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from organizations import uscc as codes
from organizations.models import TradeUnion
from venues import rules, selectors
from venues.enums import VenueKind
from venues.models import CoreBusiness, Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueEntry:
    """What the register says of a venue."""

    name: str
    kind: str
    legal_form: str
    division_code: str
    address: str
    ownership_certificate: str
    affiliation: str
    service_functions: str
    kind_note: str = ""
    uscc: str = ""
    land_area: Decimal | None = None
    building_area: Decimal | None = None
    staff_quota: int | None = None
    opened_on: date | None = None
    is_directly_affiliated: bool = False
    safety_officer: str = ""


def _entry_reasons(
    entry: VenueEntry, *, code: str, venue: Venue | None, today: date
) -> list[Reason]:
    reasons = rules.identity_reasons(
        kind=entry.kind, kind_note=entry.kind_note, legal_form=entry.legal_form, code=code
    )
    if entry.opened_on and entry.opened_on > today:
        text = f"启用日期不能晚于今天（{today:%Y-%m-%d}）。"
        reasons.append(Reason(text, "2-1", "opened_on"))
    others = Venue.objects.exclude(pk=venue.pk) if venue else Venue.objects.all()
    if code and others.filter(uscc=code).exists():
        text = "已有阵地登记了这个统一社会信用代码，请核对是否重复登记。"
        reasons.append(Reason(text, "2-1", "uscc"))
    return reasons


def _write_entry(venue: Venue, entry: VenueEntry, code: str) -> dict[str, list[str]]:
    """Set the fields; answer what changed, before and after, as text."""
    changes = {}
    for field in fields(entry):
        before, after = getattr(venue, field.name), getattr(entry, field.name)
        after = code if field.name == "uscc" else after
        after = after.strip() if isinstance(after, str) else after
        if before != after:
            changes[field.name] = [str(before), str(after)]
            setattr(venue, field.name, after)
    return changes


def _next_code(division_code: str, kind: str) -> str:
    """`ZD-{division6}-{kind2}-{nn}`; the caller holds the root of the tree."""
    prefix = f"ZD-{division_code}-{VenueKind(kind).number}-"
    taken = Venue.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    last = max((int(code.removeprefix(prefix)) for code in taken), default=0)
    return f"{prefix}{last + 1:02d}"


@transaction.atomic
def register_venue(
    *, supervising_union: TradeUnion, entry: VenueEntry, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Venue:  # fmt: skip
    """Enter a venue under its union; its code is given here and never changes.

    The root of the tree is locked, so that two registrations never take one number.
    """
    TradeUnion.objects.select_for_update(of=("self",)).filter(depth=1).first()
    require(by, Permission.VENUE_WRITE, union=supervising_union)
    code = codes.normalise(entry.uscc)
    reasons = _entry_reasons(entry, code=code, venue=None, today=timezone.localdate(at))
    if selectors.asset_department(supervising_union) is None:
        text = (
            f"{supervising_union.name}还没有明确资产监督管理部门，不能登记阵地（第四条、第五条）。"
        )
        reasons.append(Reason(text, "5-3"))
    if reasons:
        raise ActionBlocked(reasons)
    venue = Venue(
        supervising_union=supervising_union, code=_next_code(entry.division_code, entry.kind)
    )
    _write_entry(venue, entry, code)
    venue.place_under(supervising_union)
    venue.save(force_insert=True)
    body = {"code": venue.code, "name": venue.name, "kind": venue.kind}
    _record(venue, "registered", f"登记阵地：{venue.name}", by, at, command_id, body)
    return venue


def _record(
    venue: Venue, verb: str, title: str, by: User, at: datetime, command_id: UUID | None,
    body: dict,
) -> None:  # fmt: skip
    record(
        case_id=venue.pk,
        code=f"venues.venue.{verb}",
        by=by,
        at=at,
        title=title,
        body=body,
        union_id=venue.supervising_union_id,
        command_id=command_id,
    )


def _locked(venue: Venue, by: User, version: int | None) -> Venue:
    venue = lock(Venue, pk=venue.pk, version=version)
    require(by, Permission.VENUE_WRITE, union=venue.supervising_union)
    return venue


@transaction.atomic
def update_venue(
    *, venue: Venue, entry: VenueEntry, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Venue:  # fmt: skip
    """Change what the register says. Its code stays as given, even when the kind is mended."""
    venue = _locked(venue, by, version)
    code = codes.normalise(entry.uscc)
    today = timezone.localdate(at)
    if reasons := _entry_reasons(entry, code=code, venue=venue, today=today):
        raise ActionBlocked(reasons)
    changes = _write_entry(venue, entry, code)
    if not changes:
        raise ActionBlocked("没有需要保存的改动。")
    venue.save_new_version()
    _record(venue, "updated", "变更阵地登记", by, at, command_id, {"changes": changes})
    return venue


@transaction.atomic
def set_core_businesses(
    *, venue: Venue, businesses: list[tuple[str, str]], by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> Venue:  # fmt: skip
    """List what the venue is there for, as (name, description), in order.

    A line that keeps its name keeps its row; one that something else relies on cannot go.
    """
    venue = _locked(venue, by, version)
    if reasons := rules.business_reasons([name for name, _ in businesses]):
        raise ActionBlocked(reasons)
    known = {row.name: row for row in venue.core_businesses.all()}
    before = list(known)
    try:
        venue.core_businesses.exclude(name__in=[name for name, _ in businesses]).delete()
    except ProtectedError as kept:
        text = "要去掉的主责主业已被合作方案引用，不能去掉。"
        raise ActionBlocked(Reason(text, "18-2", "businesses")) from kept
    for order, (name, description) in enumerate(businesses, start=1):
        row = known.get(name) or CoreBusiness(venue=venue, name=name)
        row.order, row.description = order, description
        row.save()
    venue.save_new_version()
    body = {"before": before, "after": [name for name, _ in businesses]}
    _record(venue, "core_businesses_set", "列明主责主业", by, at, command_id, body)
    return venue


@transaction.atomic
def name_supervisor(
    *, venue: Venue, supervisor: User, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Venue:  # fmt: skip
    """Name who in the asset department answers for this venue (第四条、第五条)."""
    venue = _locked(venue, by, version)
    title = f"确定监管责任人：{supervisor.name}"
    return _name(venue, supervisor, title, by=by, at=at, command_id=command_id)


@transaction.atomic
def replace_supervisor(*, venue: Venue, to: User, reason: str, by: User, at: datetime) -> Venue:
    """Name the successor of a supervisor who leaves; who may do so is the hand-over's question."""
    venue = lock(Venue.objects.select_related("supervisor"), pk=venue.pk)
    before = venue.supervisor.name if venue.supervisor else "未确定"
    title = f"离岗交接：监管责任人由{before}改为{to.name}：{reason}"
    return _name(venue, to, title, by=by, at=at, command_id=None)


def _name(
    venue: Venue, supervisor: User, title: str, *, by: User, at: datetime, command_id: UUID | None
) -> Venue:
    union = venue.supervising_union
    if not selectors.may_supervise(supervisor, union, on=timezone.localdate(at)):
        text = f"监管责任人须是{union.name}资产监督管理部门的在任人员。"
        raise ActionBlocked(Reason(text, "4-1", "supervisor"))
    venue.supervisor = supervisor
    venue.save_new_version()
    body = {"supervisor": str(supervisor.pk)}
    _record(venue, "supervisor_named", title, by, at, command_id, body)
    return venue
