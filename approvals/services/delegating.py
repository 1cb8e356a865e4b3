"""代理: a desk delegated for a time, by who sits at it or by who keeps the procedure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import allowed
from approvals.enums import PLAN_KINDS, Node
from approvals.models import Delegation, Proposal
from approvals.rules.roads import DELEGATING
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from notifications import services as notifications
from organizations.models import TradeUnion

LONGEST_DELEGATION = timedelta(days=92)
KINDS = dict(PLAN_KINDS)


@transaction.atomic
def delegate(
    *, agent: User, union: TradeUnion, node: Node, valid_from: date, valid_to: date, reason: str,
    includes_waiting: bool, by: User, at: datetime, principal: User | None = None,
    kinds: Sequence[str] = (), plans: Sequence[Proposal] = (), command_id: UUID | None = None,
) -> Delegation:  # fmt: skip
    """Let somebody of the same union act at one's desk for a time (代理).

    One gives only what one's own post holds today; what was delegated cannot be passed
    on; two delegations of one desk over the same plans may not overlap. `kinds` or `plans`
    narrow it. For a `principal` who is away it is made by who keeps the procedure of the
    union, never to themselves. Votes of a meeting have no delegate.
    """
    node, giver = Node(node), principal or by
    User.objects.select_for_update(of=("self",)).get(pk=giver.pk)  # one delegation at a time
    allowed.ensure(allowed.why_not_delegated(by, union, node, principal=giver))
    reasons = _delegation_reasons(
        agent, union, node, valid_from, valid_to, by=by, giver=giver, today=localdate(at)
    )
    reasons += _scope_reasons(union, kinds, plans)
    if not reasons and _is_given(giver, union, node, valid_from, valid_to, kinds, plans):
        who = "您" if giver == by else giver.name
        text = f"{who}在这段时间已经委托他人代理“{node.label}”，请先收回原来的委托。"
        reasons.append(Reason(text, field="valid_from"))
    if reasons:
        raise ActionBlocked(reasons)
    delegation = Delegation.objects.create(
        principal=giver, agent=agent, union=union, node=node, valid_from=valid_from,
        valid_to=valid_to, includes_waiting=includes_waiting, reason=reason.strip(), created_at=at,
        kinds=list(kinds), made_by=None if giver == by else by,
    )  # fmt: skip
    delegation.plans.set(plans)
    scope = scope_words(delegation)
    away = "" if giver == by else f"代{giver.name}"
    title = f"{away}委托{agent.name}代理“{node.label}”（{scope}，{valid_from} 至 {valid_to}）"
    _note_delegation(delegation, "made", title, by=by, at=at, command_id=command_id)
    _tell(delegation, agent, f"{giver.name}委托您代理“{node.label}”（{scope}）", at=at)
    if giver != by:
        text = f"{by.name}代您委托{agent.name}代理“{node.label}”（{scope}），您可以随时收回"
        _tell(delegation, giver, text, at=at)
    return delegation


def scope_words(delegation: Delegation) -> str:
    """For which plans a delegation holds."""
    if not delegation.is_narrow:
        return "全部方案"
    labels = [KINDS[one] for one in delegation.kinds]
    return "、".join([*labels, *(str(one) for one in delegation.plans.all())])


def _scope_reasons(
    union: TradeUnion, kinds: Sequence[str], plans: Sequence[Proposal]
) -> list[Reason]:
    if set(kinds) - set(KINDS):
        return [Reason("请从列出的方案类别中选择。", field="kinds")]
    if any(one.supervising_union_id != union.pk for one in plans):
        return [Reason(f"只能指定{union.name}主管的方案。", field="plans")]
    return []


def _is_given(
    giver: User, union: TradeUnion, node: Node, start: date, end: date, kinds: Sequence[str],
    plans: Sequence[Proposal],
) -> bool:  # fmt: skip
    """Whether a desk is given away in the period already, of one of the same plans."""
    for one in Delegation.objects.overlapping(giver, node, start, end).filter(union=union):
        if not one.is_narrow or not (kinds or plans):
            return True
        theirs = {plan.kind_code for plan in one.plans.all()}
        if set(kinds) & (set(one.kinds) | theirs) or any(one.covers(plan) for plan in plans):
            return True
    return False


def _delegation_reasons(
    agent: User, union: TradeUnion, node: Node, valid_from: date, valid_to: date, *, by: User,
    giver: User, today: date,
) -> list[Reason]:  # fmt: skip
    reasons = []
    if agent.pk == giver.pk:
        reasons.append(Reason("不能委托自己代理。", field="agent"))
    elif agent.pk == by.pk:
        reasons.append(Reason("代他人委托时，代理人不能是您自己。", field="agent"))
    elif not agent.is_active or post_for(agent, Permission.ERRAND_WRITE, union=union) is None:
        reasons.append(Reason(f"代理人须是{union.name}的在岗人员。", field="agent"))
    if valid_from < today:
        reasons.append(Reason("代理起日不能早于今天。", field="valid_from"))
    if valid_to < valid_from:
        reasons.append(Reason("代理止日不能早于代理起日。", field="valid_to"))
    elif valid_to - valid_from > LONGEST_DELEGATION:
        reasons.append(Reason("一次代理最长三个月（系统默认），请缩短期限。", field="valid_to"))
    return reasons


@transaction.atomic
def revoke_delegation(
    *, delegation: Delegation, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Delegation:  # fmt: skip
    """Take a delegation back; it ends at once."""
    rows = Delegation.objects.select_related("principal", "agent", "union")
    delegation = lock(rows, pk=delegation.pk, version=version)
    keeps = post_for(by, Permission.PROCEDURE_KEEP, union=delegation.union)
    if delegation.principal_id != by.pk and not keeps:
        raise Refused("只能收回自己的委托；本人不在岗的，由流程管理的部长收回。")
    if not DELEGATING.allows("revoke", delegation.state_on(localdate(at))):
        raise StaleVersion("这项委托已经收回。")
    delegation.revoked_by, delegation.revoked_at = by, at
    delegation.save_new_version()
    title = f"收回{delegation.agent.name}的代理“{delegation.get_node_display()}”"
    _note_delegation(delegation, "revoked", title, by=by, at=at, command_id=command_id)
    text = f"{by.name}收回了“{delegation.get_node_display()}”的代理"
    _tell(delegation, delegation.agent, text, at=at)
    if by.pk != delegation.principal_id:
        _tell(delegation, delegation.principal, text, at=at)
    return delegation


def _note_delegation(
    delegation: Delegation, act: str, title: str, *, by: User, at: datetime,
    command_id: UUID | None,
) -> None:  # fmt: skip
    record(
        case_id=delegation.pk, code=f"approvals.delegation.{act}", title=title, by=by, at=at,
        command_id=command_id, union_id=delegation.union_id,
        body={"agent": str(delegation.agent_id), "principal": str(delegation.principal_id)},
    )  # fmt: skip


def _tell(delegation: Delegation, person: User, title: str, *, at: datetime) -> None:
    notifications.notify(
        users=[person], title=title, body=delegation.reason, url="/delegations/",
        kind="approvals.delegation", dedupe_key=f"delegation:{delegation.pk}:{delegation.version}",
        at=at, case_id=delegation.pk,
    )  # fmt: skip
