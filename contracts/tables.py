"""The register of contracts as a list."""

from collections.abc import Iterable
from typing import Any

from contracts.enums import ContractState, Desk
from contracts.rules.procedure import DESKS
from contracts.selectors import days_to_end
from core.addresses import address_of
from core.cells import Badge, Link, Marked, Value
from core.clock import day_of
from core.tables import Column
from organizations.tables import HOLDER, WaitingTable, held_column

ENDING_SOON = 60


class ContractTable(WaitingTable):
    """One contract a line: who has it, until when it is to be filed, when it ends."""

    name, title, default_sort = "contracts", "合同", "-updated"
    reads = (
        "title", "number", "state", "filing_due_on", "signed_on", "filing_number", "starts_on",
        "ends_on", "updated_at", "venue__name", "partner__name", "cooperation__code",
        "cooperation__counterpart_venue__name", "cooperation__supervising_union__name",
        "held_since",
    )  # fmt: skip
    columns = (
        Column("title", "合同", sort="title"),
        Column("number", "编号", sort="number", css="nowrap"),
        Column("venue", "阵地", sort="venue__code"),
        Column("union", "主管工会", on_page=False),
        Column("partner", "合作方"),
        Column("code", "项目编号", on_page=False),
        Column("state", "状态"),
        HOLDER,
        held_column(),
        Column("filing_due", "备案期限", sort="filing_due_on", has_gaps=True),
        Column("signed_on", "签订日", sort="signed_on", on_page=False, has_gaps=True),
        Column("filing_number", "备案号", on_page=False),
        Column("starts_on", "起", on_page=False),
        Column("ends_on", "到期", sort="ends_on", has_gaps=True),
        Column("days", "距到期（天）", on_page=False),
        Column("updated", "更新", sort="updated_at", on_page=False),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        state = ContractState(row.state)
        desk = DESKS[state]
        days = days_to_end(row, today=self.today)
        return (
            Link(row.title, address_of("contracts:contract_detail", row.pk)),
            row.number,
            row.venue__name,
            row.cooperation__supervising_union__name,
            row.partner__name or row.cooperation__counterpart_venue__name or "—",
            row.cooperation__code or "",
            Badge(state.label, state.tone),
            "" if desk is Desk.NOBODY else desk.label,
            self.held(row.held_since),
            self.due(row.filing_due_on) if state is ContractState.SIGNED else "",
            row.signed_on,
            row.filing_number or "",
            row.starts_on,
            _end(row.ends_on, days),
            days,
            day_of(row.updated_at),
        )


def _end(day: Any, days: int | None) -> Value:
    """The last day, and how near it is while the contract runs."""
    if days is None or days > ENDING_SOON:
        return day
    return Marked(day, f"已过 {-days} 天") if days < 0 else Marked(day, f"还有 {days} 天", "warn")
