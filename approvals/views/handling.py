"""The acts beside the opinion: transfer, consult, assign, take back, urge, circulate."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from approvals import allowed, permissions
from approvals.enums import NODE_PERMISSIONS, Node
from approvals.forms import handling as forms
from approvals.models import Circulation, Opinion, Proposal, Task
from approvals.selectors import people
from approvals.services import consulting, handling
from approvals.views.shared import LIST, deed, plan_of, refused
from core import clock
from core.acting import attempt
from core.forms import ActForm

DESKS = tuple(NODE_PERMISSIONS.values())
ERRANDS = Permission.ERRAND_WRITE


def act_page(
    request: HttpRequest, proposal: Proposal, form: ActForm, *, title: str, submit: str,
    lead: str = "", tone: str = "primary", **more: Any,
) -> HttpResponse:  # fmt: skip
    """One act on a plan: what it does, the plan it is about, its form.

    `is_empty` says why it cannot be done now; a form that was posted stays, with what was typed.
    """
    if form.is_bound:
        more["is_empty"] = ""
    crumbs = [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}]
    context = {
        "proposal": proposal,
        "form": form,
        "crumbs": crumbs,
        "title": title,
        "submit": submit,
        "lead": lead,
        "tone": tone,
        **more,
    }
    return render(request, "approvals/act.html", context, status=form.http_status)


def carry_out(
    request: HttpRequest, proposal: Proposal, form: ActForm, service: Callable[..., Any],
    facts: Callable[[], dict[str, Any]], *, said: str,
) -> HttpResponse | None:  # fmt: skip
    """Do the act when its form was posted whole; None shows the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    if attempt(form, service, **facts(), **deed(request, form)) is None:
        return None
    messages.success(request, said)
    return redirect("approvals:proposal_review", pk=proposal.pk)


def not_yours(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """An act that is somebody else's: its page leads back to the plan, its post is refused."""
    if request.method == "POST":
        return refused(request)
    return redirect("approvals:proposal_review", pk=proposal.pk)


def _task_of(request: HttpRequest, pk: UUID) -> Task:
    rows = Task.objects.select_related("plan_version", "assignee", "asked_by", "parent")
    task = get_object_or_404(rows, pk=pk)
    task.proposal = plan_of(request, task.proposal_id)
    return task


def _sits_at(request: HttpRequest, task: Task) -> bool:
    """Whether it is a desk of the route this person sits at."""
    return task.is_desk and permissions.seat_at(request.user, task) is not None


def _seen(task: Task) -> dict[str, Any]:
    return {"version": task.version}


@writes(*DESKS)
def task_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if not _sits_at(request, task):
        return not_yours(request, task.proposal)
    choices = people.sharers_of(task, on=clock.today(), without=request.user)
    form = forms.TransferForm(request.POST or None, people=choices, initial=_seen(task))

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "task": task,
            "to": form.chosen[0],
            "reason": given["reason"],
            "version": given["version"],
        }

    done = carry_out(
        request, task.proposal, form, handling.transfer_task, facts, said="已转办，对方已收到通知。"
    )
    return done or act_page(
        request, task.proposal, form, title=f"转办 · {task.desk_label}", submit="转办",
        lead="办理责任转给同一岗位的另一人，您不再办理这一环节；不能转给起草人，也不能转回。",
        is_empty=allowed.why_not_transferred_on(request.user, task)
        or ("" if choices else "这一岗位没有其他在岗人员，不能转办。"),
    )  # fmt: skip


@writes(*DESKS)
def task_consult(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if not _sits_at(request, task):
        return not_yours(request, task.proposal)
    union = task.proposal.supervising_union
    choices = people.colleagues(union, on=clock.today(), without=request.user)
    form = forms.ConsultForm(request.POST or None, people=choices, initial=_seen(task))

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "task": task,
            "people": form.chosen,
            "question": given["question"],
            "placed": given["placed"],
            "is_binding": given["is_binding"] == "yes",
            "version": given["version"],
        }

    done = carry_out(request, task.proposal, form, consulting.consult, facts, said="已征求意见。")
    return done or act_page(
        request, task.proposal, form, title=f"加签 · {task.desk_label}", submit="征求意见",
        lead="请本级工会其他人员发表意见；结论仍由您签署。",
        is_empty=allowed.why_not_shared(request.user, task),
    )  # fmt: skip


@writes(*DESKS)
def task_assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if not _sits_at(request, task):
        return not_yours(request, task.proposal)
    union = task.proposal.supervising_union
    choices = people.colleagues(union, on=clock.today(), without=request.user)
    form = forms.AssignForm(request.POST or None, people=choices, initial=_seen(task))

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {
            "task": task,
            "helper": form.chosen[0],
            "question": given["question"],
            "version": given["version"],
        }

    done = carry_out(request, task.proposal, form, consulting.assign, facts, said="已委派。")
    return done or act_page(
        request, task.proposal, form, title=f"委派 · {task.desk_label}", submit="委派",
        lead="请他人先行办理，办完退回给您，由您签署意见。",
        is_empty=allowed.why_not_shared(request.user, task),
    )  # fmt: skip


@writes(ERRANDS)
def task_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if task.node != Node.CONSULTATION or permissions.seat_at(request.user, task) is None:
        return not_yours(request, task.proposal)
    form = forms.AnswerForm(request.POST or None, task=task)

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        names = ("outcome", "text", "version", "content_sha256")
        return {"task": task, **{name: given[name] for name in names}}

    done = carry_out(
        request, task.proposal, form, consulting.answer_consultation, facts, said="已答复。"
    )
    return done or act_page(
        request,
        task.proposal,
        form,
        title="答复征求意见",
        submit="提交答复",
        asked=task,
        is_empty=allowed.why_not_answered(request.user, task, Node.CONSULTATION),
    )


@writes(ERRANDS)
def task_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if task.node != Node.ASSIGNMENT or permissions.seat_at(request.user, task) is None:
        return not_yours(request, task.proposal)
    form = forms.ReportForm(request.POST or None, initial=_seen(task))

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"task": task, "report": given["report"], "version": given["version"]}

    done = carry_out(
        request, task.proposal, form, consulting.report_assignment, facts, said="已交回。"
    )
    return done or act_page(
        request,
        task.proposal,
        form,
        title="委派事项办理",
        submit="交回委派人",
        asked=task,
        is_empty=allowed.why_not_answered(request.user, task, Node.ASSIGNMENT),
    )


@writes(ERRANDS)
def task_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if task.is_desk or task.asked_by_id != request.user.pk:
        return not_yours(request, task.proposal)
    form = forms.ReasonedForm(request.POST or None, initial=_seen(task))

    def facts() -> dict[str, Any]:
        given = form.cleaned_data
        return {"task": task, "reason": given["reason"], "version": given["version"]}

    done = carry_out(request, task.proposal, form, consulting.remove_asked, facts, said="已撤销。")
    return done or act_page(
        request, task.proposal, form, title=f"撤销{task.get_node_display()}", submit="撤销",
        lead="对方尚未答复时可以撤销（减签）；记录保留。", asked=task,
        is_empty=allowed.why_not_removed(request.user, task),
    )  # fmt: skip


@writes(ERRANDS)
def task_urge(request: HttpRequest, pk: UUID) -> HttpResponse:
    task = _task_of(request, pk)
    if not permissions.may_urge(request.user, task.proposal):
        return not_yours(request, task.proposal)
    form = forms.UrgeForm(request.POST or None)

    def facts() -> dict[str, Any]:
        return {"task": task, "text": form.cleaned_data["text"]}

    done = carry_out(request, task.proposal, form, handling.urge, facts, said="已催办。")
    return done or act_page(
        request, task.proposal, form, title=f"催办 · {task.desk_label}", submit="催办",
        lead="提醒现在的办理人；同一环节每人每天催办一次（系统默认）。催办不会代替任何人办理。",
        is_empty=handling.why_not_urged(task, by=request.user, on=clock.today()),
    )  # fmt: skip


@writes(*DESKS)
def opinion_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Opinion.objects.select_related("task", "plan_version")
    opinion = get_object_or_404(rows, pk=pk)
    proposal = plan_of(request, opinion.proposal_id)
    if opinion.by_id != request.user.pk:
        return not_yours(request, proposal)
    form = forms.ReasonedForm(request.POST or None)

    def facts() -> dict[str, Any]:
        return {"opinion": opinion, "reason": form.cleaned_data["reason"]}

    done = carry_out(
        request, proposal, form, handling.take_back_opinion, facts, said="已取回，请重新签署意见。"
    )
    return done or act_page(
        request, proposal, form, title=f"取回意见 · {opinion.task.desk_label}", submit="取回",
        lead="下一环节尚未办理时可以取回自己的意见；原意见保留，标为“已取回”。",
        is_empty=handling.why_not_taken_back(opinion, proposal, by=request.user),
    )  # fmt: skip


@writes(*DESKS)
def opinion_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销: one press, for a moment after signing."""
    rows = Opinion.objects.select_related("task", "plan_version")
    opinion = get_object_or_404(rows, pk=pk)
    proposal = plan_of(request, opinion.proposal_id)
    if opinion.by_id != request.user.pk:
        return not_yours(request, proposal)
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if attempt(form, handling.undo_opinion, opinion=opinion, **deed(request, form)):
            messages.success(request, "已撤销，刚才的意见作为草稿留在意见框里。")
        for reason in form.reasons:
            messages.warning(request, reason.text)
    return redirect("approvals:proposal_review", pk=proposal.pk)


@writes(ERRANDS)
def proposal_circulate(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if permissions.union_post(request.user, proposal) is None:
        return not_yours(request, proposal)
    union = proposal.supervising_union
    choices = people.colleagues(union, on=clock.today(), without=request.user)
    form = forms.CirculateForm(request.POST or None, people=choices)

    def facts() -> dict[str, Any]:
        return {"proposal": proposal, "people": form.chosen, "note": form.cleaned_data["note"]}

    done = carry_out(request, proposal, form, handling.circulate, facts, said="已传阅。")
    return done or act_page(
        request, proposal, form, title="传阅", submit="传阅",
        lead="请本级工会人员阅看；传阅意见与签署意见分开，不影响办理。",
        is_empty=allowed.why_not_circulated(request.user, proposal),
    )  # fmt: skip


@writes(ERRANDS)
def circulation_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    circulation = get_object_or_404(Circulation.objects.select_related("sent_by"), pk=pk)
    proposal = plan_of(request, circulation.proposal_id)
    if circulation.to_user_id != request.user.pk:
        return not_yours(request, proposal)
    form = forms.ReadForm(request.POST or None)

    def facts() -> dict[str, Any]:
        return {"circulation": circulation, "remark": form.cleaned_data["remark"]}

    done = carry_out(request, proposal, form, handling.mark_read, facts, said="已阅。")
    return done or act_page(
        request, proposal, form, title="传阅件", submit="已阅",
        lead=f"{circulation.sent_by.name}传阅：{circulation.note}",
    )  # fmt: skip
