"""Amounts in templates: the one spelling of 元, 万元 and 大写 (`<c-money>`)."""

from decimal import Decimal

from django import template

from core.money import capital_yuan, format_wan, format_yuan

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    return format_yuan(amount)


@register.filter
def wan(amount: Decimal | None) -> str:
    return format_wan(amount)


@register.filter
def capital(amount: Decimal | None) -> str:
    return capital_yuan(amount)
