"""Publishing, planning, scoring, confirming: what the services do and refuse."""

import json
from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from audit.models import Event
from contracts.enums import GateCode
from contracts.models import Gate
from core.errors import ActionBlocked, Refused, StaleVersion
from core.work import gather
from documents import storage
from evaluations import selectors, services
from evaluations.enums import EvaluationKind, Grade, IndicatorKind
from evaluations.models import Evaluation, KpiScheme
from evaluations.rules import IndicatorEntry, PlannedEvaluation, default_indicators, default_plan
from notifications.models import Deadline, OutboxItem
from notifications.services import tick
from supervision.models import Rectification
from tests.approvals.builders import moment
from tests.evaluations import builders
from tests.evaluations.builders import NOW
from venues.enums import VenueKind


def reasons(refusal) -> str:
    return "；".join(str(reason) for reason in refusal.value.reasons)


# 考核方案


@pytest.mark.parametrize("kind", list(VenueKind))
def test_default_indicators_can_be_published_as_they_are(town, kind):
    made = builders.scheme(town, venue_kind=kind, indicators=default_indicators(kind))

    assert sum(one.weight for one in made.indicators.all()) == 100


def test_a_scheme_with_a_wrong_sum_and_a_repeated_name_is_refused(town):
    rows = [
        IndicatorEntry(name="满意度", kind=IndicatorKind.SATISFACTION, weight=Decimal(50)),
        IndicatorEntry(name="公开", kind=IndicatorKind.RATIO, weight=Decimal(20)),
        IndicatorEntry(name="公开", kind=IndicatorKind.RATIO, weight=Decimal(20)),
    ]

    with pytest.raises(ActionBlocked) as refusal:
        builders.scheme(town, indicators=rows)

    assert "权重之和须为 100，现为 90" in reasons(refusal)
    assert "同名" in reasons(refusal)
    assert KpiScheme.objects.count() == 0


def test_a_second_scheme_of_the_day_is_refused(town):
    builders.scheme(town)

    with pytest.raises(ActionBlocked, match="同一天已发布过"):
        builders.scheme(town)


@pytest.mark.parametrize("username", ["venue.manager", "auditor", "baoji.officer"])
def test_only_the_asset_department_of_the_union_publishes(town, username):
    with pytest.raises(Refused):
        builders.scheme(town, by=town[username])


# 评价计划


def test_a_plan_closes_the_gate_and_sets_deadlines(town):
    contract = builders.contract(town)

    builders.planned(town, contract=contract)

    rows = list(
        contract.evaluations.order_by("period_from", "-kind").values_list("kind", flat=True)
    )
    gate = Gate.objects.get(contract=contract, code=GateCode.EVALUATION_PLAN)
    assert rows == ["stage", "final", "stage", "stage"]
    assert (gate.is_open, gate.closed_by) == (False, town["asset.officer"])
    assert Deadline.objects.filter(kind="evaluations.evaluation").count() == 4


def test_a_second_plan_is_refused(town, evaluation):
    with pytest.raises(ActionBlocked, match="已有评价计划"):
        builders.planned(town, contract=evaluation.contract, scheme=evaluation.scheme)


def row(kind: str, start: str, end: str, due: str = "2027-02-28") -> PlannedEvaluation:
    days = {"period_from": start, "period_to": end, "due_on": due}
    return PlannedEvaluation(
        kind=EvaluationKind(kind), **{name: date.fromisoformat(day) for name, day in days.items()}
    )


FINAL = row("final", "2024-01-20", "2027-01-19")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([FINAL], "至少有一次阶段评价"),
        ([row("stage", "2024-01-20", "2025-01-19")], "有且只有一次终期评价"),
        ([], "至少有一次阶段评价"),
        ([FINAL, row("stage", "2023-12-31", "2025-01-19")], "须在合同期限"),
        ([FINAL, row("stage", "2025-01-19", "2024-01-20")], "止日不能早于起日"),
        ([FINAL, row("stage", "2024-01-20", "2025-01-19", "2025-01-18")], "不能早于期间止日"),
        (
            [
                FINAL,
                row("stage", "2024-01-20", "2025-01-19"),
                row("stage", "2025-01-19", "2026-01-19"),
            ],
            "期间重叠",
        ),
    ],
)
def test_a_plan_that_cannot_stand_is_refused(town, rows, sentence):
    contract = builders.contract(town)

    with pytest.raises(ActionBlocked) as refusal:
        builders.planned(town, contract=contract, rows=rows)

    assert sentence in reasons(refusal)
    assert Gate.objects.get(contract=contract, code=GateCode.EVALUATION_PLAN).is_open


def test_a_scheme_younger_than_the_period_or_of_another_kind_is_refused(town):
    young = builders.scheme(town, valid_from=date(2024, 1, 21))
    foreign = builders.scheme(town, venue_kind=VenueKind.HOTEL)
    contract = builders.contract(town)

    with pytest.raises(ActionBlocked, match="不能用来评价这一期间"):
        builders.planned(town, contract=contract, scheme=young)
    with pytest.raises(ActionBlocked, match="与阵地类别不符"):
        builders.planned(town, contract=contract, scheme=foreign)


@pytest.mark.parametrize(
    ("start", "end", "stages"),
    [
        ("2024-01-20", "2027-01-19", ["2025-01-19", "2026-01-19", "2027-01-19"]),
        ("2024-02-29", "2026-02-27", ["2025-02-27", "2026-02-27"]),
        ("2026-01-01", "2026-12-31", ["2026-07-02"]),
        ("2026-01-01", "2027-03-31", ["2026-12-31"]),
        ("2026-01-01", "2027-09-30", ["2026-12-31", "2027-09-30"]),
        ("2026-05-05", "2026-05-05", ["2026-05-05"]),
    ],
)
def test_the_plan_offered_has_a_stage_a_year_and_one_final(start, end, stages):
    rows = default_plan(date.fromisoformat(start), date.fromisoformat(end))

    ends = [one.period_to.isoformat() for one in rows if one.kind == EvaluationKind.STAGE]
    assert ends == stages
    assert (rows[-1].kind, rows[-1].period_to.isoformat()) == ("final", end)


# 打分


def test_90_81_with_index_84_33_becomes_good(town, scored):
    assert (scored.total, scored.satisfaction_index) == (Decimal("90.81"), Decimal("84.33"))
    assert scored.satisfied_rate == Decimal("0.8333")
    assert (scored.grade_of_total, scored.grade) == (Grade.EXCELLENT, Grade.GOOD)
    assert selectors.verdict_of(scored) == (
        "90.81 → 良好：满意度指数 84.33 未达到 85，不能评为优秀；"
        "样本量未达到误差 ±5% 的要求，不能评为优秀"
    )


def test_scores_may_be_entered_again_before_the_head_confirms(town, scored):
    again = builders.score(town, scored, population=1000)

    assert selectors.verdict_of(again) == "90.81 → 良好：满意度指数 84.33 未达到 85，不能评为优秀"
    assert again.scores.count() == 8


def test_too_few_answers_give_no_grade(town, evaluation):
    few = builders.WORKED | {"very_satisfied": 0, "satisfied": 30, "fairly": 0}

    with pytest.raises(ActionBlocked) as refusal:
        builders.score(town, evaluation, answers=few)

    assert "有效问卷 46 份，少于最低样本量 95 份，样本不足" in reasons(refusal)
    assert Evaluation.objects.get(pk=evaluation.pk).total is None


def test_more_answers_than_people_are_refused(town, evaluation):
    with pytest.raises(ActionBlocked, match="多于服务职工人数 300"):
        builders.score(town, evaluation, population=300)


def test_a_period_that_runs_is_not_scored(town, evaluation):
    running = evaluation.contract.evaluations.get(kind="final")

    with pytest.raises(ActionBlocked, match="2027-01-19 结束，结束后才能打分"):
        builders.score(town, running)


def test_a_missing_fact_and_a_target_of_nought_are_refused(town, evaluation):
    facts = builders.facts(evaluation, builders.WORKED_ACTUALS)
    first, second, *_ = facts
    broken = {pk: fact for pk, fact in facts.items() if pk != second}
    broken[first] = services.IndicatorFact(actual=Decimal(5), evidence="台账", target=Decimal(0))

    with pytest.raises(ActionBlocked) as refusal:
        builders.score(town, evaluation, facts=broken)

    assert "“普惠优惠落实”缺少数据" in reasons(refusal)
    assert "目标值须大于 0" in reasons(refusal)
    assert evaluation.scores.count() == 0


def test_a_failure_needs_its_problems_and_requirements(town, evaluation):
    with pytest.raises(ActionBlocked) as refusal:
        builders.score(town, evaluation, vetoes=[builders.DEATH])

    assert [one.field for one in refusal.value.reasons] == ["problems", "requirements"]


@pytest.mark.parametrize("username", ["venue.manager", "auditor", "province.asset", "leader"])
def test_neither_the_venue_nor_a_higher_union_scores(town, evaluation, username):
    with pytest.raises(Refused):
        builders.score(town, evaluation, by=town[username])


def test_a_stale_score_is_refused(town, evaluation):
    builders.score(town, evaluation)

    with pytest.raises(StaleVersion):
        builders.score(town, evaluation)


# 确认


def test_the_scorer_does_not_confirm(town, evaluation):
    scored = builders.score(town, evaluation, by=town["asset.head"])

    with pytest.raises(Refused, match="打分人不能确认"):
        builders.confirm(town, scored)


def test_an_officer_does_not_confirm(town, scored):
    with pytest.raises(Refused):
        builders.confirm(town, scored, by=town["asset.officer"])


def test_confirming_prints_the_report_once_and_freezes_its_content(town, scored):
    done = builders.confirm(town, scored)

    frozen = json.loads(done.report.snapshot)["context"]
    with pikepdf.open(storage.path_of(done.report.pdf.sha256)) as paper:
        assert len(paper.pages) >= 1
    assert done.report.number == "PJ-2026-0001"
    assert (frozen["total"], frozen["satisfaction_index"]) == ("90.81", "84.33")
    assert (frozen["satisfied_rate"], frozen["grade"]) == ("83.33%", "良好")
    assert frozen["scored_on"] == "2026年11月20日"
    assert frozen["confirmed_by"] == town["asset.head"].name
    assert Rectification.objects.count() == 0


def test_the_report_is_dated_by_the_day_in_shanghai(town, evaluation):
    scored = builders.score(town, evaluation, at=moment("2026-11-20 07:30"))

    context = selectors.report_context(
        Evaluation.objects.get(pk=scored.pk), today=date(2026, 11, 20)
    )

    assert context["scored_on"] == date(2026, 11, 20)


def test_a_confirmed_evaluation_never_changes(town, scored):
    done = builders.confirm(town, scored)

    with pytest.raises(ActionBlocked, match="已经确认"):
        builders.score(town, done)
    with pytest.raises(ActionBlocked, match="不在待确认状态"):
        builders.confirm(town, done)

    assert Evaluation.objects.get(pk=done.pk).version == done.version


def test_a_failed_stage_opens_a_rectification_with_a_date(town, evaluation):
    done = builders.confirm(town, builders.failing(town, evaluation))

    order = Rectification.objects.get()
    assert (done.total, done.satisfaction_index) == (Decimal("82.40"), Decimal("56.00"))
    assert (done.grade_of_total, done.grade) == (Grade.GOOD, Grade.FAIL)
    assert (order.source_id, order.due_on) == (done.pk, date(2026, 12, 20))
    assert order.requirements == "三十日内恢复晚间开放并复测满意度。"
    assert order.rule_code == "13-5-3"
    assert selectors.rectification_of(done) == order


def test_each_act_is_on_the_ledger(town, scored):
    builders.confirm(town, scored)

    codes = Event.objects.filter(code__startswith="evaluations.evaluation.")
    assert list(codes.order_by("seq").values_list("code", flat=True)) == [
        "evaluations.evaluation.planned",
        "evaluations.evaluation.scored",
        "evaluations.evaluation.confirmed",
    ]


# 提醒和待办


def test_a_due_evaluation_is_reminded_once_and_never_after_it_is_confirmed(town):
    evaluation = builders.planned(town, at=moment("2024-01-10 09:00"))
    due = Deadline.objects.get(subject_id=evaluation.pk)
    told = OutboxItem.objects.filter(deadline=due, recipient=town["asset.officer"])

    for day in ("2025-01-18 08:00", "2025-01-19 08:00", "2025-01-19 08:05", "2025-02-12 09:00"):
        tick(now=moment(day))

    assert sorted(told.values_list("title", flat=True)) == sorted(
        f"阶段评价：{evaluation.cooperation.title}：{label}" for label in ("还有 30 天到期", "还有 7 天到期")
    )  # fmt: skip
    builders.confirm(town, builders.score(town, evaluation, at=moment("2025-02-13 09:00")))
    tick(now=moment("2025-03-01 09:00"))
    assert told.count() == 2


def test_work_waits_for_the_scorer_then_for_the_head(town, evaluation):
    today = NOW.date()

    def acts(username):
        return [item.act for item in gather(selectors.work_of(town[username], today=today))]

    assert acts("asset.officer") == ["阶段评价打分", "阶段评价打分"]
    builders.score(town, evaluation)
    assert acts("asset.officer") == ["阶段评价打分"]
    assert acts("asset.head") == ["阶段评价确认", "阶段评价打分"]
    assert acts("venue.manager") == []
    assert acts("province.asset") == []


def test_schemes_hold_downwards(town):
    own = builders.scheme(town)
    province = builders.scheme(
        town, union=town.province, by=town["province.asset"], name="全省文化宫方案"
    )

    def seen(username):
        return set(KpiScheme.objects.visible_to(town[username]))

    assert seen("venue.staff") == seen("asset.officer") == {own, province}
    assert seen("county.officer") == {own, province}
    assert seen("baoji.officer") == {province}
    assert seen("sysadmin") == set()
    assert set(KpiScheme.objects.for_venue(town.venue)) == {own, province}
