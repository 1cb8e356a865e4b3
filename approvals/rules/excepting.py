"""The road of an exception as a table: written, cleared by counsel, decided by the party group."""

from datetime import date

from approvals.enums import ExceptionState
from core.procedure import Act, Procedure, Side, Stop

E = ExceptionState

EXCEPTING = Procedure(
    states=E,
    acts=(
        Act(
            name="submit", label="报送法律审核", sources=(E.DRAFT,), targets=(E.SUBMITTED,),
            side=Side.VENUE,
        ),
        Act(
            name="update", label="修改", sources=(E.DRAFT,), targets=(E.DRAFT,), side=Side.VENUE,
            is_turn=False,
        ),
        Act(
            name="review", label="法律审核：可以上会", sources=(E.SUBMITTED,),
            targets=(E.LEGAL_REVIEWED,), side=Side.COUNSEL,
        ),
        Act(
            name="review", label="法律审核：退回修改", sources=(E.SUBMITTED,), targets=(E.DRAFT,),
            side=Side.COUNSEL,
        ),
        Act(
            name="decide", label="党组会议：通过", sources=(E.LEGAL_REVIEWED,),
            targets=(E.APPROVED,), side=Side.SECRETARY,
        ),
        Act(
            name="decide", label="党组会议：缓议", sources=(E.LEGAL_REVIEWED,), targets=(E.DRAFT,),
            side=Side.SECRETARY,
        ),
        Act(
            name="decide", label="党组会议：不通过", sources=(E.LEGAL_REVIEWED,),
            targets=(E.REJECTED,), side=Side.SECRETARY,
        ),
        Act(
            name="revoke", label="撤销", sources=(E.APPROVED,), targets=(E.REVOKED,),
            side=Side.DEPARTMENT, is_turn=False,
        ),
        Act(
            name="renew", label="过期后重新申请", sources=(E.APPROVED,), targets=(E.EXPIRED,),
            side=Side.VENUE, is_turn=False,
        ),
    ),
    stops=(
        Stop(label="起草", states=(E.DRAFT,)),
        Stop(label="法律审核", states=(E.SUBMITTED,)),
        Stop(label="上会", states=(E.LEGAL_REVIEWED,)),
        Stop(label="结论", states=(E.APPROVED, E.REJECTED, E.REVOKED, E.EXPIRED)),
    ),
    failed=frozenset({E.REJECTED.value, E.REVOKED.value, E.EXPIRED.value}),
)  # fmt: skip


def state_on(state: str, valid_until: date, day: date) -> ExceptionState:
    """The state an exception is shown in on a day: an approved one is 已过期 once its term is over.

    Nothing is written when the day comes: the row keeps what the party group decided.
    """
    if state == E.APPROVED and valid_until < day:
        return E.EXPIRED
    return E(state)
