"""决策权限清单: amendments written by one person, simulated, published by another.

A row below the floor is refused when it is written; a running plan keeps its pinned route
whatever is published afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.enums import AmendmentState, RouteCode
from approvals.models import AuthorityMatrixRow, MatrixAmendment, MatrixEnding
from approvals.rules.counting import SigningGroup
from approvals.rules.floor import RowFacts, below_floor
from approvals.rules.roads import AMENDING
from approvals.selectors.routes import rerouted_by
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from meetings.models import AgendaItem
from organizations.enums import UnionLevel
from organizations.models import TradeUnion


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFields:
    """What a row says; `groups` are the signing groups, none means all at once."""

    plan_kind: str
    countersigners: Sequence[str]
    bodies: Sequence[str]
    formal_review_days: int
    countersign_days: int
    legal_review_days: int
    valid_from: date
    mode: str = ""
    is_major: bool | None = None
    code: str = RouteCode.ORDINARY
    amount_figure: str = ""
    amount_over: Decimal | None = None
    amount_upto: Decimal | None = None
    years_over: int | None = None
    years_upto: int | None = None
    groups: Sequence[SigningGroup] = ()
    one_body_reason: str = ""
    leader_days: int = 0
    meeting_days: int = 0
    upward_days: int = 0
    reply_days: int = 0
    fixed_item: AgendaItem | None = None
    fixed_by: str = ""
    fixed_session: str = ""
    fixed_on: date | None = None

    @property
    def signing(self) -> tuple[SigningGroup, ...]:
        return tuple(self.groups) or (SigningGroup(tuple(self.countersigners)),)

    def columns(self) -> dict:
        """The columns of the row; a recorded item names its own meeting."""
        values = {name: getattr(self, name) for name in self.__slots__}
        signing = self.signing
        values["groups"] = [one.as_json() for one in signing]
        values["countersigners"] = [kind for one in signing for kind in one.departments]
        values["bodies"] = list(self.bodies)
        if self.fixed_item and self.fixed_item.meeting:
            meeting = self.fixed_item.meeting
            values["fixed_by"] = self.fixed_item.body.name
            values["fixed_session"] = meeting.session
            values["fixed_on"] = localdate(meeting.starts_at)
        return values


@transaction.atomic
def add_row(
    *, union: TradeUnion, by: User, at: datetime, command_id: UUID | None = None, **fields
) -> AuthorityMatrixRow:
    """Add a row to the union's amendment; it counts when a second person publishes it.

    `fields` are those of `RowFields`.
    """
    require(by, Permission.MATRIX_WRITE, union=union)
    given = RowFields(**fields)
    _ensure_recorded(given, union)
    _ensure_above_floor(given, union)
    amendment = draft_of(union, by=by, at=at)
    row = AuthorityMatrixRow(
        union=union, amendment=amendment, written_by=by, written_at=at, **given.columns()
    )
    row.place_under(union)
    row.save(force_insert=True)
    amendment.save_new_version()
    _note(
        amendment, "row_added", f"决策权限清单拟增条目：{row}", by=by, at=at,
        command_id=command_id, body={"row": str(row.pk), "fixed_by": row.record},
    )  # fmt: skip
    return row


def draft_of(union: TradeUnion, *, by: User, at: datetime) -> MatrixAmendment:
    """The union's amendment that is being written, opened when there is none."""
    drafts = MatrixAmendment.objects.select_for_update(of=("self",))
    found = drafts.filter(union=union, state=AmendmentState.DRAFT).first()
    if found:
        return found
    amendment = MatrixAmendment(union=union, written_by=by, written_at=at)
    amendment.place_under(union)
    amendment.save(force_insert=True)
    return amendment


def _ensure_recorded(given: RowFields, union: TradeUnion) -> None:
    item = given.fixed_item
    if item is None:
        return
    if item.union_id != union.pk or item.meeting is None or not item.counts:
        text = "所选议题不是本级工会已经通过的议题，请重新选择，或者写明会议名称、次数和日期。"
        raise ActionBlocked(Reason(text, "13-3-3", "fixed_item"))


def _ensure_above_floor(given: RowFields, union: TradeUnion) -> None:
    columns = given.columns()
    named = all((columns["fixed_by"].strip(), columns["fixed_session"].strip(), given.fixed_on))
    facts = RowFacts(
        plan_kind=given.plan_kind,
        is_major=given.is_major,
        code=RouteCode(given.code),
        groups=given.signing,
        bodies=tuple(given.bodies),
        one_body_reason=given.one_body_reason,
        days=(given.formal_review_days, given.countersign_days, given.legal_review_days),
        has_record=given.fixed_item is not None or named,
        fixed_on=columns["fixed_on"],
        valid_from=given.valid_from,
        amount_figure=given.amount_figure,
        amount_over=given.amount_over,
        amount_upto=given.amount_upto,
        years_over=given.years_over,
        years_upto=given.years_upto,
        is_province=union.level == UnionLevel.PROVINCE,
    )
    if found := list(below_floor(facts)):
        raise ActionBlocked([Reason(one.text, one.code, one.field) for one in found])


@transaction.atomic
def remove_row(
    *, row: AuthorityMatrixRow, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MatrixAmendment:  # fmt: skip
    """Take a row out of an amendment that is not published; it has never counted."""
    if row.amendment is None:
        raise StaleVersion("这一条目已经公布，请改为终止。")
    amendment = _lock_draft(row.amendment, version)
    require(by, Permission.MATRIX_WRITE, union=amendment.union)
    title = f"决策权限清单撤去拟增条目：{row}"
    row.delete()
    amendment.save_new_version()
    _note(amendment, "row_removed", title, by=by, at=at, command_id=command_id)
    return amendment


@transaction.atomic
def end_row(
    *, row: AuthorityMatrixRow, valid_to: date, reason: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MatrixEnding:  # fmt: skip
    """Propose to end a row that is in force, from a day; publishing carries it out."""
    require(by, Permission.MATRIX_WRITE, union=row.union)
    row = lock(AuthorityMatrixRow.objects.select_related("amendment", "union"), pk=row.pk)
    if not row.is_published:
        raise ActionBlocked("条目尚未公布，直接从修订稿中撤去即可。")
    if row.valid_to is not None:
        raise StaleVersion(f"这一条目已定于 {row.valid_to} 失效。")
    if not reason.strip():
        raise ActionBlocked(Reason("请写明终止这一条目的依据。", "13-3-3", "reason"))
    if valid_to < max(row.valid_from, localdate(at) - timedelta(days=1)):
        text = "失效日不能早于今天的前一天，也不能早于条目的生效日：终止不追溯。"
        raise ActionBlocked(Reason(text, "13-3-3", "valid_to"))
    amendment = draft_of(row.union, by=by, at=at)
    if amendment.endings.filter(row=row).exists():
        raise StaleVersion("这一条目已在修订稿中终止，请先在修订稿中撤去。")
    ending = MatrixEnding.objects.create(
        amendment=amendment, row=row, valid_to=valid_to, reason=reason.strip(), by=by, at=at
    )
    amendment.save_new_version()
    _note(
        amendment, "row_ending", f"决策权限清单拟终止条目：{row}（{valid_to}）", by=by, at=at,
        command_id=command_id, body={"row": str(row.pk), "reason": reason.strip()},
    )  # fmt: skip
    return ending


@transaction.atomic
def remove_ending(
    *, ending: MatrixEnding, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MatrixAmendment:  # fmt: skip
    """Take a proposed ending out of an amendment that is not published; the row goes on."""
    amendment = _lock_draft(ending.amendment, version)
    require(by, Permission.MATRIX_WRITE, union=amendment.union)
    title = f"决策权限清单撤去拟终止条目：{ending.row}"
    ending.delete()
    amendment.save_new_version()
    _note(
        amendment, "ending_removed", title, by=by, at=at, command_id=command_id,
        body={"row": str(ending.row_id), "valid_to": f"{ending.valid_to}", "reason": ending.reason},
    )  # fmt: skip
    return amendment


@transaction.atomic
def publish_amendment(
    *, amendment: MatrixAmendment, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MatrixAmendment:  # fmt: skip
    """Put an amendment in force: by another person than its writers, on what was simulated.

    `version` is the amendment as it was simulated on the page: a row added since makes it
    stale. Plans already submitted keep the route that was pinned on them.
    """
    amendment = _lock_draft(amendment, version)
    require(by, Permission.MATRIX_PUBLISH, union=amendment.union)
    rows, endings = amendment.rows.order_by("pk"), amendment.endings.select_related("row")
    writers = {amendment.written_by_id}
    writers |= {one.written_by_id for one in rows if one.written_by_id}
    writers |= {one.by_id for one in endings}
    if by.pk in writers:
        raise Refused("您拟订了这份修订稿，不能自己公布，请由分管领导或另一位部长试算后公布。")
    if not rows and not endings:
        raise ActionBlocked("修订稿中没有条目，不需要公布。")
    amendment.rerouted = len(rerouted_by(amendment, on=localdate(at)))
    for ending in endings.order_by("pk"):
        ending.row.valid_to = ending.valid_to
        ending.row.save(update_fields=["valid_to"])
    amendment.state = AmendmentState.PUBLISHED
    amendment.published_by, amendment.published_at = by, at
    amendment.save_new_version()
    title = (
        f"公布决策权限清单修订：增加 {len(rows)} 条、终止 {len(endings)} 条；"
        f"试算中 {amendment.rerouted} 件既往方案改走其他路由"
    )
    _note(amendment, "published", title, by=by, at=at, command_id=command_id)
    return amendment


@transaction.atomic
def drop_amendment(
    *, amendment: MatrixAmendment, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> MatrixAmendment:  # fmt: skip
    """Give an amendment up; it stays readable and never counts."""
    amendment = _lock_draft(amendment, version)
    require(by, Permission.MATRIX_WRITE, union=amendment.union)
    amendment.state = AmendmentState.DROPPED
    amendment.save_new_version()
    _note(amendment, "dropped", "放弃决策权限清单修订稿", by=by, at=at, command_id=command_id)
    return amendment


def _lock_draft(amendment: MatrixAmendment, version: int) -> MatrixAmendment:
    rows = MatrixAmendment.objects.select_related("union", "written_by")
    locked = lock(rows, pk=amendment.pk, version=version)
    if not AMENDING.allows("write", locked.state):  # then neither published nor dropped
        raise StaleVersion(f"这份修订稿{locked.get_state_display()}，请刷新页面查看。")
    return locked


def _note(
    amendment: MatrixAmendment, code: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None = None, body: dict | None = None,
) -> None:  # fmt: skip
    record(
        case_id=amendment.pk,
        code=f"approvals.matrix.{code}",
        title=title,
        by=by,
        at=at,
        union_id=amendment.union_id,
        command_id=command_id,
        body=body or {},
    )
