"""A person's own pages: posts, size of type, where they are logged in."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import own
from accounts.access import AUTHENTICATED, reads, writes
from accounts.enums import Permission
from accounts.profile import tabs
from core import clock

SIGNING = (Permission.FORMAL_REVIEW, Permission.COUNTERSIGN, Permission.LEGAL_REVIEW)


@reads(AUTHENTICATED)
def me(request: HttpRequest) -> HttpResponse:
    signs = any(request.user.can(duty) for duty in SIGNING)
    context = {"posts": request.user.posts(), "tabs": tabs("/me/"), "signs": signs}
    return render(request, "accounts/me.html", context)


@writes(AUTHENTICATED)
def text_size(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        own.set_text_size(user=request.user, size=request.POST.get("size", ""))
    return redirect("accounts:me")


@writes(AUTHENTICATED)
def sessions(request: HttpRequest) -> HttpResponse:
    kept = request.session.get(own.SESSION_KEY, "")
    if request.method == "POST":
        own.end_other_sessions(user=request.user, kept=kept, at=clock.now())
        update_session_auth_hash(request, request.user)
        return redirect("accounts:sessions")
    rows = [
        {"device": one.device, "at": one.at, "is_here": str(one.pk) == kept}
        for one in own.sign_ins_of(request.user, now=clock.now())
    ]
    context = {"tabs": tabs("/me/sessions/"), "rows": rows}
    return render(request, "accounts/sessions.html", context)
