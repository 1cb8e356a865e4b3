"""The workbench."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from analytics import selectors
from core import clock
from organizations.selectors import working_days

TABS = (("todo", "待办"), ("done", "已办"), ("started", "我发起"))


@reads(Permission.WORKBENCH_READ)
def workbench(request: HttpRequest) -> HttpResponse:
    today, calendar, user = clock.today(), working_days(), request.user
    waiting = selectors.waiting_for(user, today=today)
    todo = [selectors.work_row(item, calendar, today=today) for item in waiting]
    started = selectors.started_rows(user)
    near = selectors.near_deadlines(user, today=today)
    tab = request.GET.get("tab", "todo")
    rows = {"done": selectors.done_rows(user), "started": started}.get(tab, todo)
    counts = {"todo": len(todo), "done": None, "started": len(started)}
    context = {
        "rows": rows,
        "tab": tab if tab in counts else "todo",
        "tabs": [
            {"label": label, "url": f"?tab={code}", "current": code == tab, "count": counts[code]}
            for code, label in TABS
        ],
        "tiles": [
            {"label": "待办", "value": len(todo), "url": "?tab=todo"},
            {
                "label": "已超期",
                "value": sum(row.tone == "bad" for row in todo),
                "tone": "bad" if any(row.tone == "bad" for row in todo) else "",
                "url": "?tab=todo",
            },
            {"label": "我发起", "value": len(started), "url": "?tab=started"},
            {"label": "90 天内到期", "value": len(near), "url": "#near"},
        ],
        "near": [(one, *selectors.limit_words(one.due_on, calendar, today=today)) for one in near],
    }
    return render(request, "analytics/workbench.html", context)
