"""Unions are named by their code: their keys mean nothing outside the database."""

from django.http import QueryDict

from core.api.problems import BadRequest
from core.api.queries import BY_CODE
from core.errors import Reason
from organizations.models import TradeUnion

UNKNOWN = f"没有这个编码的工会，请核对 {BY_CODE}。"


def keyed_by_union(params: QueryDict) -> QueryDict:
    """The address with the union's code turned into the key the page's filter takes."""
    code = params.get(BY_CODE, "")
    if not code:
        return params
    key = None if "\0" in code else TradeUnion.objects.filter(code=code).values_list("pk").first()
    if key is None:
        raise BadRequest(Reason(UNKNOWN, field=BY_CODE))
    known = params.copy()
    known[BY_CODE] = str(key[0])
    return known
