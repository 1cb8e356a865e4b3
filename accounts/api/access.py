"""Default deny for the API: every action says who may use it and whether it reads or writes.

The same two words as on pages, for methods of a viewset: `@reads(permission)` runs on a
connection that refuses anything but SELECT, `@writes(permission)` runs in one transaction,
once per Idempotency-Key. An action without either answers 403.
"""

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import PUBLIC, Access, Everyone
from accounts.enums import Permission
from accounts.models import ApiToken
from core import clock
from core.api.problems import BadRequest, KeyTaken
from core.commands import CommandConflict, RepeatedCommand, claim, keep_answer
from core.errors import Reason
from core.readonly import read_only

Action = Callable[..., Response]
KEY_HEADER = "Idempotency-Key"
NO_KEY = f"办理类请求须带 {KEY_HEADER} 头，其值为一个 UUID；重发同一请求时用同一个值。"
TAKEN = "这个 Idempotency-Key 曾随其他内容提交。请读取最新内容，用新的编号再办理。"
READ_ONLY_TOKEN = "这个令牌只能读取。需要办理时，请在“接口令牌”页另建可以办理的令牌。"  # noqa: S105 - a sentence
NO_DUTY = "您现在的岗位没有这项职责。如确需使用，请联系安全管理员核对岗位。"


def reads(permission: Permission | Everyone) -> Callable[[Action], Action]:
    """Declare an action that only reads."""

    def declare(action: Action) -> Action:
        @wraps(action)
        def guarded(view: Any, request: Request, **kwargs: Any) -> Response:
            with read_only():
                return action(view, request, **kwargs)

        guarded.access = Access(permission, writes=False)  # type: ignore[attr-defined]
        return guarded

    return declare


def writes(permission: Permission, *others: Permission) -> Callable[[Action], Action]:
    """Declare an act: one transaction, one answer per key; the action is given `command_id`."""

    def declare(action: Action) -> Action:
        @wraps(action)
        def guarded(view: Any, request: Request, **kwargs: Any) -> Response:
            key = _key_of(request)
            facts = {"user_id": request.user.pk, "command_id": key, "path": request.path}
            try:
                with transaction.atomic():
                    command = claim(**facts, digest=_digest(request), at=clock.now())
                    answer = action(view, request, command_id=key, **kwargs)
                    keep_answer(
                        command,
                        status=answer.status_code,
                        answer=view.written(answer),
                        location=answer["Location"],
                    )
                    return answer
            except RepeatedCommand as repeated:
                return _again(repeated)
            except CommandConflict as conflict:
                raise KeyTaken(TAKEN) from conflict

        guarded.access = Access(permission, writes=True, others=others)  # type: ignore[attr-defined]
        return guarded

    return declare


def _key_of(request: Request) -> uuid.UUID:
    try:
        return uuid.UUID(request.headers.get(KEY_HEADER, ""))
    except ValueError as error:
        raise BadRequest(Reason(NO_KEY, field=KEY_HEADER)) from error


def _digest(request: Request) -> str:
    body = json.dumps(request.data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"api\0{request.path}\0{body}".encode()).hexdigest()


def _again(repeated: RepeatedCommand) -> Response:
    first = repeated.first
    headers = {"Location": first.location, "Idempotency-Replayed": "true"}
    return Response(json.loads(first.answer), status=first.status, headers=headers)


class DeclaredAccess(BasePermission):
    """Refuse whoever lacks the duty an action declares, and any action that declares none."""

    def has_permission(self, request: Request, view: Any) -> bool:
        offered = getattr(view, "action_map", None)
        if offered is not None and request.method.lower() not in offered:
            return True  # no such method at this address: answered 405
        access = getattr(getattr(view, view.action, None), "access", None)
        if access is None:
            return False
        if access.permission is PUBLIC:
            return True
        if not request.user.is_authenticated:
            return False
        if isinstance(access.permission, Permission):
            wanted = (access.permission, *access.others)
            if not any(request.user.can(one) for one in wanted):
                raise PermissionDenied(NO_DUTY)
        if access.writes and isinstance(request.auth, ApiToken) and not request.auth.may_write:
            raise PermissionDenied(READ_ONLY_TOKEN)
        return True
