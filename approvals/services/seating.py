"""Desks open with somebody at them. 移交上级工会: a desk at which nobody of the union may act goes to the higher union, never past.

第十八条 wants the superior department's approval, and one person does not draft, review and
sign the same matter. So a small union's step is done above it; where nobody above sits at
such a desk either, the matter stops and who keeps the procedure is told.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.permissions import post_for
from approvals import allowed, permissions
from approvals.allowed import SUSPENDED, NotTheirs, TooLate
from approvals.enums import NODE_PERMISSIONS, Node, TaskStatus
from approvals.models import Proposal, ProposalVersion, Task
from approvals.selectors.stuck import keepers_above
from approvals.services import common
from audit.services import SYSTEM
from core.errors import ActionBlocked, Reason
from core.models import lock
from organizations.models import TradeUnion
from organizations.selectors import working_days

NOT_OPEN = "这一环节现在没有待办，不需要移交；请刷新页面查看。"


def open_task(
    proposal: Proposal, plan_version: ProposalVersion, node: Node, *, days: int, at: datetime,
    department: str = "",
) -> Task:  # fmt: skip
    """Put the plan on a desk with a limit in working days, its reminders and a message."""
    task = Task.objects.create(
        proposal=proposal,
        plan_version=plan_version,
        node=node,
        department_kind=department,
        opened_at=at,
        due_on=working_days().add(at.date(), days).day,
    )
    people = seat_somebody(task, at=at)
    common.set_reminders(task, at=at)
    common.tell(people, proposal, f"待办：{task.desk_label}", key=f"task:{task.pk}", at=at)
    return task


def place_of(task: Task, *, at: datetime) -> tuple[TradeUnion | None, list[User]]:
    """The nearest union, from the desk's own upwards, where somebody may act on a task."""
    own = task.desk_union
    for union in (own, *reversed(list(own.get_ancestors()))):
        people = common.desk_holders(task, today=localdate(at), union=union)
        if any(permissions.may_act_at(person, task, union) for person in people):
            return union, people
    return None, []


def seat_somebody(task: Task, *, at: datetime) -> list[User]:
    """Who is to act on a task that just opened; it is moved up or alarmed about when nobody can.

    A desk nobody sits at stops and is alarmed about: its union may have forgotten a post.
    A desk whose every holder had a part in the matter goes up at once.
    """
    people = common.desk_holders(task, today=localdate(at))
    if any(permissions.may_act_at(person, task, task.desk_union) for person in people):
        return people
    union, above = place_of(task, at=at) if people else (None, [])
    if union is None:
        _alarm(task, is_empty=not people, at=at)
        return people
    _carry(task, union)
    text = f"{task.desk_label}的在岗人员均已参与本方案，移交{union.name}办理"
    common.note(
        task.proposal, "task.moved_up", text, by=SYSTEM, at=at,
        body={"task": str(task.pk), "union": union.pk},
    )  # fmt: skip
    return above


def reseat(proposal: Proposal, people: Collection[User], *, at: datetime) -> None:
    """After somebody's word: see to the open desks at which they sit as well.

    Who has signed one desk signs no other. A desk transferred to them goes back to those who
    sit there; one at which nobody else may act goes up, or is alarmed about.
    """
    rows = proposal.tasks.filter(parent=None, status__in=(TaskStatus.OPEN, TaskStatus.WAITING))
    for task in rows.select_related("plan_version", "union", "assignee").order_by("pk"):
        task.proposal = proposal
        if not any(_sits_at(person, task) for person in people):
            continue
        was_theirs = task.assignee_id in {person.pk for person in people}
        if was_theirs:
            task.assignee = None
            task.save_new_version()
        found = seat_somebody(task, at=at)
        common.set_reminders(task, at=at)
        if was_theirs or task.is_moved_up:
            key = f"seated:{task.pk}:{task.version}"
            common.tell(found, proposal, f"待办：{task.desk_label}", key=key, at=at)


def _sits_at(person: User, task: Task) -> bool:
    duty, department = NODE_PERMISSIONS[task.node], task.department_kind or None
    return post_for(person, duty, union=task.desk_union, department=department) is not None


def _carry(task: Task, union: TradeUnion) -> None:
    task.union, task.assignee = union, None
    task.save_new_version()


def _alarm(task: Task, *, is_empty: bool, at: datetime) -> None:
    """Tell who keeps the procedure, here or above, at once; the nightly scan repeats it."""
    proposal = task.proposal
    keepers = keepers_above(proposal.supervising_union, today=localdate(at))
    why = "没有在岗人员" if is_empty else "的在岗人员均已参与本方案，上级工会也没有可以办理的人员"
    common.tell(
        [post.user for post in keepers], proposal, f"无人办理：{task.desk_label}",
        key=f"empty:{task.pk}", at=at,
        text=f"“{task.desk_label}”{why}。方案停在这里，不会自动通过：请安排岗位人员，或者移交上级工会办理。",
        url=reverse("approvals:task_move_up", args=[task.pk]),
    )  # fmt: skip


def why_not_moved_up(task: Task, *, by: User, at: datetime) -> str:
    """Why a desk cannot be handed to a higher union; pages and API ask the same."""
    if reason := _why_not_up_at_all(by, task):
        return reason
    return _why_not_there(task, place_of(task, at=at)[0])


def _why_not_up_at_all(by: User, task: Task) -> str:
    if not permissions.keeps_procedure(by, task.proposal):
        return NotTheirs("移交上级工会由本级或上级工会流程管理的部长办理。")
    if not task.is_desk:
        return "征求意见和委派办理的事项由本人答复，不能移交；可以由发起人撤销。"
    if task.proposal.suspended_at:
        return SUSPENDED
    return "" if task.status == TaskStatus.OPEN else TooLate(NOT_OPEN)


def _why_not_there(task: Task, union: TradeUnion | None) -> str:
    if union is None:
        return f"上级工会也没有可以办理“{task.desk_label}”的在岗人员，请先安排岗位人员。"
    if union == task.desk_union:
        return f"“{task.desk_label}”在{union.name}有可以办理的在岗人员，不需要移交。"
    return ""


@transaction.atomic
def move_up(
    *, task: Task, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """Hand an empty desk to the nearest higher union where somebody sits at such a desk."""
    proposal = common.lock_proposal(task.proposal, None, even_suspended=True)
    task = lock(Task.objects.select_related("plan_version", "union"), pk=task.pk, version=version)
    task.proposal = proposal
    allowed.ensure(_why_not_up_at_all(by, task))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明移交理由。", "", "reason"))
    union, people = place_of(task, at=at)
    if union is None or union == task.desk_union:
        raise ActionBlocked(_why_not_there(task, union))
    common.end_reminders(task, at=at)
    _carry(task, union)
    common.set_reminders(task, at=at)
    title = f"{task.desk_label}移交{union.name}办理：{reason.strip()}"
    common.note(
        proposal, "task.moved_up", title, by=by, at=at, command_id=command_id,
        body={"task": str(task.pk), "union": union.pk},
    )  # fmt: skip
    key = f"moved-up:{task.pk}:{task.version}"
    common.tell(people, proposal, f"待办：{task.desk_label}", key=key, at=at, text=reason.strip())
    return task
