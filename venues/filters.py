"""Finding venues, and finding what hangs on a venue."""

from functools import cached_property
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from core.filters import ListFilter, TextFilter
from venues.enums import VenueKind, VenueStatus
from venues.models import Venue
from venues.selectors import Places, places_of


class UnionFilter(ListFilter):
    """By union, with all unions below it; offered as far as the person's scope goes."""

    union = filters.ChoiceFilter(label="工会", method="under")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(key, words) for key, (words, _depth) in self.places.unions.items()]
        self.filters["union"].extra["choices"] = offered

    @cached_property
    def places(self) -> Places:
        """The unions and venues in the person's scope, in one query."""
        return places_of(self.user)

    def under(self, rows: QuerySet, _name: str, union: str) -> QuerySet:
        _words, depth = self.places.unions[union]
        return rows.filter(**{f"unit_{depth}": int(union)})


class PlaceFilter(UnionFilter):
    """By union and by venue."""

    venue = filters.ChoiceFilter(label="阵地", field_name="venue_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["venue"].extra["choices"] = list(self.places.venues.items())


class VenueFilter(UnionFilter):
    """The register: by kind, state, union, name or code."""

    search = ("name", "code", "supervising_union__name")

    text = TextFilter(label="名称、编号或主管工会")
    kind = filters.ChoiceFilter(label="类别", choices=VenueKind.choices)
    status = filters.ChoiceFilter(label="状态", choices=VenueStatus.choices)

    tabs = {"unsupervised": "监管责任人待确定"}

    def in_unsupervised(self, rows: QuerySet) -> QuerySet:
        return rows.filter(supervisor=None)

    class Meta:
        model = Venue
        fields = ["text", "kind", "status", "union"]
