"""The reference of the HTTP API as a page: every address, every field, every problem."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AUTHENTICATED, reads
from accounts.description import description
from accounts.enums import Permission
from accounts.reference import reference


@reads(AUTHENTICATED)
def docs(request: HttpRequest) -> HttpResponse:
    rate = settings.API_RATE.partition("/")[0]
    context = {"rate": rate, "has_tokens": request.user.can(Permission.TOKEN_WRITE)}
    return render(
        request,
        "accounts/api_docs.html",
        context | reference(description(), of=request.GET.get("of", "")),
    )
