"""The register of venues as a list."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Marked, Value
from core.tables import Column, Table
from venues.enums import VenueKind, VenueStatus


class VenueTable(Table):
    """One venue a line."""

    name, title, default_sort = "venues", "服务阵地", "code"
    reads = (
        "name", "code", "kind", "safety_officer", "building_area", "opened_on", "status", "uscc",
        "address", "supervising_union__name", "supervisor__name",
    )  # fmt: skip
    columns = (
        Column("name", "名称", sort="name"),
        Column("code", "编号", sort="code", css="nowrap"),
        Column("kind", "类别"),
        Column("union", "主管工会", sort="supervising_union__path"),
        Column("supervisor", "监管责任人"),
        Column("safety_officer", "安全责任人"),
        Column("building_area", "建筑面积（㎡）", sort="building_area", css="num", has_gaps=True),
        Column("opened_on", "启用日期", sort="opened_on", css="nowrap", has_gaps=True),
        Column("status", "状态"),
        Column("uscc", "统一社会信用代码", on_page=False),
        Column("address", "地址", on_page=False),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        status = VenueStatus(row.status)
        return (
            Link(row.name, address_of("venues:venue_detail", row.pk)),
            row.code,
            VenueKind(row.kind).label,
            row.supervising_union__name,
            row.supervisor__name or Marked(None, "待确定", "warn"),
            row.safety_officer,
            row.building_area,
            row.opened_on,
            Badge(status.label, status.tone),
            row.uscc,
            row.address,
        )
