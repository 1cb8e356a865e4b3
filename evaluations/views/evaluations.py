"""Pages of the evaluations: the register, one evaluation, its scores, its grade, its report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.models import User
from accounts.permissions import may_stand_in, post_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.services import document_response
from evaluations import permissions, selectors, services
from evaluations.enums import EvaluationState
from evaluations.filters import EvaluationFilter
from evaluations.forms import ScoreForm
from evaluations.models import Evaluation
from evaluations.rules import PROCEDURE
from evaluations.tables import EvaluationTable
from evaluations.views.shared import REGISTER, deed, refused, tabs


@writes(Permission.EVALUATION_READ)  # the posts of a list: its export, and keeping a view of it
def evaluation_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.evaluations_for(request.user)
    context = {"tabs": tabs(REGISTER["url"])}
    return show_list(
        request, EvaluationTable, EvaluationFilter, rows, "evaluations/evaluation_list.html",
        context,
    )  # fmt: skip


def _evaluation_of(request: HttpRequest, pk: UUID) -> Evaluation:
    rows = Evaluation.objects.visible_to(request.user).select_related(
        "cooperation", "venue", "union", "scheme", "contract", "planned_by", "scored_by",
        "confirmed_by", "report__pdf",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _standing(
    user: User, permission: Permission, evaluation: Evaluation, *, is_now: bool
) -> str | None:
    """Why somebody with the duty may not do it now, empty when they may; None for anybody else."""
    if not is_now or not may_stand_in(user, permission, evaluation.union):
        return None
    if reason := permissions.refusal(user, permission, evaluation, on=clock.today()):
        is_own = post_for(user, permission, union=evaluation.union) is not None
        return reason if is_own else None
    return ""


def _page(request: HttpRequest, evaluation: Evaluation, form: ActForm) -> HttpResponse:
    user, union, today = request.user, evaluation.union, clock.today()
    is_scored = evaluation.state != EvaluationState.PLANNED
    is_open = evaluation.state != EvaluationState.CONFIRMED and evaluation.period_to < today
    scoring = _standing(user, Permission.EVALUATION_SCORE, evaluation, is_now=is_open)
    is_waiting = evaluation.state == EvaluationState.SCORED
    confirming = _standing(user, Permission.EVALUATION_CONFIRM, evaluation, is_now=is_waiting)
    scores = selectors.score_rows(evaluation)
    turn = PROCEDURE.turn(evaluation.state)
    context = {
        "steps": PROCEDURE.steps(evaluation.state),
        "turn": turn,
        "who": turn.who(venue=evaluation.venue.name, union=union.name) if turn else "",
        "evaluation": evaluation,
        "late": selectors.late_days_of(evaluation, today=today),
        "is_over": evaluation.period_to < today,
        "is_scored": is_scored,
        "figures": selectors.result_figures(evaluation) if is_scored else [],
        "verdict": selectors.verdict_of(evaluation) if is_scored else "",
        "sample": selectors.sample_of(evaluation) if is_scored else None,
        "survey": selectors.survey_rows(evaluation),
        "scores": scores,
        "marks": selectors.marks_of(scores),
        "indicators": evaluation.scheme.indicators.order_by("order"),
        "rectification": selectors.rectification_of(evaluation),
        "form": form,
        "can_score": scoring == "",
        "can_confirm": confirming == "",
        "why_not": (confirming if is_waiting else scoring) or "",
        "events": selectors.timeline_of(evaluation),
        "crumbs": [REGISTER],
    }
    return render(request, "evaluations/evaluation.html", context, status=form.http_status)


@reads(Permission.EVALUATION_READ)
def evaluation_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    evaluation = _evaluation_of(request, pk)
    return _page(request, evaluation, ActForm(initial={"version": evaluation.version}))


@writes(Permission.EVALUATION_SCORE)
def evaluation_score(request: HttpRequest, pk: UUID) -> HttpResponse:
    evaluation = _evaluation_of(request, pk)
    why_not = _standing(request.user, Permission.EVALUATION_SCORE, evaluation, is_now=True)
    if why_not is None:
        return refused(request)
    form = ScoreForm(request.POST or None, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        if attempt(form, services.score_evaluation, evaluation=evaluation, **acting):
            return redirect("evaluations:evaluation", pk=evaluation.pk)
    context = {
        "evaluation": evaluation,
        "form": form,
        "why_not": why_not,
        "is_open": evaluation.state != EvaluationState.CONFIRMED,
        "is_over": evaluation.period_to < clock.today(),
        "weight": selectors.satisfaction_weight(evaluation),
        "crumbs": [
            REGISTER,
            {"label": evaluation.cooperation.title, "url": f"/evaluations/{evaluation.pk}/"},
        ],
    }
    return render(request, "evaluations/score.html", context, status=form.http_status)


@writes(Permission.EVALUATION_CONFIRM)
def evaluation_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    evaluation = _evaluation_of(request, pk)
    if request.method != "POST":
        return redirect("evaluations:evaluation", pk=evaluation.pk)
    form = ActForm(request.POST)
    if form.is_valid():
        acting = deed(request, form) | {"version": form.cleaned_data["version"]}
        if attempt(form, services.confirm_evaluation, evaluation=evaluation, **acting):
            return redirect("evaluations:evaluation", pk=evaluation.pk)
    return _page(request, evaluation, form)


@reads(Permission.PDF_EXPORT)
def evaluation_report(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    evaluation = _evaluation_of(request, pk)
    if evaluation.report is None:
        context = {"evaluation": evaluation, "crumbs": [REGISTER]}
        return render(request, "evaluations/report_missing.html", context, status=404)
    return document_response(evaluation.report)
