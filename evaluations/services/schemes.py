"""考核方案: published whole, never edited; a new one replaces it from its own day."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from audit.services import record
from core.errors import ActionBlocked, Reason
from evaluations.models import Indicator, KpiScheme
from evaluations.rules import IndicatorEntry, scheme_faults
from organizations.models import TradeUnion
from organizations.selectors import parameter


@transaction.atomic
def publish_scheme(
    *, union: TradeUnion, venue_kind: str, name: str, valid_from: date,
    indicators: Sequence[IndicatorEntry], by: User, at: datetime, command_id: UUID | None = None,
) -> KpiScheme:  # fmt: skip
    """Publish a scheme whose weights are 100 and whose largest is the workers' satisfaction."""
    require(by, Permission.EVALUATION_PLAN, union=union)
    least = Decimal(str(parameter("satisfaction_min_weight", union=union, on=localdate(at)).value))
    faults = scheme_faults([(one.kind, one.weight) for one in indicators], least_satisfaction=least)
    reasons = [Reason(fault, "13-5-1") for fault in faults]
    names = [one.name for one in indicators]
    if len(set(names)) < len(names):
        reasons.append(Reason("有两个指标同名，请改名或合并。", "13-5-1"))
    if reasons:
        raise ActionBlocked(reasons)
    scheme = KpiScheme(
        union=union,
        venue_kind=venue_kind,
        name=name,
        valid_from=valid_from,
        published_by=by,
        published_at=at,
    )
    scheme.place_under(union)
    try:
        with transaction.atomic():
            scheme.save(force_insert=True)
    except IntegrityError as conflict:
        text = "同一天已发布过这类阵地的考核方案，请改用别的生效日。"
        raise ActionBlocked(Reason(text, "13-5-1", "valid_from")) from conflict
    Indicator.objects.bulk_create(
        Indicator(
            scheme=scheme,
            order=order,
            name=one.name,
            kind=one.kind,
            weight=one.weight,
            unit=one.unit,
        )
        for order, one in enumerate(indicators, start=1)
    )
    record(
        case_id=scheme.pk,
        code="evaluations.scheme.published",
        title=f"发布考核方案：{name}",
        by=by,
        at=at,
        union_id=union.pk,
        command_id=command_id,
    )
    return scheme
