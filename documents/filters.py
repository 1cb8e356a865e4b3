"""Finding numbers."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, ListFilter, TextFilter
from documents.enums import NumberKind
from documents.models import NumberEntry


class NumberFilter(ListFilter):
    """By kind, day, words; the void ones as a view of their own."""

    tabs = {"void": "作废"}
    search = ("text", "title", "union__name")

    text = TextFilter(label="编号、事项或工会")
    kind = filters.ChoiceFilter(
        label="类别", choices=NumberKind.choices, field_name="sequence__kind"
    )
    since = DayFilter(label="编号日期从", field_name="taken_at", lookup_expr="date__gte")
    until = DayFilter(label="到", field_name="taken_at", lookup_expr="date__lte")

    class Meta:
        model = NumberEntry
        fields = ["text", "kind", "since", "until"]

    def in_void(self, rows: QuerySet) -> QuerySet:
        return rows.exclude(void_reason="")
