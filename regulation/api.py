"""Reasons and problems of the API name the clause they stand on."""

from collections.abc import Iterable
from typing import Any

from rest_framework.response import Response

from core.api import problems
from core.errors import Reason
from regulation.register import RULES


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The problem, with 第十三条（四） beside every rule code."""
    response = problems.answer(error, context)
    for reason in response.data["reasons"] if response else ():
        reason["article"] = article_of(reason["code"])
    return response


def told(reasons: Iterable[Reason]) -> list[dict[str, str | None]]:
    """Reasons as the API prints them, where nothing was refused yet."""
    return [problems.told(one) | {"article": article_of(one.code)} for one in reasons]


def article_of(code: str | None) -> str | None:
    """第十三条（四）, or None for a code that is no rule's."""
    rule = RULES.get(code or "")
    return rule.basis if rule else None
