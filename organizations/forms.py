from django import forms

from core.forms import ActForm, DayField
from organizations.services import NAME_LENGTH, SOURCE_LENGTH


class CalendarExceptionForm(ActForm):
    day = DayField(label="日期")
    name = forms.CharField(label="名称", max_length=NAME_LENGTH, help_text="例如“国庆节”。")
    is_workday = forms.TypedChoiceField(
        label="这一天",
        choices=[("0", "休息"), ("1", "上班（调休）")],
        coerce=lambda answer: answer == "1",
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="来源", max_length=SOURCE_LENGTH, help_text="通知的名称、文号或网址。"
    )

    def __init__(self, *args, day_is_fixed: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if day_is_fixed:
            del self.fields["day"]
        for field in ("name", "source"):
            if field in self.fields:
                self.fields[field].error_messages["max_length"] = (
                    "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
                )
