"""Editions of public information as a list."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Value
from core.clock import day_of
from core.tables import Column
from disclosure.enums import DisclosureState
from organizations.tables import HOLDER, WaitingTable, held_column

HOLDERS = {DisclosureState.DRAFT: "阵地", DisclosureState.IN_REVIEW: "资产监管部门"}


class DisclosureTable(WaitingTable):
    """One edition a line: whose turn it is, since when the public reads it."""

    name, title, default_sort = "disclosures", "公开信息", "venue"
    reads = (
        "number", "state", "submitted_at", "published_at", "venue__name",
        "venue__supervising_union__name", "held_since",
    )  # fmt: skip
    columns = (
        Column("venue", "阵地", sort="venue__code"),
        Column("number", "版次", css="nowrap"),
        Column("union", "主管工会", sort="venue__supervising_union__path"),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("submitted", "提交审核", sort="submitted_at", css="nowrap", has_gaps=True),
        Column("published", "公布日期", sort="published_at", css="nowrap", has_gaps=True),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = DisclosureState(row.state)
        return (
            Link(row.venue__name, address_of("disclosures:disclosure_detail", row.pk)),
            f"第 {row.number} 版",
            row.venue__supervising_union__name,
            Badge(state.label, state.tone),
            HOLDERS.get(state, ""),
            self.held(row.held_since),
            day_of(row.submitted_at) if row.submitted_at else None,
            day_of(row.published_at) if row.published_at else None,
        )
