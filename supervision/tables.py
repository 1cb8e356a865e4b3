"""Reports and rectifications as lists."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from core.cells import Badge, Link, Marked, Value
from core.tables import Column
from organizations.tables import HOLDER, WaitingTable, held_column
from supervision.enums import RectificationState, ReportState
from supervision.rules import late_days

VENUE, ASSET_DEPARTMENT = "阵地", "资产监管部门"


class ReportTable(WaitingTable):
    """One report a line: who has it, until when, how late it was."""

    name, title, default_sort = "reports", "定期报告", "-due"
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
        submitted = localdate(row.submitted_at) if row.submitted_at else None
        late = late_days(row.state, row.due_on, submitted_on=submitted, today=self.today)
        return (
            Link(row.venue.name, reverse("supervision:report", args=[row.pk])),
            row.union.name,
            row.get_kind_display(),
            row.period_label,
            Badge(state.label, state.tone),
            self._holder(row, state),
            self.held(row.held_since if self._holder(row, state) else None),
            self.due(row.due_on, is_open=row.is_writable),
            Marked(submitted, f"迟报 {late} 天") if late and not row.is_writable else submitted,
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
        holders = {
            RectificationState.ORDERED: VENUE,
            RectificationState.REPORTED: ASSET_DEPARTMENT,
        }
        return (
            Link(row.cooperation.title, reverse("supervision:rectification", args=[row.pk])),
            row.cooperation.code or "",
            row.venue.name,
            row.union.name,
            Badge(state.label, state.tone),
            holders.get(state, ""),
            self.held(row.held_since),
            localdate(row.ordered_at),
            self.due(row.due_on, is_open=state is RectificationState.ORDERED),
            row.problems,
            row.requirements,
        )
