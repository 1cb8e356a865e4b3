"""流程管理: suspend, resume, void; delegate a desk for a time."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import allowed
from approvals.enums import Node, Stage, TaskStatus
from approvals.models import Delegation, Proposal, Suspension
from approvals.rules.roads import DELEGATING
from approvals.services import clocks, common
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from documents.services import void_number
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from notifications import services as notifications
from organizations.models import TradeUnion

LONGEST_DELEGATION = timedelta(days=92)


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
    common.cancel_open_tasks(proposal, at=at)
    for item in meeting_selectors.items_of(proposal.pk):
        if not item.conclusion and not item.withdrawn_at:
            meeting_services.withdraw_item(item=item, by=by, at=at)
    if suspension := proposal.suspensions.filter(resumed_at=None).first():
        suspension.resumed_by, suspension.resumed_at = by, at
        suspension.save(update_fields=["resumed_by", "resumed_at"])
    proposal.suspended_at = None
    common.move(proposal, Stage.VOID, at=at)
    if proposal.number:
        void_number(case_id=proposal.case_id, text=proposal.number, reason=reason)
    title = f"作废：{reason.strip()}"
    common.note(proposal, "proposal.voided", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(people, proposal, "方案已作废", key="void", at=at, text=reason)
    return proposal


@transaction.atomic
def delegate(
    *, agent: User, union: TradeUnion, node: Node, valid_from: date, valid_to: date, reason: str,
    includes_waiting: bool, by: User, at: datetime, command_id: UUID | None = None,
) -> Delegation:  # fmt: skip
    """Let somebody of the same union act at one's desk for a time (代理).

    One gives only what one's own post holds today; what was delegated cannot be passed
    on; two delegations of one desk may not overlap. Votes of a meeting have no delegate.
    """
    node = Node(node)
    allowed.ensure(allowed.why_not_delegated(by, union, node))
    reasons = _delegation_reasons(
        agent, union, node, valid_from, valid_to, by=by, today=localdate(at)
    )
    if reasons:
        raise ActionBlocked(reasons)
    delegation = Delegation.objects.create(
        principal=by, agent=agent, union=union, node=node, valid_from=valid_from,
        valid_to=valid_to, includes_waiting=includes_waiting, reason=reason.strip(), created_at=at,
    )  # fmt: skip
    title = f"委托{agent.name}代理“{node.label}”（{valid_from} 至 {valid_to}）"
    _note_delegation(delegation, "made", title, by=by, at=at, command_id=command_id)
    _tell_agent(delegation, f"{by.name}委托您代理“{node.label}”", at=at)
    return delegation


def _delegation_reasons(
    agent: User, union: TradeUnion, node: Node, valid_from: date, valid_to: date, *, by: User,
    today: date,
) -> list[Reason]:  # fmt: skip
    reasons = []
    if agent.pk == by.pk:
        reasons.append(Reason("不能委托自己代理。", field="agent"))
    elif not agent.is_active or post_for(agent, Permission.ERRAND_WRITE, union=union) is None:
        reasons.append(Reason(f"代理人须是{union.name}的在岗人员。", field="agent"))
    if valid_from < today:
        reasons.append(Reason("代理起日不能早于今天。", field="valid_from"))
    if valid_to < valid_from:
        reasons.append(Reason("代理止日不能早于代理起日。", field="valid_to"))
    elif valid_to - valid_from > LONGEST_DELEGATION:
        reasons.append(Reason("一次代理最长三个月（系统默认），请缩短期限。", field="valid_to"))
    if Delegation.objects.overlapping(by, node, valid_from, valid_to).exists():
        text = f"您在这段时间已经委托他人代理“{node.label}”，请先收回原来的委托。"
        reasons.append(Reason(text, field="valid_from"))
    return reasons


@transaction.atomic
def revoke_delegation(
    *, delegation: Delegation, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Delegation:  # fmt: skip
    """Take a delegation back; it ends at once."""
    rows = Delegation.objects.select_related("principal", "agent", "union")
    delegation = lock(rows, pk=delegation.pk, version=version)
    if delegation.principal_id != by.pk:
        raise Refused("只能收回自己的委托。")
    if not DELEGATING.allows("revoke", delegation.state_on(localdate(at))):
        raise StaleVersion("这项委托已经收回。")
    delegation.revoked_by, delegation.revoked_at = by, at
    delegation.save_new_version()
    title = f"收回{delegation.agent.name}的代理“{delegation.get_node_display()}”"
    _note_delegation(delegation, "revoked", title, by=by, at=at, command_id=command_id)
    _tell_agent(delegation, f"{by.name}收回了“{delegation.get_node_display()}”的代理", at=at)
    return delegation


def _note_delegation(
    delegation: Delegation, act: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    record(
        case_id=delegation.pk, code=f"approvals.delegation.{act}", title=title, by=by, at=at,
        command_id=command_id, union_id=delegation.union_id, body={"agent": str(delegation.agent_id)},
    )  # fmt: skip


def _tell_agent(delegation: Delegation, title: str, *, at: datetime) -> None:
    notifications.notify(
        users=[delegation.agent], title=title, body=delegation.reason, url="/delegations/",
        kind="approvals.delegation", dedupe_key=f"delegation:{delegation.pk}:{delegation.version}",
        at=at, case_id=delegation.pk,
    )  # fmt: skip
