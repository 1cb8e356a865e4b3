"""Pages for strangers: no login, no script needed, nothing but the listed fields."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import PUBLIC, reads
from core import clock
from disclosure import selectors
from disclosure.forms import PublicFilter

PAGE_SIZE = 20
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
def public_notice(request: HttpRequest, code: str) -> HttpResponse:
    notice = selectors.public_notice(code)
    if notice is None:
        raise Http404
    context = {"notice": notice, "crumbs": [HOME]}
    return render(request, "disclosure/public_notice.html", context)
