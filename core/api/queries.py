"""Filters in an address: those of the page, but each name known and each value understood.

A page forgives a condition it cannot read and says so. A program must not go on: it
would take the whole list for the part it asked for.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from core.api.paging import NAMES
from core.api.problems import BadRequest
from core.errors import Reason
from core.filters import DayFilter, ListFilter, TextFilter

TAB = "tab"
# Chosen by what people call it, not by the key the page's own form sends.
BY_CODE = "union"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition as the description prints it."""

    name: str
    label: str
    schema: dict[str, Any]
    choices: tuple[tuple[str, str], ...] = ()


def filters_of(conditions: type[ListFilter]) -> list[Filter]:
    """The tab and the conditions of a page's list."""
    found = [_filter(name, one) for name, one in conditions.base_filters.items()]
    if conditions.tabs:
        tabs = tuple(conditions.tabs.items())
        found.insert(0, Filter(TAB, "只看", {"type": "string"}, tabs))
    return found


def _filter(name: str, one: django_filters.Filter) -> Filter:
    text: dict[str, Any] = {"type": "string"}
    label = str(one.label)
    if name == BY_CODE:
        return Filter(name, f"{label}编码，如 610100；含其下级", text)
    if isinstance(one, DayFilter):
        return Filter(name, label, text | {"format": "date"})
    if isinstance(one, TextFilter):
        return Filter(name, f"{label}所含文字", text | {"maxLength": one.extra["max_length"]})
    if choices := one.extra.get("choices"):
        return Filter(name, label, text, tuple(choices))
    return Filter(name, label, text | {"format": "uuid"})


def narrowed(
    conditions: type[ListFilter], params: QueryDict, rows: QuerySet, *, user: Any, today: date
) -> QuerySet:
    """The rows an address asks for, by the page's own conditions; refused where they shrug."""
    known = [one.name for one in filters_of(conditions)]
    if unknown := sorted(set(params) - {*known, *NAMES}):
        text = f"没有“{unknown[0]}”这个筛选项，可用的有：{'、'.join([*known, *NAMES])}。"
        raise BadRequest(Reason(text, field=unknown[0]))
    found = conditions(params, rows, user=user, today=today)
    if params.get(TAB) and not found.tab:
        raise BadRequest(Reason(f"“{TAB}”只能是：{'、'.join(conditions.tabs)}。", field=TAB))
    if found.errors:
        raise BadRequest(
            Reason(f"“{name}”：{text}", field=name)
            for name, messages in found.errors.items()
            for text in messages
        )
    return found.qs
