"""解除疑似认定: how a plan or contract that looks like a lease in disguise is cleared, and never a hard sign.

第十八条「禁止以租代管、承包经营，坚决抵制变相出租承包行为」. A score can be explained: by a lawyer's
written opinion, the concurrence of 纪委 and 经审, and the decision of the supervising union, all
three. A hard sign cannot: what shows it is written anew. Pure.
"""

from approvals.enums import ClearanceState
from approvals.rules.lease import LeaseVerdict, Screen
from core.procedure import Act, Procedure, Side, Stop
from organizations.enums import DepartmentKind

CONCURRING = (DepartmentKind.DISCIPLINE, DepartmentKind.FUND_REVIEW)
LEAST_OPINION = 30  # characters of a lawyer's opinion that says why


def signs_of(result: Screen) -> list[str]:
    """What the screen found, in words that change when what was screened does."""
    return [f"{hit.indicator.code} {hit.evidence}" for hit in result.hits]


def hard_signs(result: Screen) -> list[str]:
    """The signs nothing clears."""
    return [hit.indicator.code for hit in result.hits if hit.indicator.is_hard]


def can_be_cleared(result: Screen) -> bool:
    """Whether it is SUSPECT by its score alone."""
    return result.verdict is LeaseVerdict.SUSPECT and not hard_signs(result)


def is_cleared(result: Screen, cleared: tuple[str, ...]) -> bool:
    """Whether a clearance speaks of exactly what the screen finds now."""
    return bool(cleared) and can_be_cleared(result) and tuple(signs_of(result)) == cleared


def needs_inspection(result: Screen) -> bool:
    """WATCH, and SUSPECT once cleared: looked at more often while it runs."""
    return result.verdict is not LeaseVerdict.CLEAR


S = ClearanceState
CLEARING = Procedure(
    states=S,
    acts=(
        Act(
            name="concur", label="纪委、经审表示意见", sources=(S.REQUESTED,),
            targets=(S.REQUESTED, S.CONCURRED, S.REFUSED), side=Side.COUNTERSIGNERS,
        ),
        Act(
            name="decide", label="主管工会会议决定", sources=(S.CONCURRED,),
            targets=(S.CLEARED, S.REFUSED), side=Side.SECRETARY,
        ),
        Act(  # 缓议 is not 不通过: it is on the agenda again
            name="decide", label="主管工会会议缓议，再次上会", sources=(S.CONCURRED,),
            targets=(S.CONCURRED,), side=Side.SECRETARY,
        ),
        Act(
            name="lapse", label="内容改过，另行申请", sources=(S.REQUESTED, S.CONCURRED),
            targets=(S.LAPSED,), side=Side.SYSTEM, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="申请", states=(S.LAPSED,)),
        Stop(label="纪委、经审", states=(S.REQUESTED,)),
        Stop(label="主管工会会议", states=(S.CONCURRED,)),
        Stop(label="结论", states=(S.CLEARED, S.REFUSED)),
    ),
    failed=frozenset({S.REFUSED.value, S.LAPSED.value}),
)  # fmt: skip
