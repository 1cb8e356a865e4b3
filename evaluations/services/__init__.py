"""What changes schemes and evaluations."""

from evaluations.rules import IndicatorEntry, PlannedEvaluation
from evaluations.services.confirming import confirm_evaluation
from evaluations.services.planning import plan_evaluations
from evaluations.services.schemes import publish_scheme
from evaluations.services.scoring import IndicatorFact, score_evaluation

__all__ = [
    "IndicatorEntry",
    "IndicatorFact",
    "PlannedEvaluation",
    "confirm_evaluation",
    "plan_evaluations",
    "publish_scheme",
    "score_evaluation",
]
