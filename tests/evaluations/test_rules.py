"""Scoring against the worked figures of the evaluation rules, computed by hand."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from evaluations.enums import Answer, Grade, IndicatorKind
from evaluations.rules import (
    Survey,
    Thresholds,
    grade_of_total,
    judge,
    minimum_answers,
    points_of,
    sample_size,
    scheme_faults,
    to_cents,
)
from evaluations.selectors import marks_of

DEFAULT = Thresholds()
WORKED = Survey(
    {
        Answer.VERY_SATISFIED: 148,
        Answer.SATISFIED: 102,
        Answer.FAIRLY: 34,
        Answer.DISSATISFIED: 10,
        Answer.VERY_DISSATISFIED: 6,
        Answer.UNKNOWN: 25,
    }
)


def test_worked_survey_gives_index_and_rate_apart() -> None:
    assert WORKED.valid == 300
    assert WORKED.satisfaction_index == Decimal("84.33")
    assert WORKED.satisfied_rate == Decimal("0.8333")


def test_worked_case_of_the_cultural_palace_totals_90_81_and_becomes_good() -> None:
    ratio, positive = IndicatorKind.RATIO, IndicatorKind.POSITIVE
    points = [
        points_of(
            IndicatorKind.SATISFACTION, Decimal(40), target=None, actual=WORKED.satisfaction_index
        ),
        points_of(positive, Decimal(15), target=Decimal(1200), actual=Decimal(1150)),
        points_of(ratio, Decimal(10), target=None, actual=Decimal("0.92")),
        points_of(ratio, Decimal(10), target=None, actual=Decimal(1)),
        points_of(ratio, Decimal(10), target=None, actual=Decimal(1)),
        points_of(ratio, Decimal(5), target=None, actual=Decimal("0.8")),
        points_of(ratio, Decimal(5), target=None, actual=Decimal(1)),
        points_of(ratio, Decimal(5), target=None, actual=Decimal("0.9")),
    ]

    outcome = judge(sum(points, Decimal(0)), WORKED.satisfaction_index, at=DEFAULT)

    assert points[:2] == [Decimal("33.73"), Decimal("14.38")]
    assert outcome.total == Decimal("90.81")
    assert outcome.grade_of_total is Grade.EXCELLENT
    assert outcome.grade is Grade.GOOD
    assert outcome.reasons == ("满意度指数 84.33 未达到 85，不能评为优秀",)


def test_index_56_fails_whatever_the_total() -> None:
    total = Decimal(60) + points_of(
        IndicatorKind.SATISFACTION, Decimal(40), target=None, actual=Decimal(56)
    )

    outcome = judge(total, Decimal(56), at=DEFAULT)

    assert outcome.total == Decimal("82.40")
    assert outcome.grade_of_total is Grade.GOOD
    assert outcome.grade is Grade.FAIL


@pytest.mark.parametrize(
    ("raw", "grade"),
    [
        ("89.995", Grade.EXCELLENT),
        ("89.994", Grade.GOOD),
        ("79.995", Grade.GOOD),
        ("59.995", Grade.PASS),
        ("59.994", Grade.FAIL),
        ("0", Grade.FAIL),
        ("100", Grade.EXCELLENT),
    ],
)
def test_grades_are_half_open_on_the_rounded_total(raw: str, grade: Grade) -> None:
    assert grade_of_total(to_cents(Decimal(raw)), DEFAULT) is grade


@pytest.mark.parametrize(
    ("index", "grade"),
    [
        ("59.99", Grade.FAIL),
        ("60", Grade.PASS),
        ("69.99", Grade.PASS),
        ("70", Grade.GOOD),
        ("79.99", Grade.GOOD),
        ("84.99", Grade.GOOD),
        ("85", Grade.EXCELLENT),
    ],
)
def test_satisfaction_gates_a_full_total(index: str, grade: Grade) -> None:
    assert judge(Decimal(95), Decimal(index), at=DEFAULT).grade is grade


def test_veto_serious_finding_and_small_sample_lower_the_grade() -> None:
    best = {"total": Decimal(95), "satisfaction_index": Decimal(90), "at": DEFAULT}

    assert judge(**best).grade is Grade.EXCELLENT
    assert judge(**best, vetoes=["五不变破坏"]).grade is Grade.FAIL
    assert judge(**best, has_serious_finding=True).grade is Grade.PASS
    assert judge(**best, is_sample_small=True).grade is Grade.GOOD


def test_points_stay_between_nought_and_the_weight() -> None:
    positive, negative = IndicatorKind.POSITIVE, IndicatorKind.NEGATIVE

    assert points_of(positive, Decimal(15), target=Decimal(10), actual=Decimal(30)) == 15
    assert points_of(negative, Decimal(10), target=Decimal(4), actual=Decimal(5)) == Decimal("7.50")
    assert points_of(negative, Decimal(10), target=Decimal(4), actual=Decimal(3)) == 10
    assert points_of(negative, Decimal(10), target=Decimal(4), actual=Decimal(20)) == 0
    with pytest.raises(ValueError, match="目标值须大于 0"):
        points_of(positive, Decimal(15), target=Decimal(0), actual=Decimal(1))


@pytest.mark.parametrize(
    ("population", "five", "ten"),
    [
        (50, 45, 34),
        (100, 80, 50),
        (200, 132, 66),
        (300, 169, 73),
        (500, 218, 81),
        (1000, 278, 88),
        (2000, 323, 92),
        (5000, 357, 95),
        (10000, 370, 96),
        (50000, 382, 96),
    ],
)
def test_sample_sizes(population: int, five: int, ten: int) -> None:
    assert sample_size(population, margin=5) == five
    assert sample_size(population, margin=10) == ten


def test_a_small_population_asks_for_four_fifths() -> None:
    assert minimum_answers(30) == 24
    assert minimum_answers(50) == 34


def test_scheme_needs_100_and_satisfaction_as_the_largest_weight() -> None:
    least = Decimal(40)
    good = [(IndicatorKind.SATISFACTION, Decimal(40)), (IndicatorKind.RATIO, Decimal(30))]
    good.append((IndicatorKind.POSITIVE, Decimal(30)))

    assert scheme_faults(good, least_satisfaction=least) == []
    assert scheme_faults(good[:2], least_satisfaction=least) == [
        "各指标权重之和须为 100，现为 70。"
    ]
    tied = [(IndicatorKind.SATISFACTION, Decimal(50)), (IndicatorKind.RATIO, Decimal(50))]
    assert "权重须大于其他任何一个指标" in scheme_faults(tied, least_satisfaction=least)[0]
    low = [(IndicatorKind.SATISFACTION, Decimal(35))]
    low += [(IndicatorKind.RATIO, Decimal("32.5")), (IndicatorKind.RATIO, Decimal("32.5"))]
    assert "不低于 40" in scheme_faults(low, least_satisfaction=least)[0]


def test_bars_put_the_workers_first_and_measure_points_against_weights():
    rows = [
        {"name": "公益服务量", "weight": "15", "points": "8.00"},
        {"name": "职工满意度", "weight": "40", "points": "20.80"},
        {"name": "主责主业占比", "weight": "10", "points": "7.00"},
    ]

    marks = marks_of(rows)

    assert [(one["name"], one["length"], one["tone"]) for one in marks] == [
        ("职工满意度", 520, "bad"),
        ("公益服务量", 533, "bad"),
        ("主责主业占比", 700, "warn"),
    ]
    assert marks_of([]) == []


def test_index_that_fails_is_named_although_the_total_fails_too() -> None:
    outcome = judge(Decimal("54.20"), Decimal(52), at=DEFAULT)

    assert outcome.grade is outcome.grade_of_total is Grade.FAIL
    assert outcome.reasons == ("满意度指数 52 低于 60，直接评为不合格",)


def test_gate_that_leaves_the_grade_as_it_is_gives_no_reason() -> None:
    outcome = judge(Decimal(85), Decimal(75), at=DEFAULT)  # capped at 良好, and 良好 already

    assert (outcome.grade, outcome.reasons) == (Grade.GOOD, ())


@pytest.mark.ignore_template_errors
def test_failed_report_names_the_gate_and_no_longer_denies_it() -> None:
    reasons = judge(Decimal("54.20"), Decimal(52), at=DEFAULT).reasons
    told, silent = (
        render_to_string(
            "print/evaluation_report.html",
            {"total": "54.20", "grade_of_total": "不合格", "gate_reasons": list(one)},
        )
        for one in (reasons, ())
    )

    assert "满意度指数 52 低于 60，直接评为不合格。" in told
    assert "门槛没有改变" not in told
    assert "核心指标门槛没有改变按总分评定的等次。" in silent
