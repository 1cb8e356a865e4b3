"""Fields the forms of a contract share: shape only, in Chinese."""

from django import forms
from django.core.validators import RegexValidator
from django.forms import BaseFormSet

from core.forms import RowFormSet

TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
MAX_ROWS = 30
ROW_MESSAGES = {
    "too_many_forms": f"最多填写 {MAX_ROWS} 行，请合并同类项目。",
}


class TextField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class YesNoField(forms.TypedChoiceField):
    """A question without a default: 是, 否, or not answered yet."""

    def __init__(self, *, yes: str = "是", no: str = "否", **kwargs) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


LAST_FOUR = RegexValidator(r"^[0-9]{4}$", "请填写收款账号的后四位数字。")


class Rows(RowFormSet):
    """Rows typed by hand: when posted, all are new, and one left empty is no row."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


def row_problems(label: str, formset: BaseFormSet) -> list[str]:
    """The problems of a list of rows as sentences for the form above it."""
    problems = [str(text) for text in formset.non_form_errors()]
    for number, form in enumerate(formset.forms, start=1):
        for name, texts in form.errors.items():
            field = form.fields[name].label if name in form.fields else ""
            problems += [f"{label}第 {number} 行{field}：{text}" for text in texts]
    return problems


def filled(formset: BaseFormSet, *names: str) -> list[dict]:
    """The cleaned rows in which something stands and which are not struck out."""
    rows = []
    for form in formset:
        cleaned = getattr(form, "cleaned_data", None) or {}
        if not cleaned.get("DELETE") and any(cleaned.get(name) for name in names):
            rows.append({name: cleaned.get(name) for name in names})
    return rows
