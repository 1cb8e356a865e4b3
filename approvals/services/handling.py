"""转办、取回、催办、传阅: the work of a desk on its way from one person to another."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from approvals import allowed, permissions
from approvals.allowed import SUSPENDED, NotTheirs, TooLate, waiting_item
from approvals.enums import Node, Outcome, Stage, TaskStatus
from approvals.models import Circulation, Opinion, OpinionDraft, Proposal, Task, TaskTransfer, Urge
from approvals.rules.counting import spoken_after
from approvals.rules.detours import reaches_back
from approvals.rules.route import NODE_STAGES, Route, group_of
from approvals.selectors.countersigning import spoken_on
from approvals.services import common, countersigning
from core.errors import ActionBlocked, Reason, Refused, StaleVersion
from core.models import lock
from meetings import services as meeting_services

UNDO_FOR = timedelta(seconds=10)
URGED_TOO_LATE = "这一环节已经办理，不需要催办。"
URGED_TOO_EARLY = "这一环节正在等候他人先行答复，还没有轮到；请催办现在待办的人员。"
NOT_TO_URGE = "只有申报阵地、主管工会资产监管部门和分管领导可以催办。"
UNDO_GRACE = timedelta(seconds=5)  # the way of the click to the server


@transaction.atomic
def transfer_task(
    *, task: Task, to: User, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """Give the work of a desk to one other person of that desk (转办); who gives it leaves it.

    Not to the drafter, nor to anybody who may not act there, nor back in a circle.
    """
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    task = lock(Task.objects.select_related("plan_version"), pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(allowed.why_not_transferred_on(by, task))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明转办理由。", field="reason"))
    if refusal := why_not_transferred(task, to, by=by):
        raise ActionBlocked(Reason(refusal, field="to"))
    TaskTransfer.objects.create(task=task, from_user=by, to_user=to, reason=reason.strip(), at=at)
    task.assignee = to
    task.save_new_version()
    common.set_reminders(task, at=at)
    title = f"{task.desk_label}转{to.name}办理：{reason.strip()}"
    common.note(
        proposal, "task.transferred", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk), "to": str(to.pk)},
    )  # fmt: skip
    key = f"transferred:{task.pk}:{task.version}"
    common.tell(
        [to], proposal, f"{by.name}转您办理：{task.desk_label}", key=key, at=at, text=reason
    )
    return task


def why_not_transferred(task: Task, to: User, *, by: User) -> str:
    """Why the work of a desk cannot be transferred to somebody; page and service ask the same.

    Nobody who has a part at this desk already: who was consulted there answers, and does not
    sign as well. What was taken back and asked again is still the same desk.
    """
    asked = Task.objects.filter(parent__in=_same_desk(task), assignee=to)
    if asked.exclude(status=TaskStatus.CANCELLED).exists():
        return f"{to.name}已经在这一环节被征求意见或者受委派，不能再转办给他（她），请另选办理人。"
    return why_not_taken_over(task, to, by=by)


def _same_desk(task: Task) -> QuerySet[Task]:
    """Every task of this desk on this version, also what was asked again after 取回."""
    return Task.objects.filter(
        proposal=task.proposal, plan_version=task.plan_version, node=task.node,
        department_kind=task.department_kind, parent=None,
    )  # fmt: skip


def why_not_taken_over(task: Task, to: User, *, by: User) -> str:
    """Why somebody cannot take over the work of a desk from who transfers it, or leaves."""
    if to.pk == by.pk:
        return "不能转办给自己。"
    if TaskTransfer.objects.filter(task__in=_same_desk(task), from_user=to).exists():
        return f"{to.name}已经把这件事转出过，不能再转回，请另选办理人。"
    asked = Task(
        proposal=task.proposal, plan_version=task.plan_version, node=task.node,
        department_kind=task.department_kind, union_id=task.union_id,
    )  # fmt: skip
    seat = permissions.seat_at(to, asked) if to.is_active else None
    if seat is None or seat.on_behalf_of:
        return f"{to.name}不在“{task.desk_label}”这一岗位，不能转办给他（她）。"
    return permissions.conflict_of(seat, task)


@transaction.atomic
def take_back_opinion(
    *, opinion: Opinion, reason: str, by: User, at: datetime, command_id: UUID | None = None
) -> Task:
    """取回: one's own opinion, until the next step has been decided.

    The desk is asked again; desks of the next step that nobody has acted on are
    cancelled, an item not yet on an agenda is withdrawn. What was said stays readable.
    """
    proposal = common.lock_proposal(opinion.proposal, None, even_suspended=True)
    opinion = Opinion.objects.select_related("task", "plan_version").get(pk=opinion.pk)
    allowed.ensure(why_not_taken_back(opinion, proposal, by=by))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明取回理由。", field="reason"))
    task = opinion.task
    _undo_next_step(proposal, task, by=by, at=at)
    opinion.is_valid, opinion.taken_back_at = False, at
    opinion.save(update_fields=["is_valid", "taken_back_at"])
    if task.status == TaskStatus.PASSING:
        common.close_task(task, status=TaskStatus.DONE, at=at)
    for child in task.children.filter(status__in=TaskStatus.UNFINISHED).order_by("pk"):
        common.close_task(child, status=TaskStatus.CANCELLED, at=at)
    again = _ask_again(task, proposal, at=at)
    if task.node == Node.COUNTERSIGNATURE:
        countersigning.follow(proposal, task.plan_version, at=at)
    if proposal.stage != NODE_STAGES[Node(task.node)]:
        common.move(proposal, NODE_STAGES[Node(task.node)], at=at)
    else:
        proposal.updated_at = at
        proposal.save_new_version()
    title = f"取回{task.desk_label}意见：{reason.strip()}"
    common.note(
        proposal, "opinion.taken_back", title, by=by, at=at, command_id=command_id,
        body={"opinion": opinion.pk, "task": str(again.pk)},
    )  # fmt: skip
    return again


@transaction.atomic
def undo_opinion(
    *, opinion: Opinion, by: User, at: datetime, command_id: UUID | None = None
) -> Task:
    """Undo what was sent a moment ago (取回 without a reason); the words come back as a draft."""
    if not timedelta() <= at - opinion.at <= UNDO_FOR + UNDO_GRACE:
        raise ActionBlocked(
            f"签署已超过 {UNDO_FOR.seconds} 秒，不能直接撤销；下一环节尚未办理的，可以写明理由取回。"
        )
    again = take_back_opinion(
        opinion=opinion, reason=f"签署后 {UNDO_FOR.seconds} 秒内撤销", by=by, at=at,
        command_id=command_id,
    )  # fmt: skip
    conditions = "\n".join(one.text for one in opinion.listed_conditions)
    OpinionDraft.objects.update_or_create(
        task=again, by=by,
        defaults={
            "outcome": opinion.outcome, "text": opinion.text, "conditions": conditions,
            "saved_at": at,
        },
    )  # fmt: skip
    return again


def why_not_taken_back(opinion: Opinion, proposal: Proposal, *, by: User) -> str:
    """Why somebody cannot take an opinion back, or no longer; service, page and API ask the same."""
    if opinion.by_id != by.pk:
        return NotTheirs("只能取回自己签署的意见。")
    if proposal.suspended_at:
        return SUSPENDED
    if not opinion.is_valid or opinion.plan_version.no != proposal.version_no:
        return "这条意见已经不是现行意见，不能取回。"
    if not opinion.task.is_desk:
        return "征求意见的答复不能取回，如需更正请与发起人联系。"
    if opinion.outcome == Outcome.RETURN:
        return "退回意见已经送达，不能取回；请等对方重新报送或办理。"
    node_stage = NODE_STAGES[Node(opinion.task.node)]
    if opinion.task.node == Node.COUNTERSIGNATURE and _followed(opinion, proposal):
        return "依次会签的下一部门已经签署意见，不能取回。"
    return _why_past(opinion, proposal, node_stage)


def _why_past(opinion: Opinion, proposal: Proposal, node_stage: Stage) -> str:
    stage = Stage(proposal.stage)
    if stage is node_stage:
        return ""
    if not reaches_back(Route.from_json(proposal.route), stage, Node(opinion.task.node)):
        return "下一环节已经办理，不能取回。"
    later = proposal.opinions.filter(
        plan_version=opinion.plan_version, pk__gt=opinion.pk, is_valid=True
    )
    node = opinion.task.node  # what the same step had asked of others is no next step
    if later.exclude(Q(task__node=node) | Q(task__parent__node=node)).exists():
        return "下一环节已经有人签署意见，不能取回。"
    item = waiting_item(proposal)
    if item and item.meeting_id:
        return "议题已经列入会议议程，不能取回；请联系会议秘书。"
    return ""


def _followed(opinion: Opinion, proposal: Proposal) -> bool:
    kind, route = opinion.task.department_kind, Route.from_json(proposal.route)
    return spoken_after(group_of(route, kind), kind, spoken_on(proposal))


def _undo_next_step(proposal: Proposal, task: Task, *, by: User, at: datetime) -> None:
    if proposal.stage == NODE_STAGES[Node(task.node)]:
        return
    following = proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).exclude(node=task.node)
    for one in following.order_by("pk"):
        common.close_task(one, status=TaskStatus.CANCELLED, at=at)
    if item := waiting_item(proposal):
        meeting_services.withdraw_item(item=item, by=by, at=at)


def _ask_again(task: Task, proposal: Proposal, *, at: datetime) -> Task:
    again = Task.objects.create(
        proposal=proposal,
        plan_version=task.plan_version,
        node=task.node,
        department_kind=task.department_kind,
        union_id=task.union_id,
        assignee=task.assignee,
        opened_at=at,
        due_on=task.due_on,
    )
    common.set_reminders(again, at=at)
    return again


@transaction.atomic
def urge(*, task: Task, text: str, by: User, at: datetime, command_id: UUID | None = None) -> Urge:
    """催办: ask those who hold the work to act, once a day; nothing is ever passed by it."""
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    task = lock(Task.objects.select_related("assignee"), pk=task.pk)
    task.proposal = proposal
    allowed.ensure(why_not_urged(task, by=by, on=at.date()))
    urged = Urge.objects.create(task=task, by=by, on=at.date(), at=at, text=text.strip())
    people = [task.assignee] if task.assignee else common.desk_holders(task, today=at.date())
    title = f"催办：{task.desk_label}"
    common.note(proposal, "task.urged", title, by=by, at=at, command_id=command_id)
    common.tell(
        people, proposal, f"{title}（{task.due_on:%m-%d} 到期）", key=f"urge:{urged.pk}", at=at,
        text=text.strip(),
    )  # fmt: skip
    return urged


def why_not_urged(task: Task, *, by: User, on: date, urged: Collection[UUID] | None = None) -> str:
    """Why somebody cannot urge a desk today; empty when they can. Pages, API and bulk ask the same.

    `urged` are the tasks they urged today already, where those were read.
    """
    if task.proposal.suspended_at:
        return SUSPENDED
    if task.status != TaskStatus.OPEN:
        is_early = task.status in TaskStatus.UNFINISHED
        return URGED_TOO_EARLY if is_early else TooLate(URGED_TOO_LATE)
    if not permissions.may_urge(by, task.proposal):
        return NotTheirs(NOT_TO_URGE)
    if urged is None:
        urged = set(task.urges.filter(by=by, on=on).values_list("task", flat=True))
    if task.pk in urged:
        return "您今天已经催办过这一环节，请明天再催。"
    return ""


@transaction.atomic
def circulate(
    *, proposal: Proposal, people: Sequence[User], note: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> list[Circulation]:  # fmt: skip
    """传阅: send the plan to others of the union to read; it opens nothing to anybody."""
    proposal = common.lock_proposal(proposal, None, even_suspended=True)
    allowed.ensure(allowed.why_not_circulated(by, proposal))
    if not people:
        raise ActionBlocked(Reason("请选择传阅对象。", field="people"))
    sent = []
    for person in people:
        if not person.is_active or permissions.union_post(person, proposal) is None:
            text = f"{person.name}不是{proposal.supervising_union.name}的在岗人员，不能传阅。"
            raise ActionBlocked(Reason(text, field="people"))
        if proposal.circulations.filter(to_user=person, read_at=None).exists():
            text = f"已经传阅给{person.name}，对方尚未阅看，不必重复。"
            raise ActionBlocked(Reason(text, field="people"))
        sent.append(
            Circulation.objects.create(
                proposal=proposal, to_user=person, note=note.strip(), sent_by=by, sent_at=at
            )
        )
    names = "、".join(person.name for person in people)
    common.note(
        proposal, "proposal.circulated", f"传阅：{names}", by=by, at=at, command_id=command_id
    )
    for one in sent:
        key = f"circulated:{one.pk}"
        common.tell([one.to_user], proposal, f"{by.name}传阅", key=key, at=at, text=note.strip())
    return sent


@transaction.atomic
def mark_read(
    *, circulation: Circulation, remark: str, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Circulation:  # fmt: skip
    """已阅: say that it was read, with a remark that stands apart from the opinions."""
    circulation = lock(Circulation.objects.select_related("proposal"), pk=circulation.pk)
    if circulation.to_user_id != by.pk:
        raise Refused("这件传阅不是发给您的。")
    if circulation.read_at:
        raise StaleVersion("您已经阅过。")
    circulation.read_at, circulation.remark = at, remark.strip()
    circulation.save_new_version()
    proposal = circulation.proposal
    title = f"已阅：{remark.strip()}" if remark.strip() else "已阅"
    common.note(proposal, "proposal.read", title[:120], by=by, at=at, command_id=command_id)
    return circulation
