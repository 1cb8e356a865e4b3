"""The plans of unions: list, writing, one plan with its acts, its print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.selectors import attachments_of
from documents.services import preview_pdf
from meetings.models import Body
from meetings.selectors import items_of
from planning import permissions, rules, selectors, services
from planning.enums import UnionPlanKind, UnionPlanState
from planning.filters import UnionPlanFilter
from planning.forms import NewForm, StepDoneForm, SubmitForm, content_forms, step_label
from planning.models import UnionPlan
from planning.papers import plan_context
from planning.tables import UnionPlanTable

LIST = {"label": "工会规划方案", "url": "/union-plans/"}


def _plan(request: HttpRequest, pk: UUID) -> UnionPlan:
    rows = UnionPlan.objects.visible_to(request.user).select_related(
        "union", "venue", "replaces", "drafted_by", "issued_by", "queued_by"
    )
    return get_object_or_404(rows, pk=pk)


def _deed(request: HttpRequest, form: ActForm) -> dict:
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


@writes(Permission.UNION_PLAN_READ)  # the posts of a list: its export, and keeping a view of it
def union_plan_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.plans_for(request.user)
    context = {"can_write": request.user.can(Permission.UNION_PLAN_WRITE)}
    return show_list(request, UnionPlanTable, UnionPlanFilter, rows, "planning/list.html", context)


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_new(request: HttpRequest) -> HttpResponse:
    unions = selectors.unions_writing(request.user)
    asked = {"kind": request.GET.get("kind"), "venue": request.GET.get("venue")}
    form = NewForm(
        request.POST or None, unions=unions, venues=selectors.venues_of(unions), initial=asked
    )
    if request.method == "POST" and form.is_valid():
        facts = {**form.act, **_deed(request, form)}
        if plan := attempt(form, services.draft_plan, **facts):
            return redirect("planning:union_plan_edit", pk=plan.pk)
    context = {"form": form, "crumbs": [LIST]}
    return render(request, "planning/new.html", context, status=form.http_status)


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = _plan(request, pk)
    if not permissions.may_write(request.user, plan):
        return _refused(request)
    steps = selectors.steps_of(plan)
    form, rows = content_forms(plan, steps, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        data = form.cleaned_data
        facts = {name: data[name] for name in ("title", "starts_on", "ends_on", "version")}
        done = attempt(
            form, services.save_plan, plan=plan, texts=form.texts, steps=rows.steps(),
            upload=data["upload"], **facts, **_deed(request, form),
        )  # fmt: skip
        if done:
            messages.success(request, "已保存。")
            return redirect("planning:union_plan", pk=plan.pk)
    is_wrong = rows.is_bound and not rows.is_valid()
    context = {
        "plan": plan,
        "form": form,
        "rows": rows,
        "step_label": step_label(plan),
        "rule": plan.kind_enum.rule,
        "is_draft": plan.state == UnionPlanState.DRAFT,
        "crumbs": [LIST, {"label": plan.title, "url": f"/union-plans/{plan.pk}/"}],
    }
    return render(
        request, "planning/edit.html", context, status=422 if is_wrong else form.http_status
    )


@reads(Permission.UNION_PLAN_READ)
def union_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _plan(request, pk), {})


def _page(request: HttpRequest, plan: UnionPlan, bound: dict[str, ActForm]) -> HttpResponse:
    """One plan with what this person may do to it; `bound` holds a refused form."""
    turn = rules.PROCEDURE.turn(plan.state)
    is_draft = plan.state == UnionPlanState.DRAFT
    forms = _forms(request, plan, bound)
    step_forms = _step_forms(request, plan, bound)
    context = {
        "plan": plan,
        "rule": plan.kind_enum.rule,
        "crumbs": [LIST],
        "steps": rules.PROCEDURE.steps(plan.state),
        "turn": turn,
        "who": turn.who(venue="", union=plan.union.name) if turn else "",
        "texts": _texts(plan),
        "tasks": step_forms,
        "step_label": step_label(plan),
        "missing": rules.reasons_against(selectors.content_of(plan)) if is_draft else [],
        "items": list(items_of(plan.pk)),
        "editions": selectors.versions_of(plan),
        "files": list(attachments_of(plan.pk)),
        "forms": forms,
        "writes": permissions.may_write(request.user, plan),
        "may_export": request.user.can(Permission.PDF_EXPORT),
        "refused_form": next((one for key, one in bound.items() if key not in forms), None),
    }
    status = max((form.http_status for form in bound.values()), default=200)
    return render(request, "planning/detail.html", context, status=status)


def _texts(plan: UnionPlan) -> list[dict[str, str]]:
    return [
        {"label": text.label, "value": plan.texts.get(text.name, "")}
        for text in rules.TEXTS[plan.kind]
    ]


def _bodies(plan: UnionPlan):
    return Body.objects.filter(union=plan.union, venue_id=None).order_by("kind", "pk")


def _forms(request: HttpRequest, plan: UnionPlan, bound: dict[str, ActForm]) -> dict[str, ActForm]:
    """The forms of the acts open to this person."""
    version, state = {"version": plan.version}, plan.state
    writes_it = permissions.may_write(request.user, plan)
    made: dict[str, Any] = {}
    if writes_it and state == UnionPlanState.DRAFT:
        made["submit"] = SubmitForm(initial=version, bodies=_bodies(plan))
        made["void"] = ActForm(initial=version)
    if writes_it and state == UnionPlanState.QUEUED:
        made["recall"] = ActForm(initial=version)
    if state == UnionPlanState.DECIDED and permissions.may_issue(request.user, plan):
        made["issue"] = ActForm(initial=version)
    if writes_it and state == UnionPlanState.IN_FORCE:
        made["revise"] = ActForm(initial=version)
    return {name: bound.get(name, form) for name, form in made.items()}


def _step_forms(request: HttpRequest, plan: UnionPlan, bound: dict[str, ActForm]) -> list[dict]:
    """The steps, each with its form where it is the one to be done."""
    may = plan.state == UnionPlanState.IN_FORCE and permissions.may_write(request.user, plan)
    is_phased, is_first, rows = plan.kind == UnionPlanKind.PHASED_WORK_PLAN, True, []
    today = clock.today()
    for step in selectors.steps_of(plan):
        is_left = step.done_at is None
        is_next = is_left and (is_first or not is_phased)
        is_first = is_first and not is_left
        form = None
        if may and is_next:
            fresh = StepDoneForm(initial={"version": plan.version}, auto_id=f"id_{step.pk}_%s")
            form = bound.get(str(step.pk), fresh)
        is_late = is_left and step.due_on is not None and step.due_on < today
        rows.append({"step": step, "form": form, "late": is_late and plan.issued_at is not None})
    return rows


def _act(
    request: HttpRequest, pk: UUID, name: str, form: ActForm, service, said: str, **facts
) -> HttpResponse:
    """One posted act on a plan; refused, the page comes again with what was typed."""
    plan = _plan(request, pk)
    if form.is_valid():
        facts |= {"plan": plan, **form.act, "version": form.cleaned_data["version"]}
        if done := attempt(form, service, **facts, **_deed(request, form)):
            messages.success(request, said)
            return redirect("planning:union_plan", pk=done.pk)
    return _page(request, _plan(request, pk), {name: form})


def _acting(request: HttpRequest, pk: UUID, *, issues: bool = False) -> HttpResponse | None:
    """What answers instead of the act: the page for a GET, 403 for who may not act."""
    plan = _plan(request, pk)
    if request.method != "POST":
        return redirect("planning:union_plan", pk=pk)
    may = permissions.holds_issue if issues else permissions.may_write
    return None if may(request.user, plan) else _refused(request)


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    if answer := _acting(request, pk):
        return answer
    form = SubmitForm(request.POST, bodies=_bodies(_plan(request, pk)))
    return _act(request, pk, "submit", form, services.submit_plan, "已提请会议决定。")


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    if answer := _acting(request, pk):
        return answer
    form = ActForm(request.POST)
    return _act(request, pk, "recall", form, services.recall_plan, "已取回，可以修改。")


@writes(Permission.UNION_PLAN_ISSUE)
def union_plan_issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    if answer := _acting(request, pk, issues=True):
        return answer
    form = ActForm(request.POST)
    return _act(request, pk, "issue", form, services.issue_plan, "已印发实施。")


@writes(Permission.UNION_PLAN_WRITE)
def step_done(request: HttpRequest, pk: UUID, step_pk: UUID) -> HttpResponse:
    plan = _plan(request, pk)
    step = get_object_or_404(plan.steps, pk=step_pk)
    if answer := _acting(request, pk):
        return answer
    form = StepDoneForm(request.POST, auto_id=f"id_{step.pk}_%s")
    said = f"第 {step.no} 项已登记完成。"
    return _act(request, pk, str(step.pk), form, services.finish_step, said, step=step)


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    if answer := _acting(request, pk):
        return answer
    form = ActForm(request.POST)
    said = "已建立修订稿；新版印发之前，现行方案继续有效。"
    return _act(request, pk, "revise", form, services.revise_plan, said)


@writes(Permission.UNION_PLAN_WRITE)
def union_plan_void(request: HttpRequest, pk: UUID) -> HttpResponse:
    if answer := _acting(request, pk):
        return answer
    return _act(request, pk, "void", ActForm(request.POST), services.void_plan, "草稿已作废。")


@reads(Permission.PDF_EXPORT)
def union_plan_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = _plan(request, pk)
    content = preview_pdf(
        "print/union_plan.html", plan_context(plan), title=plan.title, number=plan.number or "",
        mark="导出件", by=request.user, at=clock.now(),
    )  # fmt: skip
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{plan.get_kind_display()} {plan.number or plan.title}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
