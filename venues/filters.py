"""Finding venues in the register."""

import django_filters as filters
from django.db.models import Q, QuerySet

from venues.enums import VenueKind
from venues.models import Venue


class VenueFilter(filters.FilterSet):
    """By kind, by supervising union, by name or code."""

    kind = filters.ChoiceFilter(label="类别", choices=VenueKind.choices, empty_label="全部")
    # Typed, not chosen: a list of unions would cost every visit a query of its own.
    union = filters.CharFilter(
        label="主管工会", field_name="supervising_union__name", lookup_expr="icontains",
        max_length=60,
    )  # fmt: skip
    text = filters.CharFilter(label="名称或编号", method="matching", max_length=60)

    class Meta:
        model = Venue
        fields = ["kind", "union", "text"]

    def matching(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        return rows.filter(Q(name__icontains=text) | Q(code__icontains=text))
