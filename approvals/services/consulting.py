"""加签、减签、委派: what a desk asks of others before it decides itself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import ConsultPlace, Duty, Node, Outcome, Stage, TaskStatus
from approvals.models import Opinion, OpinionDraft, Proposal, Task
from approvals.rules.phrases import IN_OWN_WORDS, own_words
from approvals.selectors.phrases import kept_phrases
from approvals.services import common, course, seating
from approvals.services.involving import take_duty
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock
from organizations.selectors import parameter


@transaction.atomic
def consult(
    *, task: Task, people: Sequence[User], question: str, placed: ConsultPlace, is_binding: bool,
    version: int, by: User, at: datetime, command_id: UUID | None = None,
) -> list[Task]:  # fmt: skip
    """Ask others for their opinion (加签); the desk decides itself.

    前加签: the desk waits for the answers. 并加签: both work at once, the plan waits for
    both. 后加签: those asked speak once the desk has signed. A binding 不同意 must be
    resolved in writing like a department's; an advisory one is only read.
    """
    task = _own_desk(task, version, by)
    placed = ConsultPlace(placed)
    if not people:
        raise ActionBlocked(Reason("请选择征求意见的人员。", field="people"))
    _ensure_asked(question)
    status = TaskStatus.WAITING if placed is ConsultPlace.AFTER else TaskStatus.OPEN
    asked = [
        _ask(
            task, person, Node.CONSULTATION, question, field="people", status=status,
            placed=placed, is_binding=is_binding, by=by, at=at,
        )
        for person in people
    ]  # fmt: skip
    if placed is ConsultPlace.BEFORE:
        task.status = TaskStatus.WAITING  # who waits for others already goes on waiting
    task.save_new_version()
    names = "、".join(person.name for person in people)
    force = "有约束力" if is_binding else "供参考"
    title = f"{task.desk_label}{placed.label}：{names}（{force}）"
    common.note(
        task.proposal, "consultation.asked", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk), "asked": [str(one.pk) for one in asked]},
    )  # fmt: skip
    return asked


@transaction.atomic
def assign(
    *, task: Task, helper: User, question: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """Have somebody prepare the matter (委派); it comes back to the desk, which decides."""
    task = _own_desk(task, version, by)
    _ensure_asked(question)
    asked = _ask(
        task,
        helper,
        Node.ASSIGNMENT,
        question,
        field="helper",
        status=TaskStatus.OPEN,
        by=by,
        at=at,
    )
    task.status = TaskStatus.WAITING
    task.save_new_version()
    title = f"{task.desk_label}委派{helper.name}办理"
    common.note(
        task.proposal, "assignment.made", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk), "asked": [str(asked.pk)]},
    )  # fmt: skip
    return asked


def _own_desk(task: Task, version: int, by: User) -> Task:
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    task = lock(Task.objects.select_related("plan_version"), pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(allowed.why_not_shared(by, task))
    return task


def _ensure_asked(question: str) -> None:
    if not question.strip():
        raise ActionBlocked(Reason("请写明需要对方做什么。", field="question"))


def _ask(
    task: Task, person: User, node: Node, question: str, *, field: str, status: TaskStatus,
    by: User, at: datetime, placed: str = "", is_binding: bool = False,
) -> Task:  # fmt: skip
    """Open what one person is asked; refuse whom it cannot be asked of."""
    if reason := why_not_asked(task, person, by=by):
        raise ActionBlocked(Reason(reason, field=field))
    asked = Task.objects.create(
        proposal=task.proposal,
        plan_version=task.plan_version,
        node=node,
        parent=task,
        assignee=person,
        asked_by=by,
        question=question.strip(),
        placed=placed,
        is_binding=is_binding,
        status=status,
        opened_at=at,
        due_on=task.due_on,
    )
    if status == TaskStatus.OPEN:
        _tell_asked(asked, at=at)
        common.set_reminders(asked, at=at)
    return asked


def _tell_asked(asked: Task, *, at: datetime) -> None:
    title = f"{asked.asked_by}请您{asked.get_node_display()}"
    key = f"asked:{asked.pk}"
    common.tell(_assignee(asked), asked.proposal, title, key=key, at=at, text=asked.question)


def _assignee(task: Task) -> list[User]:
    return [task.assignee] if task.assignee else []


def why_not_asked(task: Task, person: User, *, by: User) -> str:
    """Why somebody cannot be consulted on, or help with, a desk's work."""
    proposal: Proposal = task.proposal
    if person.pk == by.pk:
        return "不能征求自己的意见或委派给自己。"
    if not person.is_active or permissions.union_post(person, proposal) is None:
        return f"{person.name}不是{proposal.supervising_union.name}的在岗人员，看不到本方案。"
    if reason := permissions.own_part(person, proposal):
        return f"{person.name}不能参与：{reason}"
    if task.children.filter(assignee=person, status__in=TaskStatus.UNFINISHED).exists():
        return f"{person.name}正在办理这一环节的征求意见或委派事项，不能重复。"
    return ""


@transaction.atomic
def answer_consultation(
    *, task: Task, outcome: Outcome, text: str, version: int, content_sha256: str, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Opinion:  # fmt: skip
    """Answer as somebody consulted: an opinion beside the desk's own, never in its place."""
    task = _asked_of(task, Node.CONSULTATION, version, by)
    seat = permissions.require_seat(by, task)
    outcome = Outcome(outcome)
    if outcome not in (Outcome.AGREE, Outcome.RESERVE, Outcome.DISAGREE):
        raise ActionBlocked(Reason("征求意见只能答复：同意、保留意见、不同意。", field="outcome"))
    ensure_text(task, outcome, text, by=by, at=at)
    if content_sha256 != task.plan_version.sha256:
        raise StaleVersion("方案内容已有新版本，请刷新页面，看过现在的内容再签署意见。")
    take_duty(task.proposal.cooperation_id, [by], Duty.APPROVER, task.desk_label, at=at)
    opinion = Opinion.objects.create(
        task=task, proposal=task.proposal, plan_version=task.plan_version, outcome=outcome,
        text=text.strip(), by=by, position=seat.position, at=at, content_sha256=content_sha256,
    )  # fmt: skip
    OpinionDraft.objects.filter(task=task).delete()
    common.close_task(task, status=TaskStatus.DONE, at=at, by=by)
    force = "有约束力" if task.is_binding else "供参考"
    common.note(
        task.proposal, "consultation.answered", f"答复征求意见（{force}）：{outcome.label}",
        by=by, at=at, command_id=command_id,
        body={"opinion": opinion.pk, "outcome": outcome.value}, snapshot_sha256=content_sha256,
    )  # fmt: skip
    _come_back(task, by=by, at=at)
    if task.is_binding:  # who said so bindingly signs no desk any more
        seating.reseat(task.proposal, [by], at=at)
    return opinion


@transaction.atomic
def report_assignment(
    *, task: Task, report: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """Hand prepared work back to the desk; this decides nothing."""
    task = _asked_of(task, Node.ASSIGNMENT, version, by)
    if not report.strip():
        raise ActionBlocked(Reason("请写明办理情况。", field="report"))
    task.report = report.strip()
    common.close_task(task, status=TaskStatus.DONE, at=at, by=by)
    title = f"委派事项办理完毕：{task.report[:60]}"
    common.note(
        task.proposal, "assignment.reported", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk)},
    )  # fmt: skip
    _come_back(task, by=by, at=at)
    return task


def _asked_of(task: Task, node: Node, version: int, by: User) -> Task:
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    rows = Task.objects.select_related("plan_version", "parent", "asked_by", "assignee")
    task = lock(rows, pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(allowed.why_not_answered(by, task, node))
    return task


@transaction.atomic
def remove_asked(
    *, task: Task, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """减签: take back what was asked of somebody who has not answered; the row stays readable."""
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    rows = Task.objects.select_related("parent", "assignee", "asked_by")
    task = lock(rows, pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(allowed.why_not_removed(by, task))
    common.close_task(task, status=TaskStatus.CANCELLED, at=at)
    title = f"撤销{task.get_node_display()}：{task.assignee}（{reason.strip()}）"
    common.note(
        proposal, "asked.removed", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk)},
    )  # fmt: skip
    _come_back(task, by=by, at=at)
    return task


def ask_those_after(task: Task, *, at: datetime) -> bool:
    """Give those consulted after the desk (后加签) their turn; say whether there are any."""
    waiting = task.children.filter(status=TaskStatus.WAITING).select_related("assignee", "asked_by")
    asked = list(waiting.order_by("pk"))
    for child in asked:
        child.proposal = task.proposal
        child.status, child.opened_at = TaskStatus.OPEN, at
        child.save_new_version()
        _tell_asked(child, at=at)
        common.set_reminders(child, at=at)
    return bool(asked)


def _come_back(asked: Task, *, by: User, at: datetime) -> None:
    """After an answer: the desk's turn again, or the plan moves on."""
    proposal = asked.proposal
    parent = lock(Task.objects.select_related("assignee"), pk=asked.parent_id)
    parent.proposal = proposal
    open_children = parent.children.filter(status=TaskStatus.OPEN)
    if parent.status == TaskStatus.WAITING:
        blocking = open_children.exclude(placed=ConsultPlace.BESIDE)
        if not blocking.exists():
            parent.status = TaskStatus.OPEN
            parent.save_new_version()
            people = _assignee(parent) or common.desk_holders(parent, today=at.date())
            common.tell(
                people, proposal, f"征求意见、委派已有结果，请继续办理：{parent.desk_label}",
                key=f"back:{parent.pk}:{parent.version}", at=at,
            )  # fmt: skip
        return
    if parent.status == TaskStatus.PASSING and not open_children.exists():
        common.close_task(parent, status=TaskStatus.DONE, at=at)
    if parent.status == TaskStatus.DONE and proposal.stage in Stage.IN_REVIEW:
        course.advance(proposal, by=by, at=at)


def ensure_text(task: Task, outcome: Outcome, text: str, *, by: User, at: datetime) -> None:
    """Refuse an opinion that says less than its outcome needs.

    What is only inserted (clause numbers, common phrases) is no reason for 退回 and 不同意.
    """
    union = task.proposal.supervising_union
    shortest = int(parameter("min_opinion_length", union=union, on=at.date()).value)
    counted = text.strip()
    if outcome in IN_OWN_WORDS:
        counted = own_words(text, kept_phrases(by, task.parent or task))
    if outcome in Outcome.NEEDS_TEXT and len(counted) < shortest:
        sentence = f"选择“{outcome.label}”须写明意见，至少 {shortest} 个字。"
        if counted != text.strip():
            sentence += "插入的条款号和常用意见不计入字数。"
        raise ActionBlocked(Reason(sentence, field="text"))
