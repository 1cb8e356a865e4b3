"""Reads of evaluations: the thresholds in force, the printed report, what waits for whom."""

from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from core.work import WorkItem
from evaluations.enums import Answer, EvaluationState
from evaluations.models import Evaluation
from evaluations.rules import ANSWER_POINTS, Thresholds, minimum_answers, sample_size
from organizations.models import TradeUnion
from organizations.selectors import parameter

PARAMETERS = {
    "excellent": "grade_excellent",
    "good": "grade_good",
    "passing": "grade_pass",
    "index_fail": "si_gate_fail",
    "index_pass": "si_gate_pass",
    "index_good": "si_gate_good",
    "index_excellent": "si_gate_excellent",
}


def thresholds_for(union: TradeUnion, *, on: date) -> Thresholds:
    """The figures of grades and gates in force for a union on a day."""
    return Thresholds(
        **{
            name: Decimal(str(parameter(code, union=union, on=on).value))
            for name, code in PARAMETERS.items()
        }
    )


def work_of(user: User, *, today: date) -> list[WorkItem]:
    """Evaluations to score once their period is over, and to confirm."""
    turn = Q(pk__in=[])
    for post in user.posts():
        if post.union_id is None or post.venue_id:
            continue
        here = Q(union=post.union_id)
        if Permission.EVALUATION_SCORE in post.card.permissions:
            turn |= here & Q(state=EvaluationState.PLANNED, period_to__lt=today)
        if Permission.EVALUATION_CONFIRM in post.card.permissions:
            turn |= here & Q(state=EvaluationState.SCORED)
    evaluations = Evaluation.objects.filter(turn).select_related("cooperation", "venue")
    return [
        WorkItem(
            title=one.cooperation.title,
            act=f"{one.get_kind_display()}{'确认' if one.scored_at else '打分'}",
            url=reverse("evaluations:evaluation", args=[one.pk]),
            source=one.venue.name,
            since=one.scored_at,
            due_on=one.due_on,
        )
        for one in evaluations.order_by("due_on", "pk")
    ]


def survey_rows(evaluation: Evaluation) -> list[tuple[str, int]]:
    """The survey's answers in their order, with how many gave each."""
    return [(answer.label, evaluation.answers.get(answer.value, 0)) for answer in Answer]


def score_rows(evaluation: Evaluation) -> list[dict[str, str]]:
    """The score table, every cell ready to print."""
    scores = evaluation.scores.select_related("indicator").order_by("indicator__order")
    return [
        {
            "name": score.indicator.name,
            "weight": plain(score.indicator.weight),
            "target": "—" if score.target is None else plain(score.target),
            "actual": plain(score.actual) + score.indicator.unit,
            "points": f"{score.points:.2f}",
            "evidence": score.evidence,
        }
        for score in scores
    ]


def plain(figure: Decimal) -> str:
    """A figure without trailing noughts: 40.00 → `40`, 0.9200 → `0.92`."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def report_context(evaluation: Evaluation) -> dict:
    """What the printed report says (printed values only)."""
    cooperation, valid = evaluation.cooperation, 0
    for answer in ANSWER_POINTS:
        valid += evaluation.answers.get(answer.value, 0)
    population = evaluation.population or 1
    return {
        "cooperation": {"code": cooperation.code or "—", "title": cooperation.title},
        "venue": {
            "name": evaluation.venue.name,
            "kind": evaluation.venue.get_kind_display(),
            "union": evaluation.union.name,
        },
        "partner": cooperation.partner.name if cooperation.partner else "—",
        "kind": evaluation.get_kind_display(),
        "period": evaluation.period_label,
        "scheme": evaluation.scheme.name,
        "scored_by": f"{evaluation.scored_by}" if evaluation.scored_by else "—",
        "scored_on": localdate(evaluation.scored_at) if evaluation.scored_at else None,
        "confirmed_by": f"{evaluation.confirmed_by}" if evaluation.confirmed_by else "—",
        "confirmed_on": localdate(evaluation.confirmed_at) if evaluation.confirmed_at else None,
        "population": evaluation.population or 0,
        "population_source": evaluation.population_source,
        "survey": [list(row) for row in survey_rows(evaluation)],
        "valid": valid,
        "needed": minimum_answers(population),
        "needed_for_excellent": sample_size(population, margin=5),
        "satisfaction_index": f"{evaluation.satisfaction_index}",
        "satisfied_rate": f"{(evaluation.satisfied_rate or Decimal(0)) * 100:.2f}%",
        "scores": score_rows(evaluation),
        "total": f"{evaluation.total}",
        "grade_of_total": evaluation.get_grade_of_total_display(),
        "grade": evaluation.get_grade_display(),
        "gate_reasons": list(evaluation.gate_reasons),
        "vetoes": list(evaluation.vetoes),
        "achievements": evaluation.achievements,
        "problems": evaluation.problems,
        "requirements": evaluation.requirements,
    }
