"""Finding editions of public information."""

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, TextFilter
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from disclosure.selectors import turn_of
from venues.filters import PlaceFilter

STATES = [
    (state.value, state.label)
    for state in (DisclosureState.DRAFT, DisclosureState.IN_REVIEW, DisclosureState.PUBLISHED)
]


class DisclosureFilter(PlaceFilter):
    """By whose turn it is, state, place, day of publication, words."""

    tabs = {"mine": "待我办理", "review": "待审核", "published": "已公开"}
    search = ("venue__name", "venue__code")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="阵地名称或编号")
    state = filters.ChoiceFilter(label="状态", choices=STATES)
    since = DayFilter(label="公布日期从", field_name="published_at", lookup_expr="date__gte")
    until = DayFilter(label="公布日期到", field_name="published_at", lookup_expr="date__lte")

    class Meta:
        model = Disclosure
        fields = ["text", "state", "union", "venue", "since", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return rows.filter(turn_of(self.user))

    def in_review(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=DisclosureState.IN_REVIEW)

    def in_published(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=DisclosureState.PUBLISHED)
