"""中止、恢复、作废 of a plan; 中止、恢复、终止实施 of one in force; 代理 of one's own desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals import allowed, permissions
from approvals.enums import NODE_PERMISSIONS
from approvals.forms.handling import DelegationForm, EndPlanForm, ReasonedForm
from approvals.models import Delegation, Proposal, Task
from approvals.selectors import people
from approvals.selectors.delegations import delegations_of
from approvals.services import keeping, seating, standing
from approvals.views.handling import act_page, carry_out
from approvals.views.shared import deed, plan_of, refused
from core import clock
from core.acting import attempt
from core.forms import ActForm

KEEPS = Permission.PROCEDURE_KEEP
DESKS = tuple(NODE_PERMISSIONS.values())


def _kept(request: HttpRequest, pk: UUID) -> Proposal | None:
    """The plan, if this person keeps the procedure of its union."""
    proposal = plan_of(request, pk)
    may = post_for(request.user, KEEPS, union=proposal.supervising_union)
    return proposal if may else None


def _reasoned(
    request: HttpRequest, pk: UUID, service, said: str, why_not, **page: Any
) -> HttpResponse:
    proposal = _kept(request, pk)
    if proposal is None:
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"proposal": proposal, "reason": given["reason"], "version": given["version"]}

    done = carry_out(request, proposal, form, service, facts, said=said)
    why = why_not(request.user, proposal)
    return done or act_page(request, proposal, form, is_empty=why, **page)


@writes(KEEPS)
def proposal_suspend(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, keeping.suspend_proposal, "已中止办理，各环节停止计时。",
        allowed.why_not_suspended,
        title="中止办理", submit="中止办理", tone="danger",
        lead="中止期间各环节停止计时、不能办理，仍列在各清单中；恢复后从剩余的工作日接着算。",
    )  # fmt: skip


@writes(KEEPS)
def proposal_resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = _kept(request, pk)
    if proposal is None:
        return refused(request)
    form = ActForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        return {"proposal": proposal, "version": form.cleaned_data["version"]}

    done = carry_out(
        request, proposal, form, keeping.resume_proposal, facts, said="已恢复办理，各环节继续计时。"
    )
    return done or act_page(
        request, proposal, form, title="恢复办理", submit="恢复办理",
        lead="各环节的期限按中止时剩余的工作日顺延。",
        is_empty=allowed.why_not_resumed(request.user, proposal),
    )  # fmt: skip


@writes(KEEPS)
def task_move_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = get_object_or_404(Task.objects.select_related("plan_version", "union"), pk=pk)
    proposal = task.proposal = plan_of(request, task.proposal_id)
    if not permissions.keeps_procedure(request.user, proposal):
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": task.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"task": task, "reason": given["reason"], "version": given["version"]}

    done = carry_out(request, proposal, form, seating.move_up, facts, said="已移交上级工会办理。")
    return done or act_page(
        request, proposal, form, title=f"移交上级工会：{task.desk_label}", submit="移交上级工会",
        lead="本级没有可以办理这一环节的人员时，移交最近一级有对应岗位的上级工会办理；环节不会跳过。",
        is_empty=seating.why_not_moved_up(task, by=request.user, at=clock.now()),
    )  # fmt: skip


@writes(KEEPS)
def proposal_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, keeping.void_proposal, "已作废，编号保留。", allowed.why_not_voided,
        title="作废", submit="作废", tone="danger",
        lead="作废后本件不能再办理，全部记录和编号保留，编号不再使用。",
    )  # fmt: skip


@writes(KEEPS)
def plan_halt(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, standing.halt_plan, "总体方案已中止实施。",
        title="中止实施", submit="中止实施", tone="danger",
        lead="中止实施期间，本阵地的具体运作方案不能报送、上会和批复，不能签订合同；恢复之后照原批准实施。",
    )  # fmt: skip


@writes(KEEPS)
def plan_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, standing.take_up_plan, "总体方案已恢复实施。",
        title="恢复实施", submit="恢复实施", lead="恢复之后，总体方案照原批准实施。",
    )  # fmt: skip


@writes(KEEPS)
def plan_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = _kept(request, pk)
    if proposal is None:
        return refused(request)
    form = EndPlanForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        names = ("reason", "decided_by", "decided_on", "version")
        return {"proposal": proposal} | {name: form.cleaned_data[name] for name in names}

    done = carry_out(request, proposal, form, standing.end_plan, facts, said="总体方案已终止实施。")
    return done or act_page(
        request, proposal, form, title="终止实施", submit="终止实施", tone="danger",
        lead="总体方案由主管工会集体审议决定，终止也须经会议决定。已批准的合作照各自的方案和合同继续，不再批准新的具体运作方案。",
    )  # fmt: skip


@reads(Permission.PROPOSAL_READ)
def delegation_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    rows = [
        {
            "delegation": one,
            "is_mine": one.principal_id == request.user.pk,
            "state": one.state_on(today),
        }
        for one in delegations_of(request.user)
    ]
    may = bool(_desks_of(request))
    return render(request, "approvals/delegations.html", {"rows": rows, "may_delegate": may})


def _desks_of(request: HttpRequest) -> list[tuple[str, Any]]:
    """The desks of one's own, each with its union."""
    return [
        (node, post.union)
        for post in request.user.posts()
        for node, permission in NODE_PERMISSIONS.items()
        if post.union and not post.venue_id and permission in post.card.permissions
    ]


@writes(*DESKS)
def delegation_new(request: HttpRequest) -> HttpResponse:
    desks = _desks_of(request)
    if not desks:
        return refused(request)
    union = desks[0][1]
    nodes = [(node.value, node.label) for node, its_union in desks if its_union == union]
    choices = people.colleagues(union, on=clock.today(), without=request.user)
    form = DelegationForm(request.POST or None, people=choices, nodes=list(dict(nodes).items()))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = ("node", "valid_from", "valid_to", "reason")
        facts = {name: given[name] for name in names} | deed(request, form)
        facts |= {"agent": form.chosen[0], "union": union}
        facts["includes_waiting"] = given["includes_waiting"] == "yes"
        if attempt(form, keeping.delegate, **facts):
            messages.success(request, "已委托代理；代理人签署时印为“代理人（代您）”。")
            return redirect("approvals:delegation_list")
    context = {"form": form, "crumbs": [{"label": "代理", "url": "/delegations/"}]}
    return render(request, "approvals/delegation_new.html", context, status=form.http_status)


@writes(*DESKS)
def delegation_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Delegation.objects.filter(principal=request.user).select_related("agent", "union")
    delegation = get_object_or_404(rows, pk=pk)
    form = ActForm(request.POST or None, initial={"version": delegation.version})
    if request.method == "POST" and form.is_valid():
        facts = {"delegation": delegation, "version": form.cleaned_data["version"]}
        if attempt(form, keeping.revoke_delegation, **facts, **deed(request, form)):
            messages.success(request, "已收回代理。")
            return redirect("approvals:delegation_list")
    context = {
        "form": form,
        "delegation": delegation,
        "crumbs": [{"label": "代理", "url": "/delegations/"}],
    }
    return render(request, "approvals/delegation_revoke.html", context, status=form.http_status)
