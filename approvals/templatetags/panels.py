"""A section's threads, looked up by its code where its card is drawn."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def panel_of(panels: Mapping[str, Any], section: str) -> Any:
    """The panel of a section, or None where the plan has no threads yet."""
    return panels.get(section)
