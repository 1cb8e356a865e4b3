"""The kit's files in the head of a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core.bundles import addresses

register = template.Library()
COUNT = '<span class="count">{}<span class="visually-hidden"> 件待办</span></span>'


@register.simple_tag
def nav_links(nav: Iterable[Mapping[str, Any]]) -> SafeString:
    """The links of the navigation; every page shows them twice, in the bar and in its menu."""
    return format_html_join("", '<a href="{}"{}>{}{}</a>', map(_nav_link, nav))


def _nav_link(item: Mapping[str, Any]) -> tuple[str, str, str, str]:
    is_here = mark_safe(' aria-current="page"') if item.get("current") else ""
    count = format_html(COUNT, item["count"]) if item.get("count") else ""
    return item["url"], is_here, item["label"], count


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
