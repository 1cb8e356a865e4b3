"""Field kinds the plan forms share: every refusal in a sentence, every figure with a limit."""

from datetime import date
from decimal import Decimal

from django import forms

from core import money
from core.forms import DayField, LongTextField, WanYuanField

LINE_LENGTH = 120
TEXT_LENGTH = 5000
WAN_LIMIT = Decimal(1_000_000)
COUNT_LIMIT = 1_000_000_000
YEARS = range(2000, 2101)
TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
CONTROL_CHARACTERS = "文字中夹有看不见的控制字符，请删去后重新粘贴。"
NOT_OFFERED = "请从列出的选项中选择；所选内容不存在，或不属于本阵地可以选择的范围。"


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, *, max_length: int = LINE_LENGTH, **kwargs) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = TOO_LONG
        self.error_messages["null_characters_not_allowed"] = CONTROL_CHARACTERS


class TextField(LongTextField):
    """Several lines of text."""

    def __init__(self, *, max_length: int = TEXT_LENGTH, **kwargs) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["null_characters_not_allowed"] = CONTROL_CHARACTERS


class PlanDayField(DayField):
    """A day in the years a plan can speak of."""

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day is not None and day.year not in YEARS:
            text = f"请填写 {YEARS[0]} 年至 {YEARS[-1]} 年之间的日期。"
            raise forms.ValidationError(text)
        return day


class WanField(WanYuanField):
    """An amount typed in 万元 and kept in yuan, up to what its column holds."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_value=WAN_LIMIT, **kwargs)
        self.error_messages |= {
            "invalid": "请填写金额数字，单位为万元，例如 68.5。",
            "max_value": "金额过大，请核对单位是否为万元（最多 %(limit_value)s 万元）。",
            "max_digits": "金额数字过长，请核对。",
            "max_whole_digits": "金额数字过长，请核对。",
            "max_decimal_places": "金额数字过长，请核对。",
        }

    def prepare_value(self, value):
        """Show kept yuan in 万元, and what was typed as it was typed."""
        if isinstance(value, Decimal):
            return money.format_wan(value).replace(",", "")
        return value


class CountField(forms.IntegerField):
    """A whole number."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, max_value=COUNT_LIMIT, **kwargs)
        self.error_messages |= {
            "invalid": "请填写整数，例如 5。",
            "min_value": "不能为负数，请填写 0 或正整数。",
            "max_value": "数字过大，请核对。",
        }


class PercentField(forms.DecimalField):
    """A share in per cent."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            min_value=Decimal(0), max_value=Decimal(100), max_digits=5, decimal_places=2, **kwargs
        )
        self.widget.attrs.update({"step": "any", "inputmode": "decimal"})
        self.error_messages |= {
            "invalid": "请填写百分数，只填数字，例如 60 表示百分之六十。",
            "min_value": "百分数在 0 到 100 之间。",
            "max_value": "百分数在 0 到 100 之间。",
            "max_digits": "百分数最多两位小数。",
            "max_decimal_places": "百分数最多两位小数。",
            "max_whole_digits": "百分数在 0 到 100 之间。",
        }


class PickField(forms.ChoiceField):
    """One of what is offered; nothing is chosen beforehand."""

    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def __init__(self, *, choices, **kwargs) -> None:
        if "widget" not in kwargs:
            choices = [("", "请选择"), *choices]
        super().__init__(choices=choices, **kwargs)


class YesNoField(PickField):
    """是 or 否, answered by hand."""

    def __init__(self, **kwargs) -> None:
        choices = [("yes", "是"), ("no", "否")]
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)


class SeveralField(forms.MultipleChoiceField):
    """Some of what is offered."""

    default_error_messages = {
        "invalid_choice": NOT_OFFERED,
        "invalid_list": NOT_OFFERED,
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
