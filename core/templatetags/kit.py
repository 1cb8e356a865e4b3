"""The kit's files in the head of a page."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from core.bundles import addresses

register = template.Library()


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
