"""Finding evaluations."""

import django_filters as filters

from evaluations.enums import EvaluationKind, EvaluationState, Grade
from evaluations.models import Evaluation
from organizations.models import TradeUnion


class EvaluationFilter(filters.FilterSet):
    """By kind, state, grade, union."""

    kind = filters.ChoiceFilter(label="类别", choices=EvaluationKind.choices, empty_label="全部")
    state = filters.ChoiceFilter(label="状态", choices=EvaluationState.choices, empty_label="全部")
    grade = filters.ChoiceFilter(label="等次", choices=Grade.choices, empty_label="全部")
    union = filters.ChoiceFilter(label="主管工会", field_name="union_id", empty_label="全部")

    class Meta:
        model = Evaluation
        fields = ["kind", "state", "grade", "union"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        unions = TradeUnion.objects.filter(pk__in=self.queryset.order_by().values("union"))
        self.filters["union"].extra["choices"] = [
            (str(union.pk), union.name) for union in unions.order_by("path")
        ]

    @property
    def is_used(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.filters)
