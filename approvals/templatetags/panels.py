"""A section's threads where its card is drawn: looked up by its code, its questions as options."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def panel_of(panels: Mapping[str, Any], section: str) -> Any:
    """The panel of a section, or None where the plan has no threads yet."""
    return panels.get(section)


@register.filter
def question_options(panel: Any) -> SafeString:
    """The questions a thread may speak of; written here, for a page has a hundred of them.

    A form that waits for its section holds those of all, each with the section it is of.
    """
    parts = [_option(panel, name, label) for name, label in panel.questions]
    for section, questions in panel.every_question.items():
        mark = f' data-section="{escape(section)}"'
        parts += [_option(panel, name, label, mark) for name, label in questions]
    return mark_safe("".join(parts))  # every part is escaped above


def _option(panel: Any, name: str, label: str, mark: str = "") -> str:
    chosen = " selected" if name == panel.typed_field else ""
    return f'<option value="{escape(name)}"{mark}{chosen}>{escape(label)}</option>'
