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
from approvals.rules import merging
from approvals.rules.fields import Field, Kind, SectionSpec, fields_of
from approvals.selectors import writing
from core import money
from core.forms import ActForm, RowFormSet
from documents.forms import UploadField

MAX_ROWS = 60
SPARE_ROWS = 2
LEAST_ROWS = {"milestones": 6, "fixed_assets": 3}
LINE_OF_TEXT = 44  # characters in one line of the form at a desk
LEAST_LINES, MOST_LINES = 2, 14
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
        row_form,
        formset=RowFormSet,
        extra=spare,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS,
        can_delete=True,
    )
    initial = [
        {column.name: shown(column, row.get(column.name)) for column in one.columns}
        for row in stored
    ]
    return formset(data, initial=initial, prefix=one.name)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as the page shows it: a bound field, or a list of rows."""

    name: str
    label: str
    rule: str
    bound: forms.BoundField | None = None
    rows: BaseFormSet | None = None
    kind: str = ""
    hint: str = ""
    problem: str = ""
    is_optional: bool = False
    only_if: tuple[str, str] | None = None
    is_short: bool = False  # two of these stand in one row

    @property
    def anchor(self) -> str:
        return f"id_{self.name}"


class SectionForm(ActForm):
    """The questions of one section for one plan."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, files=None, *, proposal: Proposal, spec: SectionSpec,
                 user: User, stored: Mapping, version: int) -> None:  # fmt: skip
        self.spec, self.proposal, self.stored = spec, proposal, stored
        self.asked = fields_of(spec, proposal.kind, proposal.mode)
        initial = {one.name: shown(one, stored.get(one.name)) for one in self.asked}
        initial |= {"version": version, "seen": self.seen_now(stored)}
        super().__init__(data, files, initial=initial)
        choices = writing.choices_of(self.asked, proposal, user)
        self.rows: dict[str, BaseFormSet] = {}
        for one in self.asked:
            if one.kind is Kind.ROWS:
                self.rows[one.name] = _rows_of(one, data, stored.get(one.name) or [])
            else:
                self.fields[one.name] = _form_field(one, choices)
            if one.kind is Kind.LONG:
                lines = _lines_of(stored.get(one.name) or "")
                self.fields[one.name].widget.attrs["rows"] = lines
        self.fields["version"].required = True
        self.fields["version"].min_value = 0
        self.fields["file"] = UploadField(label="附件", required=False)

    def seen_now(self, stored: Mapping) -> str:
        """The fingerprints of the answers as they are stored."""
        return merging.seen_of((one.name for one in self.asked), stored)

    def clean(self) -> dict:
        cleaned = super().clean()
        for one in self._rows_looked_at():
            if not self.rows[one.name].is_valid():
                for text in _row_problems(one, self.rows[one.name]):
                    self.add_error(None, text)
        return cleaned

    def _rows_looked_at(self) -> list[Field]:
        return [one for one in self.asked if one.kind is Kind.ROWS]

    def answers(self) -> dict[str, str | list]:
        """What the section keeps; what cannot be kept stays as it is stored."""
        return {
            one.name: self._answer(one) if self._can_be_kept(one) else self.stored.get(one.name, "")
            for one in self.asked
        }

    def _answer(self, one: Field) -> str | list:
        if one.kind is Kind.ROWS:
            return self._kept_rows(one)
        return kept(self.cleaned_data.get(one.name))

    def _can_be_kept(self, one: Field) -> bool:
        if one.kind is Kind.ROWS:
            return self.rows[one.name].is_valid()
        return one.name not in self.errors

    def _kept_rows(self, one: Field) -> list[dict[str, str]]:
        rows = []
        for form in self.rows[one.name]:
            cleaned = getattr(form, "cleaned_data", None) or {}
            row = {column.name: kept(cleaned.get(column.name)) for column in one.columns}
            if not cleaned.get("DELETE") and any(row.values()):
                rows.append(row)
        return rows

    def problems(self) -> dict[str, str]:
        """Why an answer cannot be kept, by the id of the field that holds it."""
        found = {
            self[one.name].auto_id: " ".join(self.errors[one.name])
            for one in self.asked
            if one.name in self.errors
        }
        for rows in self.rows.values():
            if rows.non_form_errors():
                found[f"id_{rows.prefix}"] = " ".join(rows.non_form_errors())
            for form in rows.forms:
                found |= {
                    form[name].auto_id: " ".join(errors)
                    for name, errors in form.errors.items()
                    if name in form.fields
                }
        return found

    def questions(self, problems: Mapping[str, str]) -> list[Question]:
        """The questions in order, with what the rules say of each answer."""
        constants = writing.baseline_of(self.proposal) if self._is_constants else {}
        return [
            Question(
                name=one.name,
                label=one.label,
                rule="" if one.rule == self.spec.rule else one.rule,
                bound=None if one.name in self.rows else self[one.name],
                rows=self.rows.get(one.name),
                kind=one.kind.value,
                hint=constants.get(one.name, ""),
                problem=problems.get(one.name, ""),
                is_optional=not one.is_required and one.only_if is None,
                only_if=one.only_if,
                is_short=one.kind is Kind.DAY,
            )
            for one in self.asked
        ]

    def lines(self, problems: Mapping[str, str]) -> list[list[Question]]:
        """The questions as they stand on the page: two days that follow each other share a line."""
        lines: list[list[Question]] = []
        for one in self.questions(problems):
            if one.is_short and lines and len(lines[-1]) == 1 and lines[-1][0].is_short:
                lines[-1].append(one)
            else:
                lines.append([one])
        return lines

    @property
    def _is_constants(self) -> bool:
        return self.spec.code == SectionCode.FIVE_CONSTANTS


def _lines_of(text: str) -> int:
    """How many lines a text will take, so that it is read without scrolling inside its box."""
    lines = sum(1 + len(line) // LINE_OF_TEXT for line in text.split("\n"))
    return min(max(lines, LEAST_LINES), MOST_LINES)


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
