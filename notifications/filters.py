"""Finding deliveries."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, ListFilter, TextFilter
from notifications.enums import OPEN, Channel, DeliveryStatus
from notifications.models import OutboxItem


class DeliveryFilter(ListFilter):
    """By status, channel, day, recipient."""

    tabs = {"dead": "未送达", "open": "尚未送出"}
    search = ("recipient__name", "recipient__username", "last_error")

    text = TextFilter(label="收件人姓名、账号或错误")
    status = filters.ChoiceFilter(label="状态", choices=DeliveryStatus.choices)
    channel = filters.ChoiceFilter(label="渠道", choices=Channel.choices)
    since = DayFilter(label="日期从", field_name="created_at", lookup_expr="date__gte")
    until = DayFilter(label="到", field_name="created_at", lookup_expr="date__lte")

    class Meta:
        model = OutboxItem
        fields = ["text", "status", "channel", "since", "until"]

    def in_dead(self, rows: QuerySet) -> QuerySet:
        return rows.filter(status=DeliveryStatus.DEAD)

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(status__in=OPEN)
