"""Pages of the evaluations: the register, one evaluation, its scores, its grade, its report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from core import clock
from core.acting import attempt
from core.forms import ActForm
from documents.services import document_response
from evaluations import selectors, services
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


def _page(request: HttpRequest, evaluation: Evaluation, form: ActForm) -> HttpResponse:
    user, union, today = request.user, evaluation.union, clock.today()
    is_scored = evaluation.state != EvaluationState.PLANNED
    can_score = post_for(user, Permission.EVALUATION_SCORE, union=union) is not None
    can_confirm = post_for(user, Permission.EVALUATION_CONFIRM, union=union) is not None
    is_open = evaluation.state != EvaluationState.CONFIRMED
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
        "can_score": can_score and is_open and evaluation.period_to < today,
        "can_confirm": can_confirm and evaluation.state == EvaluationState.SCORED,
        "is_own_score": evaluation.scored_by_id == user.pk,
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
    if post_for(request.user, Permission.EVALUATION_SCORE, union=evaluation.union) is None:
        return refused(request)
    form = ScoreForm(request.POST or None, evaluation=evaluation)
    if request.method == "POST" and form.is_valid():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        if attempt(form, services.score_evaluation, evaluation=evaluation, **acting):
            return redirect("evaluations:evaluation", pk=evaluation.pk)
    context = {
        "evaluation": evaluation,
        "form": form,
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
