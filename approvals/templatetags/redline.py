"""Marked text as HTML: what went out struck through, what came in underlined."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from approvals.rules.redline import Mark, Runs

register = template.Library()
TAGS = {Mark.GONE: "<del>{}</del>", Mark.COME: "<ins>{}</ins>", Mark.SAME: "{}"}


@register.filter
def redline(runs: Runs) -> SafeString:
    """The runs of one text; a plain text costs no more than its escaping."""
    if len(runs) == 1 and runs[0].mark is Mark.SAME:
        return escape(runs[0].text)
    parts = [format_html(TAGS[run.mark], run.text) for run in runs]
    return mark_safe("".join(parts))  # every part is escaped above
