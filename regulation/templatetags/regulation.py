"""Links from a page to the clause it stands on."""

from django import template
from django.utils.html import format_html

from regulation.register import RULES

register = template.Library()


@register.simple_tag
def basis(code: str) -> str:
    """A link 依据 第十三条（四） to the clause; nothing for a code outside the register.

    Reasons also carry codes of indicators (DL-05) that no clause stands behind.
    """
    rule = RULES.get(code)
    if rule is None:
        return ""
    return format_html('<span class="basis"><a href="{}">依据 {}</a></span>', rule.url, rule.basis)


@register.simple_tag
def basis_text(code: str) -> str:
    """第十三条（四）, for print and plain text."""
    rule = RULES.get(code)
    return rule.basis if rule else ""
