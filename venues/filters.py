"""Finding venues in the register."""

import django_filters as filters
from django.db.models import Q, QuerySet

from organizations.models import TradeUnion
from venues.enums import VenueKind
from venues.models import Venue


class VenueFilter(filters.FilterSet):
    """By kind, by supervising union, by name or code."""

    kind = filters.ChoiceFilter(label="类别", choices=VenueKind.choices, empty_label="全部")
    union = filters.ModelChoiceFilter(
        label="主管工会",
        field_name="supervising_union",
        queryset=TradeUnion.objects.none(),
        empty_label="全部",
    )
    text = filters.CharFilter(label="名称或编号", method="matching", max_length=60)

    class Meta:
        model = Venue
        fields = ["kind", "union", "text"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        unions = self.queryset.order_by().values("supervising_union")
        self.filters["union"].extra["queryset"] = TradeUnion.objects.filter(pk__in=unions).order_by(
            "path"
        )

    def matching(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        return rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
