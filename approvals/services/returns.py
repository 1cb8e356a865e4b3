"""退回: to the venue, or to a desk the plan has passed."""

from datetime import datetime

from accounts.models import User
from approvals.enums import NODE_PERMISSIONS, Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion, Proposal, ReturnPoint, Task
from approvals.rules import detours
from approvals.rules.route import NODE_STAGES, Route, goes_on_behind_a_meeting
from approvals.services import common, course
from core.errors import ActionBlocked, Reason

TO_VENUE = ""


def passed_nodes(proposal: Proposal) -> list[Node]:
    """The desks the plan has passed on its route, nearest last."""
    return detours.passed_nodes(Route.from_json(proposal.route), Stage(proposal.stage))


def target_of(task: Task, outcome: Outcome, return_to: str) -> Node | None:
    """The desk a 退回 goes to; None is the venue. Only a passed desk can be gone back to."""
    if outcome is not Outcome.RETURN or return_to == TO_VENUE:
        return None
    if return_to not in passed_nodes(task.proposal):
        raise ActionBlocked(
            Reason("只能退回阵地，或退回本方案已经走过的环节，请重新选择。", field="return_to")
        )
    return Node(return_to)


def carry_out(
    opinion: Opinion, target: Node | None, points: list[str], *, is_direct: bool, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """Cancel the desks that are still at it and send the plan back.

    A desk whose 后加签 was not answered yet had not finished: it signs anew.
    """
    proposal = opinion.proposal
    unfinished = proposal.opinions.filter(is_valid=True, task__status=TaskStatus.PASSING)
    unfinished.update(is_valid=False, void_reason="退回时后加签尚未答复，重新签署")
    common.cancel_open_tasks(proposal, at=at)
    if target is None:
        _to_venue(opinion, points, is_direct=is_direct, by=by, at=at)
    else:
        _to_desk(opinion, target, points, is_direct=is_direct, by=by, at=at)


def _to_venue(
    opinion: Opinion, points: list[str], *, is_direct: bool, by: User, at: datetime
) -> None:
    """直送退回人 is remembered here and carried out, or not, when the venue submits again."""
    proposal = opinion.proposal
    for number, point in enumerate(points, start=1):
        ReturnPoint.objects.create(
            proposal=proposal, plan_version=opinion.plan_version, no=number, text=point,
            raised_by=by, raised_at=at,
        )  # fmt: skip
    proposal.direct_to = Stage(proposal.stage) if is_direct else ""
    common.move(proposal, Stage.RETURNED, at=at)
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "方案已退回，请逐条答复后重新报送", key="returned", at=at)


def _to_desk(
    opinion: Opinion, target: Node, points: list[str], *, is_direct: bool, by: User, at: datetime
) -> None:
    """Ask a passed desk again on the same version.

    逐级重走 (the rule): what was said from that desk on no longer counts, also where the plan
    had gone further before and came back directly. 直送退回人: only the asked desk speaks
    again, then the plan comes straight back to who returned it. What no longer counts stays
    readable.
    """
    proposal, stage = opinion.proposal, Stage(opinion.proposal.stage)
    nodes = list(NODE_STAGES)
    again = [target] if is_direct else nodes[nodes.index(target) :]
    spoken = proposal.opinions.filter(is_valid=True)
    void = {"is_valid": False, "void_reason": f"已退回{target.label}，重新办理"}
    spoken.filter(task__node__in=again).update(**void)
    spoken.filter(task__parent__node__in=again).update(**void)
    spoken.filter(pk=opinion.pk).update(**void)
    if not goes_on_behind_a_meeting(proposal.direct_to):
        proposal.direct_to = stage if is_direct else ""
    course.enter_stage(proposal, NODE_STAGES[target], by=by, at=at)
    people = common.holders(NODE_PERMISSIONS[target], proposal=proposal, today=at.date())
    common.tell(
        people, proposal, f"{opinion.task.desk_label}退回，请重新办理",
        key=f"sent-back:{opinion.pk}", at=at, text="\n".join(points),
    )  # fmt: skip
