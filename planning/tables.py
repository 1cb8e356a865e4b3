"""The plans of unions as a list."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Marked, Value
from core.clock import day_of
from core.tables import Column
from organizations.tables import HOLDER, WaitingTable
from planning.enums import UnionPlanKind, UnionPlanState
from planning.rules import PROCEDURE

UNNUMBERED, EXPIRED = "未编号", "已期满"


class UnionPlanTable(WaitingTable):
    """One plan a line: whose it is, where it stands, for which time, what is due next."""

    name, title, default_sort = "union_plans", "工会规划方案", "-updated"
    reads = (
        "title", "number", "kind", "state", "starts_on", "ends_on", "updated_at", "union__name",
        "venue__name", "next_due",
    )  # fmt: skip
    columns = (
        Column("title", "名称", sort="title"),
        Column("number", "编号", sort="number", css="nowrap", has_gaps=True),
        Column("kind", "类别", css="nowrap"),
        Column("union", "制定工会", sort="union__path"),
        Column("venue", "阵地"),
        Column("state", "状态"),
        HOLDER,
        Column("starts_on", "起", sort="starts_on", css="nowrap", has_gaps=True),
        Column("ends_on", "止", sort="ends_on", css="nowrap", has_gaps=True),
        Column("due", "下一项时限", sort="next_due", has_gaps=True),
        Column("updated", "更新", sort="updated_at", css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = UnionPlanState(row.state)
        turn = PROCEDURE.turn(row.state)
        is_running = state is UnionPlanState.IN_FORCE
        is_over = is_running and row.ends_on is not None and row.ends_on < self.today
        return (
            Link(row.title, address_of("planning:union_plan", row.pk)),
            row.number or Marked(UNNUMBERED, tone="muted"),
            UnionPlanKind(row.kind).label,
            row.union__name,
            row.venue__name,
            Badge(state.label, state.tone),
            turn.side.label if turn else "",
            row.starts_on,
            Marked(row.ends_on, EXPIRED, "warn") if is_over else row.ends_on,
            self.due(row.next_due) if is_running else None,
            day_of(row.updated_at),
        )
