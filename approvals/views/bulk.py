"""批量催办、委派: the rows ticked in the list of plans, and what became of each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.permissions import post_for
from approvals.forms.handling import AssignForm, UrgeForm
from approvals.models import Proposal
from approvals.selectors import people
from approvals.services import bulk
from approvals.views.shared import LIST, READ_WITH
from core import clock
from core.forms import ActForm

MOST_ROWS = 50  # a page of the list
URGE, ASSIGN, EXPORT = "urge", "assign", "export"
TITLES = {URGE: "批量催办", ASSIGN: "批量委派", EXPORT: "导出所选"}


@writes(Permission.ERRAND_WRITE)
def proposal_bulk(request: HttpRequest) -> HttpResponse:
    """The preview says what each row may do; the post does it and says what became of it."""
    asked = request.POST if request.method == "POST" else request.GET
    act = asked.get("act", "")
    plans = _picked(request, asked.getlist("row"))
    if act not in TITLES or not plans:
        return redirect("approvals:proposal_list")
    if act == EXPORT:
        return _export_page(request, plans)
    form = _form(request, act, plans)
    is_done = request.method == "POST" and form.is_valid()
    if is_done:
        answers = _do(request, act, form, plans)
    elif act == URGE:
        answers = bulk.urgeable(plans, by=request.user, at=clock.now())
    else:
        answers = bulk.assignable(plans, by=request.user)
    context = {
        "title": TITLES[act],
        "act": act,
        "form": form,
        "answers": answers,
        "plans": plans,
        "is_done": is_done,
        "done": sum(one.is_done for one in answers),
        "crumbs": [LIST, {"label": TITLES[act], "url": ""}],
    }
    return render(request, "approvals/bulk.html", context, status=form.http_status)


def _export_page(request: HttpRequest, plans: list[Proposal]) -> HttpResponse:
    """What was ticked, to be taken out by the list itself: its export, narrowed to these rows."""
    context = {
        "title": TITLES[EXPORT],
        "plans": plans,
        "form": ActForm(),
        "may": request.user.can(Permission.LIST_EXPORT),
        "crumbs": [LIST, {"label": TITLES[EXPORT], "url": ""}],
    }
    return render(request, "approvals/bulk_export.html", context)


def _picked(request: HttpRequest, keys: Sequence[str]) -> list[Proposal]:
    """The plans that were ticked, as far as this person sees them."""
    found = []
    for key in keys[:MOST_ROWS]:
        try:
            found.append(UUID(key))
        except ValueError:
            continue
    rows = Proposal.objects.visible_to(request.user).filter(pk__in=found)
    return list(rows.select_related(*READ_WITH).order_by("title", "pk"))


def _form(request: HttpRequest, act: str, plans: list[Proposal]) -> ActForm:
    data = request.POST if request.method == "POST" else None
    if act == URGE:
        return UrgeForm(data)
    unions = {plan.supervising_union_id: plan.supervising_union for plan in plans}
    own = [one for one in unions.values() if post_for(request.user, Permission.ERRAND_WRITE, union=one)]  # fmt: skip
    choices: dict[str, str] = {}
    for union in own:
        choices |= dict(people.colleagues(union, on=clock.today(), without=request.user))
    return AssignForm(data, people=list(choices.items()))


def _do(request: HttpRequest, act: str, form: Any, plans: list[Proposal]) -> list[bulk.Answer]:
    facts = {"plans": plans, "by": request.user, "at": clock.now()}
    if act == URGE:
        return bulk.urge_plans(text=form.cleaned_data["text"], **facts)
    question = form.cleaned_data["question"]
    return bulk.assign_plans(helper=form.chosen[0], question=question, **facts)
