"""Finding contracts."""

from datetime import date, timedelta

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from contracts.enums import ContractState
from contracts.models import Contract

EXPIRY = [(str(days), f"{days} 天内到期") for days in (7, 30, 60, 90, 180)]


class ContractFilter(filters.FilterSet):
    """By state, by how soon it ends, by cooperation, by name, number, venue or partner."""

    state = filters.ChoiceFilter(label="状态", choices=ContractState.choices, empty_label="全部")
    expiry = filters.ChoiceFilter(
        label="到期", choices=EXPIRY, method="ending_within", empty_label="不限"
    )
    code = filters.CharFilter(
        label="项目编号", field_name="cooperation__code", lookup_expr="icontains", max_length=20
    )
    # Named by the cooperation's own page; people type the code.
    cooperation = filters.UUIDFilter(field_name="cooperation_id", widget=forms.HiddenInput)
    text = filters.CharFilter(label="名称、编号或单位", method="matching", max_length=60)

    class Meta:
        model = Contract
        fields = ["state", "expiry", "code", "text", "cooperation"]

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def ending_within(self, rows: QuerySet, _name: str, days: str) -> QuerySet:
        running = rows.filter(state__in=ContractState.RUNNING)
        return running.filter(ends_on__lte=self.today + timedelta(days=int(days)))

    def matching(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        return rows.filter(
            Q(title__icontains=text)
            | Q(number__icontains=text)
            | Q(filing_number__icontains=text)
            | Q(venue__name__icontains=text)
            | Q(partner__name__icontains=text)
        )
