"""A person's mail and calendar; and the feed itself, opened by its secret alone."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import AUTHENTICATED, PUBLIC, reads, writes
from accounts.enums import Permission
from accounts.profile import tabs
from core import clock
from notifications import selectors, services
from notifications.enums import Topic
from notifications.exports import calendar_of

MOST_ENTRIES = 1000


@writes(AUTHENTICATED)
def mail(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        services.choose_mail(user=request.user, wanted=request.POST.getlist("topic"))
        return redirect("notifications:mail")
    muted = selectors.muted_topics(request.user)
    rows = [
        {
            "value": topic.value,
            "label": topic.label,
            "is_on": topic.value not in muted,
            "is_fixed": topic.value in Topic.ALWAYS_MAILED,
        }
        for topic in Topic
    ]
    context = {"rows": rows, "tabs": tabs("/me/mail/")}
    return render(request, "notifications/mail.html", context)


@writes(AUTHENTICATED)
def calendar(request: HttpRequest) -> HttpResponse:
    address = ""
    if request.method == "POST":
        if request.POST.get("act") == "revoke":
            services.revoke_feed(user=request.user, at=clock.now())
            return redirect("notifications:calendar")
        token = services.make_feed(user=request.user, at=clock.now())
        address = f"{settings.PORTAL_URL}{reverse('notifications:calendar_feed', args=[token])}"
    context = {
        "address": address,
        "feed": selectors.feed_of(request.user),
        "may": request.user.can(Permission.VENUE_READ),
        "tabs": tabs("/me/calendar/"),
    }
    return render(request, "notifications/calendar.html", context)


@reads(PUBLIC)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    owner = selectors.feed_owner(token)
    if owner is None:
        raise Http404
    content = calendar_of(selectors.deadlines_near(owner, date.max)[:MOST_ENTRIES])
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'inline; filename="unionops.ics"',
        },
    )
