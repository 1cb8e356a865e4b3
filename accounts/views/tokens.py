"""接口令牌: a person's own tokens of the API."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import selectors, services
from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import Permission
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.profile import tabs
from core import clock
from core.acting import attempt
from core.forms import ActForm

ONE_TIME = "one_time_token"
LIST = {"label": "接口令牌", "url": "/me/tokens/"}


def _state_of(token: ApiToken, today: date) -> tuple[str, str]:
    if token.revoked_at:
        return "idle", "已撤销"
    return ("ok", "有效") if token.is_usable(today) else ("idle", "已过期")


def _row(token: ApiToken, today: date) -> dict:
    tone, state = _state_of(token, today)
    return {
        "pk": token.pk,
        "name": token.name,
        "prefix": f"{token.prefix}…",
        "kind": "可以办理" if token.may_write else "只读",
        "expires_on": f"{token.expires_on:%Y-%m-%d}",
        "last_used_on": f"{token.last_used_on:%Y-%m-%d}" if token.last_used_on else "未使用",
        "tone": tone,
        "state": state,
        "is_usable": token.is_usable(today),
    }


def _own(request: HttpRequest, pk: UUID) -> ApiToken:
    return get_object_or_404(selectors.tokens_of(request.user), pk=pk)


@reads(AUTHENTICATED)
def token_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    context = {
        "rows": [_row(token, today) for token in selectors.tokens_of(request.user)],
        "may_make": request.user.can(Permission.TOKEN_WRITE),
        "tabs": tabs(LIST["url"]),
    }
    return render(request, "accounts/token_list.html", context)


@writes(Permission.TOKEN_WRITE)
def token_new(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            services.make_token,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
            **form.wanted,
        )
        if made:
            token, key = made
            request.session[ONE_TIME] = {"token": str(token.pk), "key": key}
            return redirect("accounts:token_made", pk=token.pk)
    context = {"form": form, "crumbs": [LIST]}
    return render(request, "accounts/token_new.html", context, status=form.http_status)


@reads(Permission.TOKEN_WRITE)
def token_made(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The one page that shows the key of a token, once."""
    token = _own(request, pk)
    shown = request.session.pop(ONE_TIME, None)
    key = shown["key"] if shown and shown["token"] == str(pk) else ""
    context = {"token": _row(token, clock.today()), "key": key, "crumbs": [LIST]}
    return render(request, "accounts/token_made.html", context)


@writes(Permission.TOKEN_WRITE)
def token_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    token = _own(request, pk)
    form = ActForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            services.revoke_token,
            token=token,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
    ):
        return redirect("accounts:token_list")
    context = {"form": form, "token": _row(token, clock.today()), "crumbs": [LIST]}
    return render(request, "accounts/token_revoke.html", context, status=form.http_status)
