"""Reads of evaluations: the thresholds in force, the printed report, what waits for whom."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import ScopedQuerySet, User
from approvals.enums import Duty
from approvals.selectors.involved import is_barred, moved_up_to
from approvals.selectors.paper_marks import paper_marks
from audit.selectors import events_of
from contracts.enums import ContractState
from contracts.models import Contract
from core.work import Work, WorkItem, WorkLine, work
from evaluations.enums import Answer, EvaluationKind, EvaluationState, IndicatorKind
from evaluations.models import Evaluation
from evaluations.rules import Thresholds, minimum_answers, sample_size
from organizations.models import TradeUnion
from organizations.selectors import parameter
from supervision.models import Rectification

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


def late_days_of(evaluation: Evaluation, *, today: date) -> int:
    """Days an evaluation is or was confirmed late."""
    done = localdate(evaluation.confirmed_at) if evaluation.confirmed_at else today
    return max(0, (done - evaluation.due_on).days)


def unions_planned_by(user: User) -> list[TradeUnion]:
    """Unions for which this person publishes schemes and plans."""
    return [
        post.union
        for post in user.posts()
        if post.union and not post.venue_id and Permission.EVALUATION_PLAN in post.card.permissions
    ]


def contracts_without_plan(user: User) -> QuerySet[Contract]:
    """Contracts of the person's unions that have no evaluation plan yet."""
    planned = Evaluation.objects.filter(contract=OuterRef("pk"))
    rows = Contract.objects.filter(
        ~Exists(planned), cooperation__supervising_union__in=unions_planned_by(user)
    )
    rows = rows.exclude(state__in=[*ContractState.CLOSED, ContractState.DRAFT])
    return rows.select_related("venue", "cooperation").order_by("starts_on", "pk")


def rectification_of(evaluation: Evaluation) -> Rectification | None:
    """The rectification the evaluation led to."""
    return Rectification.objects.filter(source_kind="evaluation", source_id=evaluation.pk).first()


def timeline_of(evaluation: Evaluation) -> list[dict[str, Any]]:
    """The acts on this evaluation, newest first; planning is said of the plan as a whole."""
    events = events_of(evaluation.cooperation_id).filter(
        code__startswith="evaluations.", body__contains=str(evaluation.pk)
    )
    return [
        {
            "who": event.actor_name,
            "position": event.position,
            "what": event.title,
            "tone": "idle",
            "label": "",
            "text": "",
            "at": event.at,
        }
        for event in events.reverse()
    ]


def verdict_of(evaluation: Evaluation) -> str:
    """The grade in a line: `90.81 → 良好：满意度指数 84.33 未达到 85，不能评为优秀`."""
    line = f"{evaluation.total} → {evaluation.get_grade_display()}"
    return f"{line}：{'；'.join(evaluation.gate_reasons)}" if evaluation.gate_reasons else line


def result_figures(evaluation: Evaluation) -> list[dict[str, str]]:
    """Total, index and rate, each under its own name."""
    return [
        {"label": "总分", "value": f"{evaluation.total}"},
        {"label": "按总分", "value": evaluation.get_grade_of_total_display()},
        {"label": "评价等次", "value": evaluation.get_grade_display()},
        {"label": "满意度指数", "value": f"{evaluation.satisfaction_index}"},
        {"label": "满意率", "value": percent(evaluation.satisfied_rate)},
    ]


def sample_of(evaluation: Evaluation) -> dict[str, int]:
    """Answers there are, and answers needed: to be graded at all, and for 优秀."""
    population = evaluation.population or 1
    return {
        "population": population,
        "valid": evaluation.valid_answers,
        "unknown": evaluation.answers.get(Answer.UNKNOWN.value, 0),
        "needed": minimum_answers(population),
        "needed_for_excellent": sample_size(population, margin=5),
    }


def satisfaction_weight(evaluation: Evaluation) -> str:
    """How much the workers' satisfaction counts in the evaluation's scheme."""
    core = evaluation.scheme.indicators.filter(kind=IndicatorKind.SATISFACTION).order_by("order")
    return plain(core[0].weight) if core else "—"


def percent(rate: Decimal | None) -> str:
    """A share as it is read: 0.8333 → `83.33%`."""
    return "—" if rate is None else f"{rate * 100:.2f}%"


def evaluations_for(user: User) -> QuerySet:
    """The evaluations a person may see, with since when each lies with whom it lies.

    The asset department has one from the end of its period.
    """
    return _evaluations_with_turns().visible_to(user)


@cache  # the question is put together once, and asked anew by every page
def _evaluations_with_turns() -> ScopedQuerySet:
    rows = Evaluation.objects.select_related("cooperation", "venue", "union")
    return rows.annotate(
        held_since=Case(
            When(state=EvaluationState.PLANNED, then=F("period_to")),
            When(state=EvaluationState.SCORED, then=TruncDate("scored_at")),
            output_field=DateField(),
        )
    )


def turn_of(user: User, *, today: date) -> Q:
    """The evaluations to be scored, once their period is over, or confirmed by this person.

    Nobody scores or confirms what they made, approved or signed; where nobody of the supervising
    union may, the nearest union above does.
    """
    turn = Q()
    for post in user.posts():
        if post.union_id is None or post.venue_id:
            continue
        here, held = Q(union=post.union_id), post.card.permissions
        if (score := Permission.EVALUATION_SCORE) in held:
            above = moved_up_to(post, score, Duty.EVALUATOR, on=today)
            turn |= (here | above) & Q(state=EvaluationState.PLANNED, period_to__lt=today)
        if (confirm := Permission.EVALUATION_CONFIRM) in held:
            above = moved_up_to(post, confirm, Duty.EVALUATOR, on=today, but=("scored_by",))
            others = Q(state=EvaluationState.SCORED) & ~Q(scored_by=user.pk)
            turn |= (here | above) & others
    return turn & Q(~is_barred(user, Duty.EVALUATOR)) if turn else turn


def work_of(user: User, *, today: date) -> list[Work]:
    """Evaluations to plan, to score once their period is over, and to confirm."""
    turn = turn_of(user, today=today)
    found = []
    if unions_planned_by(user):
        found.append(
            work(
                "evaluation_plan", contracts_without_plan(user), _plan_item,
                title="title", source="venue__name", since="drafted_at",
            )
        )  # fmt: skip
    if turn:
        found.append(
            work(
                "evaluation", Evaluation.objects.filter(turn), _evaluation_item,
                title="cooperation__title", source="venue__name", since="scored_at",
                due_on="due_on", word="kind",
            )
        )  # fmt: skip
    return found


def _plan_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="评价",
        title=line.title,
        act="制定评价计划",
        url=f"{reverse('evaluations:plan')}?contract={line.pk}",
        source=line.source,
        since=line.since,
    )


def _evaluation_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="评价",
        title=line.title,
        act=f"{EvaluationKind(line.word).label}{'确认' if line.since else '打分'}",
        url=reverse("evaluations:evaluation", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )


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
            "actual": f"{plain(score.actual)} {score.indicator.unit}".strip(),
            "points": f"{score.points:.2f}",
            "evidence": score.evidence,
        }
        for score in scores
    ]


def marks_of(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The scores as bars of a thousand parts: the workers' satisfaction first, then as listed."""
    if not rows:
        return []
    heaviest = max(Decimal(row["weight"]) for row in rows)
    marks = [
        {
            "name": row["name"],
            "points": row["points"],
            "weight": row["weight"],
            "length": int(Decimal(row["points"]) / Decimal(row["weight"]) * 1000),
            "is_core": Decimal(row["weight"]) == heaviest,
            "tone": _mark_tone(Decimal(row["points"]) / Decimal(row["weight"])),
        }
        for row in rows
    ]
    return sorted(marks, key=lambda mark: not mark["is_core"])


def _mark_tone(share: Decimal) -> str:
    """Below 60 per cent red, below 80 amber: the same steps as the grades."""
    if share < Decimal("0.6"):
        return "bad"
    return "warn" if share < Decimal("0.8") else "ok"


def plain(figure: Decimal) -> str:
    """A figure without trailing noughts: 40.00 → `40`, 0.9200 → `0.92`."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def report_context(evaluation: Evaluation, *, today: date) -> dict:
    """What the printed report says (printed values only)."""
    cooperation, population = evaluation.cooperation, evaluation.population or 1
    return {
        "cooperation": {"code": cooperation.code or "—", "title": cooperation.title},
        "venue": {
            "name": evaluation.venue.name,
            "kind": evaluation.venue.get_kind_display(),
            "union": evaluation.union.name,
        },
        "partner": cooperation.partner.name if cooperation.partner else "—",
        "marks": paper_marks(evaluation.contract.proposal, today=today),
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
        "valid": evaluation.valid_answers,
        "needed": minimum_answers(population),
        "needed_for_excellent": sample_size(population, margin=5),
        "satisfaction_index": f"{evaluation.satisfaction_index}",
        "satisfied_rate": percent(evaluation.satisfied_rate),
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
