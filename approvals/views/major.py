"""重大事项清单 of a union, and the determination of one plan."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals import permissions
from approvals.forms.major import DeterminationForm, EntryEndingForm, MajorEntryForm
from approvals.models import MajorMatterEntry, Proposal, Task
from approvals.selectors.major import (
    catalogue_of,
    determination_of,
    formal_review_of,
    held_against,
    unions_of,
)
from approvals.services import major as services
from approvals.views.handling import not_yours
from approvals.views.matrix import LIST as MATRIX
from approvals.views.shared import LIST, deed, plan_of, refused
from core import clock
from core.acting import attempt

HERE = {"label": "重大事项清单", "url": "/matrix/major/"}


@reads(Permission.MATRIX_READ)
def major_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    own = MajorMatterEntry.objects.in_force(today).visible_to(request.user)
    keys = {(one.union_id, one.code): one for one in own}
    unions = [
        {
            "union": union,
            "entries": [
                {"entry": one, "own": keys.get((union.pk, one.code))}
                for one in catalogue_of(union, on=today)
            ],
        }
        for union in unions_of(request.user)
    ]
    context = {
        "unions": unions,
        "may_write": request.user.can(Permission.MATRIX_WRITE),
        "crumbs": [MATRIX],
    }
    return render(request, "approvals/major_list.html", context)


@writes(Permission.MATRIX_WRITE)
def major_new(request: HttpRequest) -> HttpResponse:
    posts = [
        post for post in request.user.posts() if Permission.MATRIX_WRITE in post.card.permissions
    ]
    union = posts[0].union  # who fixes a catalogue fixes the one of their own union
    form = MajorEntryForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        facts = {"union": union, **form.act, **deed(request, form)}
        if attempt(form, services.add_entry, **facts):
            messages.success(request, "条目已登记；今后形式审查按新的清单对照。")
            return redirect("approvals:major_list")
    context = {
        "form": form, "crumbs": [MATRIX, HERE], "title": f"登记重大事项：{union.name}",
        "submit": "登记条目", "basis": "13-2-2",
        "lead": "细则没有规定数额；只登记主管工会会议确定的内容。",
    }  # fmt: skip
    return render(request, "approvals/major_form.html", context, status=form.http_status)


@writes(Permission.MATRIX_WRITE)
def major_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = MajorMatterEntry.objects.visible_to(request.user).select_related("union")
    entry = get_object_or_404(rows, pk=pk)
    if post_for(request.user, Permission.MATRIX_WRITE, union=entry.union) is None:
        return refused(request)
    initial = {"version": entry.version, "valid_to": clock.today()}
    form = EntryEndingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"valid_to": form.cleaned_data["valid_to"], "version": form.cleaned_data["version"]}
        if attempt(form, services.end_entry, entry=entry, **facts, **deed(request, form)):
            messages.success(request, "条目已终止；已经作出的认定不受影响。")
            return redirect("approvals:major_list")
    context = {
        "form": form, "crumbs": [MATRIX, HERE], "title": f"终止：{entry}", "submit": "终止条目",
        "basis": "13-2-2", "lead": "失效日当天仍然有效；已经作出的认定不受影响。",
    }  # fmt: skip
    return render(request, "approvals/major_form.html", context, status=form.http_status)


@writes(Permission.FORMAL_REVIEW)
def proposal_major(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    task = formal_review_of(proposal)
    if not _may_determine(request, proposal, task):
        return not_yours(request, proposal)
    found = held_against(proposal, on=clock.today())
    form = DeterminationForm(request.POST or None, found=found, initial=_initial(proposal))
    if request.method == "POST" and form.is_valid():
        facts = {"proposal": proposal, **form.given(), **deed(request, form)}
        if attempt(form, services.determine, **facts):
            messages.success(request, "已认定；路由按认定结果固定。")
            return redirect("approvals:proposal_review", pk=proposal.pk)
    context = {
        "proposal": proposal,
        "form": form,
        "found": found,
        "made": determination_of(proposal),
        "is_open": task is not None,
        "crumbs": [LIST, {"label": proposal.title, "url": f"/proposals/{proposal.pk}/review/"}],
    }
    return render(request, "approvals/proposal_major.html", context, status=form.http_status)


def _may_determine(request: HttpRequest, proposal: Proposal, task: Task | None) -> bool:
    if task is not None:
        return permissions.seat_at(request.user, task) is not None
    union = proposal.supervising_union
    return post_for(request.user, Permission.FORMAL_REVIEW, union=union) is not None


def _initial(proposal: Proposal) -> dict:
    answer = {True: "yes", False: "no", None: ""}[proposal.counts_as_major]
    return {"version": proposal.version, "is_major": answer}
