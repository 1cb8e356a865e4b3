"""When a cooperation is evaluated (第十三条（五）「进行阶段评价和终期评价」). Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from approvals.enums import CooperationMode
from approvals.rules.term import add_years
from core.errors import Reason
from evaluations.enums import EvaluationKind

ONE_DAY = timedelta(days=1)
DUE_AFTER = timedelta(days=30)  # 系统默认: a month to ask the workers and to score
SHORTEST_STAGE = timedelta(days=182)  # a shorter rest is left to the final evaluation
MOST_STAGES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvaluation:
    """One evaluation of the plan."""

    kind: EvaluationKind
    period_from: date
    period_to: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What is to be known of the contract and of the scheme it is evaluated by."""

    starts_on: date | None
    ends_on: date | None
    venue_kind: str
    scheme_kind: str
    scheme_valid_from: date
    mode: str = CooperationMode.EXTERNAL
    is_closed: bool = False


def plan_reasons(facts: PlanFacts, rows: Sequence[PlannedEvaluation]) -> list[Reason]:
    """Every reason why a plan cannot stand; empty when it can."""
    ordered = sorted(rows, key=lambda row: (row.period_from, row.period_to))
    return [
        *_contract_can_be_planned(facts),
        *_has_its_kinds(facts, ordered),
        *_days_in_order(ordered),
        *_inside_the_term(facts, ordered),
        *_stages_apart(ordered),
        *_fits_the_scheme(facts, ordered),
    ]


def _contract_can_be_planned(facts: PlanFacts) -> Iterator[Reason]:
    if facts.is_closed:
        yield Reason("合同已经结束或作废，不能再制定评价计划。", "13-5-2")
    if facts.starts_on is None or facts.ends_on is None:
        yield Reason("合同还没有填写起止日期，无法安排评价期。请先在合同中填写期限。", "13-5-2")


def _has_its_kinds(facts: PlanFacts, rows: Sequence[PlannedEvaluation]) -> Iterator[Reason]:
    """Both kinds; a sponsorship is evaluated once, at its end."""
    kinds = [row.kind for row in rows]
    if EvaluationKind.STAGE not in kinds and not only_final(facts.mode):
        yield Reason("评价计划须至少有一次阶段评价。", "13-5-2")
    if kinds.count(EvaluationKind.FINAL) != 1:
        yield Reason("评价计划须有且只有一次终期评价。", "13-5-2")


def _days_in_order(rows: Sequence[PlannedEvaluation]) -> Iterator[Reason]:
    for row in rows:
        if row.period_to < row.period_from or row.due_on < row.period_to:
            text = (
                f"{_named(row)}：评价期止日不能早于起日，评价期限不能早于期间止日，请核对三个日期。"
            )
            yield Reason(text, "13-5-2")


def _inside_the_term(facts: PlanFacts, rows: Sequence[PlannedEvaluation]) -> Iterator[Reason]:
    if facts.starts_on is None or facts.ends_on is None:
        return
    for row in rows:
        if row.period_from < facts.starts_on or row.period_to > facts.ends_on:
            text = (
                f"{_named(row)}：评价期须在合同期限"
                f"（{facts.starts_on:%Y-%m-%d} 至 {facts.ends_on:%Y-%m-%d}）之内。"
            )
            yield Reason(text, "13-5-2")


def _stages_apart(rows: Sequence[PlannedEvaluation]) -> Iterator[Reason]:
    stages = [row for row in rows if row.kind == EvaluationKind.STAGE]
    for row, later in pairwise(stages):
        if later.period_from <= row.period_to:
            yield Reason(f"{_named(row)}与{_named(later)}的期间重叠。", "13-5-2")


def _fits_the_scheme(facts: PlanFacts, rows: Sequence[PlannedEvaluation]) -> Iterator[Reason]:
    """第十五条「分类施策」；a scheme is not changed after the period began."""
    if facts.scheme_kind != facts.venue_kind:
        yield Reason("考核方案与阵地类别不符，请选择本类阵地的方案。", "15-1", "scheme")
    if rows and facts.scheme_valid_from > rows[0].period_from:
        text = (
            f"考核方案自 {facts.scheme_valid_from:%Y-%m-%d} 生效，"
            f"晚于最早的评价期起日 {rows[0].period_from:%Y-%m-%d}，不能用来评价这一期间。"
        )
        yield Reason(text, "13-5-1", "scheme")


def _named(row: PlannedEvaluation) -> str:
    return f"{row.kind.label}（{row.period_from:%Y-%m-%d} 至 {row.period_to:%Y-%m-%d}）"


def only_final(mode: str) -> bool:
    """Whether the way of cooperation asks for the final evaluation alone (接受社会赞助)."""
    return mode == CooperationMode.SPONSORSHIP


def default_plan(starts_on: date, ends_on: date, mode: str = "") -> list[PlannedEvaluation]:
    """A stage evaluation a year, and the final one over the whole term.

    A term under a year has its one stage in its first half, so that something can still
    be mended. A sponsorship has the final one alone.
    """
    if only_final(mode):
        return [_planned(EvaluationKind.FINAL, starts_on, ends_on)]
    stages: list[tuple[date, date]] = []
    begin, number = starts_on, 1
    while begin <= ends_on and number <= MOST_STAGES:
        end = min(add_years(starts_on, number) - ONE_DAY, ends_on)
        if end - begin < SHORTEST_STAGE and stages:
            break
        stages.append((begin, end))
        begin, number = end + ONE_DAY, number + 1
    if len(stages) == 1 and stages[0][1] == ends_on:
        stages = [(starts_on, starts_on + (ends_on - starts_on) // 2)]
    return [
        *(_planned(EvaluationKind.STAGE, begin, end) for begin, end in stages),
        _planned(EvaluationKind.FINAL, starts_on, ends_on),
    ]


def _planned(kind: EvaluationKind, begin: date, end: date) -> PlannedEvaluation:
    return PlannedEvaluation(kind=kind, period_from=begin, period_to=end, due_on=end + DUE_AFTER)
