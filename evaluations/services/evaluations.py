"""评价: planned with the contract, scored by the asset department, confirmed by its head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import require
from audit.services import record
from contracts import services as contracts
from contracts.enums import GateCode
from contracts.models import Contract
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from documents import services as documents
from evaluations import rules
from evaluations.enums import Answer, EvaluationKind, EvaluationState, Grade, IndicatorKind
from evaluations.models import Evaluation, KpiScheme, Score
from evaluations.selectors import report_context, thresholds_for
from notifications import services as notifications
from supervision.services import open_rectification

DEADLINE = "evaluations.evaluation"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvaluation:
    """One evaluation of the plan."""

    kind: EvaluationKind
    period_from: date
    period_to: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact:
    """What one indicator is scored from."""

    actual: Decimal
    evidence: str
    target: Decimal | None = None


@transaction.atomic
def plan_evaluations(
    *, contract: Contract, scheme: KpiScheme, rows: Sequence[PlannedEvaluation], by: User,
    at: datetime, command_id: UUID | None = None,
) -> list[Evaluation]:  # fmt: skip
    """Fix when a cooperation is evaluated; this closes the contract's gate (13(五)).

    At least one stage evaluation before the final one, the periods inside the term and
    apart, the scheme in force before the first period begins.
    """
    require(by, Permission.EVALUATION_PLAN, union=contract.cooperation.supervising_union)
    contract = lock(
        Contract.objects.select_related("cooperation__supervising_union"), pk=contract.pk
    )
    if contract.evaluations.exists():
        raise ActionBlocked("本合同已有评价计划。")
    if reasons := _plan_reasons(contract, scheme, rows):
        raise ActionBlocked(reasons)
    planned = []
    for row in sorted(rows, key=lambda one: one.period_from):
        evaluation = Evaluation(
            contract=contract,
            cooperation=contract.cooperation,
            venue_id=contract.venue_id,
            union=contract.cooperation.supervising_union,
            scheme=scheme,
            kind=row.kind,
            period_from=row.period_from,
            period_to=row.period_to,
            due_on=row.due_on,
            planned_by=by,
            planned_at=at,
        )
        evaluation.place_like(contract)
        evaluation.save(force_insert=True)
        _set_deadline(evaluation, at=at)
        planned.append(evaluation)
    evidence = f"评价计划：{len(planned)} 次，方案《{scheme.name}》"
    contracts.close_gate(
        contract=contract, code=GateCode.EVALUATION_PLAN, evidence=evidence, by=by, at=at
    )
    _note(planned[0], "planned", evidence, by, at, command_id)
    return planned


def _plan_reasons(
    contract: Contract, scheme: KpiScheme, rows: Sequence[PlannedEvaluation]
) -> list[Reason]:
    reasons = []
    kinds = [row.kind for row in rows]
    if EvaluationKind.STAGE not in kinds:
        reasons.append(Reason("评价计划须至少有一次阶段评价。", "13-5-2"))
    if kinds.count(EvaluationKind.FINAL) != 1:
        reasons.append(Reason("评价计划须有且只有一次终期评价。", "13-5-2"))
    if scheme.venue_kind != contract.venue.kind:
        reasons.append(Reason("考核方案与阵地类别不符，请选择本类阵地的方案。", "15-1", "scheme"))
    ordered = sorted(rows, key=lambda one: one.period_from)
    for row in ordered:
        if row.period_to < row.period_from or row.due_on < row.period_to:
            text = "评价期止日不能早于起日，评价期限不能早于期间止日。"
            reasons.append(Reason(text, "13-5-2"))
        elif (
            contract.starts_on
            and contract.ends_on
            and not (contract.starts_on <= row.period_from and row.period_to <= contract.ends_on)
        ):
            reasons.append(Reason("评价期须在合同期限之内。", "13-5-2"))
    stages = [row for row in ordered if row.kind == EvaluationKind.STAGE]
    if any(
        later.period_from <= row.period_to for row, later in zip(stages, stages[1:], strict=False)
    ):
        reasons.append(Reason("两次阶段评价的期间重叠。", "13-5-2"))
    if ordered and scheme.valid_from > ordered[0].period_from:
        text = "考核方案在评价期开始之后才生效，不能用来评价这一期间。"
        reasons.append(Reason(text, "13-5-1", "scheme"))
    return reasons


def _set_deadline(evaluation: Evaluation, *, at: datetime) -> None:
    alerts = [
        notifications.Alert(evaluation.due_on - timedelta(days=30), "还有 30 天到期"),
        notifications.Alert(evaluation.due_on - timedelta(days=7), "还有 7 天到期"),
        notifications.Alert(evaluation.due_on, "今天到期"),
        notifications.Alert(evaluation.due_on + timedelta(days=1), "已逾期"),
    ]
    notifications.set_deadline(
        kind=DEADLINE,
        subject_id=evaluation.pk,
        case_id=evaluation.cooperation_id,
        title=f"{evaluation.get_kind_display()}：{evaluation.cooperation.title}",
        url=reverse("evaluations:evaluation", args=[evaluation.pk]),
        due_on=evaluation.due_on,
        union=evaluation.union,
        venue_id=evaluation.venue_id,
        alerts=[alert for alert in alerts if alert.fire_on >= at.date()],
        recipients=[
            notifications.Audience(permission=Permission.EVALUATION_SCORE, union=evaluation.union)
        ],
        at=at,
    )


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
    evaluation = lock(Evaluation.objects.select_related("union"), pk=evaluation.pk, version=version)
    require(by, Permission.EVALUATION_SCORE, union=evaluation.union)
    if evaluation.state == EvaluationState.CONFIRMED:
        raise ActionBlocked("评价已经确认，不能再改动。")
    survey = rules.Survey({Answer(code): count for code, count in answers.items()})
    if reasons := _score_reasons(evaluation, population, survey, at=at):
        raise ActionBlocked(reasons)
    total = _write_scores(evaluation, survey, facts)
    thresholds = thresholds_for(evaluation.union, on=at.date())
    outcome = rules.judge(
        total,
        survey.satisfaction_index,
        at=thresholds,
        vetoes=vetoes,
        has_serious_finding=has_serious_finding,
        is_sample_small=survey.valid < rules.sample_size(population, margin=5),
    )
    if outcome.grade is Grade.FAIL and not (problems.strip() and requirements.strip()):
        text = "评为不合格的，须写明问题和整改要求。"
        raise ActionBlocked(Reason(text, "13-5-3", "problems"))
    evaluation.population, evaluation.population_source = population, population_source
    evaluation.answers = dict(answers)
    evaluation.satisfaction_index = survey.satisfaction_index
    evaluation.satisfied_rate = survey.satisfied_rate
    evaluation.total, evaluation.grade = outcome.total, outcome.grade
    evaluation.grade_of_total = outcome.grade_of_total
    evaluation.gate_reasons = list(outcome.reasons)
    evaluation.vetoes, evaluation.has_serious_finding = list(vetoes), has_serious_finding
    evaluation.achievements, evaluation.problems = achievements, problems
    evaluation.requirements = requirements
    evaluation.thresholds = {
        name: str(getattr(thresholds, name)) for name in thresholds.__dataclass_fields__
    }
    evaluation.scored_by, evaluation.scored_at = by, at
    evaluation.state = EvaluationState.SCORED
    evaluation.save_new_version()
    title = f"评价打分：{outcome.total} 分，{outcome.grade.label}"
    _note(evaluation, "scored", title, by, at, command_id)
    posts = Post.objects.in_force(at.date()).holding(Permission.EVALUATION_CONFIRM)
    posts = posts.filter(union=evaluation.union, venue_id=None).select_related("user")
    _tell(evaluation, [post.user for post in posts.order_by("pk")], "评价待确认", at)
    return evaluation


def _score_reasons(
    evaluation: Evaluation, population: int, survey: rules.Survey, *, at: datetime
) -> list[Reason]:
    reasons = []
    if at.date() <= evaluation.period_to:
        reasons.append(Reason("评价期尚未结束，不能打分。", "13-5-2"))
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


def _write_scores(
    evaluation: Evaluation, survey: rules.Survey, facts: Mapping[int, IndicatorFact]
) -> Decimal:
    total, reasons = Decimal(0), []
    for indicator in evaluation.scheme.indicators.order_by("order"):
        kind = IndicatorKind(indicator.kind)
        if kind is IndicatorKind.SATISFACTION:
            fact = IndicatorFact(actual=survey.satisfaction_index, evidence="职工满意度问卷")
        elif indicator.pk in facts:
            fact = facts[indicator.pk]
        else:
            reasons.append(Reason(f"“{indicator.name}”缺少数据。", "13-5-1"))
            continue
        try:
            points = rules.points_of(kind, indicator.weight, target=fact.target, actual=fact.actual)
        except ValueError as fault:
            reasons.append(Reason(f"“{indicator.name}”：{fault}。", "13-5-1"))
            continue
        Score.objects.update_or_create(
            evaluation=evaluation,
            indicator=indicator,
            defaults={
                "target": fact.target,
                "actual": fact.actual,
                "points": points,
                "evidence": fact.evidence,
            },
        )
        total += points
    if reasons:
        raise ActionBlocked(reasons)
    return total


@transaction.atomic
def confirm_evaluation(
    *, evaluation: Evaluation, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Evaluation:
    """Confirm the grade; the report is printed, and 不合格 opens a rectification with a date."""
    queryset = Evaluation.objects.select_related(
        "union", "cooperation__venue", "cooperation__supervising_union"
    )
    evaluation = lock(queryset, pk=evaluation.pk, version=version)
    require(by, Permission.EVALUATION_CONFIRM, union=evaluation.union)
    if evaluation.state != EvaluationState.SCORED:
        raise ActionBlocked("评价不在待确认状态，请刷新页面查看。")
    if evaluation.scored_by_id == by.pk:
        raise Refused("打分人不能确认自己的评价，请由部门负责人确认。")
    evaluation.state = EvaluationState.CONFIRMED
    evaluation.confirmed_by, evaluation.confirmed_at = by, at
    number = documents.next_number(series="PJ", year=at.year)
    evaluation.report = documents.issue_pdf(
        kind="stage_evaluation" if evaluation.kind == EvaluationKind.STAGE else "final_evaluation",
        template="print/evaluation_report.html",
        context=report_context(evaluation),
        number=f"PJ-{at.year}-{number:04d}",
        title=f"{evaluation.cooperation.title}{evaluation.get_kind_display()}报告",
        case_id=evaluation.cooperation_id,
        union=evaluation.union,
        venue_id=evaluation.venue_id,
        by=by,
        at=at,
    )
    evaluation.save_new_version()
    notifications.close_deadline(kind=DEADLINE, subject_id=evaluation.pk, at=at)
    title = f"{evaluation.get_kind_display()}确认：{evaluation.get_grade_display()}"
    _note(evaluation, "confirmed", title, by, at, command_id)
    if evaluation.kind == EvaluationKind.STAGE and evaluation.grade == Grade.FAIL:
        open_rectification(
            cooperation=evaluation.cooperation,
            source_kind="evaluation",
            source_id=evaluation.pk,
            source_url=reverse("evaluations:evaluation", args=[evaluation.pk]),
            problems=evaluation.problems,
            rule_code="13-5-3",
            requirements=evaluation.requirements,
            by=by,
            at=at,
        )
    posts = Post.objects.in_force(at.date()).holding(Permission.RECTIFICATION_WRITE)
    posts = posts.filter(venue_id=evaluation.venue_id).select_related("user")
    _tell(evaluation, [post.user for post in posts.order_by("pk")], title, at)
    return evaluation


def _note(
    evaluation: Evaluation, verb: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    record(
        case_id=evaluation.cooperation_id,
        code=f"evaluations.evaluation.{verb}",
        title=f"{title}（{evaluation.period_label}）",
        by=by,
        at=at,
        union_id=evaluation.union_id,
        command_id=command_id,
        body={"evaluation": str(evaluation.pk), "state": evaluation.state},
    )


def _tell(evaluation: Evaluation, users: list[User], title: str, at: datetime) -> None:
    notifications.notify(
        users=users,
        title=f"{title}：{evaluation.cooperation.title}",
        body=evaluation.period_label,
        url=reverse("evaluations:evaluation", args=[evaluation.pk]),
        kind=DEADLINE,
        dedupe_key=f"evaluation:{evaluation.pk}:{evaluation.version}",
        at=at,
        case_id=evaluation.cooperation_id,
    )
