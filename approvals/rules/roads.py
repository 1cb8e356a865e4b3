"""The small roads beside a plan's own, as tables: a desk's work, conditions, comments, the reply,
delegations, amendments of the authority matrix. Services ask them what may be done now."""

from approvals.enums import (
    AmendmentState,
    ConditionState,
    DelegationState,
    ReplyState,
    TaskStatus,
    ThreadState,
)
from core.procedure import Act, Procedure, Side, Stop

C, A, H, R, D, T = (
    ConditionState, AmendmentState, ThreadState, ReplyState, DelegationState, TaskStatus,
)  # fmt: skip


def _stays(name: str, label: str, side: Side, *states) -> list[Act]:
    """What may be done meanwhile and changes no state."""
    return [
        Act(name=name, label=label, sources=(one,), targets=(one,), side=side, is_turn=False)
        for one in states
    ]


FULFILLING = Procedure(
    states=C,
    acts=(
        Act(
            name="report", label="报告条件落实情况（附证明材料）", sources=(C.OPEN,),
            targets=(C.REPORTED,), side=Side.VENUE,
        ),
        *_stays("report", "补充报告", Side.VENUE, C.REPORTED),
        Act(
            name="confirm", label="确认已落实", sources=(C.REPORTED,), targets=(C.MET,),
            side=Side.ASKING_DESK,
        ),
        Act(
            name="confirm", label="尚未落实，退回补充", sources=(C.REPORTED,), targets=(C.OPEN,),
            side=Side.ASKING_DESK,
        ),
    ),
    stops=(
        Stop(label="落实", states=(C.OPEN,)),
        Stop(label="确认", states=(C.REPORTED,)),
        Stop(label="已落实", states=(C.MET,)),
    ),
)  # fmt: skip

AMENDING = Procedure(
    states=A,
    acts=(
        *_stays("write", "增加、撤去条目，拟终止现行条目", Side.DEPARTMENT, A.DRAFT),
        Act(
            name="publish", label="试算后公布（由未参与拟订的人）", sources=(A.DRAFT,),
            targets=(A.PUBLISHED,), side=Side.PUBLISHER,
        ),
        Act(
            name="drop", label="放弃", sources=(A.DRAFT,), targets=(A.DROPPED,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="拟订、试算", states=(A.DRAFT,)),
        Stop(label="公布", states=(A.PUBLISHED, A.DROPPED)),
    ),
    failed=frozenset({A.DROPPED.value}),
)  # fmt: skip

ANNOTATING = Procedure(
    states=H,
    acts=(
        *_stays("reply", "回复", Side.ANYONE, H.OPEN),
        Act(
            name="resolve", label="标记为已解决", sources=(H.OPEN,), targets=(H.RESOLVED,),
            side=Side.OPENER,
        ),
        Act(
            name="reopen", label="重新打开", sources=(H.RESOLVED,), targets=(H.OPEN,),
            side=Side.OPENER, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="问答", states=(H.OPEN,)),
        Stop(label="解决", states=(H.RESOLVED,)),
    ),
)  # fmt: skip

REPLYING = Procedure(
    states=R,
    acts=(
        *_stays("draft", "拟批复、修改拟稿", Side.DEPARTMENT, R.DRAFT),
        Act(
            name="issue", label="签发（不是拟稿人）", sources=(R.DRAFT,), targets=(R.ISSUED,),
            side=Side.LEADER,
        ),
    ),
    stops=(
        Stop(label="拟稿", states=(R.DRAFT,)),
        Stop(label="签发", states=(R.ISSUED,)),
    ),
)  # fmt: skip

DELEGATING = Procedure(
    states=D,
    acts=(
        Act(
            name="begin", label="到代理起日", sources=(D.AHEAD,), targets=(D.RUNNING,),
            side=Side.SYSTEM, is_turn=False,
        ),
        Act(
            name="end", label="过代理止日", sources=(D.RUNNING,), targets=(D.OVER,),
            side=Side.SYSTEM, is_turn=False,
        ),
        Act(
            name="revoke", label="收回", sources=(D.AHEAD, D.RUNNING, D.OVER),
            targets=(D.REVOKED,), side=Side.PRINCIPAL, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="未开始", states=(D.AHEAD,)),
        Stop(label="代理", states=(D.RUNNING,)),
        Stop(label="结束", states=(D.OVER, D.REVOKED)),
    ),
)  # fmt: skip

DESK_WORK = Procedure(
    states=T,
    acts=(
        Act(
            name="sign", label="签署意见、答复、报告办理情况", sources=(T.OPEN,),
            targets=(T.DONE,), side=Side.DESK,
        ),
        Act(
            name="sign", label="签署意见（还有后加签）", sources=(T.OPEN,), targets=(T.PASSING,),
            side=Side.DESK,
        ),
        Act(
            name="consult", label="前加签、委派", sources=(T.OPEN, T.WAITING),
            targets=(T.WAITING,), side=Side.DESK, is_turn=False,
        ),
        *_stays("consult", "并加签、后加签", Side.DESK, T.OPEN, T.WAITING),
        *_stays("transfer", "转办", Side.DESK, T.OPEN),
        *_stays("urge", "催办", Side.ANYONE, T.OPEN),
        Act(
            name="answered", label="前加签、委派都有结果，或轮到后加签", sources=(T.WAITING,),
            targets=(T.OPEN,), side=Side.ASKED,
        ),
        Act(
            name="answered", label="后加签都已答复", sources=(T.PASSING,), targets=(T.DONE,),
            side=Side.ASKED,
        ),
        Act(
            name="counted", label="或签、票签已够数", sources=(T.OPEN, T.WAITING),
            targets=(T.OVER,), side=Side.SYSTEM, is_turn=False,
        ),
        Act(
            name="cancel", label="退回、撤回、作废、取回上一环节意见、减签",
            sources=(T.OPEN, T.WAITING, T.PASSING), targets=(T.CANCELLED,), side=Side.SYSTEM,
            is_turn=False,
        ),
    ),
    stops=(
        Stop(label="待办", states=(T.OPEN,)),
        Stop(label="等候", states=(T.WAITING, T.PASSING)),
        Stop(label="办结", states=(T.DONE, T.OVER, T.CANCELLED)),
    ),
    failed=frozenset({T.CANCELLED.value}),
)  # fmt: skip
