"""The road of a 议定事项 as a table: asked for by a meeting, reported, closed or handed back."""

from core.procedure import Act, Procedure, Side, Stop
from meetings.enums import ResolutionState

S = ResolutionState

RESOLVING = Procedure(
    states=S,
    acts=(
        Act(
            name="report", label="报告落实情况（附证明材料）", sources=(S.OPEN,),
            targets=(S.REPORTED,), side=Side.OWNER,
        ),
        Act(
            name="settle", label="销号", sources=(S.REPORTED,), targets=(S.CLOSED,),
            side=Side.SECRETARY,
        ),
        Act(
            name="settle", label="退回继续办理", sources=(S.REPORTED,), targets=(S.OPEN,),
            side=Side.SECRETARY,
        ),
        Act(
            name="report", label="补充报告", sources=(S.REPORTED,), targets=(S.REPORTED,),
            side=Side.OWNER, is_turn=False,
        ),
        *(
            Act(
                name="extend", label="延期", sources=(state,), targets=(state,),
                side=Side.SECRETARY, is_turn=False,
            )
            for state in (S.OPEN, S.REPORTED)
        ),
    ),
    stops=(
        Stop(label="办理", states=(S.OPEN,)),
        Stop(label="核对", states=(S.REPORTED,)),
        Stop(label="销号", states=(S.CLOSED,)),
    ),
)  # fmt: skip
