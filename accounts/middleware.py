"""The net under every view: what declares nothing answers 403."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.api import problems


class DefaultDenyMiddleware:
    """Refuse a view that says neither who may use it nor whether it reads or writes."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Resolved here, before any read-only guard: a password changed elsewhere ends
        # the session, and ending it writes.
        request.user.is_authenticated  # noqa: B018
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if getattr(view, "access", None) is None:
            if problems.is_api(request):
                return problems.plain_response(problems.FORBIDDEN)
            return render(request, "errors/403.html", status=403)
        return None
