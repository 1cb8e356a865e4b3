"""Evaluations and schemes as lists."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Several, Value
from core.clock import day_of
from core.tables import Column, Table
from evaluations.enums import EvaluationKind, EvaluationState, Grade
from evaluations.models import KpiScheme
from evaluations.selectors import percent, plain
from organizations.tables import HOLDER, WaitingTable, held_column

ASSET_DEPARTMENT, ASSET_HEAD = "资产监管部门", "资产监管部门负责人"


class EvaluationTable(WaitingTable):
    """One evaluation a line: who has it, until when, what came of it."""

    name, title, default_sort = "evaluations", "考核评价", "due"
    reads = (
        "kind", "period_from", "period_to", "state", "scored_at", "due_on", "total",
        "satisfaction_index", "satisfied_rate", "grade", "cooperation__title",
        "cooperation__code", "venue__name", "union__name", "held_since",
    )  # fmt: skip
    columns = (
        Column("cooperation", "合作项目", sort="cooperation__title"),
        Column("code", "项目编号", on_page=False),
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("kind", "类别", css="nowrap"),
        Column("period", "评价期", sort="period_to", css="nowrap"),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("due", "评价期限", sort="due_on"),
        Column("total", "总分", sort="total", css="num", has_gaps=True),
        Column("index", "满意度指数", on_page=False),
        Column("rate", "满意率", on_page=False),
        Column("grade", "等次", css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = EvaluationState(row.state)
        holder = self._holder(row, state)
        return (
            Link(row.cooperation__title, address_of("evaluations:evaluation", row.pk)),
            row.cooperation__code or "",
            row.venue__name,
            row.union__name,
            EvaluationKind(row.kind).label,
            f"{row.period_from} 至 {row.period_to}",
            Badge(state.label, state.tone),
            holder,
            self.held(row.held_since if holder else None),
            self.due(row.due_on, is_open=state is not EvaluationState.CONFIRMED),
            row.total,
            row.satisfaction_index,
            "" if row.satisfied_rate is None else percent(row.satisfied_rate),
            _grade(row.grade),
        )

    def _holder(self, row: Any, state: EvaluationState) -> str:
        """A period that has not ended asks nothing of anybody yet."""
        if state is EvaluationState.SCORED:
            return ASSET_HEAD
        is_over = row.period_to < self.today
        return ASSET_DEPARTMENT if state is EvaluationState.PLANNED and is_over else ""


def _grade(code: str) -> Value:
    if not code:
        return ""
    grade = Grade(code)
    return Badge(grade.label, grade.tone)


class SchemeTable(Table):
    """One scheme a line, with its indicators and their weights."""

    name, title, default_sort = "schemes", "考核方案", "kind"
    columns = (
        Column("name", "考核方案"),
        Column("kind", "阵地类别", sort="venue_kind", css="nowrap"),
        Column("union", "发布工会", sort="union__path"),
        Column("indicators", "指标（权重）"),
        Column("valid_from", "生效日", sort="valid_from", css="nowrap"),
        Column("published", "发布", sort="published_at"),
        Column("state", "状态", css="nowrap"),
    )

    def cells(self, row: KpiScheme) -> Iterable[Value]:
        is_ahead = row.valid_from > self.today
        return (
            row.name,
            row.get_venue_kind_display(),
            row.union.name,
            Several(tuple(_indicators(row)), is_column=True),
            row.valid_from,
            f"{row.published_by.name} {day_of(row.published_at)}",
            Badge("未生效", "info") if is_ahead else Badge("已生效", "ok"),
        )


def _indicators(row: KpiScheme) -> Iterable[str]:
    for one in sorted(row.read_indicators, key=lambda one: one.order):
        unit = f" · {one.unit}" if one.unit else ""
        yield f"{one.name} {plain(one.weight)}% · {one.get_kind_display()}{unit}"
