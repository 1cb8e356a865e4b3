"""From a contract to a scored and a confirmed evaluation, through the services."""

from datetime import date
from decimal import Decimal

from approvals.models import Proposal
from contracts import services as contracts
from contracts.models import Contract
from evaluations import services
from evaluations.enums import IndicatorKind, Veto
from evaluations.models import Evaluation, KpiScheme
from evaluations.rules import default_indicators, default_plan
from evaluations.services import IndicatorFact
from tests.approvals.builders import World, moment
from tests.contracts import builders as papers
from venues.enums import VenueKind

NOW = moment("2026-11-20 10:00")
TERM = (date(2024, 1, 20), date(2027, 1, 19))
WORKED = {
    "very_satisfied": 148, "satisfied": 102, "fairly": 34, "dissatisfied": 10,
    "very_dissatisfied": 6, "unknown": 25,
}  # fmt: skip
INDEX_56 = {
    "very_satisfied": 0, "satisfied": 210, "fairly": 0, "dissatisfied": 0,
    "very_dissatisfied": 90, "unknown": 0,
}  # fmt: skip
# In the order of the default scheme of a cultural palace, satisfaction left out.
WORKED_ACTUALS = ("1150", "0.92", "1", "1", "0.8", "1", "0.9")
FULL_ACTUALS = ("1200", "1", "1", "1", "1", "1", "1")


def scheme(world: World, **changes) -> KpiScheme:
    fields = {
        "union": world.xian, "venue_kind": VenueKind.CULTURAL_PALACE, "name": "文化宫考核方案",
        "valid_from": date(2024, 1, 1),
        "indicators": default_indicators(VenueKind.CULTURAL_PALACE),
        "by": world["asset.officer"], "at": moment("2026-11-10 09:00"),
    }  # fmt: skip
    return services.publish_scheme(**(fields | changes))


def contract(world: World, plan: Proposal | None = None) -> Contract:
    """A contract of three years that began in January 2024."""
    drafted = papers.drafted(world, plan=plan)
    entry = papers.entry(drafted, starts_on=TERM[0], ends_on=TERM[1])
    contracts.update_contract(
        contract=drafted, entry=entry, version=drafted.version, by=world["venue.staff"],
        at=moment("2026-11-11 10:00"),
    )  # fmt: skip
    return papers.fresh(drafted)


def planned(world: World, **changes) -> Evaluation:
    """The first of the plan: 2024-01-20 to 2025-01-19."""
    fields = {
        "rows": default_plan(*TERM), "by": world["asset.officer"],
        "at": moment("2026-11-12 09:00"),
    }  # fmt: skip
    fields |= changes
    if "contract" not in fields:
        fields["contract"] = contract(world)
    if "scheme" not in fields:
        fields["scheme"] = scheme(world)
    return services.plan_evaluations(**fields)[0]


def facts(evaluation: Evaluation, actuals: tuple[str, ...]) -> dict[int, IndicatorFact]:
    others = evaluation.scheme.indicators.exclude(kind=IndicatorKind.SATISFACTION)
    return {
        one.pk: IndicatorFact(
            actual=Decimal(actual),
            evidence="台账",
            target=Decimal(1200) if one.kind == IndicatorKind.POSITIVE else None,
        )
        for one, actual in zip(others.order_by("order"), actuals, strict=True)
    }


def score(world: World, evaluation: Evaluation, **changes) -> Evaluation:
    """The worked case: 90.81 by the sum, index 84.33."""
    actuals = changes.pop("actuals", WORKED_ACTUALS)
    fields = {
        "evaluation": evaluation, "population": 5000, "population_source": "会员卡刷卡记录",
        "answers": WORKED, "facts": facts(evaluation, actuals), "vetoes": [],
        "has_serious_finding": False, "achievements": "服务量增长。", "problems": "",
        "requirements": "", "version": evaluation.version, "by": world["asset.officer"],
        "at": NOW,
    }  # fmt: skip
    return services.score_evaluation(**(fields | changes))


def failing(world: World, evaluation: Evaluation, **changes) -> Evaluation:
    """82.40 by the sum, index 56."""
    fields = {
        "answers": INDEX_56, "actuals": FULL_ACTUALS, "problems": "职工满意度低，场地开放不足。",
        "requirements": "三十日内恢复晚间开放并复测满意度。",
    }  # fmt: skip
    return score(world, evaluation, **(fields | changes))


def confirm(world: World, evaluation: Evaluation, **changes) -> Evaluation:
    fields = {"version": evaluation.version, "by": world["asset.head"], "at": NOW}
    return services.confirm_evaluation(evaluation=evaluation, **(fields | changes))


def typed(evaluation: Evaluation, **changes) -> dict:
    """What a person types into the score form for the worked case."""
    body = {
        "population": "5000", "population_source": "会员卡刷卡记录", "achievements": "",
        "problems": "", "requirements": "",
    }  # fmt: skip
    body |= {f"answer_{code}": str(count) for code, count in WORKED.items()}
    for pk, fact in facts(evaluation, WORKED_ACTUALS).items():
        body[f"actual_{pk}"], body[f"evidence_{pk}"] = str(fact.actual), fact.evidence
        if fact.target is not None:
            body[f"target_{pk}"] = str(fact.target)
    return body | changes


DEATH = Veto.DEATH.label
