"""How other rows name a union."""

from core.api.shapes import Shown
from organizations.models import TradeUnion


class UnionRef(Shown):
    class Meta:
        model = TradeUnion
        fields = ("code", "name")
