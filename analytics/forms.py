"""Finding deadlines."""

from django import forms

from notifications.enums import Topic

SPANS = {"30": "30 天内", "90": "90 天内", "365": "一年内", "all": "全部"}
STATES = {"": "全部", "ahead": "未到期", "late": "已超期"}


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
