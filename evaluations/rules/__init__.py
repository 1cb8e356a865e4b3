"""Rules of the evaluations, by what they speak of: scores, schemes, plans."""

from evaluations.rules.plans import PlanFacts, PlannedEvaluation, default_plan, plan_reasons
from evaluations.rules.procedure import PROCEDURE
from evaluations.rules.schemes import IndicatorEntry, default_indicators, scheme_faults
from evaluations.rules.scoring import (
    ANSWER_POINTS,
    FULL,
    Outcome,
    Survey,
    Thresholds,
    grade_of_total,
    judge,
    minimum_answers,
    points_of,
    sample_size,
    to_cents,
)

__all__ = [
    "ANSWER_POINTS",
    "FULL",
    "PROCEDURE",
    "IndicatorEntry",
    "Outcome",
    "PlanFacts",
    "PlannedEvaluation",
    "Survey",
    "Thresholds",
    "default_indicators",
    "default_plan",
    "grade_of_total",
    "judge",
    "minimum_answers",
    "plan_reasons",
    "points_of",
    "sample_size",
    "scheme_faults",
    "to_cents",
]
