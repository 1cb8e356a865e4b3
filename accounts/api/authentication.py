"""Who speaks: the person a token stands for; on the description alone also a page's session."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.models import ApiToken, User
from accounts.selectors import token_by_key
from core import clock

# One sentence for every broken key: what it was wrong about is nobody's business.
UNKNOWN = "令牌无效、已过期或已撤销，请在“接口令牌”页重新建立。"
DISABLED = "令牌所属账号已停用，请联系系统管理员。"
MUST_CHANGE = "令牌所属账号须先登录网页修改密码，之后令牌才能使用。"


def _ensure_usable(user: User) -> None:
    if not user.is_active:
        raise AuthenticationFailed(DISABLED)
    if user.must_change_password:
        raise AuthenticationFailed(MUST_CHANGE)


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer …`, a token of the portal's own."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        token = token_by_key(words[1].decode("latin-1")) if len(words) == 2 else None
        today = clock.today()
        if token is None or not token.is_usable(today):
            raise AuthenticationFailed(UNKNOWN)
        _ensure_usable(token.user)
        services.note_token_use(token=token, on=today)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="UnionOps"'


class PageSession(SessionAuthentication):
    """The session of the pages, for reading only: no act accepts it."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found:
            _ensure_usable(found[0])
        return found


class BearerScheme(OpenApiAuthenticationExtension):
    """How the description names the token."""

    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        text = "在“接口令牌”页建立的令牌，以本人现有的岗位行事。"
        return {"type": "http", "scheme": "bearer", "description": text}
