"""Steps every act on a plan shares: lock, check, move on, open desks, tell people."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.allowed import SUSPENDED
from approvals.enums import NODE_PERMISSIONS, Action, Stage, TaskStatus
from approvals.models import Proposal, Task
from approvals.rules.procedure import blockers
from approvals.selectors.facts import facts_of
from approvals.services import clocks, side_clocks
from audit.services import Actor, record
from core.errors import ActionBlocked, Reason
from core.models import lock
from notifications import services as notifications
from organizations.models import TradeUnion


def lock_proposal(
    proposal: Proposal, version: int | None, *, even_suspended: bool = False
) -> Proposal:
    """The plan's row, held until the transaction ends, on the version that was seen.

    Nothing is done on a suspended plan but to resume it or to void it.
    """
    queryset = Proposal.objects.select_related("venue", "supervising_union")
    locked = lock(queryset, pk=proposal.pk, version=version)
    if locked.suspended_at and not even_suspended:
        raise ActionBlocked(SUSPENDED)
    return locked


def ensure_allowed(proposal: Proposal, action: Action, *, today: date) -> None:
    """Raise ActionBlocked with every reason why the action cannot be taken now."""
    found = blockers(facts_of(proposal, today=today), action)
    if found:
        raise ActionBlocked(
            [Reason(one.text, one.code, one.field, section=one.section) for one in found]
        )


def note(
    proposal: Proposal, code: str, title: str, *, by: Actor, at: datetime,
    command_id: UUID | None = None, body: dict | None = None, snapshot_sha256: str = "",
) -> None:  # fmt: skip
    """Record one act on the ledger of the plan's case."""
    record(
        case_id=proposal.case_id,
        code=f"approvals.{code}",
        title=title,
        by=by,
        at=at,
        command_id=command_id,
        union_id=proposal.supervising_union_id,
        body={"proposal": str(proposal.pk), "version_no": proposal.version_no, **(body or {})},
        snapshot_sha256=snapshot_sha256,
    )


def move(proposal: Proposal, stage: Stage, *, at: datetime) -> None:
    """Set the stage of a locked plan, one version up; its clock ends with it, the next one starts."""
    clocks.end(proposal, at=at)
    proposal.stage, proposal.moved_to = stage, None
    proposal.updated_at = at
    if stage in Stage.FINAL and proposal.decided_at is None:
        proposal.decided_at = at  # what becomes of a plan in force leaves the day of its approval
    clocks.begin(proposal, at=at)
    if stage in Stage.DROPPED:
        side_clocks.end_all(proposal, at=at)
    proposal.save_new_version()


def page_of(proposal: Proposal) -> str:
    """The address of the review page."""
    return clocks.page_of(proposal)


def holders(
    permission: Permission, *, proposal: Proposal, today: date, department: str = "",
    union: TradeUnion | None = None,
) -> list[User]:  # fmt: skip
    """The people whose posts answer for a duty at the supervising union, or at another."""
    posts = Post.objects.in_force(today).holding(permission)
    posts = posts.filter(union=union or proposal.supervising_union, venue_id=None)
    if department:
        posts = posts.filter(department_kind=department)
    return list({post.user for post in posts.select_related("user").order_by("pk")})


def desk_holders(task: Task, *, today: date, union: TradeUnion | None = None) -> list[User]:
    """The people who sit at the desk of a task, or at the same desk of another union."""
    return holders(
        NODE_PERMISSIONS[task.node],
        proposal=task.proposal,
        today=today,
        department=task.department_kind,
        union=union or task.desk_union,
    )


def venue_people(proposal: Proposal, *, today: date) -> list[User]:
    """The people who write for the venue of the plan."""
    posts = Post.objects.in_force(today).holding(Permission.PROPOSAL_WRITE)
    posts = posts.filter(venue_id=proposal.venue_id).select_related("user").order_by("pk")
    return list({post.user for post in posts})


def concerned(proposal: Proposal, *, at: datetime) -> list[User]:
    """The venue's people and those who handle its plans at the union."""
    return [
        *venue_people(proposal, today=at.date()),
        *holders(Permission.FORMAL_REVIEW, proposal=proposal, today=at.date()),
    ]


def tell(
    users: Iterable[User], proposal: Proposal, title: str, *, key: str, at: datetime,
    text: str = "", url: str = "",
) -> None:  # fmt: skip
    """Write a message about the plan into the outbox; it leads to the review page by default."""
    notifications.notify(
        users=list(users),
        title=title,
        body=text or proposal.title,
        url=url or page_of(proposal),
        kind="approvals.proposal",
        dedupe_key=f"proposal:{proposal.pk}:{proposal.version_no}:{key}",
        at=at,
        case_id=proposal.case_id,
    )


def set_reminders(task: Task, *, at: datetime) -> None:
    """Remind of a task before, on and after the day it is due, late ones ever higher up."""
    proposal = task.proposal
    clocks.remind(
        proposal, kind=f"approvals.{task.node}", subject_id=task.pk, label=task.desk_label,
        due_on=task.due_on, waited_for=[_handler(task)], at=at,
    )  # fmt: skip


def _handler(task: Task) -> notifications.Audience:
    if task.assignee:
        return notifications.Audience(user=task.assignee)
    return notifications.Audience(
        permission=NODE_PERMISSIONS[task.node], union=task.desk_union,
        department=task.department_kind,
    )  # fmt: skip


def end_reminders(task: Task, *, at: datetime) -> None:
    """Say nothing further about a task."""
    notifications.close_deadline(kind=f"approvals.{task.node}", subject_id=task.pk, at=at)


def close_task(task: Task, *, status: TaskStatus, at: datetime, by: User | None = None) -> None:
    """End a desk's turn and its reminders."""
    task.status = status
    if status in TaskStatus.SIGNED and task.done_at is None:
        task.done_by, task.done_at = by, at
    elif status == TaskStatus.CANCELLED:
        task.done_by = task.done_at = None
    task.save_new_version()
    end_reminders(task, at=at)


def cancel_open_tasks(proposal: Proposal, *, at: datetime) -> None:
    """Cancel every desk of the plan that has not ended, with whom it asked; they stay readable."""
    for task in proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).order_by("pk"):
        close_task(task, status=TaskStatus.CANCELLED, at=at)
