"""Default deny: every view says who may use it and whether it reads or writes.

`@reads(permission)` answers GET on a connection that refuses anything but SELECT.
`@writes(permission)` shows its form on GET the same way and runs POST in one
transaction, once per command id. A view without either answers 403 in the middleware.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.encoding import iri_to_uri

from accounts import resume
from accounts.enums import Permission
from core import clock
from core.commands import (
    CommandConflict,
    RepeatedCommand,
    close_command,
    command_id_of,
    open_command,
)
from core.errors import DomainError, StaleVersion
from core.readonly import read_only

View = Callable[..., HttpResponse]


class Everyone(StrEnum):
    """Who, where no permission is asked for."""

    PUBLIC = "public"
    AUTHENTICATED = "authenticated"


PUBLIC = Everyone.PUBLIC
AUTHENTICATED = Everyone.AUTHENTICATED


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares of itself."""

    permission: Permission | Everyone
    writes: bool
    others: tuple[Permission, ...] = ()  # any one of these serves as well


def _refusal(
    request: HttpRequest, permission: Permission | Everyone, others: tuple[Permission, ...] = ()
) -> HttpResponse | None:
    if permission is PUBLIC:
        return None
    if not request.user.is_authenticated:
        return resume.ask_to_log_in(request)
    if request.user.must_change_password and request.resolver_match.view_name not in (
        "accounts:password",
        "accounts:logout",
    ):
        return redirect("accounts:password")
    if permission is AUTHENTICATED or any(request.user.can(one) for one in (permission, *others)):
        return None
    return render(request, "errors/403.html", status=403)


def _answer_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal no form caught: a page that says why and keeps what was typed."""
    context = {"reasons": error.reasons, "typed": resume.typed_of(request)}
    template = "errors/409.html" if isinstance(error, StaleVersion) else "errors/422.html"
    return render(request, template, context, status=error.http_status)


def _run_read(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    with read_only():
        return view(request, *args, **kwargs)


def _run_write(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    try:
        with transaction.atomic():
            return view(request, *args, **kwargs)
    except DomainError as error:
        return _answer_error(request, error)


def _run_command(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    command_id = command_id_of(request)
    if command_id is None:
        error = DomainError("表单缺少办理编号，无法确认是否重复提交。请刷新页面后重新提交。")
        return _answer_error(request, error)
    try:
        with transaction.atomic():
            command = open_command(request, command_id=command_id, at=clock.now())
            response = view(request, *args, **kwargs)
            is_done = response.status_code in (301, 302, 303)
            close_command(command, location=response["Location"] if is_done else "")
            return response
    except RepeatedCommand as repeated:
        return redirect(iri_to_uri(repeated.location))
    except CommandConflict:
        error = StaleVersion("这张表单已经提交过，内容与上次不同。请刷新页面，在最新内容上再办理。")
        return _answer_error(request, error)
    except DomainError as error:
        return _answer_error(request, error)


def reads(permission: Permission | Everyone) -> Callable[[View], View]:
    """Declare a page that only reads."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                refused = _refusal(request, permission)
                return refused or HttpResponseNotAllowed(["GET", "HEAD"])
            return _refusal(request, permission) or _run_read(view, request, *args, **kwargs)

        guarded.access = Access(permission, writes=False)
        return guarded

    return declare


def writes(permission: Permission | Everyone, *others: Permission) -> Callable[[View], View]:
    """Declare an act: its form on GET, the act itself on POST.

    One address may serve several desks: then any one of their permissions opens it, and
    the service says which of them this matter asks for.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if refused := _refusal(request, permission, others):
                return refused
            if request.method in ("GET", "HEAD"):
                return _run_read(view, request, *args, **kwargs)
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            run = _run_command if isinstance(permission, Permission) else _run_write
            return run(view, request, *args, **kwargs)

        guarded.access = Access(permission, writes=True, others=others)
        return guarded

    return declare
