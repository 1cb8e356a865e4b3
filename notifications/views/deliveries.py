"""The delivery log: who was sent what kind of message when, without its text."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from core import clock
from core.acting import attempt
from core.forms import ActForm
from notifications import selectors, services
from notifications.enums import OPEN, DeliveryStatus
from notifications.forms import DeliveryFilter
from notifications.models import OutboxItem

PAGE_SIZE = 50


def _tiles(health: selectors.Health) -> list[dict]:
    waiting = sum(health.counts.get(status, 0) for status in OPEN)
    dead = health.counts.get(DeliveryStatus.DEAD, 0)

    def moment(at):
        return f"{at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" if at else "无"

    return [
        {"label": "待发送", "value": waiting, "url": "", "tone": "", "hint": ""},
        {
            "label": "未送达",
            "value": dead,
            "url": "/deliveries/?status=dead",
            "tone": "bad" if dead else "",
            "hint": "",
        },
        {
            "label": "最早的到期未发",
            "value": moment(health.oldest_due_at),
            "url": "",
            "tone": "",
            "hint": "",
        },
        {
            "label": "最近一次处理",
            "value": moment(health.beat_at),
            "url": "",
            "tone": "",
            "hint": "",
        },
    ]


@reads(Permission.DELIVERY_READ)
def delivery_list(request: HttpRequest) -> HttpResponse:
    form = DeliveryFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.deliveries(status=chosen.get("status", ""), channel=chosen.get("channel", ""))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.tone = DeliveryStatus(row.status).tone
        row.form = ActForm(auto_id=False) if row.status == DeliveryStatus.DEAD else None
    context = {"page": page, "filter": form, "tiles": _tiles(selectors.health(now=clock.now()))}
    return render(request, "notifications/delivery_list.html", context)


@writes(Permission.DELIVERY_READ)
def requeue(request: HttpRequest, pk) -> HttpResponse:
    item = get_object_or_404(OutboxItem.objects.select_related("recipient"), pk=pk)
    form = ActForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            services.requeue,
            item=item,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
    ):
        return redirect("/deliveries/?status=retry")
    context = {"form": form, "item": item, "tone": DeliveryStatus(item.status).tone}
    return render(request, "notifications/requeue.html", context, status=form.http_status)
