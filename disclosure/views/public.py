"""Pages for strangers: no login, no script needed, nothing but the listed fields."""

from dataclasses import asdict

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import PUBLIC, reads
from core import clock
from core.canonical import sha256_of
from core.errors import ActionBlocked
from disclosure import selectors
from disclosure.forms import PublicFilter
from documents.services import preview_pdf

PAGE_SIZE = 20
BOARD_SECONDS = 24 * 60 * 60
HOME = {"label": "职工服务阵地公示", "url": "/public/"}


@reads(PUBLIC)
def public_list(request: HttpRequest) -> HttpResponse:
    form = PublicFilter(request.GET or None, cities=selectors.cities_with_pages())
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = selectors.published_rows(**asked)
    if form.is_bound and not form.is_valid():
        rows = rows.none()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = [selectors.public_row(one) for one in page.object_list]
    context = {"form": form, "page": page, "is_filtered": any(asked.values()) or form.errors}
    return render(request, "disclosure/public_list.html", context)


@reads(PUBLIC)
def public_venue(request: HttpRequest, code: str) -> HttpResponse:
    venue = selectors.public_venue(code, today=clock.today())
    if venue is None:
        raise Http404
    context = {"venue": venue, "crumbs": [HOME]}
    return render(request, "disclosure/public_venue.html", context)


@reads(PUBLIC)
def public_board(request: HttpRequest, code: str) -> HttpResponse:
    """公示牌: the public page as a poster. Printed once per content, whoever asks how often."""
    venue = selectors.public_venue(code, today=clock.today())
    if venue is None:
        raise Http404
    size = "a3" if request.GET.get("size") == "a3" else "a4"
    address = settings.PORTAL_URL + reverse("disclosure:public_venue", args=[code])
    context = {"venue": asdict(venue), "size": size, "address": address}
    key = f"board:{sha256_of(context)}"
    content = cache.get(key)
    if content is None:
        try:
            content = preview_pdf(
                "print/public_board.html", context, title=f"{venue.name}公示牌", mark="",
                leads_to=address,
            )  # fmt: skip
        except ActionBlocked as refusal:
            page = {"reasons": refusal.reasons, "typed": []}
            return render(request, "errors/422.html", page, status=422)
        cache.set(key, content, BOARD_SECONDS)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="board-{code}-{size}.pdf"'
    return response


@reads(PUBLIC)
def public_notice(request: HttpRequest, code: str) -> HttpResponse:
    notice = selectors.public_notice(code)
    if notice is None:
        raise Http404
    context = {"notice": notice, "crumbs": [HOME]}
    return render(request, "disclosure/public_notice.html", context)
