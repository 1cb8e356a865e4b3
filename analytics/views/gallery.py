"""The gallery of components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AUTHENTICATED, reads
from analytics import gallery


@reads(AUTHENTICATED)
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, within the reader's own frame."""
    return render(request, "core/components.html", gallery.content())
