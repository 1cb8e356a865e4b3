"""流程管理: suspend, resume, void."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from approvals import allowed
from approvals.enums import Stage, TaskStatus
from approvals.models import Proposal, Suspension
from approvals.services import clocks, common, side_clocks
from core.errors import ActionBlocked, Reason
from documents.services import void_number
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services


@transaction.atomic
def suspend_proposal(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Suspension:  # fmt: skip
    """中止办理: the clocks stand still; the plan stays in every list."""
    proposal = common.lock_proposal(proposal, version, even_suspended=True)
    allowed.ensure(allowed.why_not_suspended(by, proposal))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明中止办理的理由。", field="reason"))
    suspension = Suspension.objects.create(proposal=proposal, reason=reason.strip(), by=by, at=at)
    for task in _desks(proposal):
        common.end_reminders(task, at=at)
    clocks.end(proposal, at=at)
    side_clocks.end_all(proposal, at=at)
    proposal.suspended_at, proposal.updated_at = at, at
    proposal.save_new_version()
    title = f"中止办理：{reason.strip()}"
    common.note(proposal, "proposal.suspended", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(
        people, proposal, "方案中止办理", key=f"suspended:{suspension.pk}", at=at, text=reason
    )
    return suspension


@transaction.atomic
def resume_proposal(
    *, proposal: Proposal, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Suspension:
    """恢复办理: each desk has as many working days left as when the clocks were stopped."""
    proposal = common.lock_proposal(proposal, version, even_suspended=True)
    allowed.ensure(allowed.why_not_resumed(by, proposal))
    suspension = proposal.suspensions.get(resumed_at=None)
    stopped = localdate(suspension.at)
    for task in _desks(proposal):
        due_on = clocks.postponed(task.due_on, stopped=stopped, at=at)
        if due_on != task.due_on:
            task.due_on = due_on
            task.save_new_version()
        task.proposal = proposal
        if task.is_desk or task.status == TaskStatus.OPEN:
            common.set_reminders(task, at=at)
    suspension.resumed_by, suspension.resumed_at = by, at
    suspension.save(update_fields=["resumed_by", "resumed_at"])
    proposal.suspended_at, proposal.updated_at = None, at
    clocks.resume(proposal, stopped=stopped, at=at)
    side_clocks.resume_all(proposal, stopped=stopped, at=at)
    proposal.save_new_version()
    common.note(proposal, "proposal.resumed", "恢复办理", by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "方案恢复办理", key=f"resumed:{suspension.pk}", at=at)
    return suspension


def _desks(proposal: Proposal):
    return proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).order_by("pk")


@transaction.atomic
def void_proposal(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """作废: end a matter that must not go on; its number stays its own and is never given again."""
    proposal = common.lock_proposal(proposal, version, even_suspended=True)
    allowed.ensure(allowed.why_not_voided(by, proposal))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明作废理由。", field="reason"))
    end_as_void(proposal, reason, by=by, at=at)
    title = f"作废：{reason.strip()}"
    common.note(proposal, "proposal.voided", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "方案已作废", key="void", at=at, text=reason)
    return proposal


def end_as_void(proposal: Proposal, reason: str, *, by: User, at: datetime) -> None:
    """Close whatever a locked plan still has open; its number is kept as 作废."""
    common.cancel_open_tasks(proposal, at=at)
    for item in meeting_selectors.open_items_of(proposal.pk):
        meeting_services.withdraw_item(item=item, by=by, at=at)
    if suspension := proposal.suspensions.filter(resumed_at=None).first():
        suspension.resumed_by, suspension.resumed_at = by, at
        suspension.save(update_fields=["resumed_by", "resumed_at"])
    proposal.suspended_at = None
    common.move(proposal, Stage.VOID, at=at)
    if proposal.number:
        void_number(case_id=proposal.case_id, text=proposal.number, reason=reason)
