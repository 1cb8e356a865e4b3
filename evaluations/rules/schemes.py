"""What a scheme of indicators must be, and the one to start from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evaluations.enums import IndicatorKind
from evaluations.rules.scoring import FULL
from venues.enums import VenueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorEntry:
    """One indicator as it is to be published."""

    name: str
    kind: IndicatorKind
    weight: Decimal
    unit: str = ""


LEADING = "职工满意度"
DEFAULT_INDICATORS: tuple[tuple[str, IndicatorKind, str], ...] = (
    (LEADING, IndicatorKind.SATISFACTION, ""),
    ("公益服务量", IndicatorKind.POSITIVE, "人次"),
    ("普惠优惠落实", IndicatorKind.RATIO, ""),
    ("主责主业占比", IndicatorKind.RATIO, ""),
    ("资产安全完整", IndicatorKind.RATIO, ""),
    ("安全与应急", IndicatorKind.RATIO, ""),
    ("财务合规和收入归集", IndicatorKind.RATIO, ""),
    ("信息公开", IndicatorKind.RATIO, ""),
)
# 系统默认: the weights in the order above; the regulation names none.
_SCHOOL = (42, 16, 8, 10, 8, 6, 5, 5)
DEFAULT_WEIGHTS: dict[VenueKind, tuple[int, ...]] = {
    VenueKind.CULTURAL_PALACE: (40, 15, 10, 10, 10, 5, 5, 5),
    VenueKind.SPORTS_VENUE: (40, 14, 10, 10, 10, 8, 4, 4),
    VenueKind.SANATORIUM: (42, 12, 12, 10, 10, 6, 4, 4),
    VenueKind.CADRE_COLLEGE: _SCHOOL,
    VenueKind.WORKERS_SCHOOL: _SCHOOL,
    VenueKind.SERVICE_CENTRE: (45, 18, 10, 9, 6, 4, 4, 4),
    VenueKind.HOTEL: (40, 8, 10, 12, 12, 8, 6, 4),
    VenueKind.TRAVEL_AGENCY: (40, 8, 12, 10, 6, 10, 8, 6),
    VenueKind.NEWSPAPER: (40, 14, 6, 12, 6, 4, 8, 10),
    VenueKind.MUTUAL_AID: (45, 14, 8, 9, 6, 4, 10, 4),
    VenueKind.OTHER: (40, 15, 10, 10, 10, 5, 5, 5),
}


def default_indicators(kind: VenueKind) -> list[IndicatorEntry]:
    """The scheme a union may start from for one kind of venue (第十五条 分类施策)."""
    return [
        IndicatorEntry(name=name, kind=how, weight=Decimal(weight), unit=unit)
        for (name, how, unit), weight in zip(DEFAULT_INDICATORS, DEFAULT_WEIGHTS[kind], strict=True)
    ]


def scheme_faults(
    weights: Sequence[tuple[IndicatorKind, Decimal]], *, least_satisfaction: Decimal
) -> list[str]:
    """What is wrong with a scheme: the sum, and satisfaction as the largest single weight."""
    faults = []
    total = sum((weight for _kind, weight in weights), Decimal(0))
    if total != FULL:
        faults.append(f"各指标权重之和须为 100，现为 {total}。")
    core = [weight for kind, weight in weights if kind is IndicatorKind.SATISFACTION]
    others = [weight for kind, weight in weights if kind is not IndicatorKind.SATISFACTION]
    if len(core) != 1:
        faults.append("须有且只有一个职工满意度指标。")
    elif others and core[0] <= max(others):
        faults.append("职工满意度是核心指标，权重须大于其他任何一个指标。")
    elif core[0] < least_satisfaction:
        faults.append(f"职工满意度权重不低于 {least_satisfaction}（系统默认，可由主管工会调整）。")
    if any(weight <= 0 for _kind, weight in weights):
        faults.append("每个指标的权重须大于 0。")
    return faults
