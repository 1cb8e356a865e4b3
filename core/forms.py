"""Form parts every act shares: the command id, the version seen, days, money, long text."""

import re
import uuid
from copy import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT

from core import money
from core.errors import Reason

MONEY_DIGITS = 16
NO_VERSION = "表单的版本号缺失或有误，请刷新页面，在最新内容上再提交。"
INCOMPLETE = "表单不完整，请刷新页面后重新提交。"
FIRST_YEAR, LAST_YEAR = 1900, 2200


class ActForm(forms.Form):
    """A form whose post is one act: answered once, and only on the version that was seen."""

    command_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.refused_status: int | None = None
        self.reasons: tuple[Reason, ...] = ()
        for field in self.fields.values():
            field.error_messages["required"] = (
                f"请填写“{field.label}”。" if field.label else INCOMPLETE
            )
        self.fields["version"].error_messages |= {"required": NO_VERSION, "invalid": NO_VERSION}

    def clean_version(self) -> int | None:
        """A form that showed a version must send it back: nobody acts on what they did not see."""
        version = self.cleaned_data["version"]
        if version is None and self.initial.get("version") is not None:
            raise forms.ValidationError(NO_VERSION)
        return version

    @property
    def http_status(self) -> int:
        """The status with which the page that shows this form is answered."""
        if self.refused_status:
            return self.refused_status
        return 422 if self.is_bound and not self.is_valid() else 200

    @property
    def act(self) -> dict:
        """The cleaned fields without the bookkeeping: what the service is given."""
        hidden = {"command_id", "version"}
        return {key: value for key, value in self.cleaned_data.items() if key not in hidden}


class RowFormSet(forms.BaseFormSet):
    """Rows of a form. When their count is lost or forged, the rows that arrived are kept and shown."""

    error_messages: dict[str, str]
    default_error_messages = {
        "missing_management_form": "表格的行数信息缺失或有误，没有保存。下面是收到的各行，请核对后重新提交。",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.was_miscounted = self.is_bound and not self._is_counted()
        if self.was_miscounted:
            data: Any = copy(self.data)  # a QueryDict keeps its several values
            data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(self._arrived())
            data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = "0"
            self.data = data
            del self.management_form

    def _is_counted(self) -> bool:
        counts = self.management_form
        return counts.is_valid() and all(
            int(counts.cleaned_data[name] or 0) >= 0
            for name in (TOTAL_FORM_COUNT, INITIAL_FORM_COUNT)
        )

    def _arrived(self) -> int:
        """One past the highest row of which anything was posted."""
        row = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,4}})-")
        numbers = [int(found[1]) for name in self.data if (found := row.match(name))]
        return min(max(numbers, default=-1) + 1, self.absolute_max)

    def clean(self) -> None:
        """A count that no browser sends would strike out rows: nothing is taken over."""
        if self.was_miscounted:
            text = self.error_messages["missing_management_form"]
            raise forms.ValidationError(text, code="missing_management_form")


class DayField(forms.DateField):
    """A civil day within the years this office can have to do with."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": "日期不存在或写法不对，请写成 2026-11-20 这样的真实日期。",
        "year": "年份须在 1900 至 2200 之间，请核对。",
    }

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        return day


class LongTextField(forms.CharField):
    """Several lines of text; control characters other than line breaks are refused by Django."""

    def __init__(self, *, rows: int = 4, max_length: int = 5000, **kwargs) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = (
            "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简或放入附件。"
        )


class YuanField(forms.DecimalField):
    """An amount typed in yuan; cleaned to yuan with two places."""

    largest = Decimal("999999999999.99")
    default_error_messages = {
        "invalid": "请填写金额数字，例如 1200 或 1200.50。",
        "min_value": "金额不能为负数，请填写 0 或正数。",
        "max_value": "金额过大，请核对单位和位数。",
        "max_digits": "金额过大或小数位过多，请核对单位和位数。",
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("min_value", Decimal(0))
        kwargs.setdefault("max_value", self.largest)
        super().__init__(max_digits=MONEY_DIGITS, **kwargs)
        self.widget.attrs.update({"step": "any", "inputmode": "decimal"})

    def clean(self, value):
        amount = super().clean(value)
        return None if amount is None else money.to_yuan(amount)


class WanYuanField(YuanField):
    """An amount typed in ten-thousand yuan (万元); cleaned to yuan."""

    largest = Decimal("99999999")

    def clean(self, value):
        amount = forms.DecimalField.clean(self, value)
        return None if amount is None else money.wan_to_yuan(amount)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return money.format_wan(value).replace(",", "")
        return value
