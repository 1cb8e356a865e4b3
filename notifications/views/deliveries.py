"""The delivery log: who was sent what kind of message when, without its text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.lists import show_list
from core import clock
from core.acting import attempt
from core.forms import ActForm
from notifications import selectors, services
from notifications.enums import DeliveryStatus
from notifications.filters import DeliveryFilter
from notifications.models import OutboxItem
from notifications.tables import DeliveryTable


def _tiles(health: selectors.Health) -> list[dict]:
    def moment(at):
        return f"{at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" if at else "无"

    return [
        {"label": "待发送", "value": health.waiting, "url": "", "tone": "", "hint": ""},
        {
            "label": "未送达",
            "value": health.dead,
            "url": "/deliveries/?status=dead",
            "tone": "bad" if health.dead else "",
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


@writes(Permission.DELIVERY_READ)  # the posts of a list: its export, and keeping a view of it
def delivery_list(request: HttpRequest) -> HttpResponse:
    rows = OutboxItem.objects.select_related("recipient")
    context = {"tiles": _tiles(selectors.health(now=clock.now()))}
    template = "notifications/delivery_list.html"
    return show_list(request, DeliveryTable, DeliveryFilter, rows, template, context)


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
