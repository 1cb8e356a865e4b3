"""Finding evaluations and schemes."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, ListFilter, TextFilter
from evaluations import selectors
from evaluations.enums import EvaluationKind, EvaluationState, Grade
from evaluations.models import Evaluation, KpiScheme
from venues.enums import VenueKind
from venues.filters import PlaceFilter


class EvaluationFilter(PlaceFilter):
    """By whose turn it is, state, kind, grade, place, limit, words."""

    tabs = {"mine": "待我办理", "late": "超期", "failed": "不合格"}
    search = ("cooperation__title", "cooperation__code", "venue__name")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="合作项目、编号或阵地")
    state = filters.ChoiceFilter(label="状态", choices=EvaluationState.choices)
    kind = filters.ChoiceFilter(label="类别", choices=EvaluationKind.choices)
    grade = filters.ChoiceFilter(label="等次", choices=Grade.choices)
    since = DayFilter(label="评价期限从", field_name="due_on", lookup_expr="gte")
    until = DayFilter(label="评价期限到", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Evaluation
        fields = ["text", "state", "kind", "grade", "union", "venue", "since", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return self.whose(rows, selectors.turn_of(self.user, today=self.today))

    def in_late(self, rows: QuerySet) -> QuerySet:
        return rows.exclude(state=EvaluationState.CONFIRMED).filter(due_on__lt=self.today)

    def in_failed(self, rows: QuerySet) -> QuerySet:
        return rows.filter(grade=Grade.FAIL)


class SchemeFilter(ListFilter):
    """Schemes by kind of venue, words."""

    search = ("name", "union__name")

    text = TextFilter(label="方案名称或工会")
    kind = filters.ChoiceFilter(
        label="阵地类别", choices=VenueKind.choices, field_name="venue_kind"
    )

    class Meta:
        model = KpiScheme
        fields = ["text", "kind"]
