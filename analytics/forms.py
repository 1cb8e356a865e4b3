"""Finding deadlines."""

from django import forms

SPANS = {"30": "30 天内", "90": "90 天内", "365": "一年内", "all": "全部"}


class DeadlineFilter(forms.Form):
    """By how near they are and by words of the title."""

    within = forms.ChoiceField(label="到期", choices=list(SPANS.items()), required=False)
    text = forms.CharField(
        label="事项", required=False, max_length=60,
        error_messages={"max_length": "文字过长：最多 60 字。"},
    )  # fmt: skip
