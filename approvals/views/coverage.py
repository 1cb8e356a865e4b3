"""制定情况: which unions have made the plans 第六条 asks of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from approvals.selectors.coverage import coverage_for
from core import clock

LIST = {"label": "工会规划方案", "url": "/union-plans/"}


@reads(Permission.UNION_PLAN_READ)
def union_plan_coverage(request: HttpRequest) -> HttpResponse:
    """Every union in sight; `show` narrows it to those that owe a plan, or have venues."""
    rows = coverage_for(request.user, today=clock.today())
    owing = [one for one in rows if one.is_missing]
    holding = [one for one in rows if one.venues]
    show = request.GET.get("show", "")
    shown = {"missing": owing, "venues": holding}.get(show, rows)
    have = sum(one.implementation is not None for one in rows)
    schemes = [one for one in rows if one.owes_scheme]
    tabs = [
        {"label": label, "url": f"?show={key}" if key else "?", "current": shown is found,
         "count": len(found)}
        for label, key, found in (
            ("全部", "", rows), ("有所属阵地", "venues", holding), ("尚缺规划方案", "missing", owing),
        )
    ]  # fmt: skip
    context = {
        "rows": shown,
        "tabs": tabs,
        "crumbs": [LIST],
        "figures": [
            {"label": "已有实施规划", "value": f"{have} / {len(rows)}"},
            {
                "label": "已有具体方案（市县）",
                "value": f"{sum(one.scheme is not None for one in schemes)} / {len(schemes)}",
            },
            {"label": "实施中的总体方案", "value": sum(one.overall_plans for one in rows)},
            {"label": "分步推进的阵地", "value": sum(one.phased for one in rows)},
        ],
    }
    return render(request, "approvals/union_plan_coverage.html", context)
