"""The desks of the countersigning follow its counting: opened in turn, closed when not needed."""

from datetime import datetime

from approvals.enums import Node, Outcome, TaskStatus
from approvals.models import Proposal, ProposalVersion, Task
from approvals.rules.counting import Mark, SigningGroup, Verdict, standing_of
from approvals.rules.route import STATUTORY_COUNTERSIGNERS, Route, group_of, is_whole
from approvals.selectors.countersigning import spoken_on
from approvals.services import common, seating
from core.errors import ActionBlocked, Reason


def ensure_may_stand_aside(task: Task, outcome: Outcome) -> None:
    """回避: of the departments added to the statutory four, and never of the last one of a group."""
    if outcome is not Outcome.RECUSE:
        return
    if task.department_kind in STATUTORY_COUNTERSIGNERS:
        text = "组织人事、党委（纪委）、财务、经审四个部门须会签，部门不能回避；经办人回避的请转本部门他人办理。"
        raise ActionBlocked(Reason(text, "16-1", "outcome"))
    group = group_of(Route.from_json(task.proposal.route), task.department_kind)
    aside = {kind for kind, mark in spoken_on(task.proposal) if mark is Mark.RECUSED}
    if set(group.departments) <= aside | {task.department_kind}:
        text = "本组其他部门均已回避，至少须有一个部门签署意见，不能再回避。"
        raise ActionBlocked(Reason(text, "16-1", "outcome"))


def follow(proposal: Proposal, version: ProposalVersion, *, at: datetime) -> None:
    """Open the desks whose turn has come and close those whose turn is over."""
    route, spoken = Route.from_json(proposal.route), spoken_on(proposal)
    desks = proposal.tasks.filter(
        node=Node.COUNTERSIGNATURE, parent=None, status__in=TaskStatus.UNFINISHED
    )
    open_desks = {one.department_kind: one for one in desks.order_by("pk")}
    for group in route.signing:
        standing = standing_of(group, spoken)
        for kind in standing.turns:
            if kind not in open_desks:
                seating.open_task(
                    proposal, version, Node.COUNTERSIGNATURE, days=route.countersign_days,
                    at=at, department=kind,
                )  # fmt: skip
        status = TaskStatus.CANCELLED if standing.verdict is Verdict.OPEN else TaskStatus.OVER
        silent = [kind for kind in group.departments if kind not in dict(spoken)]
        for kind in silent:
            if kind in open_desks and kind not in standing.turns:
                _close(open_desks[kind], status, at=at)
        _mark_failure(proposal, group, standing.verdict)


def _close(task: Task, status: TaskStatus, *, at: datetime) -> None:
    for child in task.children.filter(status__in=TaskStatus.UNFINISHED).order_by("pk"):
        common.close_task(child, status=TaskStatus.CANCELLED, at=at)
    common.close_task(task, status=status, at=at)


def _mark_failure(proposal: Proposal, group: SigningGroup, verdict: Verdict) -> None:
    """Where a 或签 or 票签 did not come to agree, what was not in favour is to be answered."""
    if is_whole(group.counting):
        return
    own = proposal.opinions.filter(
        task__node=Node.COUNTERSIGNATURE, task__department_kind__in=group.departments,
        is_valid=True,
    )  # fmt: skip
    against = own.filter(outcome__in=[Outcome.RESERVE, Outcome.DISAGREE])
    if verdict is Verdict.DISPUTED:
        against.filter(fails_group=False).update(fails_group=True)
    else:
        own.filter(fails_group=True).update(fails_group=False)
