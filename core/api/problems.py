"""Refusals as RFC 9457 problem details: what is wrong, how to mend it, with rule and field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from core.errors import DomainError, Reason, Refused, StaleVersion
from core.models import STALE, STALE_FACT

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
# Each type leads to its paragraph on the reference page.
TYPE_BASE = "/api/v1/docs/#problem-"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name in the address, its status, its title, what to do."""

    slug: str
    status: int
    title: str
    remedy: str

    @property
    def uri(self) -> str:
        return f"{TYPE_BASE}{self.slug}"


BAD_REQUEST = Kind("bad-request", 400, "请求写法不对", "请核对请求的写法后重新发送。")
UNAUTHENTICATED = Kind(
    "unauthenticated", 401, "没有有效的令牌", "请在 Authorization 头中写“Bearer 令牌”。"
)
FORBIDDEN = Kind("forbidden", 403, "无权办理", "您的岗位不能使用这个地址。")
NOT_FOUND = Kind("not-found", 404, "没有找到", "没有这个地址，或所指的事项不在您的范围内。")
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed", 405, "不支持这种方法", "可用的方法见响应的 Allow 头。"
)
NOT_ACCEPTABLE = Kind(
    "not-acceptable",
    406,
    "不能按要求的格式回答",
    "本接口只回答 application/json，请修改 Accept 头。",
)
STALE_KIND = Kind("stale-version", 409, "内容已有变化", "请重新读取，核对后用新的版本号再办理。")
KEY_TAKEN = Kind(
    "key-taken", 409, "办理编号已经用过", "这个 Idempotency-Key 曾随其他内容提交，请换一个新的。"
)
TOO_LARGE = Kind("too-large", 413, "请求过大", "请缩短内容；附件请在网页上传。")
UNSUPPORTED = Kind(
    "unsupported-media-type", 415, "不支持这种内容格式", "请以 application/json 发送请求体。"
)
INVALID = Kind("invalid", 422, "填写有误", "请按 reasons 逐项修改后重新提交。")
BLOCKED = Kind("blocked", 422, "不能办理", "请先解决 reasons 所列各项。")
TOO_MANY = Kind("too-many-requests", 429, "请求过于频繁", "请按响应的 Retry-After 头等待后再试。")
FAILED = Kind("failed", 500, "系统出错", "请稍后再试；仍不成功请联系系统管理员。")
KINDS = (
    BAD_REQUEST, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, STALE_KIND,
    KEY_TAKEN, TOO_LARGE, UNSUPPORTED, INVALID, BLOCKED, TOO_MANY, FAILED,
)  # fmt: skip


class BadRequest(DomainError):
    """The request itself is not understood."""

    http_status = 400


class KeyTaken(DomainError):
    """An idempotency key came again with other content."""

    http_status = 409


class TooLarge(exceptions.APIException):
    """The body is longer than any act needs."""

    status_code = 413


# The framework's refusals; its own English sentences are not passed on.
FRAMEWORK: dict[type[exceptions.APIException], Kind] = {
    exceptions.ParseError: BAD_REQUEST,
    exceptions.NotAuthenticated: UNAUTHENTICATED,
    exceptions.AuthenticationFailed: UNAUTHENTICATED,
    exceptions.PermissionDenied: FORBIDDEN,
    exceptions.NotFound: NOT_FOUND,
    exceptions.MethodNotAllowed: METHOD_NOT_ALLOWED,
    exceptions.NotAcceptable: NOT_ACCEPTABLE,
    exceptions.UnsupportedMediaType: UNSUPPORTED,
    exceptions.Throttled: TOO_MANY,
    TooLarge: TOO_LARGE,
}
OURS: dict[type[DomainError], Kind] = {
    BadRequest: BAD_REQUEST,
    KeyTaken: KEY_TAKEN,
    StaleVersion: STALE_KIND,
    Refused: FORBIDDEN,
}
# Those whose sentence is written by us where they are raised.
SPOKEN = (exceptions.ParseError, exceptions.AuthenticationFailed, exceptions.PermissionDenied)


def body_of(kind: Kind, detail: str = "", reasons: Iterable[Reason] = ()) -> dict[str, Any]:
    """The members of one problem."""
    return {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.remedy,
        "reasons": [told(one) for one in reasons],
    }


def told(reason: Reason) -> dict[str, str | None]:
    """One reason; whoever knows the clauses fills in the article."""
    return {
        "code": reason.code or None,
        "article": None,
        "message": reason.text,
        "section": reason.section or None,
        "field": reason.field or None,
    }


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to anything an API view raised; None for what nobody foresaw."""
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, DomainError):
        kind = next((OURS[one] for one in type(error).__mro__ if one in OURS), BLOCKED)
        reasons = [_without_page(one) for one in error.reasons]
        return _response(body_of(kind, _summary(reasons), reasons))
    if isinstance(error, exceptions.ValidationError):
        reasons = list(_reasons_of(error.get_full_details()))
        return _response(body_of(INVALID, _summary(reasons), reasons))
    if isinstance(error, exceptions.APIException) and type(error) in FRAMEWORK:
        body = body_of(FRAMEWORK[type(error)], _sentence(error))
        return _response(body, _headers_of(error))
    return None


def _summary(reasons: list[Reason]) -> str:
    return reasons[0].text if len(reasons) == 1 else f"共有 {len(reasons)} 处，逐项见 reasons。"


def _without_page(reason: Reason) -> Reason:
    """The sentence for whoever has no page before them."""
    return (
        replace(reason, text=f"{STALE_FACT}{STALE_KIND.remedy}") if reason.text == STALE else reason
    )


def _sentence(error: exceptions.APIException) -> str:
    is_spoken = isinstance(error, SPOKEN) and error.detail != error.default_detail
    return str(error.detail) if is_spoken else ""


def _headers_of(error: Exception) -> dict[str, str]:
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = f"{max(1, round(wait))}"
    return headers


def _response(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _reasons_of(detail: Any, path: str = "") -> Iterator[Reason]:
    """Every refused field of a body, by its path: `points.0`."""
    if isinstance(detail, dict) and set(detail) == {"message", "code"}:
        name = f"“{path}”：" if path else ""
        yield Reason(f"{name}{detail['message']}", detail["code"], path)
        return
    parts = detail.items() if isinstance(detail, dict) else enumerate(detail)
    for key, inner in parts:
        is_message = isinstance(inner, dict) and set(inner) == {"message", "code"}
        is_named = isinstance(detail, dict) or not is_message
        yield from _reasons_of(inner, f"{path}.{key}".lstrip(".") if is_named else path)


def is_api(request: HttpRequest) -> bool:
    """Whether a request speaks to the API, and is to be answered in its form."""
    return request.path.startswith(PREFIX)


def plain_response(kind: Kind) -> JsonResponse:
    """The same form for requests that reached no API view."""
    return JsonResponse(
        body_of(kind),
        status=kind.status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
