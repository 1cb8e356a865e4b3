"""Which row of the authority matrix a plan goes by, and why each other does not. Pure.

The order is fixed and written down in docs/adr/0018: the row that names more of matter, amount
and term goes first; of as many, the one that names 重大事项, then amount, then term, then mode;
then the narrower amount and term; then the later 生效日, then the later entry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from approvals.enums import AmountFigure, CooperationMode, PlanKind, RouteCode
from approvals.rules.term import TermVerdict, judge_term
from core.money import format_wan

ENDLESS = Decimal(10) ** 18
MOST_YEARS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What of a plan the matrix asks for."""

    plan_kind: str
    mode: str
    is_major: bool | None
    amounts: Mapping[str, Decimal | None]
    starts_on: date | None = None
    ends_on: date | None = None
    code: RouteCode = RouteCode.ORDINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTest:
    """The conditions of one row, and what orders it among others."""

    key: str
    plan_kind: str
    code: RouteCode = RouteCode.ORDINARY
    mode: str = ""
    is_major: bool | None = None
    amount_figure: str = ""
    amount_over: Decimal | None = None
    amount_upto: Decimal | None = None
    years_over: int | None = None
    years_upto: int | None = None
    valid_from: date
    order: int = 0  # of entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One condition of a row, whether the plan meets it, and why, in words."""

    is_met: bool
    text: str


@dataclass(frozen=True, slots=True)
class Considered:
    """One row as it was considered."""

    row: RowTest
    points: tuple[Point, ...]

    @property
    def fits(self) -> bool:
        return all(one.is_met for one in self.points)


def consider(row: RowTest, matter: Matter) -> Considered:
    """Hold every condition a row names against the plan."""
    points = [
        Point(is_met=row.code is matter.code, text=f"路由：{row.code.label}"),
        Point(
            is_met=row.plan_kind == matter.plan_kind,
            text=f"方案类别：{PlanKind(row.plan_kind).label}",
        ),
    ]
    if row.mode:
        text = f"合作方式：{CooperationMode(row.mode).label}"
        points.append(Point(is_met=row.mode == matter.mode, text=text))
    if row.is_major is not None:
        text = "限于重大事项" if row.is_major else "限于非重大事项"
        points.append(Point(is_met=row.is_major is matter.is_major, text=text))
    if row.amount_figure:
        points.append(_amount_point(row, matter))
    if row.years_over is not None or row.years_upto is not None:
        points.append(_term_point(row, matter))
    return Considered(row, tuple(points))


def amount_text(row: RowTest) -> str:
    """合作方投资超过 50 万元、不超过 200 万元."""
    if not row.amount_figure:
        return ""
    over = f"超过 {format_wan(row.amount_over)} 万元" if row.amount_over is not None else ""
    upto = f"不超过 {format_wan(row.amount_upto)} 万元" if row.amount_upto is not None else ""
    return AmountFigure(row.amount_figure).label + "、".join(filter(None, (over, upto)))


def term_text(row: RowTest) -> str:
    """期限超过 3 年、不超过 5 年."""
    over = f"超过 {row.years_over} 年" if row.years_over is not None else ""
    upto = f"不超过 {row.years_upto} 年" if row.years_upto is not None else ""
    return f"期限{'、'.join(filter(None, (over, upto)))}" if over or upto else ""


def _amount_point(row: RowTest, matter: Matter) -> Point:
    amount = matter.amounts.get(row.amount_figure)
    if amount is None:
        return Point(is_met=False, text=f"{amount_text(row)}（方案没有这一金额）")
    is_met = (row.amount_over is None or amount > row.amount_over) and (
        row.amount_upto is None or amount <= row.amount_upto
    )
    return Point(is_met=is_met, text=f"{amount_text(row)}（方案为 {format_wan(amount)} 万元）")


def _term_point(row: RowTest, matter: Matter) -> Point:
    text = term_text(row)
    if matter.starts_on is None or matter.ends_on is None:
        return Point(is_met=False, text=f"{text}（方案没有填写期限）")
    is_met = (row.years_over is None or _is_over(matter, row.years_over)) and (
        row.years_upto is None or not _is_over(matter, row.years_upto)
    )
    return Point(is_met=is_met, text=f"{text}（方案为 {matter.starts_on} 至 {matter.ends_on}）")


def _is_over(matter: Matter, years: int) -> bool:
    if matter.starts_on is None or matter.ends_on is None:
        return False
    verdict = judge_term(matter.starts_on, matter.ends_on, max_years=years)
    return verdict is TermVerdict.OVER


def rank(row: RowTest) -> tuple:
    """How specific a row is; of the fitting rows the greatest counts."""
    has_term = row.years_over is not None or row.years_upto is not None
    named = (row.is_major is not None, bool(row.amount_figure), has_term, bool(row.mode))
    amount_upto = ENDLESS if row.amount_upto is None else row.amount_upto
    years_upto = MOST_YEARS if row.years_upto is None else row.years_upto
    return (
        sum(named),
        named,
        (row.amount_over or Decimal(0), -amount_upto),
        (row.years_over or 0, -years_upto),
        row.valid_from,
        row.order,
        row.key,
    )


def choose(rows: Iterable[RowTest], matter: Matter) -> RowTest | None:
    """The row a plan goes by: of those that fit the most specific; None when none fits."""
    fitting = [row for row in rows if consider(row, matter).fits]
    return max(fitting, key=rank, default=None)


def code_for(*, is_province_direct: bool, is_major: bool | None) -> RouteCode:
    """第十三条（二）：省总本级直属企事业单位的重大事项 never go by the ordinary route."""
    if is_province_direct and is_major:
        return RouteCode.PROV_DIRECT_27
    return RouteCode.ORDINARY
