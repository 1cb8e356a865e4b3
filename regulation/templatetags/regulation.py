"""Links from a page to the clause it stands on."""

from django import template
from django.utils.html import escape, format_html

from regulation.register import RULES

register = template.Library()


@register.simple_tag
def basis(code: str, label: str = "") -> str:
    """A link 依据 第十三条（四） to the clause; nothing for a code outside the register.

    With a label of its own the words themselves lead to the clause. Reasons also carry
    codes of indicators (DL-05) that no clause stands behind.
    """
    rule = RULES.get(code)
    if rule is None:
        return escape(label)
    text = label or f"依据 {rule.basis}"
    return format_html(
        '<span class="basis{}"><a href="{}">{}</a></span>', " own" * bool(label), rule.url, text
    )


@register.simple_tag
def basis_text(code: str) -> str:
    """第十三条（四）, for print and plain text."""
    rule = RULES.get(code)
    return rule.basis if rule else ""
