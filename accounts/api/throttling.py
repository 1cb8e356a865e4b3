"""How often one token may ask. Counted in the memory of each web process, not across them."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken


class PerToken(SimpleRateThrottle):
    """So many requests a minute for each token; a page's session counts by its person."""

    scope = "token"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        who = request.auth if isinstance(request.auth, ApiToken) else request.user
        return f"api.throttle.{who.pk}"
