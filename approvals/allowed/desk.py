"""同意等意见, 转办, 加签, 委派, 答复, 减签: the verbs that speak of one task."""

from collections.abc import Iterable

from accounts.models import User
from approvals import permissions
from approvals.allowed.words import SUSPENDED, NotTheirs, TooLate
from approvals.enums import Node, TaskStatus
from approvals.models import Delegation, Opinion, Task
from approvals.rules.roads import DESK_WORK

DONE = "这一环节已经办理或者取消，请刷新页面查看。"
ANSWERED = "对方已经答复或已经撤销，请刷新页面查看。"
NOT_PASSED_ON = "代理的事项不能再转办他人，请由委托人本人办理或收回代理。"
NOT_A_DESK = (
    "征求意见和委派办理的事项不能签署环节意见：请答复征求意见，或者报告办理情况，由发起的环节签署。"
)
WAITING = (
    "这一环节正在等待征求意见或委派办理的结果，收到全部答复后再办理；也可以先撤销未答复的人员。"
)


def why_no_seat(
    user: User, task: Task, *, delegations: Iterable[Delegation] | None = None,
    said: Iterable[Opinion] | None = None,
) -> str:  # fmt: skip
    """Why a task is not this person's to act on: somebody else's desk, or a part they had."""
    seat = permissions.seat_at(user, task, delegations)
    if seat is None:
        return NotTheirs(permissions.whose(task))
    reason = permissions.conflict_of(seat, task, said)
    return NotTheirs(reason) if reason else ""


def why_not_signed(user: User, task: Task, **known) -> str:
    """签署意见: the desk's own word, once nobody it asked is waited for."""
    if not task.is_desk:
        return NOT_A_DESK
    if task.proposal.suspended_at:
        return SUSPENDED
    if task.status == TaskStatus.WAITING:
        return WAITING
    return _late(task, "sign") or why_no_seat(user, task, **known)


def why_not_transferred_on(user: User, task: Task, **known) -> str:
    """转办: the open work of one's own desk; what is held for another is not given on."""
    if not task.is_desk:
        return "征求意见和委派办理的事项由本人答复，不能转办。"
    if task.proposal.suspended_at:
        return SUSPENDED
    if task.status == TaskStatus.WAITING:
        return TooLate(WAITING)
    if reason := _late(task, "transfer") or why_no_seat(user, task, **known):
        return reason
    seat = permissions.seat_at(user, task, known.get("delegations"))
    if seat and seat.on_behalf_of:
        return NotTheirs(NOT_PASSED_ON)
    return ""


def why_not_shared(user: User, task: Task, **known) -> str:
    """加签, 委派: a desk asks others, also while it waits for some already."""
    if not task.is_desk:
        return "征求意见和委派办理的事项不能再加签或委派，请直接答复。"
    if task.proposal.suspended_at:
        return SUSPENDED
    return _late(task, "consult") or why_no_seat(user, task, **known)


def why_not_answered(user: User, task: Task, node: Node, **known) -> str:
    """答复征求意见, 报告委派结果: by who was asked, once."""
    if task.node != node:
        return f"“{task.desk_label}”不是{node.label}的事项，请按它自己的办理方式办理。"
    if task.proposal.suspended_at:
        return SUSPENDED
    return _late(task, "sign") or why_no_seat(user, task, **known)


def why_not_removed(user: User, task: Task) -> str:
    """减签: what one asked oneself and nobody has answered; never a desk of the route."""
    if task.is_desk:
        return "法定环节不能减去，只能撤销自己发起的征求意见或委派事项。"
    if task.proposal.suspended_at:
        return SUSPENDED
    if task.status not in TaskStatus.UNFINISHED:
        return TooLate(ANSWERED)
    if task.asked_by_id != user.pk:
        return NotTheirs(f"这件事项由{task.asked_by}发起，只能由发起人撤销。")
    return ""


def _late(task: Task, act: str) -> str:
    return "" if DESK_WORK.allows(act, task.status) else TooLate(DONE)
