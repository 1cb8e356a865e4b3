"""离岗交接: what a leaver holds goes to one successor in one batch, each piece with its answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import TaskStatus
from approvals.models import Delegation, Proposal, Task, TaskTransfer
from approvals.selectors.leaving import Held, held_work
from approvals.services import clocks, common, consulting, handling
from audit.services import record
from core.errors import ActionBlocked, DomainError, Reason, Refused
from core.models import lock
from meetings import services as meetings
from meetings.models import AgendaItem
from venues.selectors import may_supervise
from venues.services import replace_supervisor


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of one piece of a leaver's work."""

    held: Held
    is_done: bool
    reason: str


@transaction.atomic
def hand_over(
    *, leaver: User, to: User, reason: str, by: User, at: datetime, command_id: UUID | None = None
) -> list[HandedOver]:
    """Hand a leaver's desk to a successor: work in their name, and desks they held for others.

    The separation of duties holds for the successor as for anybody: what they may not take
    stays, with the reason. The administrator who does it sees desks and days, no content.
    """
    if not (by.can(Permission.ACCOUNT_WRITE) or by.can(Permission.POST_WRITE)):
        raise Refused("离岗交接由系统管理员或安全管理员办理。")
    if leaver.pk == to.pk or not to.is_active:
        raise ActionBlocked(Reason("接替人须是另一个在用的账号。", field="people"))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明交接原因。", field="reason"))
    found = [
        _one(held, leaver=leaver, to=to, reason=reason.strip(), by=by, at=at)
        for held in held_work(leaver, today=at.date())
    ]
    done = sum(one.is_done for one in found)
    record(
        case_id=leaver.pk,
        code="approvals.desk.handed_over",
        title=f"离岗交接：{leaver.name}交{to.name}，{done} 件已交，{len(found) - done} 件未交",
        by=by,
        at=at,
        command_id=command_id,
        body={
            "to": str(to.pk),
            "rows": [
                {
                    "task": str(one.held.task.pk) if one.held.task else "",
                    "desk": one.held.label,
                    "done": one.is_done,
                    "reason": one.reason,
                }
                for one in found
            ],
        },
    )
    return found


def _one(held: Held, *, leaver: User, to: User, reason: str, by: User, at: datetime) -> HandedOver:
    try:
        with transaction.atomic():
            if held.delegation:
                _end_delegation(held.delegation, by=by, at=at)
                return HandedOver(held, is_done=True, reason="代理已收回，回到委托人")
            if held.venue:
                replace_supervisor(venue=held.venue, to=to, reason=reason, by=by, at=at)
            elif held.plan:
                _name_supervisor(held.plan, leaver=leaver, to=to, reason=reason, by=by, at=at)
            elif held.changes:
                _name_confirmer(held.changes, to=to, reason=reason, by=by, at=at)
            else:
                _give(held, leaver=leaver, to=to, reason=reason, by=by, at=at)
    except DomainError as refusal:
        text = "；".join(one.text for one in refusal.reasons)
        return HandedOver(held, is_done=False, reason=text)
    return HandedOver(held, is_done=True, reason=f"已交{to.name}")


def _give(held: Held, *, leaver: User, to: User, reason: str, by: User, at: datetime) -> None:
    if held.task is None:
        return
    proposal = common.lock_proposal(held.task.proposal, None, even_suspended=True)
    rows = Task.objects.select_related("plan_version", "parent", "asked_by")
    task = lock(rows, pk=held.task.pk)
    task.proposal = proposal
    if refusal := _why_not(task, to, leaver=leaver):
        raise ActionBlocked(refusal)
    TaskTransfer.objects.create(task=task, from_user=leaver, to_user=to, reason=reason, at=at)
    task.assignee = to
    task.save_new_version()
    if not proposal.suspended_at:
        common.set_reminders(task, at=at)
    title = f"离岗交接：{task.desk_label}由{leaver.name}交{to.name}办理：{reason}"
    common.note(
        proposal, "task.handed_over", title, by=by, at=at,
        body={"task": str(task.pk), "to": str(to.pk)},
    )  # fmt: skip
    key = f"handed-over:{task.pk}:{task.version}"
    told = f"离岗交接，由您接办：{task.desk_label}"
    common.tell([to], proposal, told, key=key, at=at, text=reason)


def _name_confirmer(item: AgendaItem, *, to: User, reason: str, by: User, at: datetime) -> None:
    """修改后通过 counts only when the named person confirms: the name goes to the successor."""
    found = Proposal.objects.get(decisions__item=item)
    proposal = common.lock_proposal(found, None, even_suspended=True)
    meetings.replace_confirmer(item=item, to=to, reason=reason, by=by, at=at)
    clocks.remind_of_stage(proposal, at=at)
    key = f"confirmer:{item.pk}:{to.pk}"
    common.tell([to], proposal, "离岗交接，由您确认修改是否到位", key=key, at=at, text=reason)


def _name_supervisor(
    plan: Proposal, *, leaver: User, to: User, reason: str, by: User, at: datetime
) -> None:
    """「谁主管、谁负责」: the plan answers to a named person, who is told of what is late."""
    proposal = common.lock_proposal(plan, None, even_suspended=True)
    union = proposal.supervising_union
    if not may_supervise(to, union, on=at.date()):
        text = (
            f"监管责任人须是{union.name}资产监督管理部门的在任人员，"
            "请交给该部门的人员，或者先由该部门在阵地页另行确定。"
        )
        raise ActionBlocked(Reason(text, "4-1"))
    proposal.supervisor = to
    proposal.save_new_version()
    if not proposal.suspended_at:
        for task in proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).order_by("pk"):
            task.proposal = proposal
            if task.is_desk or task.status == TaskStatus.OPEN:
                common.set_reminders(task, at=at)
    clocks.remind_of_stage(proposal, at=at)
    title = f"离岗交接：监管责任人由{leaver.name}改为{to.name}：{reason}"
    common.note(proposal, "supervisor.replaced", title, by=by, at=at, body={"to": str(to.pk)})
    told = "离岗交接，由您任监管责任人"
    common.tell([to], proposal, told, key=f"supervisor:{to.pk}", at=at, text=reason)


def _why_not(task: Task, to: User, *, leaver: User) -> str:
    """Why the successor cannot take it; a desk asks the same as a 转办, what was asked as a 加签."""
    if task.parent and task.asked_by:
        task.parent.proposal = task.proposal
        return consulting.why_not_asked(task.parent, to, by=task.asked_by)
    return handling.why_not_taken_over(task, to, by=leaver)


def _end_delegation(delegation: Delegation, *, by: User, at: datetime) -> None:
    delegation = lock(Delegation.objects.all(), pk=delegation.pk)
    delegation.revoked_by, delegation.revoked_at = by, at
    delegation.save_new_version()
