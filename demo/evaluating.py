"""考核方案 and stage evaluations of the demo."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contracts.models import Contract
from demo.cast import officer
from demo.day import moment
from evaluations import services
from evaluations.enums import Answer, EvaluationKind, IndicatorKind
from evaluations.models import Evaluation, KpiScheme
from organizations.models import TradeUnion
from venues.enums import VenueKind

Period = tuple[str, date, date, date]  # kind, from, to, due

INDICATORS = (
    ("职工满意度", IndicatorKind.SATISFACTION, ""),
    ("公益服务量", IndicatorKind.POSITIVE, "场次"),
    ("普惠优惠落实", IndicatorKind.RATIO, ""),
    ("主责主业占比", IndicatorKind.RATIO, ""),
    ("资产安全完整", IndicatorKind.RATIO, ""),
    ("安全与应急", IndicatorKind.RATIO, ""),
    ("财务合规与收入归集", IndicatorKind.RATIO, ""),
    ("信息公开", IndicatorKind.RATIO, ""),
)
# The weights of the eight indicators by kind of venue; each row is 100.
WEIGHTS: Mapping[str, tuple[int, ...]] = {
    VenueKind.CULTURAL_PALACE: (40, 15, 10, 10, 10, 5, 5, 5),
    VenueKind.SPORTS_VENUE: (40, 14, 10, 10, 10, 8, 4, 4),
    VenueKind.SANATORIUM: (42, 12, 12, 10, 10, 6, 4, 4),
    VenueKind.HOTEL: (40, 8, 10, 12, 12, 8, 6, 4),
}
SOURCES = {
    "公益服务量": "场馆预约系统台账",
    "普惠优惠落实": "优惠核销记录抽查",
    "主责主业占比": "服务项目清单",
    "资产安全完整": "资产盘点表",
    "安全与应急": "安全检查和演练记录",
    "财务合规与收入归集": "收款账户流水",
    "信息公开": "公示内容核对",
}
# 148/102/34/10/6: index 84.33, so a total of 90.81 is 良好 by the gate.
GATED_ANSWERS: Mapping[str, int] = {
    Answer.VERY_SATISFIED: 148,
    Answer.SATISFIED: 102,
    Answer.FAIRLY: 34,
    Answer.DISSATISFIED: 10,
    Answer.VERY_DISSATISFIED: 6,
    Answer.UNKNOWN: 12,
}
BEST_ANSWERS: Mapping[str, int] = {
    Answer.VERY_SATISFIED: 236,
    Answer.SATISFIED: 84,
    Answer.FAIRLY: 22,
    Answer.DISSATISFIED: 4,
    Answer.VERY_DISSATISFIED: 2,
    Answer.UNKNOWN: 9,
}


# 30/75/80/60/55: index 52.00, which alone is 不合格.
FAILED_ANSWERS: Mapping[str, int] = {
    Answer.VERY_SATISFIED: 30,
    Answer.SATISFIED: 75,
    Answer.FAIRLY: 80,
    Answer.DISSATISFIED: 60,
    Answer.VERY_DISSATISFIED: 55,
    Answer.UNKNOWN: 6,
}


def publish_scheme_for(code: str, kind: VenueKind) -> KpiScheme:
    """A union's scheme for one kind of venue."""
    union = TradeUnion.objects.get(code=code)
    return services.publish_scheme(
        union=union,
        venue_kind=kind,
        name=f"{kind.label}合作项目服务绩效考核方案",
        valid_from=date(2023, 7, 1),
        indicators=[
            services.IndicatorEntry(name=name, kind=scored, weight=Decimal(weight), unit=unit)
            for (name, scored, unit), weight in zip(INDICATORS, WEIGHTS[kind], strict=True)
        ],
        by=officer(union, "officer"),
        at=moment(date(2023, 6, 20)),
    )


def plan(contract: Contract, *periods: Period, on: date) -> list[Evaluation]:
    """Fix the evaluations of a contract: (kind, from, to, due) each."""
    return services.plan_evaluations(
        contract=contract,
        scheme=KpiScheme.objects.get(
            union=contract.cooperation.supervising_union, venue_kind=contract.venue.kind
        ),
        rows=[
            services.PlannedEvaluation(
                kind=EvaluationKind(kind), period_from=start, period_to=end, due_on=due
            )
            for kind, start, end, due in periods
        ],
        by=officer(contract.cooperation.supervising_union, "officer"),
        at=moment(on),
    )


def evaluate(
    evaluation: Evaluation, *, on: date, sessions: str, ratios: Mapping[str, str],
    answers: Mapping[str, int], population: int, problems: str = "", requirements: str = "",
    achievements: str = "晚间和周末开放时段增加，会员使用人次持续增长。",
) -> Evaluation:  # fmt: skip
    """Have an evaluation scored and confirmed by people who neither reviewed nor checked before."""
    facts = {}
    for indicator in evaluation.scheme.indicators.order_by("order"):
        if indicator.kind == IndicatorKind.POSITIVE:
            target, actual = Decimal(1200), Decimal(sessions)
        elif indicator.kind == IndicatorKind.RATIO:
            target, actual = None, Decimal(ratios.get(indicator.name, "1"))
        else:
            continue
        facts[indicator.pk] = services.IndicatorFact(
            target=target, actual=actual, evidence=SOURCES[indicator.name]
        )
    evaluation = services.score_evaluation(
        evaluation=evaluation,
        population=population,
        population_source="场馆预约系统去重人数",
        answers=dict(answers),
        facts=facts,
        vetoes=[],
        has_serious_finding=False,
        achievements=achievements,
        problems=problems,
        requirements=requirements,
        version=evaluation.version,
        by=officer(evaluation.union, "evaluator"),
        at=moment(on),
    )
    return services.confirm_evaluation(
        evaluation=evaluation,
        version=evaluation.version,
        by=officer(evaluation.union, "head"),
        at=moment(on, 15),
    )
