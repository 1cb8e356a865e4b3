"""Accounts: the system administrator makes and shuts them, and grants nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import services
from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import DUTY_NAMES, Permission
from accounts.filters import AccountFilter
from accounts.forms import AccountForm
from accounts.lists import show_list
from accounts.models import User
from accounts.passwords import one_time_password
from accounts.roles import EVERYBODY, Role
from accounts.tables import AccountTable
from core import clock
from core.acting import attempt
from core.forms import ActForm

ONE_TIME = "one_time_password"


@writes(Permission.ACCOUNT_WRITE)
def account_list(request: HttpRequest) -> HttpResponse:
    return show_list(
        request, AccountTable, AccountFilter, User.objects.all(), "accounts/account_list.html"
    )


@writes(Permission.ACCOUNT_WRITE)
def account_new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        user = attempt(
            form,
            services.create_user,
            username=form.cleaned_data["username"],
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            password=password,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
        if user:
            return _show_once(request, user, password)
    return render(request, "accounts/account_new.html", {"form": form}, status=form.http_status)


def _show_once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    request.session[ONE_TIME] = {"user": str(user.pk), "password": password}
    return redirect("accounts:account_made", pk=user.pk)


@reads(Permission.ACCOUNT_WRITE)
def account_made(request: HttpRequest, pk) -> HttpResponse:
    """The one page that shows a one-time password, once."""
    account = get_object_or_404(User, pk=pk)
    shown = request.session.pop(ONE_TIME, None)
    password = shown["password"] if shown and shown["user"] == str(pk) else ""
    context = {"account": account, "password": password}
    return render(request, "accounts/account_made.html", context)


@writes(Permission.ACCOUNT_WRITE)
def account_reset(request: HttpRequest, pk) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = one_time_password()
        user = attempt(
            form,
            services.reset_password,
            user=account,
            password=password,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
        if user:
            return _show_once(request, user, password)
    context = {"form": form, "account": account, "verb": "重置密码"}
    return render(request, "accounts/account_active.html", context, status=form.http_status)


@writes(Permission.ACCOUNT_WRITE)
def account_active(request: HttpRequest, pk, *, is_active: bool) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    form = ActForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            services.set_active,
            user=account,
            is_active=is_active,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
    ):
        return redirect("accounts:account_list")
    context = {"form": form, "account": account, "verb": "启用账号" if is_active else "停用账号"}
    return render(request, "accounts/account_active.html", context, status=form.http_status)


@reads(AUTHENTICATED)
def roles(request: HttpRequest) -> HttpResponse:
    cards = [
        {
            "name": role.label,
            "description": role.card.description,
            "duties": [
                name
                for duty, name in DUTY_NAMES.items()
                if duty in role.card.permissions - EVERYBODY
            ],
        }
        for role in Role
    ]
    common = [name for duty, name in DUTY_NAMES.items() if duty in EVERYBODY]
    return render(request, "accounts/roles.html", {"cards": cards, "common": common})
