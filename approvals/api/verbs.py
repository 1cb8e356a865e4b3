"""What the token's person may do on a plan now, verb by verb, each with the reason why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from rest_framework import serializers

from accounts.models import User
from approvals import allowed
from approvals.enums import Node, TaskStatus
from approvals.models import Delegation, Proposal, Task, Urge
from approvals.selectors.pages import Desks
from approvals.services import handling, seating, urging
from core import clock
from core.api.shapes import Plain


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb, on the plan, a task or an opinion; `reason` is empty when it is allowed."""

    verb: str
    label: str
    reason: str
    of: UUID | int | None = None

    @property
    def allowed(self) -> bool:
        return not self.reason


class VerbShown(Plain):
    verb = serializers.CharField(read_only=True, label="办理")
    label = serializers.CharField(read_only=True, label="名称")
    of = serializers.CharField(
        read_only=True, allow_null=True, label="哪个环节、哪条意见的标识；针对方案的为 null"
    )
    allowed = serializers.BooleanField(read_only=True, label="现在能不能办")
    reason = serializers.CharField(read_only=True, label="不能办的原因；能办为空")


def verbs_told(
    user: User, proposal: Proposal, desks: Desks, delegations: Sequence[Delegation]
) -> list[Verb]:
    """Every verb of the approval on this plan, in the words its page and service use."""
    return [
        *_on_plan(user, proposal, desks),
        *_on_tasks(user, proposal, desks, delegations),
        *(
            Verb(
                "take_back", f"取回{one.task.desk_label}意见",
                handling.why_not_taken_back(one, proposal, by=user), of=one.pk,
            )
            for one in desks.current
            if one.by_id == user.pk
        ),
    ]  # fmt: skip


def _on_plan(user: User, proposal: Proposal, desks: Desks) -> Iterator[Verb]:
    standing = allowed.Standing(
        desks.current, allowed.waiting_item(proposal), allowed.pending_withdrawal(proposal)
    )
    today = clock.today()
    yield Verb("submit", "报送", allowed.why_not_submitted(user, proposal, today=today))
    yield Verb("withdraw", "撤回", allowed.why_not_withdrawn(user, proposal, standing))
    yield Verb("ask_withdrawal", "申请撤回", allowed.why_not_asked_back(user, proposal, standing))
    reason = allowed.why_not_let_back(user, proposal, standing)
    yield Verb("answer_withdrawal", "答复撤回申请", reason)
    yield Verb("circulate", "传阅", allowed.why_not_circulated(user, proposal))
    yield Verb("suspend", "中止办理", allowed.why_not_suspended(user, proposal))
    yield Verb("resume", "恢复办理", allowed.why_not_resumed(user, proposal))
    yield Verb("void", "作废", allowed.why_not_voided(user, proposal))
    if urging.label_of(proposal):
        reason = urging.why_stage_not_urged(proposal, by=user, on=today)
        yield Verb("urge_stage", f"催办：{urging.label_of(proposal)}", reason)


def _on_tasks(
    user: User, proposal: Proposal, desks: Desks, delegations: Sequence[Delegation]
) -> Iterator[Verb]:
    today, now = clock.today(), clock.now()
    rows = Urge.objects.filter(task__proposal=proposal, by=user, on=today)
    urged = set(rows.values_list("task", flat=True))
    known = {"delegations": delegations, "said": desks.opinions}
    for task in desks.tasks:
        if task.status not in TaskStatus.UNFINISHED:
            continue
        told = _of_desk if task.is_desk else _of_asked
        for verb, label, reason in told(user, task, known):
            yield Verb(verb, f"{label}：{task.desk_label}", reason, of=task.pk)
        reason = handling.why_not_urged(task, by=user, on=today, urged=urged)
        yield Verb("urge", f"催办：{task.desk_label}", reason, of=task.pk)
        reason = seating.why_not_moved_up(task, by=user, at=now)
        yield Verb("move_up", f"移交上级工会：{task.desk_label}", reason, of=task.pk)


def _of_desk(user: User, task: Task, known: dict) -> Iterator[tuple[str, str, str]]:
    yield "sign", "签署意见", allowed.why_not_signed(user, task, **known)
    yield "transfer", "转办", allowed.why_not_transferred_on(user, task, **known)
    shared = allowed.why_not_shared(user, task, **known)
    yield "consult", "加签", shared
    yield "assign", "委派", shared


def _of_asked(user: User, task: Task, known: dict) -> Iterator[tuple[str, str, str]]:
    node = Node(task.node)
    yield "answer", "答复", allowed.why_not_answered(user, task, node, **known)
    yield "remove", "减签", allowed.why_not_removed(user, task)
