"""How other rows name a union, in answers and in filters."""

from django.http import QueryDict

from core.api.problems import BadRequest
from core.api.shapes import Shown
from core.errors import Reason
from organizations.models import TradeUnion


class UnionRef(Shown):
    class Meta:
        model = TradeUnion
        fields = ("code", "name")


def keyed_by_union(params: QueryDict) -> QueryDict:
    """The address with the union's code turned into the key the page's filter takes."""
    code = params.get("union", "")
    if not code:
        return params
    key = None if "\0" in code else TradeUnion.objects.filter(code=code).values_list("pk").first()
    if key is None:
        raise BadRequest(Reason("没有这个编码的工会，请核对 union。", field="union"))
    known = params.copy()
    known["union"] = str(key[0])
    return known
