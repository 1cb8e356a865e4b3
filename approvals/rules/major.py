"""Which entries of the catalogue of major matters a plan meets (第十三条（二）). Pure.

The regulation names no threshold. What is shipped is 系统默认 and holds no figure: an entry
without its figure is put to the judgement of who determines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from approvals.enums import AmountFigure, CooperationMode, MajorTest
from approvals.rules.selecting import Matter
from approvals.rules.term import TermVerdict, judge_term
from core.money import format_wan
from organizations.rules import SYSTEM_DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the catalogue; `source` is the meeting that fixed it, or 系统默认."""

    code: str
    title: str
    test: MajorTest
    mode: str = ""
    amount_figure: str = ""
    amount_over: Decimal | None = None
    years_over: int | None = None
    source: str = SYSTEM_DEFAULT

    @property
    def is_default(self) -> bool:
        return self.source == SYSTEM_DEFAULT

    @property
    def words(self) -> str:
        """By what it is told, with its figure where a meeting fixed one."""
        if self.mode:
            return f"{self.test.label}：{CooperationMode(self.mode).label}"
        if self.amount_over is not None:
            figure = AmountFigure(self.amount_figure).label
            return f"{self.test.label}：{figure}超过 {format_wan(self.amount_over)} 万元"
        if self.years_over is not None:
            return f"{self.test.label}：超过 {self.years_over} 年"
        return self.test.label

    @property
    def is_computed(self) -> bool:
        """Whether the answers of the plan alone tell; otherwise a person judges."""
        return bool(
            (self.test is MajorTest.MODE and self.mode)
            or (self.test is MajorTest.AMOUNT and self.amount_over is not None)
            or (self.test is MajorTest.TERM and self.years_over is not None)
        )


DEFAULT_ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="ZD-1",
        title="金额达到主管工会确定的标准（标准由主管工会会议确定，系统不设数额）",
        test=MajorTest.AMOUNT,
    ),
    Entry(
        code="ZD-2",
        title="期限达到主管工会确定的标准（标准由主管工会会议确定，系统不设年限）",
        test=MajorTest.TERM,
    ),
    Entry(
        code="ZD-3",
        title="涉及房屋、土地等工会有形资产",
        test=MajorTest.ASSET,
    ),
    Entry(
        code="ZD-4",
        title="涉及阵地名称、品牌等工会无形资产",
        test=MajorTest.BRAND,
    ),
    Entry(
        code="ZD-5",
        title="主管工会认定的其他须报批事项",
        test=MajorTest.JUDGEMENT,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """One entry held against a plan: met, not met, or (None) for a person to judge."""

    entry: Entry
    is_met: bool | None
    text: str

    def as_json(self) -> dict:
        return {
            "code": self.entry.code,
            "title": self.entry.title,
            "source": self.entry.source,
            "is_met": self.is_met,
            "text": self.text,
        }


def catalogue(own: Iterable[Entry]) -> list[Entry]:
    """The union's own entries, and of the shipped ones those it has not fixed itself."""
    mine = sorted(own, key=lambda one: one.code)
    known = {one.code for one in mine}
    return [*mine, *(one for one in DEFAULT_ENTRIES if one.code not in known)]


def hold(entries: Iterable[Entry], matter: Matter) -> list[Met]:
    """Every entry held against the plan by its own answers."""
    return [_hold(entry, matter) for entry in entries]


def judge(found: Iterable[Met], judged: Mapping[str, bool]) -> list[Met]:
    """The same with what a person judged; what the answers tell cannot be judged away."""
    return [
        one
        if one.is_met is not None
        else Met(entry=one.entry, is_met=judged.get(one.entry.code, False), text="由认定人判断")
        for one in found
    ]


def _hold(entry: Entry, matter: Matter) -> Met:
    if not entry.is_computed:
        return Met(entry=entry, is_met=None, text="由认定人判断")
    if entry.test is MajorTest.MODE:
        text = f"限于{CooperationMode(entry.mode).label}"
        return Met(entry=entry, is_met=matter.mode == entry.mode, text=text)
    is_met, text = (_amount if entry.test is MajorTest.AMOUNT else _term)(entry, matter)
    return Met(entry=entry, is_met=is_met, text=text)


def _amount(entry: Entry, matter: Matter) -> tuple[bool | None, str]:
    figure = AmountFigure(entry.amount_figure or AmountFigure.PARTNER_INVESTMENT)
    amount, over = matter.amounts.get(figure.value), entry.amount_over
    if amount is None or over is None:
        return None, f"方案没有填写{figure.label}，由认定人判断"
    text = f"{figure.label} {format_wan(amount)} 万元，标准为超过 {format_wan(over)} 万元"
    return amount > over, text


def _term(entry: Entry, matter: Matter) -> tuple[bool | None, str]:
    years = entry.years_over
    if matter.starts_on is None or matter.ends_on is None or years is None:
        return None, "方案没有填写期限，由认定人判断"
    verdict = judge_term(matter.starts_on, matter.ends_on, max_years=years)
    text = f"{matter.starts_on} 至 {matter.ends_on}，标准为超过 {years} 年"
    return verdict is TermVerdict.OVER, text
