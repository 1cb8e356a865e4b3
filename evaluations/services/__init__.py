"""What changes schemes and evaluations."""

from evaluations.services.evaluations import (
    IndicatorFact,
    PlannedEvaluation,
    confirm_evaluation,
    plan_evaluations,
    score_evaluation,
)
from evaluations.services.schemes import IndicatorEntry, publish_scheme

__all__ = [
    "IndicatorEntry",
    "IndicatorFact",
    "PlannedEvaluation",
    "confirm_evaluation",
    "plan_evaluations",
    "publish_scheme",
    "score_evaluation",
]
