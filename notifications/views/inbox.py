"""A person's own notices."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.forms import ActForm
from notifications import selectors, services
from notifications.enums import Topic, topic_of

PAGE_SIZE = 50


@reads(Permission.INBOX_READ)
def inbox(request: HttpRequest) -> HttpResponse:
    is_unread_only = request.GET.get("show") == "unread"
    topic = request.GET.get("topic", "")
    topic = topic if topic in Topic.values else ""
    items = selectors.notices_of(request.user, topic=topic, is_unread=is_unread_only)
    page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
    for item in page.object_list:
        item.form = None if item.read_at else ActForm(auto_id=False)
        item.topic = _label(item.kind)
    days = groupby(page.object_list, key=lambda item: item.at.astimezone(clock.SHANGHAI).date())
    unread = selectors.unread_count(request.user)
    context = {
        "page": page,
        "days": [(day, list(rows)) for day, rows in days],
        "unread": unread,
        "is_unread_only": is_unread_only,
        "topic": topic,
        "topics": _topics(topic, is_unread_only),
        "today": clock.today(),
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


def _label(kind: str) -> str:
    topic = topic_of(kind)
    return topic.label if topic else "其他"


def _topics(current: str, is_unread_only: bool) -> list[dict]:  # noqa: FBT001 - of one page
    kept = {"show": "unread"} if is_unread_only else {}
    found = [{"label": "全部类型", "url": f"?{urlencode(kept)}", "current": not current}]
    return found + [
        {
            "label": one.label,
            "url": f"?{urlencode(kept | {'topic': one.value})}",
            "current": one.value == current,
        }
        for one in Topic
    ]


@writes(Permission.INBOX_READ)
def read_one(request: HttpRequest, pk) -> HttpResponse:
    item = get_object_or_404(selectors.inbox_of(request.user), pk=pk)
    if request.method != "POST":
        return redirect("notifications:inbox")
    services.mark_read(item=item, by=request.user, at=clock.now())
    stays = "stay" in request.POST
    return redirect("notifications:inbox" if stays else item.url or "notifications:inbox")


@writes(Permission.INBOX_READ)
def read_all(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.mark_all_read(by=request.user, at=clock.now())
    return redirect("notifications:inbox")
