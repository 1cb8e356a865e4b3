"""The file of one cooperation."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import reads
from accounts.enums import Permission
from analytics import casefile
from approvals.selectors import matters
from core import clock


@reads(Permission.CONTRACT_READ)
def cooperation(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(matters.cooperations_for(request.user), pk=pk)
    file = casefile.casefile_of(found, request.user, today=clock.today())
    context = casefile.context_of(file) | {
        "crumbs": [{"label": "合作项目", "url": "/cooperations/"}],
        "badge": matters.stage_badge(found.plan_stage),
        "reads_papers": request.user.can(Permission.FILE_READ),
    }
    return render(request, "analytics/cooperation.html", context)
