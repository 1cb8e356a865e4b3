"""The workbench: what waits, what was done, and the role's own overview."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from accounts.access import reads
from accounts.enums import Permission
from accounts.models import User
from analytics import desk, selectors
from analytics.selectors import FigureKey, Figures, Near, Panels, WorkRow
from approvals.tables import PlanTable
from core import clock
from handbook import tour
from organizations.rules import Calendar
from organizations.selectors import working_days

TABS = {"todo": "待办", "done": "已办", "started": "我发起"}
LIMITS = {"late": ("bad",), "soon": ("warn",)}


@reads(Permission.WORKBENCH_READ)
def workbench(request: HttpRequest) -> HttpResponse:
    today, calendar, user = clock.today(), working_days(), request.user
    waiting = selectors.waiting_for(user, today=today)
    todo = [selectors.work_row(item, calendar, today=today) for item in waiting]
    figures = selectors.count_figures(user, today=today)
    panels = selectors.read_panels(user, today=today)
    context = {
        "today": today,
        "tiles": desk.tiles(user, todo, figures),
        "entries": desk.entries(user),
        "tour": tour.card_of(user),
        "duties": [] if user.can(Permission.VENUE_READ) else [post.card for post in user.posts()],
        **_table(request, user, todo, figures),
        **_rail(user, panels, calendar, today),
        **_overview(user, figures, panels, today),
    }
    return render(request, "analytics/workbench.html", context)


def _table(request: HttpRequest, user: User, todo: list[WorkRow], figures: Figures) -> dict:
    """The tabs and the rows of the one that is open."""
    counts: dict[str, int | None] = {"todo": len(todo), "done": None}
    if user.can(Permission.PROPOSAL_WRITE):
        counts["started"] = figures.total(FigureKey.STARTED)
    tab = request.GET.get("tab", "")
    tab = tab if tab in counts else "todo"
    rows, narrowed = _rows(request, tab, user, todo)
    return {
        "tab": tab,
        "title": TABS[tab],
        "rows": rows,
        "narrowed": narrowed,
        "picks": _picks(user, tab, rows),
        "kinds": _kinds(request, todo) if tab == "todo" else [],
        "tabs": [
            {"label": TABS[code], "url": f"?tab={code}", "current": code == tab, "count": count}
            for code, count in counts.items()
        ],
    }


def _rows(
    request: HttpRequest, tab: str, user: User, todo: list[WorkRow]
) -> tuple[list[WorkRow], bool]:
    if tab == "done":
        return selectors.done_rows(user), False
    if tab == "started":
        return selectors.started_rows(user), False
    kind, act = request.GET.get("kind", ""), request.GET.get("act", "")
    tones = LIMITS.get(request.GET.get("limit", ""))
    rows = [
        row
        for row in todo
        if (not kind or row.kind == kind)
        and (not act or row.act == act)
        and (not tones or row.tone in tones)
    ]
    return rows, bool(kind or act or tones)


def _picks(user: User, tab: str, rows: list[WorkRow]) -> tuple[tuple[str, str], ...]:
    """The acts on many plans at once, where the rows hold some and this person may."""
    may = tab == "todo" and user.can(Permission.ERRAND_WRITE)
    return PlanTable.picked_acts if may and any(row.pick for row in rows) else ()


def _kinds(request: HttpRequest, todo: list[WorkRow]) -> list[dict]:
    """What waits by kind, to narrow the list to one; only where there is more than one."""
    counts: dict[str, int] = {}
    for row in todo:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    if len(counts) < 2:
        return []
    return [
        {
            "label": kind,
            "count": count,
            "url": f"?{urlencode({'tab': 'todo', 'kind': kind})}",
            "current": request.GET.get("kind") == kind,
        }
        for kind, count in counts.items()
    ]


def _rail(user: User, panels: Panels, calendar: Calendar, today: date) -> dict:
    """The narrow column: meetings, near deadlines, the latest acts."""
    is_business = user.can(Permission.VENUE_READ)
    sittings = panels.sittings
    is_today = any(_day(one.starts_at) == today for one in sittings)
    return {
        "near": [_near_row(one, calendar, today) for one in panels.near] if is_business else None,
        "sittings": sittings if user.can(Permission.MEETING_READ) else None,
        "sittings_title": "今日会议" if is_today or not sittings else "近期会议",
        "acts": panels.acts if selectors.watches_acts(user) else None,
    }


def _day(moment) -> date:
    return moment.astimezone(clock.SHANGHAI).date()


def _near_row(one: Near, calendar: Calendar, today: date) -> dict:
    words, tone = selectors.limit_words(one.due_on, calendar, today=today)
    return {"title": one.title, "url": one.url, "on": one.due_on, "words": words, "tone": tone}


def _overview(user: User, figures: Figures, panels: Panels, today: date) -> dict:
    """The charts: plans by stage, contracts by their end, load of the desks, cities."""
    if not user.can(Permission.VENUE_READ):
        return {"stages": None, "axis": None, "desks": None, "cities": None}
    return {
        "stages": desk.stages(figures),
        "axis": desk.time_line(panels, today=today),
        "desks": desk.desks(figures) if selectors.watches_desks(user) else None,
        "cities": desk.cities(figures) if selectors.watches_province(user) else None,
    }
