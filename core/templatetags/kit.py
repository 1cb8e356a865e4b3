"""The kit's files in the head of a page."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.bundles import addresses

register = template.Library()


@register.simple_tag
def nav_links(nav: Iterable[Mapping[str, Any]]) -> SafeString:
    """The links of the navigation; every page shows them twice, in the bar and in its menu."""
    return mark_safe("".join(map(_nav_link, nav)))  # every part is escaped below


def _nav_link(item: Mapping[str, Any]) -> str:
    here = ' aria-current="page"' if item.get("current") else ""
    return f'<a href="{escape(item["url"])}"{here}>{escape(item["label"])}</a>'


@register.simple_tag
def kit_styles() -> SafeString:
    return format_html_join(
        "\n  ", '<link rel="stylesheet" href="{}">', ((url,) for url in addresses("css/kit.css"))
    )


@register.simple_tag
def kit_scripts(name: str) -> SafeString:
    """The scripts of every page of the portal (`kit`) or of the public's (`public`)."""
    return format_html_join(
        "\n  ",
        '<script type="module" src="{}"></script>',
        ((url,) for url in addresses(f"js/{name}.js")),
    )
