"""Scoring of evaluations (第十三条（五）「以职工满意度为核心指标」). Pure.

Every figure is a Decimal made from text or whole numbers; each indicator's points are
rounded to the cent, half up, and the total is the sum of the rounded points.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from evaluations.enums import Answer, Grade, IndicatorKind

CENT = Decimal("0.01")
FULL = Decimal(100)
WORST_FIRST = (Grade.FAIL, Grade.PASS, Grade.GOOD, Grade.EXCELLENT)

ANSWER_POINTS: dict[Answer, int] = {
    Answer.VERY_SATISFIED: 100,
    Answer.SATISFIED: 80,
    Answer.FAIRLY: 60,
    Answer.DISSATISFIED: 30,
    Answer.VERY_DISSATISFIED: 0,
}
# n0 = z²·p(1−p)/e² with z = 1.96 and p = 0.5.
SAMPLE_BASE = {5: Decimal("384.16"), 10: Decimal("96.04")}
CENSUS_BELOW = 50
CENSUS_RESPONSE = Decimal("0.8")


def to_cents(figure: Decimal) -> Decimal:
    """Two places, half up."""
    return figure.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Survey:
    """The answers counted, by answer."""

    counts: Mapping[Answer, int]

    @property
    def valid(self) -> int:
        """Answers that count: 不了解 is left out."""
        return sum(self.counts.get(answer, 0) for answer in ANSWER_POINTS)

    @property
    def satisfaction_index(self) -> Decimal:
        """满意度指数, 0 to 100: the mean of the answers' points."""
        if not self.valid:
            return Decimal("0.00")
        points = sum(self.counts.get(one, 0) * worth for one, worth in ANSWER_POINTS.items())
        return to_cents(Decimal(points) / self.valid)

    @property
    def satisfied_rate(self) -> Decimal:
        """满意率, 0 to 1: 非常满意 and 满意 among the valid answers. Not the index."""
        if not self.valid:
            return Decimal("0.0000")
        happy = self.counts.get(Answer.VERY_SATISFIED, 0) + self.counts.get(Answer.SATISFIED, 0)
        return (Decimal(happy) / self.valid).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def points_of(
    kind: IndicatorKind, weight: Decimal, *, target: Decimal | None, actual: Decimal
) -> Decimal:
    """The points of one indicator, never above its weight and never below nought.

    Satisfaction takes the index (0–100), a ratio takes 0–1, the others target and actual.
    """
    if kind is IndicatorKind.SATISFACTION:
        share = actual / FULL
    elif kind is IndicatorKind.RATIO:
        share = actual
    elif target is None or target <= 0:
        raise ValueError("正向、反向指标的目标值须大于 0")
    elif kind is IndicatorKind.POSITIVE:
        share = actual / target
    else:
        share = 1 - max(Decimal(0), (actual - target) / target)
    return to_cents(weight * min(Decimal(1), max(Decimal(0), share)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The figures of the grades and gates; 系统默认 unless a union publishes its own."""

    excellent: Decimal = Decimal(90)
    good: Decimal = Decimal(80)
    passing: Decimal = Decimal(60)
    index_fail: Decimal = Decimal(60)
    index_pass: Decimal = Decimal(70)
    index_good: Decimal = Decimal(80)
    index_excellent: Decimal = Decimal(85)


def grade_of_total(total: Decimal, at: Thresholds) -> Grade:
    """The grade of a rounded total: half-open steps, 90 is 优秀 and 89.99 is 良好."""
    if total >= at.excellent:
        return Grade.EXCELLENT
    if total >= at.good:
        return Grade.GOOD
    return Grade.PASS if total >= at.passing else Grade.FAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The grade after the gates, and the gates that made it: those below the total, and 不合格.

    An index that fails by itself is named even when the total fails too: a report that kept
    silent about it would say the workers were satisfied.
    """

    total: Decimal
    grade_of_total: Grade
    grade: Grade
    reasons: tuple[str, ...]


def judge(
    total: Decimal, satisfaction_index: Decimal, *, at: Thresholds, vetoes: Sequence[str] = (),
    has_serious_finding: bool = False, is_sample_small: bool = False,
) -> Outcome:  # fmt: skip
    """Apply the core-indicator gates after the total; the lower grade wins."""
    by_total = grade_of_total(to_cents(total), at)
    caps = list(
        _caps(
            satisfaction_index,
            at=at,
            vetoes=vetoes,
            has_serious_finding=has_serious_finding,
            is_sample_small=is_sample_small,
        )
    )
    grade = min([by_total, *(cap for cap, _why in caps)], key=WORST_FIRST.index)
    reasons = tuple(
        why
        for cap, why in caps
        if cap is Grade.FAIL or WORST_FIRST.index(cap) < WORST_FIRST.index(by_total)
    )
    return Outcome(total=to_cents(total), grade_of_total=by_total, grade=grade, reasons=reasons)


def _caps(
    index: Decimal, *, at: Thresholds, vetoes: Sequence[str], has_serious_finding: bool,
    is_sample_small: bool,
) -> Iterator[tuple[Grade, str]]:  # fmt: skip
    for veto in vetoes:
        yield Grade.FAIL, f"一票否决：{veto}"
    if index < at.index_fail:
        yield Grade.FAIL, f"满意度指数 {index} 低于 {at.index_fail}，直接评为不合格"
    elif index < at.index_pass:
        yield Grade.PASS, f"满意度指数 {index} 低于 {at.index_pass}，最高评为合格"
    elif index < at.index_good:
        yield Grade.GOOD, f"满意度指数 {index} 低于 {at.index_good}，最高评为良好"
    elif index < at.index_excellent:
        yield Grade.GOOD, f"满意度指数 {index} 未达到 {at.index_excellent}，不能评为优秀"
    if has_serious_finding:
        yield Grade.PASS, "有未整改的严重问题，最高评为合格"
    if is_sample_small:
        yield Grade.GOOD, "样本量未达到误差 ±5% 的要求，不能评为优秀"


def sample_size(population: int, *, margin: int) -> int:
    """The answers needed from a population for a margin of 5 or 10 per cent."""
    base = SAMPLE_BASE[margin]
    needed = base / (1 + (base - 1) / population)
    return int(needed.to_integral_value(rounding=ROUND_CEILING))


def minimum_answers(population: int) -> int:
    """The answers below which no grade is given: four fifths of a census, or ±10 per cent."""
    if population < CENSUS_BELOW:
        needed = CENSUS_RESPONSE * population
        return int(needed.to_integral_value(rounding=ROUND_CEILING))
    return sample_size(population, margin=10)
