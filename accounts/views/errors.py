"""Answers to requests that reached no view."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import resume
from core.api import problems


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's one-time mark is missing or old: keep what was typed and say so."""
    context = {"typed": resume.typed_of(request)}
    return render(request, "errors/csrf.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.is_api(request):
        return problems.plain_response(problems.BAD_REQUEST)
    # Without the request: nothing more can be read of it.
    return HttpResponse(render_to_string("errors/400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if problems.is_api(request):
        return problems.plain_response(problems.NOT_FOUND)
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if problems.is_api(request):
        return problems.plain_response(problems.FAILED)
    # Without the request: its context processors would ask the database that may be down.
    return HttpResponse(render_to_string("errors/500.html"), status=500)
