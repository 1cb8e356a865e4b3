"""Reports and rectifications as lists."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Marked, Value
from core.clock import day_of
from core.tables import Column
from organizations.tables import HOLDER, WaitingTable, held_column
from supervision.enums import RectificationState, ReportKind, ReportState
from supervision.rules import late_days

VENUE, ASSET_DEPARTMENT = "阵地", "资产监管部门"
HOLDERS = {RectificationState.ORDERED: VENUE, RectificationState.REPORTED: ASSET_DEPARTMENT}


class ReportTable(WaitingTable):
    """One report a line: who has it, until when, how late it was."""

    name, title, default_sort = "reports", "定期报告", "-due"
    reads = (
        "kind", "period_from", "period_to", "state", "due_on", "submitted_at", "income",
        "received", "venue__name", "union__name", "held_since",
    )  # fmt: skip
    columns = (
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("kind", "报告"),
        Column("period", "期间", sort="period_to", css="nowrap"),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("due", "报送期限", sort="due_on"),
        Column("submitted", "报送", sort="submitted_at", css="nowrap", has_gaps=True),
        Column("late", "迟报（天）", on_page=False),
        Column("income", "本期收入（元）", on_page=False),
        Column("received", "合作收入实收（元）", on_page=False),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = ReportState(row.state)
        holder, is_writable = self._holder(row, state), state in ReportState.WRITABLE
        submitted = day_of(row.submitted_at) if row.submitted_at else None
        late = late_days(row.state, row.due_on, submitted_on=submitted, today=self.today)
        return (
            Link(row.venue__name, address_of("supervision:report", row.pk)),
            row.union__name,
            ReportKind(row.kind).label,
            f"{row.period_from} 至 {row.period_to}",
            Badge(state.label, state.tone),
            holder,
            self.held(row.held_since if holder else None),
            self.due(row.due_on, is_open=is_writable),
            Marked(submitted, f"迟报 {late} 天") if late and not is_writable else submitted,
            late or "",
            row.income,
            row.received,
        )

    def _holder(self, row: Any, state: ReportState) -> str:
        """A period that has not ended asks nothing of anybody yet."""
        if state is ReportState.SUBMITTED:
            return ASSET_DEPARTMENT
        is_waiting = state is ReportState.RETURNED or row.period_to < self.today
        return VENUE if state is not ReportState.ACCEPTED and is_waiting else ""


class RectificationTable(WaitingTable):
    """One rectification a line: who has it, until when."""

    name, title, default_sort = "rectifications", "整改", "-due"
    reads = (
        "state", "ordered_at", "due_on", "problems", "requirements", "cooperation__title",
        "cooperation__code", "venue__name", "union__name", "held_since",
    )  # fmt: skip
    columns = (
        Column("cooperation", "合作项目", sort="cooperation__title"),
        Column("code", "项目编号", sort="cooperation__code", css="nowrap", has_gaps=True),
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("ordered", "下达", sort="ordered_at", css="nowrap"),
        Column("due", "整改期限", sort="due_on"),
        Column("problems", "问题", on_page=False),
        Column("requirements", "整改要求", on_page=False),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = RectificationState(row.state)
        return (
            Link(row.cooperation__title, address_of("supervision:rectification", row.pk)),
            row.cooperation__code or "",
            row.venue__name,
            row.union__name,
            Badge(state.label, state.tone),
            HOLDERS.get(state, ""),
            self.held(row.held_since),
            day_of(row.ordered_at),
            self.due(row.due_on, is_open=state is RectificationState.ORDERED),
            row.problems,
            row.requirements,
        )
