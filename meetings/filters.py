"""Finding meetings, items that wait for one, and bodies."""

from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from core.filters import DayFilter, ListFilter, TextFilter
from meetings.enums import DecisionBodyKind, MeetingState, ResolutionState
from meetings.models import AgendaItem, Body, Meeting, Resolution
from organizations.enums import DepartmentKind


class OfBodies(ListFilter):
    """By union with all below it, as far as bodies are registered in the person's scope."""

    union = filters.ChoiceFilter(label="工会", method="under")

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unions = {str(body.union_id): body.union for body in bodies}
        offered = [(key, union.name) for key, union in self.unions.items()]
        self.filters["union"].extra["choices"] = offered

    def under(self, rows: QuerySet, _name: str, union: str) -> QuerySet:
        return rows.filter(**{f"unit_{self.unions[union].depth}": int(union)})


class MeetingFilter(OfBodies):
    """By state, kind of body, day, words."""

    tabs = {"open": "未结束", "closed": "已结束", "late": "补录"}
    search = ("session", "body__name", "place", "minutes_number")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="届次、机构、地点或纪要文号")
    kind = filters.ChoiceFilter(
        label="机构类别", choices=DecisionBodyKind.choices, field_name="body__kind"
    )
    state = filters.ChoiceFilter(label="状态", choices=MeetingState.choices)
    since = DayFilter(label="开会日期从", field_name="starts_at", lookup_expr="date__gte")
    until = DayFilter(label="开会日期到", field_name="starts_at", lookup_expr="date__lte")

    class Meta:
        model = Meeting
        fields = ["text", "kind", "state", "union", "since", "until"]

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state__in=[MeetingState.PLANNED, MeetingState.HELD])

    def in_closed(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state__in=[MeetingState.CLOSED, MeetingState.NO_CONCLUSION])

    def in_late(self, rows: QuerySet) -> QuerySet:
        return rows.filter(is_late_entry=True)


class WaitingFilter(OfBodies):
    """Items that wait for a meeting: by kind of body, words."""

    search = ("title", "body__name")

    text = TextFilter(label="议题或机构")
    kind = filters.ChoiceFilter(
        label="机构类别", choices=DecisionBodyKind.choices, field_name="body__kind"
    )

    class Meta:
        model = AgendaItem
        fields = ["text", "kind", "union"]


class BodyFilter(OfBodies):
    """Bodies by kind, words."""

    search = ("name", "union__name")

    text = TextFilter(label="机构或工会名称")
    kind = filters.ChoiceFilter(label="机构类别", choices=DecisionBodyKind.choices)

    class Meta:
        model = Body
        fields = ["text", "kind", "union"]


class ResolutionFilter(OfBodies):
    """What meetings asked for: by state, department, day due, words."""

    tabs = {"open": "未销号", "late": "已超期", "closed": "已销号"}
    search = ("text", "owner", "meeting__session")
    extra = frozenset({"since", "until"})

    text = TextFilter(label="事项、责任人或届次")
    state = filters.ChoiceFilter(label="状态", choices=ResolutionState.choices)
    department_kind = filters.ChoiceFilter(label="责任部门", choices=DepartmentKind.choices)
    since = DayFilter(label="时限从", field_name="due_on", lookup_expr="gte")
    until = DayFilter(label="时限到", field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Resolution
        fields = ["text", "state", "department_kind", "union", "since", "until"]

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.exclude(state=ResolutionState.CLOSED)

    def in_late(self, rows: QuerySet) -> QuerySet:
        return self.in_open(rows).filter(due_on__lt=self.today)

    def in_closed(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ResolutionState.CLOSED)
