"""Field kinds the meeting forms share."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

MOMENT = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2100)
MAX_ORDER = 99
TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
NOT_OFFERED = "请从列出的选项中选择一项。"


class MomentField(forms.DateTimeField):
    """A day and a time of day in Asia/Shanghai."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    default_error_messages = {
        "invalid": "时间不存在或写法不对，请写成 2026-11-20 09:00 这样的真实时间。",
        "overflow": "时间不存在或写法不对，请写成 2026-11-20 09:00 这样的真实时间。",
    }

    def to_python(self, value) -> datetime | None:
        try:
            moment = super().to_python(value)
        except (OverflowError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if moment is not None and moment.year not in YEARS:
            raise ValidationError("请填写 2000 年至 2099 年之间的时间。")
        return moment


class LineField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class CountField(forms.IntegerField):
    """A small whole number: an order, a count of votes."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_value", MAX_ORDER)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "请填写整数。"
        self.error_messages["min_value"] = "请填写不小于 %(limit_value)d 的整数。"
        self.error_messages["max_value"] = "请填写不大于 %(limit_value)d 的整数。"


class PickField(forms.ChoiceField):
    """One of a few words; nothing is chosen beforehand."""

    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def __init__(self, *, choices, **kwargs) -> None:
        if "widget" not in kwargs:
            choices = [("", "请选择"), *choices]
        super().__init__(choices=choices, **kwargs)


class PersonField(forms.ModelChoiceField):
    """One of the people offered."""

    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("empty_label", "请选择")
        super().__init__(**kwargs)

    def label_from_instance(self, obj) -> str:
        title = getattr(obj, "title", "") or getattr(obj, "position", "")
        return f"{obj.name}（{title}）" if title else obj.name
