"""A person's own notices."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.forms import ActForm
from notifications import selectors, services

PAGE_SIZE = 50


@reads(Permission.INBOX_READ)
def inbox(request: HttpRequest) -> HttpResponse:
    is_unread_only = request.GET.get("show") == "unread"
    items = selectors.inbox_of(request.user)
    if is_unread_only:
        items = items.filter(read_at=None)
    page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
    for item in page.object_list:
        item.form = None if item.read_at else ActForm(auto_id=False)
    days = groupby(page.object_list, key=lambda item: item.at.astimezone(clock.SHANGHAI).date())
    unread = selectors.unread_count(request.user)
    context = {
        "page": page,
        "days": [(day, list(rows)) for day, rows in days],
        "unread": unread,
        "is_unread_only": is_unread_only,
        "all_form": ActForm(auto_id=False),
        "tabs": [
            {"label": "全部", "url": "/inbox/", "current": not is_unread_only, "count": None},
            {
                "label": "未读",
                "url": "/inbox/?show=unread",
                "current": is_unread_only,
                "count": unread,
            },
        ],
    }
    return render(request, "notifications/inbox.html", context)


@writes(Permission.INBOX_READ)
def read_one(request: HttpRequest, pk) -> HttpResponse:
    item = get_object_or_404(selectors.inbox_of(request.user), pk=pk)
    if request.method != "POST":
        return redirect("notifications:inbox")
    services.mark_read(item=item, by=request.user, at=clock.now())
    return redirect(item.url or "notifications:inbox")


@writes(Permission.INBOX_READ)
def read_all(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.mark_all_read(by=request.user, at=clock.now())
    return redirect("notifications:inbox")
