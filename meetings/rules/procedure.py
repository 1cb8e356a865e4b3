"""The road of a meeting as a table: called, attended, voted item by item, closed, followed."""

from core.procedure import Act, Procedure, Side, Stop
from meetings.enums import MeetingState
from meetings.rules.deciding import (
    attendance_reasons,
    conclusion_reasons,
    quorum_reason,
    speaking_reasons,
    vote_reasons,
    wording_reasons,
)
from meetings.rules.terms import materials_reason

S = MeetingState


def _stays(name: str, label: str, *states: MeetingState, checks: tuple = ()) -> list[Act]:
    """What may be done meanwhile and leaves the meeting where it is."""
    return [
        Act(
            name=name, label=label, sources=(state,), targets=(state,), side=Side.SECRETARY,
            checks=checks, is_turn=False,
        )
        for state in states
    ]  # fmt: skip


MEETING = Procedure(
    states=S,
    acts=(
        *_stays("place", "列入议题", S.PLANNED, S.HELD, checks=(materials_reason,)),
        *_stays("arrange", "调整次序、移出议程", S.PLANNED, S.HELD),
        *_stays("notice", "发会议通知", S.PLANNED),
        *_stays("reschedule", "改期", S.PLANNED),
        Act(
            name="attend", label="登记到会", sources=(S.PLANNED,), targets=(S.HELD,),
            side=Side.SECRETARY, checks=(attendance_reasons, materials_reason),
        ),
        *_stays("attend", "更正到会登记（尚无议题形成结论）", S.HELD),
        Act(
            name="conclude", label="逐项表决", sources=(S.HELD,), targets=(S.HELD,),
            side=Side.SECRETARY,
            checks=(
                quorum_reason, vote_reasons, speaking_reasons, conclusion_reasons, wording_reasons,
            ),
        ),
        Act(
            name="close", label="结束会议（达到到会下限）", sources=(S.HELD,),
            targets=(S.CLOSED,), side=Side.SECRETARY,
        ),
        Act(
            name="close", label="结束会议（不足到会下限，议题退回议程）", sources=(S.HELD,),
            targets=(S.NO_CONCLUSION,), side=Side.SECRETARY,
        ),
        *_stays("resolve", "登记议定事项", S.HELD, S.CLOSED),
        *_stays("file", "上传签字原件", S.HELD, S.CLOSED, S.NO_CONCLUSION),
        *_stays("minutes", "签发纪要", S.CLOSED),
    ),
    stops=(
        Stop(label="召集"),
        Stop(label="登记到会", states=(S.PLANNED,)),
        Stop(label="逐项表决", states=(S.HELD,)),
        Stop(label="结束", states=(S.CLOSED, S.NO_CONCLUSION)),
    ),
    failed=frozenset({S.NO_CONCLUSION.value}),
)  # fmt: skip
