"""Logging in and out, the password."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import own, resume, services
from accounts.access import AUTHENTICATED, PUBLIC, writes
from accounts.forms import LoginForm, PasswordForm
from accounts.gate import login_page
from core import clock

WRONG = "账号或密码不对，请核对后重新填写。连续 5 次不对将锁定 15 分钟。"


def _next_of(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else "/"


@writes(PUBLIC)
def log_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(_next_of(request))
        return login_page(request, target=_next_of(request))
    form = LoginForm(request.POST)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None:
            login(request, user)
            sign_in = own.note_sign_in(
                user=user, agent=request.headers.get("User-Agent", ""), at=clock.now()
            )
            request.session[own.SESSION_KEY] = str(sign_in.pk)
            return _after_login(request)
        form.add_error(None, WRONG)
    kept = request.POST.get("resume", "")
    return login_page(request, form=form, target=_next_of(request), resume=kept, status=422)


def _after_login(request: HttpRequest) -> HttpResponse:
    kept = resume.unseal(request.POST.get("resume", ""))
    if kept is None:
        return redirect(_next_of(request))
    return render(request, "accounts/resume.html", kept)


@writes(AUTHENTICATED)
def log_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        own.note_sign_out(sign_in=request.session.get(own.SESSION_KEY, ""), at=clock.now())
        logout(request)
    return redirect("accounts:login")


@writes(AUTHENTICATED)
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_password(
            user=request.user, password=form.cleaned_data["password"], at=clock.now()
        )
        update_session_auth_hash(request, request.user)
        own.note_others_ended(
            user=request.user, kept=request.session.get(own.SESSION_KEY, ""), at=clock.now()
        )
        return redirect("accounts:me")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password.html", {"form": form}, status=status)
