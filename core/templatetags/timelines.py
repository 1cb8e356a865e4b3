"""The lines of a timeline, written in Python: sixty of them are the dearest part of a page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime

from core.cells import MOMENT, Badge, html_of

register = template.Library()
DAY, SHORT = "%Y-%m-%d", "%m-%d %H:%M"


@register.filter
def timeline_lines(events: Iterable[Mapping[str, Any]], dated: str) -> SafeString:
    """Each event as a list item; `dated` shows the day, without it day and hour."""
    flag = (
        f'<svg class="i" aria-hidden="true"><use href="{static("icons/sprite.svg")}#flag"/></svg>'
    )
    nobody = f'<span class="ev">{flag}</span>'
    style = DAY if dated else SHORT
    return mark_safe("".join(_line(one, style, nobody) for one in events))  # escaped below


def _line(event: Mapping[str, Any], style: str, nobody: str) -> str:
    who, tone = event.get("who"), escape(event.get("tone", ""))
    face = (
        f'<span class="ava {tone}" aria-hidden="true">{escape(who[:1])}</span>' if who else nobody
    )
    label, text, url = (event.get(name) for name in ("label", "text", "url"))
    parts = [
        f'<li>{face}<div class="b0">{_time(event["at"], style)}{_said(event, who)}',
        f" {html_of(Badge(label, event.get('tone', '')))}" if label else "",
        f'<p class="q">{escape(text)}</p>' if text else "",
        f' <a class="sm" href="{escape(url)}">看改动</a>' if url else "",
        "</div></li>",
    ]
    return "".join(parts)


def _said(event: Mapping[str, Any], who: str | None) -> str:
    position = escape(event.get("position") or "")
    title = f' title="{position}"' if position else ""
    by = f"<b{title}>{escape(who)}</b> " if who else ""
    post = f'<span class="pos">（{position}）</span>' if position else ""
    return f'{by}<span class="muted sm">{escape(event["what"])}{post}</span>'


def _time(at: date, style: str) -> str:
    if isinstance(at, datetime) and is_aware(at):
        at = localtime(at)
    return f'<time datetime="{at.isoformat()}" title="{at:{MOMENT}}">{at:{style}}</time>'
