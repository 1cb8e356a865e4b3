"""The register of partners as a list."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate

from core.addresses import address_of
from core.cells import Badge, Link, Value
from core.tables import Column, Table


class PartnerTable(Table):
    """One partner a line."""

    name, title, default_sort = "partners", "合作对象", "name"
    columns = (
        Column("name", "名称", sort="name"),
        Column("uscc", "统一社会信用代码", sort="uscc", css="nowrap"),
        Column("kind", "主体类型", css="nowrap"),
        Column("representative", "法定代表人", css="nowrap"),
        Column("business", "主要业务"),
        Column("watch", "重点关注", css="nowrap"),
        Column("registered", "登记", sort="registered_at", css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        return (
            Link(row.name, address_of("partners:partner_detail", row.pk)),
            row.uscc,
            row.get_subject_kind_display(),
            row.legal_representative,
            row.business,
            Badge("重点关注", "warn") if row.is_watched else None,
            localdate(row.registered_at),
        )
