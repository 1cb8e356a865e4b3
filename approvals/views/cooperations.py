"""合作项目: the file that binds plan, contract, reports and evaluation."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import reads
from accounts.enums import Permission
from approvals.enums import Stage
from approvals.forms.matrix import CooperationFilterForm
from approvals.models import Proposal
from approvals.selectors import matters
from documents.selectors import documents_of

PAGE_SIZE = 50
LIST = {"label": "合作项目", "url": "/cooperations/"}


@reads(Permission.CONTRACT_READ)
def cooperation_list(request: HttpRequest) -> HttpResponse:
    form = CooperationFilterForm(request.GET, stages=Stage.choices)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = matters.matching_cooperations(matters.cooperations_for(request.user), wanted)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.badge = matters.stage_badge(row.plan_stage)
    is_filtered = any(wanted.values())
    context = {"form": form, "page": page, "is_filtered": is_filtered}
    return render(request, "approvals/cooperation_list.html", context)


@reads(Permission.CONTRACT_READ)
def cooperation(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(matters.cooperations_for(request.user), pk=pk)
    plans = Proposal.objects.visible_to(request.user).filter(cooperation=found)
    plans = list(plans.select_related("supervisor").order_by("created_at", "pk"))
    context = {
        "cooperation": found,
        "crumbs": [LIST],
        "plans": [{"plan": one, "badge": matters.stage_badge(one.stage)} for one in plans],
        "badge": matters.stage_badge(found.plan_stage),
        "documents": documents_of(found.pk),
        "timeline": matters.case_timeline(found),
        "reads_papers": request.user.can(Permission.FILE_READ),
    }
    return render(request, "approvals/cooperation.html", context)
