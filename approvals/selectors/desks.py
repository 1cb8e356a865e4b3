"""Whose turn it is: the open tasks a person may act on, and what they did."""

from django.db.models import Q, QuerySet

from accounts.models import User
from approvals import permissions
from approvals.enums import Outcome, TaskStatus
from approvals.models import Opinion, OpinionDraft, Proposal, Task


def tasks_for(user: User) -> QuerySet[Task]:
    """The open tasks at the desks this person's posts sit at, the nearest limit first."""
    mine = Q(pk__in=[])
    for post in user.posts():
        for node, permission in permissions.NODE_PERMISSIONS.items():
            if post.union_id is None or post.venue_id or permission not in post.card.permissions:
                continue
            desk = Q(node=node, proposal__supervising_union=post.union_id)
            mine |= desk & Q(department_kind__in=["", post.department_kind])
    tasks = Task.objects.filter(mine, status=TaskStatus.OPEN)
    return tasks.select_related("proposal__venue", "proposal__supervising_union").order_by(
        "due_on", "pk"
    )


def task_for(user: User, proposal: Proposal) -> Task | None:
    """This person's open task on a plan, or None."""
    tasks = tasks_for(user).filter(proposal=proposal)
    return tasks.select_related("plan_version", "proposal__supervising_union").first()


def tasks_done_by(user: User) -> QuerySet[Task]:
    """What this person has decided, the latest first."""
    tasks = Task.objects.filter(done_by=user).select_related("proposal__venue", "opinion")
    return tasks.order_by("-done_at", "pk")


def proposals_started_by(user: User) -> QuerySet[Proposal]:
    """The plans this person drafted or submitted, the latest first."""
    mine = Proposal.objects.visible_to(user).filter(Q(drafted_by=user) | Q(submitted_by=user))
    return mine.select_related("venue", "supervising_union").order_by("-updated_at", "-pk")


def draft_of(user: User, task: Task) -> OpinionDraft | None:
    """This person's own unsent opinion on a task; nobody else's."""
    return OpinionDraft.objects.filter(task=task, by=user).first()


def opinions_of(proposal: Proposal) -> QuerySet[Opinion]:
    """Every opinion given on a plan, all versions, in the order they were given."""
    opinions = proposal.opinions.select_related("task", "by", "plan_version", "resolution__by")
    return opinions.prefetch_related("conditions").order_by("at", "pk")


def is_disputed(proposal: Proposal) -> bool:
    """有异议：a valid 不同意 stands on the present version."""
    return proposal.opinions.filter(outcome=Outcome.DISAGREE, is_valid=True).exists()
