"""打分: the survey's counts and each indicator's facts; the points follow from them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import Duty
from approvals.models import Cooperation
from approvals.services.involving import take_duty
from core.errors import ActionBlocked, Reason
from core.models import lock
from evaluations import rules
from evaluations.enums import Answer, EvaluationState, Grade, IndicatorKind
from evaluations.models import Evaluation, Indicator, Score
from evaluations.permissions import people_for, require_evaluator
from evaluations.selectors import thresholds_for
from evaluations.services import common


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact:
    """What one indicator is scored from."""

    actual: Decimal
    evidence: str
    target: Decimal | None = None


@transaction.atomic
def score_evaluation(
    *, evaluation: Evaluation, population: int, population_source: str,
    answers: Mapping[str, int], facts: Mapping[int, IndicatorFact], vetoes: Sequence[str],
    has_serious_finding: bool, achievements: str, problems: str, requirements: str,
    version: int, by: User, at: datetime, command_id: UUID | None = None,
) -> Evaluation:  # fmt: skip
    """Enter the survey's counts and each indicator's facts; the points follow from them.

    May be entered again until it is confirmed. Too few answers give no grade: the survey
    must go on.
    """
    lock(Cooperation, pk=evaluation.cooperation_id)
    rows = Evaluation.objects.select_related("union", "cooperation")
    evaluation = lock(rows, pk=evaluation.pk, version=version)
    require_evaluator(by, Permission.EVALUATION_SCORE, evaluation, on=localdate(at))
    if not rules.PROCEDURE.allows("score", evaluation.state):
        raise ActionBlocked("评价已经确认，不能再改动。")
    survey = rules.Survey({Answer(code): count for code, count in answers.items()})
    if reasons := _survey_reasons(evaluation, population, survey, at=at):
        raise ActionBlocked(reasons)
    evaluation.vetoes, evaluation.has_serious_finding = list(vetoes), has_serious_finding
    evaluation.population, evaluation.population_source = population, population_source
    evaluation.answers = dict(answers)
    evaluation.achievements, evaluation.problems = achievements.strip(), problems.strip()
    evaluation.requirements = requirements.strip()
    outcome = _judge(evaluation, survey, total=_write_scores(evaluation, survey, facts), at=at)
    if outcome.grade is Grade.FAIL:
        _ensure_explained(evaluation)
    take_duty(evaluation.cooperation_id, [by], Duty.EVALUATOR, "评价打分", at=at)
    evaluation.scored_by, evaluation.scored_at = by, at
    evaluation.state = EvaluationState.SCORED
    evaluation.save_new_version()
    title = f"评价打分：{outcome.total} 分，{outcome.grade.label}"
    common.note(evaluation, "scored", title, by=by, at=at, command_id=command_id)
    people = people_for(Permission.EVALUATION_CONFIRM, evaluation, on=localdate(at))
    common.tell(evaluation, people, "评价待确认", at=at)
    return evaluation


def _survey_reasons(
    evaluation: Evaluation, population: int, survey: rules.Survey, *, at: datetime
) -> list[Reason]:
    reasons = []
    if localdate(at) <= evaluation.period_to:
        text = f"评价期到 {evaluation.period_to:%Y-%m-%d} 结束，结束后才能打分。"
        reasons.append(Reason(text, "13-5-2"))
    if population < 1:
        reasons.append(Reason("服务职工人数须至少为 1。", "13-5-1", "population"))
        return reasons
    answered = sum(survey.counts.values())
    if answered > population:
        text = f"收回问卷 {answered} 份，多于服务职工人数 {population}，请核对。"
        reasons.append(Reason(text, "13-5-1", "population"))
    least = rules.minimum_answers(population)
    if survey.valid < least:
        text = f"有效问卷 {survey.valid} 份，少于最低样本量 {least} 份，样本不足，不能评定等次，请继续调查。"
        reasons.append(Reason(text, "13-5-1", "population"))
    return reasons


def _judge(
    evaluation: Evaluation, survey: rules.Survey, *, total: Decimal, at: datetime
) -> rules.Outcome:
    """Write the grade on the row, with the figures it was held against."""
    assert evaluation.population is not None  # noqa: S101 - set by the caller
    thresholds = thresholds_for(evaluation.union, on=localdate(at))
    outcome = rules.judge(
        total,
        survey.satisfaction_index,
        at=thresholds,
        vetoes=evaluation.vetoes,
        has_serious_finding=evaluation.has_serious_finding,
        is_sample_small=survey.valid < rules.sample_size(evaluation.population, margin=5),
    )
    evaluation.satisfaction_index = survey.satisfaction_index
    evaluation.satisfied_rate = survey.satisfied_rate
    evaluation.total, evaluation.grade = outcome.total, outcome.grade
    evaluation.grade_of_total = outcome.grade_of_total
    evaluation.gate_reasons = list(outcome.reasons)
    evaluation.thresholds = {name: str(value) for name, value in asdict(thresholds).items()}
    return outcome


def _ensure_explained(evaluation: Evaluation) -> None:
    """「阶段评价不合格的，要及时整改」: the order needs its problems and its requirements."""
    reasons = []
    if not evaluation.problems:
        text = "按以上数据评为不合格，须写明存在的问题。"
        reasons.append(Reason(text, "13-5-3", "problems"))
    if not evaluation.requirements:
        text = "按以上数据评为不合格，须写明整改要求。"
        reasons.append(Reason(text, "13-5-3", "requirements"))
    if reasons:
        raise ActionBlocked(reasons)


def _write_scores(
    evaluation: Evaluation, survey: rules.Survey, facts: Mapping[int, IndicatorFact]
) -> Decimal:
    total, reasons = Decimal(0), []
    for indicator in evaluation.scheme.indicators.order_by("order"):
        fact = _fact_of(indicator, survey, facts)
        if fact is None:
            reasons.append(Reason(f"“{indicator.name}”缺少数据。", "13-5-1"))
            continue
        try:
            points = rules.points_of(
                IndicatorKind(indicator.kind),
                indicator.weight,
                target=fact.target,
                actual=fact.actual,
            )
        except ValueError as fault:
            text = f"“{indicator.name}”：{fault}。"
            reasons.append(Reason(text, "13-5-1", f"target_{indicator.pk}"))
            continue
        Score.objects.update_or_create(
            evaluation=evaluation, indicator=indicator, defaults={**asdict(fact), "points": points}
        )
        total += points
    if reasons:
        raise ActionBlocked(reasons)
    return total


def _fact_of(
    indicator: Indicator, survey: rules.Survey, facts: Mapping[int, IndicatorFact]
) -> IndicatorFact | None:
    if indicator.kind == IndicatorKind.SATISFACTION:
        return IndicatorFact(actual=survey.satisfaction_index, evidence="职工满意度问卷")
    return facts.get(indicator.pk)
