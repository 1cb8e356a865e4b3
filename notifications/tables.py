"""The delivery log as a list: never the text of a message."""

from collections.abc import Iterable
from typing import Any

from core.addresses import address_of
from core.cells import Badge, Link, Value
from core.tables import Column, Table
from notifications.enums import Channel, DeliveryStatus


class DeliveryTable(Table):
    """One delivery a line."""

    name, title, default_sort = "deliveries", "投递日志", "-created"
    reads = (
        "created_at", "channel", "status", "done_at", "attempts", "last_error", "recipient__name",
        "recipient__username",
    )  # fmt: skip
    columns = (
        Column("created", "时间", sort="created_at"),
        Column("recipient", "收件人", sort="recipient__username"),
        Column("channel", "渠道", css="nowrap"),
        Column("status", "状态"),
        Column("done", "完成时间", sort="done_at", css="nowrap", has_gaps=True),
        Column("attempts", "次数", sort="attempts", css="num"),
        Column("error", "错误"),
        Column("acts", "办理", in_export=False, css="nowrap"),
    )

    def cells(self, row: Any) -> Iterable[Value]:
        status = DeliveryStatus(row.status)
        is_dead = status is DeliveryStatus.DEAD
        return (
            row.created_at,
            f"{row.recipient__name}（{row.recipient__username}）",
            Channel(row.channel).label,
            Badge(status.label, status.tone),
            row.done_at,
            row.attempts,
            row.last_error,
            Link("重新投递", address_of("notifications:delivery_requeue", row.pk))
            if is_dead
            else "",
        )
