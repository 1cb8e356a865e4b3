"""合作项目: the file that binds plan, contract, reports and evaluation."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import reads
from accounts.enums import Permission
from approvals.enums import Stage
from approvals.forms.matrix import CooperationFilterForm
from approvals.selectors import matters

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
