"""Finding reports and rectifications."""

import django_filters as filters
from django.db.models import QuerySet

from supervision.enums import RectificationState, ReportKind, ReportState
from supervision.models import PeriodicReport, Rectification
from venues.models import Venue


def place_choices(rows: QuerySet) -> tuple[list, list]:
    """The venues and the unions that occur in the rows, in one query."""
    venues = Venue.objects.filter(pk__in=rows.order_by().values("venue"))
    venues = venues.select_related("supervising_union").order_by("name", "pk")
    places, unions = [], {}
    for venue in venues:
        places.append((str(venue.pk), venue.name))
        unions[venue.supervising_union.path] = venue.supervising_union
    return places, [(str(union.pk), union.name) for _path, union in sorted(unions.items())]


class PlaceFilter(filters.FilterSet):
    """By venue and by union, offered as far as the rows in scope have them."""

    union = filters.ChoiceFilter(label="主管工会", field_name="union_id", empty_label="全部")
    venue = filters.ChoiceFilter(label="阵地", field_name="venue_id", empty_label="全部")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places, unions = place_choices(self.queryset)
        self.filters["venue"].extra["choices"] = places
        self.filters["union"].extra["choices"] = unions

    @property
    def is_used(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.filters)


class ReportFilter(PlaceFilter):
    """Reports by kind, state, venue, union."""

    kind = filters.ChoiceFilter(label="类别", choices=ReportKind.choices, empty_label="全部")
    state = filters.ChoiceFilter(label="状态", choices=ReportState.choices, empty_label="全部")

    class Meta:
        model = PeriodicReport
        fields = ["kind", "state", "venue", "union"]


class RectificationFilter(PlaceFilter):
    """Rectifications by state, venue, union."""

    state = filters.ChoiceFilter(
        label="状态", choices=RectificationState.choices, empty_label="全部"
    )

    class Meta:
        model = Rectification
        fields = ["state", "venue", "union"]
