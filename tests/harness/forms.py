"""The forms of a page as a browser would send them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import html

BUTTONS = frozenset({"submit", "button", "reset", "image"})
TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One name of a form: what it takes, what stands in it, what it offers."""

    name: str
    kind: str  # the type of an input, or select, textarea
    values: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    required: bool = False


@dataclass(slots=True)
class PageForm:
    """One form of a page."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[Field] = field(default_factory=list)  # the named ones

    def add(self, found: Field) -> None:
        """Add a control; radio buttons and boxes of one name are one field."""
        known = self.fields.get(found.name)
        if known:
            found = replace(
                found,
                values=known.values + found.values,
                options=known.options + found.options,
            )
        self.fields[found.name] = found


def forms_of(text: str) -> list[PageForm]:
    """Every form of the page; what a script would add later is not there yet."""
    page = html.document_fromstring(TEMPLATE.sub("", text).replace("\0", ""))
    forms = {
        one: PageForm(one.get("action") or "", (one.get("method") or "get").lower())
        for one in page.iter("form")
    }
    named = {one.get("id"): forms[one] for one in forms if one.get("id")}
    elsewhere = []
    for control in page.iter("input", "select", "textarea", "button"):
        around = next(control.iterancestors("form"), None)
        owner = named.get(control.get("form")) or (forms[around] if around is not None else None)
        if owner is None or control.get("disabled") is not None:
            continue
        if control.get("formaction"):
            elsewhere.append((control.get("formaction"), owner))
        if control.get("name"):
            for found in _read(control):
                (owner.buttons.append if found.kind in BUTTONS else owner.add)(found)
    sent_elsewhere = [replace(owner, action=action) for action, owner in elsewhere]
    return [*forms.values(), *sent_elsewhere]


def _read(control) -> Iterator[Field]:
    name, kind = control.get("name"), control.get("type") or "text"
    needed = control.get("required") is not None
    value = control.get("value") or ""
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        yield Field(name, "select", _values(chosen), _values(options), needed)
    elif control.tag == "textarea":
        yield Field(name, "textarea", ((control.text or "").removeprefix("\n"),), required=needed)
    elif control.tag == "button":
        yield Field(name, control.get("type") or "submit", (value,))
    elif kind in ("radio", "checkbox"):
        value = value or "on"
        chosen_value = (value,) if control.get("checked") is not None else ()
        yield Field(name, kind, chosen_value, (value,), needed)
    elif kind == "file":
        yield Field(name, kind, required=needed)
    else:
        yield Field(name, kind, (value,), required=needed)


def _values(options: list) -> tuple[str, ...]:
    return tuple(one.get("value", one.text or "") for one in options)
