"""After somebody else saved the same section: for each answer theirs or mine, both in sight."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.forms.formsets import BaseFormSet

from approvals.forms.sections import SectionForm
from approvals.rules import merging
from approvals.rules.fields import Field, Kind
from approvals.rules.merging import Changed
from approvals.rules.redline import Runs
from approvals.selectors.answers import words_of

THEIRS, MINE = "theirs", "mine"
UNTOUCHED = "untouched"  # nothing to choose: the answer is taken as it is stored
USUAL = {Changed.NOBODY: UNTOUCHED, Changed.THEIRS: UNTOUCHED, Changed.MINE: MINE}
ASK = "请选择用对方的还是用我的；要合并两边的，选“用我的”并在框里改写。"
CHOSEN = (Kind.PARTNER, Kind.VENUE, Kind.CORE_BUSINESS)


class PickField(forms.ChoiceField):
    """用对方的 or 用我的; never chosen beforehand where both people wrote."""

    default_error_messages = {"required": ASK, "invalid_choice": ASK}

    def __init__(self, **kwargs) -> None:
        choices = [(THEIRS, "用对方的"), (MINE, "用我的（可在框里改写）")]
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)

    def valid_value(self, value) -> bool:
        return value == UNTOUCHED or super().valid_value(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One answer that differs: their text and mine with their marks, the choice, my own box."""

    name: str
    label: str
    rule: str
    kind: str
    changed: Changed
    theirs: Runs
    mine: Runs
    pick: forms.BoundField
    bound: forms.BoundField | None
    rows: BaseFormSet | None


class MergeForm(SectionForm):
    """The questions of a section once more, each with the choice between two texts.

    `typed` is what the refused form held; a form that comes back brings its own.
    """

    merging = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, data=None, files=None, *, stored: Mapping, typed: Mapping | None = None,
                 seen: str = "", **plan) -> None:  # fmt: skip
        super().__init__(data, files, stored=stored if typed is None else typed, **plan)
        self.theirs, self.typed = stored, typed or {}
        self.initial["seen"] = seen
        for one in self.asked:
            self.fields[_pick(one)] = PickField(label=f"“{one.label}”用谁的")

    def _is_mine(self, one: Field) -> bool:
        return self.data.get(_pick(one)) == MINE

    def clean(self) -> dict:
        """Only the boxes that were chosen are looked at."""
        for one in self.asked:
            if not self._is_mine(one):
                self.errors.pop(one.name, None)
        return super().clean()

    def _rows_looked_at(self) -> list[Field]:
        return [one for one in super()._rows_looked_at() if self._is_mine(one)]

    def answers(self) -> dict[str, str | list]:
        """My answers where mine were chosen, theirs elsewhere."""
        others = [one.name for one in self.asked if not self._is_mine(one)]
        return merging.merged(self.theirs, super().answers(), theirs=others)

    def differences(self) -> list[Comparison]:
        """The answers that differ; what only they changed is shown once, and taken as it is."""
        typed = super().answers() if self.is_bound else self.typed
        names = [one.name for one in self.asked]
        seen = merging.read_seen(self["seen"].value() or "")
        changes = merging.changes_between(names, seen=seen, stored=self.theirs, typed=typed)
        found = []
        for one in self.asked:
            changed = changes[one.name]
            if not self.is_bound:
                self.initial[_pick(one)] = USUAL.get(changed)
            is_settled = self.is_bound and self[_pick(one)].value() == UNTOUCHED
            if changed is not Changed.NOBODY and not is_settled:
                found.append(self._comparison(one, changed, typed))
        return found

    def settled(self) -> list[str]:
        """The choices that need no asking, as the hidden fields that carry them."""
        asked = {
            one.pick.html_name for one in self.differences() if one.changed is not Changed.THEIRS
        }
        names = [_pick(one) for one in self.asked]
        return [name for name in names if name not in asked]

    def _comparison(self, one: Field, changed: Changed, typed: Mapping) -> Comparison:
        theirs, mine = merging.marks_between(self._words(one, self.theirs), self._words(one, typed))
        return Comparison(
            name=one.name,
            label=one.label,
            rule=one.rule or self.spec.rule,
            kind=one.kind.value,
            changed=changed,
            theirs=theirs,
            mine=mine,
            pick=self[_pick(one)],
            bound=self[one.name] if one.name in self.fields else None,
            rows=self.rows.get(one.name),
        )

    def _words(self, one: Field, data: Mapping) -> str:
        value = data.get(one.name)
        if not value:
            return ""
        if one.kind in CHOSEN:
            offered = dict(self.fields[one.name].choices)
            return offered.get(str(value), "（不在可选范围内）")
        if one.kind is Kind.ROWS:
            return "\n".join(_row_in_words(one, row) for row in value)
        return words_of(one, value)


def _row_in_words(one: Field, row: Mapping) -> str:
    return " · ".join(words_of(column, row.get(column.name)) or "—" for column in one.columns)


def _pick(one: Field) -> str:
    return f"pick_{one.name}"
