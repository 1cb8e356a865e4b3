"""为何走这条路线: every row that was considered for one plan, and the route it is on."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from approvals import permissions
from approvals.rules.route import Route
from approvals.selectors.route_words import matter_words, steps_words
from approvals.selectors.routes import considered_for, matter_of, pinned_day, why_no_route
from approvals.views.shared import LIST, plan_of
from core import clock

# The floor in the regulation's own words, each with its rule.
FLOOR = (
    ("阵地集体决策", "18-3"),
    ("上级主管部门审批", "18-3"),
    ("组织人事、党委（纪委）、财务、经审四个部门会签", "16-1"),
    ("党组会议、主席办公会议集体研究决定", "13-3-1"),
    ("总体方案由主管工会集体审议决定，不授权下放", "13-3-2"),
    ("清单条目写明确定它的会议", "13-3-3"),
)


@reads(Permission.MATRIX_READ)
def proposal_route(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.reads_file(request.user, proposal):
        raise Http404
    on = pinned_day(proposal, today=clock.today())
    rows = considered_for(proposal, on=on)
    pinned = Route.from_json(proposal.route) if proposal.route else None
    context = {
        "proposal": proposal,
        "crumbs": [
            LIST,
            {"label": proposal.number or "未编号", "url": f"/proposals/{proposal.pk}/review/"},
        ],
        "on": on,
        "code": matter_of(proposal).code,
        "rows": [
            {
                "row": one.row,
                "matter": matter_words(one.row),
                "points": one.found.points,
                "fits": one.found.fits,
                "is_chosen": one.is_chosen,
                "is_pinned": pinned is not None and pinned.matrix_row == str(one.row.pk),
            }
            for one in rows
        ],
        "no_route": "" if any(one.is_chosen for one in rows) else why_no_route(proposal),
        "floor": FLOOR,
        "pinned": pinned,
        "steps": steps_words(pinned) if pinned else [],
    }
    return render(request, "approvals/proposal_route.html", context)
