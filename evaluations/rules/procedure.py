"""The road of an evaluation (第十三条（五）): scored by one, confirmed by another. Pure."""

from core.procedure import Act, Procedure, Side, Stop
from evaluations.enums import EvaluationState as S

PROCEDURE = Procedure(
    states=S,
    acts=(
        Act(
            name="score", label="打分", sources=(S.PLANNED,), targets=(S.SCORED,),
            side=Side.DEPARTMENT,
        ),
        Act(
            name="score", label="重新打分", sources=(S.SCORED,), targets=(S.SCORED,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
        Act(
            name="confirm", label="确认等次", sources=(S.SCORED,), targets=(S.CONFIRMED,),
            side=Side.SECOND,
        ),
    ),
    stops=(
        Stop(label="制定计划"),
        Stop(label="打分", states=(S.PLANNED,)),
        Stop(label="确认等次", states=(S.SCORED,)),
        Stop(label="出具报告", states=(S.CONFIRMED,)),
    ),
)  # fmt: skip
