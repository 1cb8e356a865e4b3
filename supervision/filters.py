"""Finding reports and rectifications."""

import django_filters as filters
from django.db.models import Q, QuerySet

from core.filters import DayFilter, TextFilter
from supervision import selectors
from supervision.enums import RectificationState, ReportKind, ReportState
from supervision.models import PeriodicReport, Rectification
from venues.filters import PlaceFilter


class ReportFilter(PlaceFilter):
    """Reports by whose turn it is, state, kind, place, period, words."""

    tabs = {"mine": "待我办理", "late": "超期", "submitted": "待审核", "accepted": "已受理"}
    search = ("venue__name", "venue__code")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="阵地名称或编号")
    state = filters.ChoiceFilter(label="状态", choices=ReportState.choices)
    kind = filters.ChoiceFilter(label="类别", choices=ReportKind.choices)
    since = DayFilter(label="期间止日从", field_name="period_to", lookup_expr="gte")
    until = DayFilter(label="期间止日到", field_name="period_to", lookup_expr="lte")

    class Meta:
        model = PeriodicReport
        fields = ["text", "state", "kind", "union", "venue", "since", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return self.whose(rows, selectors.report_turn_of(self.user, today=self.today))

    def in_late(self, rows: QuerySet) -> QuerySet:
        waiting = ReportState.WRITABLE
        return rows.filter(state__in=waiting, due_on__lt=self.today)

    def in_submitted(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ReportState.SUBMITTED)

    def in_accepted(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ReportState.ACCEPTED)


class RectificationFilter(PlaceFilter):
    """Rectifications by whose turn it is, state, place, limit, words."""

    tabs = {"mine": "待我办理", "late": "超期", "open": "整改中"}
    search = ("cooperation__title", "cooperation__code", "venue__name")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="合作项目、编号或阵地")
    state = filters.ChoiceFilter(label="状态", choices=RectificationState.choices)
    since = DayFilter(label="整改期限从", field_name="due_on", lookup_expr="gte")
    until = DayFilter(label="整改期限到", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Rectification
        fields = ["text", "state", "union", "venue", "since", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return self.whose(rows, selectors.rectification_turn_of(self.user, today=self.today))

    def in_late(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=RectificationState.ORDERED, due_on__lt=self.today)

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(
            Q(state=RectificationState.ORDERED) | Q(state=RectificationState.REPORTED)
        )
