"""Opinions of the desks: formal review, countersigning, legal review."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import Duty, Node, Outcome, TaskStatus
from approvals.models import (
    Condition,
    ObjectionResolution,
    Opinion,
    OpinionDraft,
    Task,
)
from approvals.rules.route import STATUTORY_COUNTERSIGNERS
from approvals.services import common, consulting, countersigning, course, major, returns, seating
from approvals.services.involving import take_duty
from approvals.services.returns import TO_VENUE
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import STALE, lock

ALLOWED_OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    Node.FORMAL_REVIEW: (Outcome.AGREE, Outcome.RETURN),
    Node.COUNTERSIGNATURE: (
        Outcome.AGREE,
        Outcome.CONDITIONAL,
        Outcome.RESERVE,
        Outcome.RETURN,
        Outcome.DISAGREE,
        Outcome.RECUSE,
    ),
    Node.LEGAL_REVIEW: (
        Outcome.AGREE,
        Outcome.CONDITIONAL,
        Outcome.RESERVE,
        Outcome.RETURN,
        Outcome.DISAGREE,
    ),
    Node.LEADER_SIGNOFF: (
        Outcome.AGREE,
        Outcome.RESERVE,
        Outcome.RETURN,
        Outcome.DISAGREE,
    ),
    Node.CONSULTATION: (Outcome.AGREE, Outcome.RESERVE, Outcome.DISAGREE),
}
EVENT_OF_NODE = {
    Node.FORMAL_REVIEW: "formal_review.given",
    Node.COUNTERSIGNATURE: "countersignature.given",
    Node.LEGAL_REVIEW: "legal_review.given",
    Node.LEADER_SIGNOFF: "leader_signoff.given",
}


def outcomes_for(task: Task) -> tuple[Outcome, ...]:
    """What this desk may say; only departments added to the statutory four may stand aside."""
    allowed = ALLOWED_OUTCOMES[task.node]
    if task.department_kind in STATUTORY_COUNTERSIGNERS:
        return tuple(one for one in allowed if one is not Outcome.RECUSE)
    return allowed


@transaction.atomic
def save_opinion_draft(
    *, task: Task, outcome: str, text: str, by: User, at: datetime, points: str = "",
    conditions: str = "", command_id: UUID | None = None,
) -> OpinionDraft:  # fmt: skip
    """Keep an opinion not yet sent; it is its writer's alone and leaves no trace in the ledger."""
    permissions.require_desk(by, task)
    if task.status != TaskStatus.OPEN:
        raise StaleVersion(STALE)
    typed = {"outcome": outcome, "text": text, "points": points, "conditions": conditions}
    draft, _ = OpinionDraft.objects.update_or_create(
        task=task, by=by, defaults=typed | {"saved_at": at}
    )
    return draft


@transaction.atomic
def give_opinion(
    *, task: Task, outcome: Outcome, text: str, version: int, content_sha256: str, by: User,
    at: datetime, points: Sequence[str] = (), conditions: Sequence[str] = (),
    return_to: str = TO_VENUE, is_direct: bool = False, command_id: UUID | None = None,
) -> Opinion:  # fmt: skip
    """Give a desk's opinion on the version that was seen, and move the plan on.

    The plan's row is locked first, so two desks that press at once are served one after
    the other. 退回 cancels the other desks and goes to the venue, or to a desk the plan
    has passed (`return_to`), from where it comes straight back when `is_direct` (from the
    venue only when nothing material was changed); 不同意
    does not end the plan but must be resolved in writing before the meeting; 附条件
    leaves conditions to be met before signing. Who was consulted afterwards (后加签)
    speaks before the plan moves on.
    """
    task = lock_task(task, version, by)
    seat = permissions.require_seat(by, task)
    outcome = Outcome(outcome)
    points, conditions = _listed(points), _listed(conditions)
    _ensure_complete(task, outcome, text, points, conditions, by=by, at=at)
    target = returns.target_of(task, outcome, return_to)
    opinion = write_opinion(
        task, outcome=outcome, text=text, content_sha256=content_sha256, seat=seat, at=at
    )
    for position, condition in enumerate(conditions, start=1):
        Condition.objects.create(
            opinion=opinion, proposal=task.proposal, text=condition, position=position
        )
    OpinionDraft.objects.filter(task=task).delete()
    common.note(
        task.proposal, EVENT_OF_NODE[Node(task.node)], f"{task.desk_label}：{outcome.label}",
        by=by, at=at, command_id=command_id,
        body={"opinion": opinion.pk, "outcome": outcome.value}, snapshot_sha256=content_sha256,
    )  # fmt: skip
    if outcome is Outcome.RETURN:
        common.close_task(task, status=TaskStatus.DONE, at=at, by=by)
        returns.carry_out(opinion, target, points, is_direct=is_direct, by=by, at=at)
    else:
        asked = consulting.ask_those_after(task, at=at)
        status = TaskStatus.PASSING if asked else TaskStatus.DONE
        common.close_task(task, status=status, at=at, by=by)
        if task.node == Node.FORMAL_REVIEW:
            major.confirm_proposed(task.proposal, seat.position, by=by, at=at)
        course.advance(task.proposal, by=by, at=at)
        seating.reseat(task.proposal, seat.people, at=at)
    return opinion


def lock_task(task: Task, version: int, by: User) -> Task:
    """A task that may be signed, with its plan, both held; else why not."""
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    task = lock(Task.objects.select_related("plan_version"), pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(allowed.why_not_signed(by, task))
    return task


def write_opinion(
    task: Task, *, outcome: Outcome, text: str, content_sha256: str, seat: permissions.Seat,
    at: datetime,
) -> Opinion:  # fmt: skip
    """Keep what was said, by whom, for whom and on which content."""
    if content_sha256 != task.plan_version.sha256:
        raise StaleVersion("方案内容已有新版本，请刷新页面，看过现在的内容再签署意见。")
    take_duty(task.proposal.cooperation_id, seat.people, Duty.APPROVER, task.desk_label, at=at)
    return Opinion.objects.create(
        task=task,
        proposal=task.proposal,
        plan_version=task.plan_version,
        outcome=outcome,
        text=text.strip(),
        by=seat.user,
        on_behalf_of=seat.on_behalf_of,
        position=seat.position,
        at=at,
        content_sha256=content_sha256,
    )


def _listed(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def _ensure_complete(
    task: Task,
    outcome: Outcome,
    text: str,
    points: list[str],
    conditions: list[str],
    *,
    by: User,
    at: datetime,
) -> None:
    if outcome not in ALLOWED_OUTCOMES[task.node]:
        allowed = "、".join(one.label for one in ALLOWED_OUTCOMES[task.node])
        raise ActionBlocked(
            Reason(f"{task.get_node_display()}只能选择：{allowed}。", field="outcome")
        )
    countersigning.ensure_may_stand_aside(task, outcome)
    consulting.ensure_text(task, outcome, text, by=by, at=at)
    if outcome is Outcome.RETURN and not points:
        raise ActionBlocked(Reason("退回时须逐条列出需要补正的问题。", field="points"))
    if outcome is Outcome.CONDITIONAL and not conditions:
        raise ActionBlocked(Reason("附条件时须逐条列出条件。", field="conditions"))


@transaction.atomic
def resolve_objection(
    *, opinion: Opinion, text: str, by: User, at: datetime, command_id: UUID | None = None
) -> ObjectionResolution:
    """Answer a 不同意 in writing; without it the plan does not go to the meeting."""
    proposal = common.lock_proposal(opinion.proposal, None)
    post = permissions.require_duty(by, Permission.OBJECTION_RESOLVE, proposal)
    permissions.refuse_own_part(by, proposal)
    opinion = Opinion.objects.select_related("task").get(pk=opinion.pk)
    if not opinion.needs_resolution:
        raise ActionBlocked("这条意见不是现行版本的不同意意见，不需要处理。")
    if opinion.by_id == by.pk:
        raise Refused("不能由签署不同意意见的人自己处理，请由资产监管部门负责人办理。")
    if ObjectionResolution.objects.filter(opinion=opinion).exists():
        raise StaleVersion("这条不同意意见已经有处理意见，请刷新页面查看。")
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "处理异议", at=at)
    resolution = ObjectionResolution.objects.create(
        opinion=opinion, text=text, by=by, position=post.full_title, at=at
    )
    title = f"处理异议：{opinion.task.desk_label}"
    common.note(proposal, "objection.resolved", title, by=by, at=at, command_id=command_id)
    return resolution
