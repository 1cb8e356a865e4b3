"""The workbench, the list of deadlines, the gallery of components."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AUTHENTICATED, reads
from accounts.enums import Permission
from accounts.models import User
from analytics import gallery, selectors
from analytics.forms import DeadlineFilter
from analytics.selectors import WorkRow
from core import clock
from notifications.models import Deadline
from organizations.rules import Calendar
from organizations.selectors import working_days

TABS = {"todo": "待办", "done": "已办", "started": "我发起"}
PAGE_SIZE = 50
SPAN_DAYS = {"30": 30, "90": 90, "365": 365}


@reads(Permission.WORKBENCH_READ)
def workbench(request: HttpRequest) -> HttpResponse:
    today, calendar, user = clock.today(), working_days(), request.user
    waiting = selectors.waiting_for(user, today=today)
    todo = [selectors.work_row(item, calendar, today=today) for item in waiting]
    counts = {"todo": len(todo), "done": selectors.done_by(user).count()}
    if user.can(Permission.PROPOSAL_WRITE):
        counts["started"] = selectors.started_by(user).count()
    tab = request.GET.get("tab", "")
    tab = tab if tab in counts else "todo"
    near = selectors.near_deadlines(user, today=today)
    sees_near = user.can(Permission.VENUE_READ)
    context = {
        "rows": todo if tab == "todo" else _rows_of(tab, user),
        "tab": tab,
        "title": TABS[tab],
        "more": max(0, counts[tab] - selectors.ROWS) if tab != "todo" else 0,
        "tabs": [
            {"label": TABS[code], "url": f"?tab={code}", "current": code == tab, "count": count}
            for code, count in counts.items()
        ],
        "tiles": _tiles(
            todo, counts, near.filter(due_on__gte=today).count() if sees_near else None
        ),
        "near": _with_words(near[: selectors.NEAR_ROWS], calendar, today) if sees_near else None,
        "duties": [] if sees_near else [post.card for post in user.posts()],
    }
    return render(request, "analytics/workbench.html", context)


def _rows_of(tab: str, user: User) -> list[WorkRow]:
    return selectors.done_rows(user) if tab == "done" else selectors.started_rows(user)


def _tiles(todo: list[WorkRow], counts: dict[str, int], near: int | None) -> list[dict]:
    late = sum(row.tone == "bad" for row in todo)
    tiles = [
        {"label": "待办", "value": len(todo), "url": "?tab=todo"},
        {"label": "已超期", "value": late, "tone": "bad" if late else "", "url": "?tab=todo"},
    ]
    if "started" in counts:
        tiles.append({"label": "我发起", "value": counts["started"], "url": "?tab=started"})
    if near is not None:
        tiles.append({"label": "90 天内到期", "value": near, "url": "/deadlines/"})
    return tiles


def _with_words(rows, calendar: Calendar, today: date) -> list[tuple[Deadline, str, str]]:
    return [(one, *selectors.limit_words(one.due_on, calendar, today=today)) for one in rows]


@reads(Permission.VENUE_READ)
def deadline_list(request: HttpRequest) -> HttpResponse:
    form = DeadlineFilter(request.GET or None, initial={"within": "90"})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    within = asked.get("within") or "90"
    today = clock.today()
    until = today + timedelta(days=SPAN_DAYS[within]) if within in SPAN_DAYS else date.max
    rows = selectors.deadlines_until(request.user, until, text=asked.get("text", ""))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = _with_words(page.object_list, working_days(), today)
    context = {"form": form, "page": page, "is_filtered": bool(asked.get("text"))}
    return render(request, "analytics/deadlines.html", context)


@reads(AUTHENTICATED)
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, within the reader's own frame."""
    return render(request, "core/components.html", gallery.content())
