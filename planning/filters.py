"""Finding the plans of unions."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, TextFilter
from planning.enums import UnionPlanKind, UnionPlanState
from planning.models import UnionPlan
from planning.selectors import turn_of
from venues.filters import UnionFilter


class UnionPlanFilter(UnionFilter):
    """By whose turn it is, kind, state, union, end of the period, words."""

    tabs = {"mine": "待我办理", "open": "办理中", "running": "实施中"}
    search = ("title", "number", "union__name", "venue__name")
    extra = frozenset({"until"})

    text = TextFilter(label="名称、编号、工会或阵地")
    kind = filters.ChoiceFilter(label="类别", choices=UnionPlanKind.choices)
    state = filters.ChoiceFilter(label="状态", choices=UnionPlanState.choices)
    until = DayFilter(label="期满不晚于", field_name="ends_on", lookup_expr="lte")

    class Meta:
        model = UnionPlan
        fields = ["text", "kind", "state", "union", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return rows.filter(turn_of(self.user))

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state__in=UnionPlanState.OPEN)

    def in_running(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=UnionPlanState.IN_FORCE)
