"""The list of plans: in one's scope, with whose turn it is since when."""

from datetime import date
from functools import cache

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.enums import Permission
from accounts.models import ScopedQuerySet, User
from approvals.enums import Stage, TaskStatus
from approvals.models import Proposal, Task
from core.joined import Joined
from venues.models import Venue


def plans_for(user: User) -> QuerySet:
    """The plans a person may see, each with what its line prints.

    `held_since` is when the plan came to the desk it lies on, empty once it is settled or
    suspended; `desks` names the departments that have not signed yet, `people` those a
    desk's task was transferred to.
    """
    return _plans_with_turns().visible_to(user)


@cache  # the question is put together once, and asked anew by every list
def _plans_with_turns() -> ScopedQuerySet:
    tasks = unsigned_tasks()
    opened = Subquery(tasks.order_by("opened_at").values("opened_at")[:1])
    return Proposal.objects.select_related("venue", "supervising_union").annotate(
        held_since=Case(
            When(stage__in=Stage.FINAL, then=None),
            When(suspended_at__isnull=False, then=None),
            default=Coalesce(opened, F("updated_at")),
        ),
        next_due=Coalesce(Subquery(tasks.order_by("due_on").values("due_on")[:1]), F("due_on")),
        desks=Joined(tasks, "department_kind"),
        people=Joined(tasks.filter(assignee__isnull=False), "assignee__name"),
    )


def unsigned_tasks() -> QuerySet[Task]:
    """The desks of the plan of an outer query that have not signed, also while they consult."""
    unsigned = [TaskStatus.OPEN, TaskStatus.WAITING]
    return Task.objects.filter(proposal=OuterRef("pk"), parent=None, status__in=unsigned)


def is_late(today: date) -> Q:
    """Whether a desk of the plan, or whoever its stage waits for, has let the limit pass."""
    desks = unsigned_tasks().filter(due_on__lt=today).order_by()
    return Q(due_on__lt=today) | Q(Exists(desks))


def own_venues(user: User) -> list[Venue]:
    """The venues this person writes plans for."""
    wanted = [
        post.venue_id
        for post in user.posts()
        if post.venue_id and Permission.PROPOSAL_WRITE in post.card.permissions
    ]
    venues = Venue.objects.select_related("supervising_union", "supervisor")
    return list(venues.filter(pk__in=wanted).order_by("name", "pk"))
