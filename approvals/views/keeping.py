"""中止、恢复、作废 of a plan; 中止、恢复、终止实施 of one in force; 移交 of an empty desk."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals import allowed, permissions
from approvals.enums import Action
from approvals.forms.handling import EndPlanForm, ReasonedForm
from approvals.models import Proposal, Task
from approvals.services import course, duties, keeping, papers, seating, standing
from approvals.views.handling import act_page, carry_out
from approvals.views.shared import plan_of, refused
from core import clock
from core.forms import ActForm

KEEPS = Permission.PROCEDURE_KEEP


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


def _standing(act: Action):
    return partial(allowed.why_not_of_a_standing, act=act)


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
def proposal_move_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.keeps_procedure(request.user, proposal):
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"proposal": proposal, "reason": given["reason"], "version": given["version"]}

    duty = duties.duty_at(proposal)
    done = carry_out(
        request, proposal, form, duties.move_duty_up, facts, said="已移交上级工会办理。"
    )
    return done or act_page(
        request, proposal, form, title=f"移交上级工会：{duty.label}" if duty else "移交上级工会",
        submit="移交上级工会",
        lead="本级没有可以办理这一事项的人员时，移交最近一级有人可以办理的上级工会；不会跳过。",
        is_empty=duties.why_not_moved(proposal, duty, today=clock.today()),
    )  # fmt: skip


@writes(KEEPS)
def proposal_queue(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not permissions.keeps_procedure(request.user, proposal):
        return refused(request)
    form = ActForm(request.POST or None, initial={"version": proposal.version})

    def facts() -> dict[str, Any]:
        return {"proposal": proposal, "version": form.cleaned_data["version"]}

    done = carry_out(request, proposal, form, course.queue_again, facts, said="已提请上会。")
    return done or act_page(
        request, proposal, form, title="提请上会", submit="提请上会",
        lead="方案到了会议环节、却不在任何议程上时，由此提请本级决策机构审议。",
        is_empty=course.why_not_queued(proposal),
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
        request, pk, standing.halt_plan, "总体方案已中止实施。", _standing(Action.HALT),
        title="中止实施", submit="中止实施", tone="danger",
        lead="中止实施期间，本阵地的具体运作方案不能报送、上会和批复，不能签订合同；恢复之后照原批准实施。",
    )  # fmt: skip


@writes(KEEPS)
def plan_take_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, standing.take_up_plan, "总体方案已恢复实施。", _standing(Action.TAKE_UP),
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
        is_empty=_standing(Action.END)(request.user, proposal),
    )  # fmt: skip


@writes(KEEPS)
def return_notice_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _reasoned(
        request, pk, papers.void_return_notice, "退回补正通知已作废，文号保留。",
        allowed.why_not_notice_voided,
        title="作废退回补正通知", submit="作废", tone="danger",
        lead="文号保留为作废，不再使用；方案仍在退回修改的，可以另编文号重新出具。",
    )  # fmt: skip
