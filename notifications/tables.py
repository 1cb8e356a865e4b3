"""The delivery log as a list: never the text of a message."""

from collections.abc import Iterable

from django.urls import reverse

from core.cells import Badge, Link, Value
from core.tables import Column, Table
from notifications.enums import DeliveryStatus
from notifications.models import OutboxItem


class DeliveryTable(Table):
    """One delivery a line."""

    name, title, default_sort = "deliveries", "投递日志", "-created"
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

    def cells(self, row: OutboxItem) -> Iterable[Value]:
        status = DeliveryStatus(row.status)
        is_dead = status is DeliveryStatus.DEAD
        return (
            row.created_at,
            f"{row.recipient.name}（{row.recipient.username}）",
            row.get_channel_display(),
            Badge(status.label, status.tone),
            row.done_at,
            row.attempts,
            row.last_error,
            Link("重新投递", reverse("notifications:delivery_requeue", args=[row.pk]))
            if is_dead
            else "",
        )
