"""Steps every act on a plan shares: lock, check, move on, open desks, tell people."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS, Action, Node, Stage, TaskStatus
from approvals.models import Proposal, ProposalVersion, Task
from approvals.rules.procedure import blockers
from approvals.rules.route import Route, stage_after
from approvals.selectors.facts import facts_of
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from meetings.enums import DecisionBodyKind
from notifications import services as notifications
from organizations.enums import DepartmentKind
from organizations.selectors import working_days

BODY_OF_STAGE = {
    Stage.PARTY_GROUP: DecisionBodyKind.PARTY_GROUP,
    Stage.CHAIRS_OFFICE: DecisionBodyKind.CHAIRS_OFFICE,
}
URGE_BEFORE_DAYS = 2
URGE_AFTER_DAYS = (1, 3)


def lock_proposal(
    proposal: Proposal, version: int | None, *, even_suspended: bool = False
) -> Proposal:
    """The plan's row, held until the transaction ends, on the version that was seen.

    Nothing is done on a suspended plan but to resume it or to void it.
    """
    queryset = Proposal.objects.select_related("venue", "supervising_union")
    locked = lock(queryset, pk=proposal.pk, version=version)
    if locked.suspended_at and not even_suspended:
        raise ActionBlocked("方案已中止办理，恢复办理之后才能继续。")
    return locked


def ensure_allowed(proposal: Proposal, action: Action, *, today: date) -> None:
    """Raise ActionBlocked with every reason why the action cannot be taken now."""
    found = blockers(facts_of(proposal, today=today), action)
    if found:
        raise ActionBlocked(
            [Reason(one.text, one.code, one.field, section=one.section) for one in found]
        )


def note(
    proposal: Proposal, code: str, title: str, *, by: User, at: datetime,
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
    """Set the stage of a locked plan, one version up."""
    proposal.stage = stage
    proposal.updated_at = at
    if stage in Stage.FINAL:
        proposal.decided_at = at
    proposal.save_new_version()


def page_of(proposal: Proposal) -> str:
    """The address of the review page."""
    return reverse("approvals:proposal_review", args=[proposal.pk])


def holders(
    permission: Permission, *, proposal: Proposal, today: date, department: str = ""
) -> list[User]:
    """The people whose posts answer for a duty at the supervising union."""
    posts = Post.objects.in_force(today).holding(permission)
    posts = posts.filter(union=proposal.supervising_union, venue_id=None)
    if department:
        posts = posts.filter(department_kind=department)
    return list({post.user for post in posts.select_related("user").order_by("pk")})


def desk_holders(task: Task, *, today: date) -> list[User]:
    """The people who sit at the desk of a task."""
    return holders(
        NODE_PERMISSIONS[task.node],
        proposal=task.proposal,
        today=today,
        department=task.department_kind,
    )


def venue_people(proposal: Proposal, *, today: date) -> list[User]:
    """The people who write for the venue of the plan."""
    posts = Post.objects.in_force(today).holding(Permission.PROPOSAL_WRITE)
    posts = posts.filter(venue_id=proposal.venue_id).select_related("user").order_by("pk")
    return list({post.user for post in posts})


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


def open_task(
    proposal: Proposal, plan_version: ProposalVersion, node: Node, *, days: int, at: datetime,
    department: str = "",
) -> Task:  # fmt: skip
    """Put the plan on a desk with a limit in working days, its reminders and a message."""
    calendar = working_days()
    today = at.date()
    due = calendar.add(today, days).day
    task = Task.objects.create(
        proposal=proposal,
        plan_version=plan_version,
        node=node,
        department_kind=department,
        opened_at=at,
        due_on=due,
    )
    set_reminders(task, at=at)
    people = desk_holders(task, today=today)
    tell(people, proposal, f"待办：{task.desk_label}", key=f"task:{task.pk}", at=at)
    return task


def set_reminders(task: Task, *, at: datetime) -> None:
    """Remind of a task before, on and after the day it is due, late ones ever higher up."""
    proposal, due = task.proposal, task.due_on
    calendar = working_days()
    near = due
    for _ in range(URGE_BEFORE_DAYS):
        near = calendar.before(near)
    alerts = [
        notifications.Alert(near, f"还有 {URGE_BEFORE_DAYS} 个工作日到期"),
        notifications.Alert(due, "今天到期"),
        *(
            notifications.Alert(calendar.add(due, late).day, f"已超期 {late} 个工作日", level)
            for level, late in enumerate(URGE_AFTER_DAYS, start=1)
        ),
    ]
    notifications.set_deadline(
        kind=f"approvals.{task.node}",
        subject_id=task.pk,
        case_id=proposal.case_id,
        title=f"{task.desk_label}：{proposal.title}",
        url=page_of(proposal),
        due_on=due,
        union=proposal.supervising_union,
        alerts=[alert for alert in alerts if alert.fire_on >= at.date()],
        recipients=_reminded(task),
        at=at,
    )


def _reminded(task: Task) -> list[notifications.Audience]:
    """The handler; from T+1 the head who keeps the procedure; from T+3 who supervises it.

    A department that countersigns has no head of its own in the portal: its late work is
    told to the head of the asset department.
    """
    union, supervisor = task.proposal.supervising_union, task.proposal.supervisor
    told = notifications.Audience
    if task.assignee:
        handler = told(user=task.assignee)
    else:
        handler = told(
            permission=NODE_PERMISSIONS[task.node], union=union, department=task.department_kind
        )
    found = [
        handler,
        told(permission=Permission.PROCEDURE_KEEP, union=union, level=1),
        told(permission=Permission.REPLY_ISSUE, union=union, level=2),
    ]
    return [*found, told(user=supervisor, level=2)] if supervisor else found


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


def advance(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Enter the next stage once every desk of the present one, and whom it asked, is done."""
    if proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).exists():
        proposal.updated_at = at
        proposal.save_new_version()
        return
    route, stage = Route.from_json(proposal.route), Stage(proposal.stage)
    following = Stage(proposal.direct_to) if proposal.direct_to else stage_after(route, stage)
    proposal.direct_to = ""
    enter_stage(proposal, following, by=by, at=at)


def enter_stage(proposal: Proposal, stage: Stage, *, by: User, at: datetime) -> None:
    """Move the plan to the next stage of its route and open the desks of that stage.

    A stage whose desks have all spoken already, on what has not changed since, is passed.
    """
    route = Route.from_json(proposal.route)
    while _is_said(proposal, route, stage):
        stage = stage_after(route, stage)
    version = proposal.versions.get(no=proposal.version_no)
    move(proposal, stage, at=at)
    if stage is Stage.FORMAL_REVIEW:
        open_task(proposal, version, Node.FORMAL_REVIEW, days=route.formal_review_days, at=at)
    elif stage is Stage.COUNTERSIGNING:
        for department in _unsigned(proposal, route):
            open_task(
                proposal, version, Node.COUNTERSIGNATURE,
                days=route.countersign_days, at=at, department=department,
            )  # fmt: skip
    elif stage is Stage.LEGAL_REVIEW:
        open_task(proposal, version, Node.LEGAL_REVIEW, days=route.legal_review_days, at=at)
    elif stage in BODY_OF_STAGE:
        put_on_agenda(proposal, version, BODY_OF_STAGE[stage], by=by, at=at)
    elif stage is Stage.REPLYING:
        people = holders(Permission.REPLY_DRAFT, proposal=proposal, today=at.date())
        tell(people, proposal, "待拟批复", key="reply", at=at)


def _is_said(proposal: Proposal, route: Route, stage: Stage) -> bool:
    """Whether the desks of a stage have nothing more to say; the formal review always has."""
    if stage is Stage.COUNTERSIGNING:
        return not _unsigned(proposal, route)
    node, valid = Node.LEGAL_REVIEW, proposal.opinions.filter(is_valid=True)
    return stage is Stage.LEGAL_REVIEW and valid.filter(task__node=node).exists()


def _unsigned(proposal: Proposal, route: Route) -> list[str]:
    """The departments whose countersignature does not stand yet.

    All of them, but for those that spoke on an earlier version of which nothing they rest
    on has changed, and after a return that goes straight back (直送退回人).
    """
    signed = proposal.opinions.filter(task__node=Node.COUNTERSIGNATURE, is_valid=True).values_list(
        "task__department_kind", flat=True
    )
    return [one for one in route.countersigners if one not in set(signed)]


def put_on_agenda(
    proposal: Proposal,
    version: ProposalVersion,
    body_kind: DecisionBodyKind,
    *,
    by: User,
    at: datetime,
) -> None:
    """Queue the plan's version for the meeting of a body of the supervising union."""
    body = meeting_selectors.body_of(proposal.supervising_union, body_kind)
    if body is None:
        raise ActionBlocked(
            f"{proposal.supervising_union.name}尚未登记相应的会议机构，请会议秘书先登记名册。"
        )
    meeting_services.queue_item(
        body=body,
        subject_kind="proposal",
        subject_id=proposal.pk,
        case_id=proposal.case_id,
        title=proposal.title,
        url=page_of(proposal),
        version_no=version.no,
        content_sha256=version.sha256,
        union=proposal.supervising_union,
        venue_id=None,
        by=by,
        at=at,
    )
    people = holders(Permission.MEETING_WRITE, proposal=proposal, today=at.date())
    tell(people, proposal, f"议题待上会：{body.name}", key=f"agenda:{body_kind}", at=at)


def department_label(kind: str) -> str:
    """The Chinese name of a department kind."""
    return DepartmentKind(kind).label
