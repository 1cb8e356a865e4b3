"""Finding deadlines."""

import re
from datetime import date

from django import forms

from core.forms import FIRST_YEAR, LAST_YEAR
from notifications.enums import Topic

SPANS = {"30": "30 天内", "90": "90 天内", "365": "一年内", "all": "全部"}
STATES = {"": "全部", "ahead": "未到期", "late": "已超期"}
MONTH = "%Y-%m"


class DeadlineFilter(forms.Form):
    """By how near they are, whether they are past, what they are about, words of the title."""

    within = forms.ChoiceField(label="到期", choices=list(SPANS.items()), required=False)
    state = forms.ChoiceField(label="状态", choices=list(STATES.items()), required=False)
    topic = forms.ChoiceField(label="类型", choices=[("", "全部"), *Topic.choices], required=False)
    text = forms.CharField(
        label="事项", required=False, max_length=60,
        error_messages={"max_length": "文字过长：最多 60 字。"},
    )  # fmt: skip
    # A day of the month view opens its list; nobody types it.
    on = forms.DateField(required=False, widget=forms.HiddenInput)

    @property
    def asked(self) -> dict:
        """What was asked for, without what cannot be understood."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def month_of(text: str, *, default: date) -> date:
    """The first day of a month written as 2026-11; the default's month where it is none."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return default.replace(day=1)
