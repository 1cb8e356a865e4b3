"""Who may act on a plan, with the reason when they may not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from accounts.roles import UNION_ROLES, Role
from approvals.enums import NODE_PERMISSIONS, Duty, TaskStatus
from approvals.models import (
    Condition,
    Delegation,
    ExpertEngagement,
    Involvement,
    Opinion,
    Proposal,
    Section,
    Task,
    Thread,
)
from approvals.selectors.delegations import delegations_to
from core.errors import Refused
from core.presence import present
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """By which post a person acts on a task; by delegation it is the principal's post."""

    user: User
    post: Post
    on_behalf_of: User | None = None

    @property
    def people(self) -> tuple[User, ...]:
        """Everybody of whom the separation of duties speaks: who acts, and for whom."""
        return (self.user, self.on_behalf_of) if self.on_behalf_of else (self.user,)

    @property
    def position(self) -> str:
        return self.post.full_title


def require_drafter(user: User, proposal: Proposal) -> Post:
    """The post by which this person writes for the venue of the plan."""
    return require(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id)


def seat_at(user: User, task: Task, delegations: Iterable[Delegation] | None = None) -> Seat | None:
    """By which post this person acts on a task: their own, or one delegated to them.

    `delegations` are those to this person, where they were read already.
    """
    if not task.is_desk:
        return _asked_seat(user, task)
    if post := _desk_post(user, task):
        return Seat(user=user, post=post)
    for delegation in delegations_to(user) if delegations is None else delegations:
        if (delegation.node, delegation.union_id) != (task.node, task.desk_union.pk):
            continue
        if not delegation.covers(task.proposal):
            continue
        post = _desk_post(delegation.principal, task)
        is_new = timezone.localdate(task.opened_at) >= delegation.valid_from
        if post and (delegation.includes_waiting or is_new):
            return Seat(user=user, post=post, on_behalf_of=delegation.principal)
    return None


def turn_of(user: User, tasks: Iterable[Task], delegations: Iterable[Delegation]) -> Task | None:
    """The open task among those of a plan that is this person's, a desk before what was asked."""
    for task in sorted(tasks, key=lambda one: (not one.is_desk, one.due_on, one.pk)):
        is_asked = not task.is_desk and task.assignee_id == user.pk
        is_open = task.status == TaskStatus.OPEN and not task.proposal.suspended_at
        if is_open and (is_asked or seat_at(user, task, delegations)):
            return task
    return None


def _desk_post(user: User, task: Task) -> Post | None:
    if task.assignee_id and task.assignee_id != user.pk:
        return None
    return post_for(
        user,
        NODE_PERMISSIONS[task.node],
        union=task.desk_union,
        department=task.department_kind or None,
    )


def may_act_at(user: User, task: Task, union: TradeUnion) -> bool:
    """Whether somebody who sits at such a desk of a union had no other part in the matter."""
    duty, department = NODE_PERMISSIONS[task.node], task.department_kind or None
    post = post_for(user, duty, union=union, department=department)
    return (
        post is not None
        and not conflict_of(Seat(user=user, post=post), task)
        and not is_something_else(user, task.proposal)
    )


def is_something_else(user: User, proposal: Proposal) -> bool:
    """Whether this person drafts, signs or evaluates in the cooperation, and so approves nothing."""
    rows = Involvement.objects.filter(cooperation=proposal.cooperation_id, person=user)
    return proposal.cooperation_id is not None and rows.exclude(duty=Duty.APPROVER).exists()


def keeps_procedure(user: User, proposal: Proposal) -> bool:
    """Whether this person keeps the procedure at the plan's union, or above it."""
    posts = [one for one in user.posts() if Permission.PROCEDURE_KEEP in one.card.permissions]
    return any(_stands_over(post, proposal) for post in posts)


def _asked_seat(user: User, task: Task) -> Seat | None:
    """Who was consulted or assigned answers in person."""
    if task.assignee_id != user.pk:
        return None
    post = union_post(user, task.proposal)
    return Seat(user=user, post=post) if post else None


def union_post(user: User, proposal: Proposal) -> Post | None:
    """The person's post at the supervising union, if its role may be asked; an auditor's may not."""
    return post_for(user, Permission.ERRAND_WRITE, union=proposal.supervising_union)


def may_urge(user: User, proposal: Proposal) -> bool:
    """Who may ask a desk to act: the venue that waits, the asset department, the leader."""
    if any(post.venue_id == proposal.venue_id for post in user.posts() if post.venue_id):
        return True
    union = proposal.supervising_union
    duties = (Permission.FORMAL_REVIEW, Permission.REPLY_ISSUE)
    return any(post_for(user, duty, union=union) for duty in duties)


def confirms(user: User, condition: Condition) -> bool:
    """Whether this person sits at the desk that set a condition: nobody else confirms it."""
    task = condition.opinion.task
    union, department = condition.proposal.supervising_union, task.department_kind or None
    return (
        post_for(user, NODE_PERMISSIONS[task.node], union=union, department=department) is not None
    )


def require_confirmer(user: User, condition: Condition) -> None:
    """Raise Refused when the condition was set by another desk."""
    if not confirms(user, condition):
        label = condition.opinion.task.desk_label
        raise Refused(f"条件只能由提出它的“{label}”确认落实。")


def reads_file(user: User, proposal: Proposal) -> bool:
    """Whether this person reads the whole file of a plan they may see.

    An expert from outside reads the plan itself, not what the departments say of it:
    also one who holds a post at another union or venue.
    """
    return any(_stands_over(post, proposal) for post in user.posts())


def _stands_over(post: Post, proposal: Proposal) -> bool:
    if post.venue_id:
        return post.venue_id == proposal.venue_id
    if post.union is None or Role(post.role) not in UNION_ROLES:
        return False
    return getattr(proposal, f"unit_{post.union.depth}_id") == post.union_id


def own_part(user: User, proposal: Proposal) -> str:
    """Why this person decides nothing on the plan: they wrote, submitted or appraised it."""
    if user.pk in (proposal.drafted_by_id, proposal.submitted_by_id):
        return "您是本方案的起草人或报送人，不能审批自己的方案，请转由他人或上级工会办理。"
    parts = present(
        {
            "wrote": (Section, {"proposal": proposal.pk, "updated_by": user.pk}),
            "advised": (ExpertEngagement, {"proposal": proposal.pk, "user": user.pk}),
        }
    )
    if "wrote" in parts:
        return "您填写过本方案的内容，不能审批自己写的方案，请转由他人办理。"
    if "advised" in parts:
        return "您受阵地聘请对本方案出具过意见，不能再审批本方案，请转由他人办理。"
    return ""


def post_of_duty(user: User, duty: Permission, proposal: Proposal) -> Post | None:
    """The post by which this person does what a stage waits for: here, or where it was moved to."""
    post = post_for(user, duty, union=proposal.supervising_union)
    if post is None and proposal.moved_to_id:
        post = post_for(user, duty, union=proposal.moved_to)
    return post


def require_duty(user: User, duty: Permission, proposal: Proposal) -> Post:
    """The same; raises Refused with whose it is."""
    union = proposal.moved_to or proposal.supervising_union
    return post_of_duty(user, duty, proposal) or require(user, duty, union=union)


def refuse_own_part(user: User, proposal: Proposal) -> None:
    """Raise Refused when the person had a part in making the plan."""
    if reason := own_part(user, proposal):
        raise Refused(reason)


def conflict_of(seat: Seat, task: Task, said: Iterable[Opinion] | None = None) -> str:
    """Why a person may not act though they sit at the desk: 起草、审批不能同一人.

    A delegate is judged together with the person they act for. `said` are the opinions that
    count or hang on the task's version, with their tasks, where they were read already.
    """
    for person in seat.people:
        if reason := own_part(person, task.proposal):
            return reason if person == seat.user else f"委托人{person.name}：{reason}"
    if task.is_desk and any(_is_another(one, task) for one in _said_by(seat, task, said)):
        return "您已在本方案的另一环节签署过意见，同一人不能连续办理两个环节。"
    return ""


def _said_by(seat: Seat, task: Task, said: Iterable[Opinion] | None) -> Iterable[Opinion]:
    """What the people of a seat said on the task's version, or what of theirs still counts."""
    if said is None:
        theirs = Q(by__in=seat.people) | Q(on_behalf_of__in=seat.people)
        here = Q(plan_version=task.plan_version) | Q(is_valid=True)
        rows = Opinion.objects.filter(theirs, here, proposal=task.proposal)
        return rows.select_related("task")
    people = {one.pk for one in seat.people}
    return (
        one
        for one in said
        if people & {one.by_id, one.on_behalf_of_id}
        and (one.is_valid or one.plan_version_id == task.plan_version_id)
    )


def _is_another(opinion: Opinion, task: Task) -> bool:
    """Whether an opinion was given at another desk, or as one that binds."""
    other = opinion.task
    is_here = (other.node, other.department_kind) == (task.node, task.department_kind)
    return not is_here and (other.is_desk or other.is_binding)


def whose(task: Task) -> str:
    """Whose a task is, told to whoever else would act on it."""
    if task.assignee_id:
        return f"“{task.desk_label}”已由{task.assignee}办理，其他人不能代为办理。"
    return f"“{task.desk_label}”应由{task.desk_union.name}的对应岗位办理。"


def require_seat(user: User, task: Task) -> Seat:
    """By which post this person sits at a task; raises Refused with whose it is."""
    seat = seat_at(user, task)
    if seat is None:
        raise Refused(whose(task))
    return seat


def require_desk(user: User, task: Task) -> Seat:
    """The seat from which this person acts on a task; raises Refused with the reason."""
    seat = require_seat(user, task)
    if reason := conflict_of(seat, task):
        raise Refused(reason)
    return seat


def _voices(user: User, proposal: Proposal, *, today: date) -> Iterator[Post]:
    """The posts by which this person speaks in the threads of a plan, its reviewers' first."""
    posts = [one for one in user.posts() if Permission.THREAD_WRITE in one.card.permissions]
    yield from (one for one in posts if _sits_at(one, proposal))
    if experts := [one for one in posts if one.role == Role.EXPERT]:
        period = {"access_from__lte": today, "access_until__gte": today, "ended_at": None}
        if proposal.engagements.filter(user=user, **period).exists():
            yield from experts
    yield from (one for one in posts if one.venue_id == proposal.venue_id)


def _sits_at(post: Post, proposal: Proposal) -> bool:
    return post.venue_id is None and post.union_id == proposal.supervising_union_id


def voice_of(user: User, proposal: Proposal, *, today: date) -> Post | None:
    """The post by which this person may answer in the threads of a plan, or None.

    Departments, counsel and leader of the supervising union, an engaged expert in the
    period, the venue's own people. Auditors and higher unions read only.
    """
    return next(_voices(user, proposal, today=today), None)


def reviewer_of(user: User, proposal: Proposal, *, today: date) -> Post | None:
    """The post by which this person may open a thread: any voice but the venue's own."""
    voices = _voices(user, proposal, today=today)
    return next((one for one in voices if one.venue_id is None), None)


def require_voice(user: User, proposal: Proposal, *, today: date) -> Post:
    """The post by which this person answers; raises Refused with the reason."""
    post = voice_of(user, proposal, today=today)
    if post is None:
        raise Refused("您的岗位只能阅看本方案的批注，不能回复。")
    return post


def require_reviewer(user: User, proposal: Proposal, *, today: date) -> Post:
    """The post by which this person asks; raises Refused with the reason."""
    post = reviewer_of(user, proposal, today=today)
    if post is None:
        raise Refused(
            "批注由主管工会各部门、法律顾问、分管领导和在约定期间内的受聘专家提出，您的岗位不能提出。"
        )
    return post


def keeps_threads(user: User, proposal: Proposal) -> bool:
    """Whether this person settles every thread of a plan: the asset department does."""
    union, asset = proposal.supervising_union, DepartmentKind.ASSET
    return post_for(user, Permission.THREAD_WRITE, union=union, department=asset) is not None


def settles(user: User, thread: Thread, *, today: date) -> bool:
    """Whether this person may settle a thread: its opener, or the asset department."""
    if keeps_threads(user, thread.proposal):
        return True
    return thread.opened_by_id == user.pk and bool(reviewer_of(user, thread.proposal, today=today))


def require_settler(user: User, thread: Thread, *, today: date) -> None:
    """Raise Refused when the thread is not this person's to settle."""
    if not settles(user, thread, today=today):
        raise Refused("批注由提出人或资产监管部门标记为已解决、重新打开。")
