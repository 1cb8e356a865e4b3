"""Filters in an address: each name known, each value understood, or the request is refused.

A page forgives a filter it cannot read. A program must not: it would take the whole
list for the part it asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from core.api.paging import NAMES
from core.api.problems import BadRequest
from core.errors import Reason


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list as the description prints it."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    max_length: int = 0
    is_id: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """The type of its value."""
        if self.is_id:
            return {"type": "string", "format": "uuid"}
        return {"type": "string"} | ({"maxLength": self.max_length} if self.max_length else {})


def ensure_known(given: Iterable[str], filters: Iterable[Filter]) -> None:
    """Refuse an address with a name this list does not know."""
    known = [one.name for one in filters]
    if unknown := sorted(set(given) - {*known, *NAMES}):
        text = f"没有“{unknown[0]}”这个筛选项，可用的有：{'、'.join([*known, *NAMES])}。"
        raise BadRequest(Reason(text, field=unknown[0]))


def understood(form: forms.Form) -> Mapping:
    """What a page's own filter form makes of the address; refused where the page would shrug."""
    if form.is_valid():
        return form.cleaned_data
    raise BadRequest(
        Reason(f"“{name}”：{text}", field=name)
        for name, messages in form.errors.items()
        for text in messages
    )
