"""What a person holds that would be lost with their account: work in their name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS, Stage, TaskStatus
from approvals.models import Decision, Delegation, Proposal, Task
from core import clock
from meetings.models import AgendaItem
from venues.models import Venue


@dataclass(frozen=True, slots=True)
class Held:
    """One piece of work in a leaver's name; what it is about is not said here."""

    task: Task | None = None
    delegation: Delegation | None = None
    changes: AgendaItem | None = None  # 修改后通过: the meeting named the leaver to confirm
    venue: Venue | None = None  # 监管责任人 of the venue (第十三条二)
    plan: Proposal | None = None  # 监管责任人 of the plan, told of what is late from T+3
    is_alone: bool = False  # a desk of several people's kind at which nobody else sits

    @property
    def label(self) -> str:
        if self.task:
            return self.task.desk_label
        if self.changes:
            return "确认修改"
        if self.venue:
            return "阵地监管责任人"
        if self.plan:
            return "方案监管责任人"
        return f"代理{self.delegation.get_node_display()}" if self.delegation else ""


def held_by(user: User) -> int:
    """How many pieces of open work this person holds."""
    return len(held_work(user, today=clock.today()))


def held_work(user: User, *, today: date) -> list[Held]:
    """Tasks of this person alone, desks at which nobody else sits, desks held for others.

    And changes that nobody else may confirm, because a meeting named this person; and the
    venues and plans this person answers for by name (第十三条二「谁主管、谁负责」).
    """
    tasks = Task.objects.filter(status__in=TaskStatus.UNFINISHED)
    tasks = tasks.select_related("proposal__supervising_union", "parent", "plan_version")
    named = [
        Held(task=one)
        for one in tasks.filter(assignee=user).order_by("due_on", "proposal__number", "pk")
    ]
    agent = Delegation.objects.filter(agent=user, revoked_at=None, valid_to__gte=today)
    agent = agent.select_related("principal", "union").order_by("valid_from", "pk")
    return [
        *named,
        *_alone_at(user, tasks.filter(assignee=None, parent=None), today=today),
        *(Held(changes=one.item) for one in _to_confirm(user)),
        *(Held(delegation=one) for one in agent),
        *_supervised(user),
    ]


def _supervised(user: User) -> Iterator[Held]:
    venues = Venue.objects.filter(supervisor=user).select_related("supervising_union")
    yield from (Held(venue=one) for one in venues.order_by("code"))
    plans = Proposal.objects.filter(supervisor=user).exclude(stage__in=Stage.DROPPED)
    plans = plans.select_related("supervising_union").order_by("created_at", "pk")
    yield from (Held(plan=one) for one in plans)


def _to_confirm(user: User) -> QuerySet[Decision]:
    named = Decision.objects.filter(item__confirmer=user, item__confirmed_at=None)
    named = named.filter(proposal__stage=Stage.CHANGES_PENDING)
    return named.select_related("item__body", "proposal").order_by("at", "pk")


def _alone_at(user: User, tasks, *, today: date) -> Iterator[Held]:
    posts = user.posts()
    mine = Q(pk__in=[])
    for post in posts:
        if post.union_id is None or post.venue_id:
            continue
        nodes = [node for node, duty in NODE_PERMISSIONS.items() if duty in post.card.permissions]
        mine |= Q(
            union=post.union_id,
            node__in=nodes,
            department_kind__in=["", post.department_kind],
        )
    found = list(tasks.filter(mine).order_by("due_on", "proposal__number", "pk"))
    unions = {one.union_id for one in found}
    others = Post.objects.in_force(today).filter(
        union__in=unions, venue_id=None, user__is_active=True
    )
    seats = list(others.exclude(user=user))
    for task in found:
        duty, union = NODE_PERMISSIONS[task.node], task.union_id
        if not any(
            post.union_id == union
            and duty in post.card.permissions
            and task.department_kind in ("", post.department_kind)
            for post in seats
        ):
            yield Held(task=task, is_alone=True)


def successors_of(user: User, *, today: date) -> list[tuple[str, str]]:
    """Who of the leaver's unions may take over, by name and title.

    A post that has ended counts too: what was held by it is still to be handed over.
    """
    ever = Post.objects.filter(user=user, union__isnull=False, venue_id=None)
    unions = ever.order_by().values("union")
    posts = Post.objects.in_force(today).holding(Permission.ERRAND_WRITE)
    posts = posts.filter(union__in=unions, venue_id=None, user__is_active=True)
    rows = posts.exclude(user=user).select_related("user").order_by("user__name", "pk")
    return list({str(one.user_id): f"{one.user.name} · {one.title}" for one in rows}.items())
