"""附条件: the venue reports how a condition was met, the department that set it confirms."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.access import writes
from accounts.enums import Permission
from approvals import permissions
from approvals.forms.opinions import ConditionForm, ConditionReportForm
from approvals.models import Condition
from approvals.services import conditions
from approvals.views.handling import act_page, carry_out, not_yours
from approvals.views.shared import plan_of, writes_for


def _condition_of(request: HttpRequest, pk: UUID) -> Condition:
    rows = Condition.objects.select_related("opinion__task", "opinion__by", "evidence", "met_by")
    condition = get_object_or_404(rows, pk=pk)
    condition.proposal = plan_of(request, condition.proposal_id)
    return condition


def _page(request: HttpRequest, condition: Condition, form: ConditionForm, **texts: Any):
    closed = "这项条件已经确认落实。" if condition.met_at else ""
    return act_page(
        request, condition.proposal, form, condition=condition, **{"is_empty": closed} | texts
    )


@writes(Permission.PROPOSAL_WRITE)
def condition_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition_of(request, pk)
    if not writes_for(request, condition.proposal, Permission.PROPOSAL_WRITE):
        return not_yours(request, condition.proposal)
    form = ConditionReportForm(
        request.POST or None, request.FILES or None, initial={"version": condition.version}
    )

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "condition": condition,
            "note": given["note"],
            "upload": given["file"],
            "version": given["version"],
        }

    done = carry_out(
        request, condition.proposal, form, conditions.report_condition, facts,
        said="已报告落实情况，等待提出条件的部门确认。",
    )  # fmt: skip
    return done or _page(
        request, condition, form, title="报告条件落实情况", submit="报告落实情况",
        lead="写明如何落实，附证明材料；由提出条件的部门确认，确认之前不能签订合同。",
    )  # fmt: skip


@writes(Permission.CONDITION_CONFIRM)
def condition_met(request: HttpRequest, pk: UUID) -> HttpResponse:
    condition = _condition_of(request, pk)
    if not permissions.confirms(request.user, condition):
        return not_yours(request, condition.proposal)
    form = ConditionForm(request.POST or None, initial={"version": condition.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "condition": condition,
            "note": given["note"],
            "is_met": given["verdict"] == "met",
            "version": given["version"],
        }

    done = carry_out(
        request, condition.proposal, form, conditions.confirm_condition, facts, said="已记录。"
    )
    waits = "" if condition.reported_at else "阵地还没有报告落实情况和证明材料，不能确认。"
    more = {} if condition.met_at else {"is_empty": waits}
    return done or _page(
        request, condition, form, title="确认条件落实", submit="提交",
        lead="核对阵地报告的情况和证明材料；全部条件确认落实之后才能签订合同。", **more,
    )  # fmt: skip
