"""决策权限清单: rows fixed by a meeting; a row below the floor is refused."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.models import AuthorityMatrixRow
from approvals.rules.route import below_floor
from audit.services import record
from core.errors import ActionBlocked, Reason
from organizations.models import TradeUnion


@transaction.atomic
def add_row(
    *, union: TradeUnion, plan_kind: str, mode: str, is_major: bool | None,
    countersigners: Sequence[str], bodies: Sequence[str], formal_review_days: int,
    countersign_days: int, legal_review_days: int, fixed_by: str, valid_from: date, by: User,
    at: datetime, command_id: UUID | None = None,
) -> AuthorityMatrixRow:  # fmt: skip
    """Add a row to a union's matrix; of rows that fit alike the latest counts.

    Plans already submitted keep the route that was pinned on them.
    """
    require(by, Permission.MATRIX_WRITE, union=union)
    days = (formal_review_days, countersign_days, legal_review_days)
    found = list(
        below_floor(
            plan_kind=plan_kind,
            is_major=is_major,
            countersigners=tuple(countersigners),
            bodies=tuple(bodies),
            days=days,
            fixed_by=fixed_by,
        )
    )
    if found:
        raise ActionBlocked([Reason(one.text, one.code, one.field) for one in found])
    row = AuthorityMatrixRow(
        union=union,
        plan_kind=plan_kind,
        mode=mode,
        is_major=is_major,
        countersigners=list(countersigners),
        bodies=list(bodies),
        formal_review_days=formal_review_days,
        countersign_days=countersign_days,
        legal_review_days=legal_review_days,
        fixed_by=fixed_by,
        valid_from=valid_from,
    )
    row.place_under(union)
    row.save(force_insert=True)
    record(
        case_id=row.pk,
        code="approvals.matrix.row_added",
        title=f"决策权限清单增加条目：{row}",
        by=by,
        at=at,
        union_id=union.pk,
        command_id=command_id,
        body={"fixed_by": fixed_by},
    )
    return row
