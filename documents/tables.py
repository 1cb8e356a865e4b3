"""The register of numbers as a list."""

from collections.abc import Iterable
from typing import Any

from core.cells import Badge, Value
from core.tables import Column, Table
from documents.enums import NumberKind


class NumberTable(Table):
    """One number a line, void ones too."""

    name, title, default_sort = "numbers", "编号登记", "-taken"
    reads = (
        "text", "title", "taken_at", "void_reason", "sequence__kind", "union__name",
        "taken_by__name",
    )  # fmt: skip
    columns = (
        Column("number", "编号", sort="text", css="nowrap"),
        Column("kind", "类别"),
        Column("title", "事项"),
        Column("union", "工会", sort="union__path"),
        Column("taken", "编号时间", sort="taken_at", css="nowrap"),
        Column("by", "编号人", css="nowrap"),
        Column("state", "状态"),
        Column("reason", "作废原因", on_page=False),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        return (
            row.text,
            NumberKind(row.sequence__kind).label if row.sequence__kind else "",
            row.title,
            row.union__name,
            row.taken_at,
            row.taken_by__name,
            Badge(f"作废：{row.void_reason}", "bad") if row.void_reason else Badge("在用", "ok"),
            row.void_reason,
        )
