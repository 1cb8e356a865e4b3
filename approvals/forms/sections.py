"""The form of one section, built from its specification.

Saving a draft is lenient: anything may stay empty. What cannot be kept as it is (a day
that does not exist, a negative amount, a choice nobody offered) is refused with a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms
from django.forms.formsets import BaseFormSet

from accounts.models import User
from approvals.enums import SectionCode
from approvals.forms import fields
from approvals.models import Proposal
from approvals.rules.fields import Field, Kind, SectionSpec, fields_of
from approvals.selectors import writing
from core import money
from core.forms import ActForm
from documents.forms import UploadField

MAX_ROWS = 60
SPARE_ROWS = 2
LEAST_ROWS = {"milestones": 6, "fixed_assets": 3}
SAME_TEXT = "“{here}”与“{there}”文字完全相同。已经保存，但三部分须分别论证，请改写后再报送。"


def _form_field(one: Field, choices: Mapping[str, list[tuple[str, str]]]) -> forms.Field:
    """The form field of one question; never required, a draft may be empty anywhere."""
    basic = {"label": one.label, "help_text": one.help, "required": False}
    match one.kind:
        case Kind.TEXT:
            return fields.LineField(**basic)
        case Kind.LONG:
            return fields.TextField(**basic)
        case Kind.YES_NO:
            return fields.YesNoField(**basic)
        case Kind.CHOICES:
            return fields.SeveralField(choices=one.choices, **basic)
        case Kind.CHOICE | Kind.PARTNER | Kind.VENUE | Kind.CORE_BUSINESS:
            return fields.PickField(choices=one.choices or choices.get(one.name, []), **basic)
    numbers = {
        Kind.DAY: fields.PlanDayField,
        Kind.WAN: fields.WanField,
        Kind.INTEGER: fields.CountField,
        Kind.PERCENT: fields.PercentField,
    }
    return numbers[one.kind](**basic)


def kept(value) -> str | list:
    """An answer as the section keeps it: text, or a list of texts."""
    match value:
        case None:
            return ""
        case list():
            return [str(one) for one in value]
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    return str(value)


def shown(one: Field, value):
    """A kept answer as the form field takes it."""
    if one.kind is Kind.WAN and value:
        return money.to_yuan(Decimal(value))
    return value


class RowForm(forms.Form):
    """One row of a list; the subclass carries its columns."""

    use_required_attribute = False


def _rows_of(one: Field, data, stored: list[dict]) -> BaseFormSet:
    columns = {column.name: _form_field(column, {}) for column in one.columns}
    row_form = type("SectionRowForm", (RowForm,), columns)
    spare = max(LEAST_ROWS.get(one.name, SPARE_ROWS) - len(stored), SPARE_ROWS)
    formset = forms.formset_factory(
        row_form, extra=spare, max_num=MAX_ROWS, absolute_max=MAX_ROWS, can_delete=True
    )
    initial = [
        {column.name: shown(column, row.get(column.name)) for column in one.columns}
        for row in stored
    ]
    messages = {"missing_management_form": "表格行数信息缺失，请刷新页面后重新填写这张表。"}
    return formset(data, initial=initial, prefix=one.name, error_messages=messages)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page shows it: a bound field, or a list of rows."""

    label: str
    rule: str
    bound: forms.BoundField | None = None
    rows: BaseFormSet | None = None
    kind: str = ""
    hint: str = ""
    problem: str = ""


class SectionForm(ActForm):
    """The questions of one section for one plan."""

    def __init__(self, data=None, files=None, *, proposal: Proposal, spec: SectionSpec,
                 user: User, stored: Mapping, version: int) -> None:  # fmt: skip
        self.spec, self.proposal, self.stored = spec, proposal, stored
        self.asked = fields_of(spec, proposal.kind, proposal.mode)
        initial = {one.name: shown(one, stored.get(one.name)) for one in self.asked}
        super().__init__(data, files, initial=initial | {"version": version})
        choices = writing.choices_of(self.asked, proposal, user)
        self.rows: dict[str, BaseFormSet] = {}
        for one in self.asked:
            if one.kind is Kind.ROWS:
                self.rows[one.name] = _rows_of(one, data, stored.get(one.name) or [])
            else:
                self.fields[one.name] = _form_field(one, choices)
        self.fields["version"].required = True
        self.fields["version"].min_value = 0
        self.fields["file"] = UploadField(label="附件", required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        for one in self.asked:
            if one.name in self.rows and not self.rows[one.name].is_valid():
                for text in _row_problems(one, self.rows[one.name]):
                    self.add_error(None, text)
        return cleaned

    def answers(self) -> dict[str, str | list]:
        """What the section keeps."""
        return {
            one.name: self._kept_rows(one)
            if one.kind is Kind.ROWS
            else kept(self.cleaned_data.get(one.name))
            for one in self.asked
        }

    def _kept_rows(self, one: Field) -> list[dict[str, str]]:
        rows = []
        for form in self.rows[one.name]:
            cleaned = getattr(form, "cleaned_data", None) or {}
            row = {column.name: kept(cleaned.get(column.name)) for column in one.columns}
            if not cleaned.get("DELETE") and any(row.values()):
                rows.append(row)
        return rows

    def questions(self, problems: Mapping[str, str]) -> list[Question]:
        """The questions in order, with what the rules say of each answer."""
        constants = writing.baseline_of(self.proposal) if self._is_constants else {}
        return [
            Question(
                label=one.label,
                rule="" if one.rule == self.spec.rule else one.rule,
                bound=None if one.name in self.rows else self[one.name],
                rows=self.rows.get(one.name),
                kind="list" if one.kind is Kind.CHOICES else "",
                hint=constants.get(one.name, ""),
                problem=problems.get(one.name, ""),
            )
            for one in self.asked
        ]

    @property
    def _is_constants(self) -> bool:
        return self.spec.code == SectionCode.FIVE_CONSTANTS

    def take_current(self, *, version: int) -> None:
        """After somebody was faster: keep what was typed, on the version now stored."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


def _row_problems(one: Field, rows: BaseFormSet) -> list[str]:
    problems = [str(error) for error in rows.non_form_errors()]
    labels = {column.name: column.label for column in one.columns} | {"DELETE": "删除"}
    for number, errors in enumerate(rows.errors, start=1):
        for name, messages in errors.items():
            problems.append(f"{one.label}第 {number} 行“{labels.get(name, name)}”：{messages[0]}")
    return problems


def warnings_of(spec: SectionSpec, answers: Mapping) -> list[str]:
    """What is kept all the same, but should be mended before the plan is submitted."""
    if spec.code != SectionCode.APPRAISAL:
        return []
    warnings, seen = [], {}
    for one in spec.fields[:3]:
        text = "".join(str(answers.get(one.name) or "").split())
        if text and text in seen:
            warnings.append(SAME_TEXT.format(here=one.label, there=seen[text]))
        seen.setdefault(text, one.label)
    return warnings
