"""The help: its first page, a chapter, searching."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AUTHENTICATED, reads
from handbook import chapters
from handbook.forms import HelpSearch


@reads(AUTHENTICATED)
def index(request: HttpRequest) -> HttpResponse:
    form = HelpSearch(request.GET or None)
    asked = form.cleaned_data.get("q", "") if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "asked": asked,
        "hits": chapters.search(asked),
        "chapters": chapters.chapters(),
    }
    return render(request, "handbook/index.html", context)


@reads(AUTHENTICATED)
def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    found = chapters.chapter(slug)
    if found is None:
        raise Http404
    context = {
        "chapter": found,
        "headings": [part for part in found.parts if part.heading],
        "items": [
            {"label": one.title, "url": one.url, "current": one == found, "badge": "", "tone": ""}
            for one in chapters.chapters()
        ],
        "crumbs": [{"label": "帮助", "url": "/help/"}, {"label": found.title}],
    }
    return render(request, "handbook/chapter.html", context)
