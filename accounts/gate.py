"""The login page, whoever sends a visitor there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import showcase
from accounts.forms import LoginForm
from core import clock


def login_page(
    request: HttpRequest, *, form: LoginForm | None = None, target: str = "/", resume: str = "",
    has_files: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The form, where it leads, what is carried along, and a demo's accounts."""
    context = {
        "form": form or LoginForm(),
        "next": target,
        "resume": resume,
        "has_files": has_files,
        "showcase": showcase.shown() if clock.fixed_day() else None,
    }
    return render(request, "accounts/login.html", context, status=status)
