"""Finding contracts."""

from datetime import timedelta

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from contracts import selectors
from contracts.enums import ContractState
from contracts.models import Contract
from core.filters import DayFilter, TextFilter
from venues.filters import PlaceFilter

EXPIRY = [(str(days), f"{days} 天内到期") for days in (7, 30, 60, 90, 180)]


class ContractFilter(PlaceFilter):
    """By whose turn it is, state, how soon it ends, place, day of signing, words, cooperation."""

    tabs = {"mine": "待我办理", "late": "备案超期", "running": "履行中", "drafts": "起草中"}
    search = (
        "title", "number", "filing_number", "venue__name", "partner__name", "cooperation__code",
    )  # fmt: skip
    extra = frozenset({"since", "until"})

    text = TextFilter(label="名称、编号、合作方或项目编号")
    state = filters.ChoiceFilter(label="状态", choices=ContractState.choices)
    expiry = filters.ChoiceFilter(label="到期", choices=EXPIRY, method="ending_within")
    since = DayFilter(label="签订日期从", field_name="signed_on", lookup_expr="gte")
    until = DayFilter(label="签订日期到", field_name="signed_on", lookup_expr="lte")
    # Named by the cooperation's own page; people type the code.
    cooperation = filters.UUIDFilter(
        label="只看一个合作项目", field_name="cooperation_id", widget=forms.HiddenInput
    )

    class Meta:
        model = Contract
        fields = ["text", "state", "expiry", "union", "venue", "since", "until", "cooperation"]

    def ending_within(self, rows: QuerySet, _name: str, days: str) -> QuerySet:
        running = rows.filter(state__in=ContractState.RUNNING)
        return running.filter(ends_on__lte=self.today + timedelta(days=int(days)))

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return self.whose(rows, selectors.turn_of(self.user, today=self.today))

    def in_late(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ContractState.SIGNED, filing_due_on__lt=self.today)

    def in_running(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state__in=ContractState.RUNNING)

    def in_drafts(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state=ContractState.DRAFT)
