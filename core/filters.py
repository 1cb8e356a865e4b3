"""What a list is narrowed by: conditions in the address, kept when understood, named when not."""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any, ClassVar, cast

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.forms import DayField

TEXT_LENGTH = 60
MOST_WORDS = 5
MOST_NAMED = 5
SHOWN = 30
ASCII_LETTER = re.compile(r"[A-Za-z]")
# What an address may say besides conditions.
OTHERS = frozenset({"sort", "page", "size"})


class DayFilter(filters.DateFilter):
    """A civil day."""

    field_class = DayField


class TextFilter(filters.CharFilter):
    """Words looked for in the columns the list names in `search`; all of them must be found."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, method="find", max_length=TEXT_LENGTH)


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition in force: what it says, and the address without it."""

    name: str
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Control:
    """One field of the bar, ready to print."""

    name: str
    label: str
    kind: str  # text, day or choice
    value: str
    options: SafeString
    is_extra: bool


class _Declared(dict[str, filters.Filter]):
    """The conditions as a class declares them, copied for each request as far as one differs.

    A whole copy, with sixty venues to choose from, costs a page a twentieth of its time.
    """

    def __deepcopy__(self, memo: dict) -> dict[str, filters.Filter]:
        own = {name: copy(one) for name, one in self.items()}
        for one in own.values():
            one.extra = dict(one.extra)
            one.method = one.method  # it works for the copy from now on
            # A field made for the class, as the description of the API does, offers nobody's choices.
            vars(one).pop("_field", None)
        return own


class ListFilter(filters.FilterSet):
    """The conditions of a list. Whatever an address says, the page is the list, not an error."""

    # name of a view → what its tab is called; `in_<name>` narrows the rows
    tabs: ClassVar[dict[str, str]] = {}
    # columns in which words are looked for
    search: ClassVar[tuple[str, ...]] = ()
    # conditions that open with 更多条件
    extra: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, data: QueryDict, queryset: QuerySet, *, user: Any, today: date) -> None:
        super().__init__(data, queryset)
        self.user, self.today = user, today
        asked = self.data.get("tab", "")
        self.tab = asked if asked in self.tabs else ""

    @classmethod
    def get_filters(cls) -> _Declared:
        return _Declared(super().get_filters())

    @cached_property
    def form(self) -> forms.Form:
        """The conditions as fields, which are this request's own already and not copied again."""
        form = forms.Form(self.data)
        form.fields = {name: one.field for name, one in self.filters.items()}
        return form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The rows of the tab, narrowed by every condition that was understood."""
        rows = getattr(self, f"in_{self.tab}")(queryset) if self.tab else queryset
        return super().filter_queryset(rows)

    @staticmethod
    def whose(rows: QuerySet, turn: Q) -> QuerySet:
        """The rows of somebody's turn; an empty condition is nobody's."""
        return rows.filter(turn) if turn else rows.none()

    def find(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        """Rows in which each of the words stands somewhere."""
        for word in text.split()[:MOST_WORDS]:
            found = Q()
            for column, spelling in product(self.search, _spellings(word)):
                found |= Q(**{f"{column}__icontains": spelling})
            rows = rows.filter(found)
        return rows

    @cached_property
    def kept(self) -> dict[str, str]:
        """The tab and the conditions in force, as the address says them."""
        names = [name for name in self.filters if self._is_used(name)]
        tab = {"tab": self.tab} if self.tab else {}
        return tab | {name: self.data[name].strip() for name in names}

    def _is_used(self, name: str) -> bool:
        return name not in self.errors and self.form.cleaned_data.get(name) not in (None, "")

    @property
    def problems(self) -> list[str]:
        """A sentence for every condition that was left out."""
        left_out = [self._left_out(name) for name in self.data if not self._is_fine(name)]
        named = [f"地址里的条件“{words}”无效，已忽略。" for words in left_out[:MOST_NAMED]]
        if len(left_out) > MOST_NAMED:
            named.append(f"另有 {len(left_out) - MOST_NAMED} 个条件无效，已忽略。")
        return named

    def _is_fine(self, name: str) -> bool:
        if name in OTHERS or not self.data.get(name):
            return True
        if name == "tab":
            return bool(self.tab)
        return name in self.filters and name not in self.errors

    def _left_out(self, name: str) -> str:
        known = self.filters.get(name)
        return f"{known.label}：{short(self.data[name])}" if known else said(name, self.data[name])

    @cached_property
    def chips(self) -> list[Chip]:
        """The conditions in force, in words."""
        return [
            Chip(name, str(self.filters[name].label), self._in_words(name))
            for name in self.filters
            if self._is_used(name)
        ]

    def _in_words(self, name: str) -> str:
        value = self.data[name].strip()
        field = self.form.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(_choices(field).get(value, value)).strip("　")
        return "是" if isinstance(field.widget, forms.HiddenInput) else value

    @property
    def in_words(self) -> str:
        """The tab and all conditions in one line, for an export."""
        parts = [self.tabs[self.tab]] if self.tab else []
        return "；".join([*parts, *(f"{chip.label}：{chip.shown}" for chip in self.chips)])

    @property
    def controls(self) -> list[Control]:
        """The fields of the bar."""
        found = (self._control(name, field) for name, field in self.form.fields.items())
        return [one for one in found if one]

    def _control(self, name: str, field: forms.Field) -> Control | None:
        """The field as the bar shows it; a choice of one and what is carried along have none."""
        value = self.kept.get(name, "")
        label, options, kind = str(field.label), mark_safe(""), "text"
        if isinstance(field, forms.ChoiceField):
            choices = _choices(field)
            if len(choices) < 2:
                return None
            kind, options = "choice", _options(label, choices, value)
        elif isinstance(field.widget, forms.HiddenInput):
            return None
        elif isinstance(field, DayField):
            kind = "day"
        return Control(name, label, kind, value, options, name in self.extra)


def _choices(field: forms.ChoiceField) -> dict[str, str]:
    """What may be chosen, without the empty choice."""
    choices = cast("Iterable[tuple[Any, Any]]", field.choices)
    return {str(value): str(words) for value, words in choices if value not in (None, "")}


def _options(label: str, choices: dict[str, str], chosen: str) -> SafeString:
    """The options of a select whose first one carries the label; one string, as they may be many."""
    written = [f'<option value="">{escape(label)}：全部</option>']
    for value, words in choices.items():
        mark = " selected" if value == chosen else ""
        written.append(f'<option value="{escape(value)}"{mark}>{escape(words)}</option>')
    return mark_safe("".join(written))


def short(text: str) -> str:
    """Typed words cut to what fits a sentence."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def said(name: str, value: str) -> str:
    """A part of an address as a person would read it there."""
    return f"{short(name)}={short(value)}"


def _spellings(word: str) -> set[str]:
    """The word, and in both cases where it has letters outside ASCII (Ａ, É).

    SQLite folds ASCII only; both databases shall find the same rows.
    """
    rest = ASCII_LETTER.sub("", word)
    if rest.lower() == rest.upper():
        return {word}
    return {word, *(one for one in (word.lower(), word.upper()) if len(one) == len(word))}
