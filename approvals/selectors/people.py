"""The people of a union a matter can be given, shown or asked of, as choices of a form."""

from collections.abc import Iterable
from datetime import date

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS
from approvals.models import Proposal, Task
from organizations.models import TradeUnion

Choices = list[tuple[str, str]]


def _choices(posts: Iterable[Post], *, without: User) -> Choices:
    found = {str(one.user_id): f"{one.user.name} · {one.title}" for one in posts}
    found.pop(str(without.pk), None)
    return list(found.items())


def colleagues(union: TradeUnion, *, on: date, without: User) -> Choices:
    """Everybody at a union who may be asked, by name and title; auditors are not."""
    posts = Post.objects.in_force(on).holding(Permission.ERRAND_WRITE)
    posts = posts.filter(union=union, venue_id=None).select_related("user")
    return _choices(posts.order_by("user__name", "pk"), without=without)


def sharers_of(task: Task, *, on: date, without: User) -> Choices:
    """Who else sits at the desk of a task."""
    posts = Post.objects.in_force(on).holding(NODE_PERMISSIONS[task.node])
    posts = posts.filter(union=task.desk_union, venue_id=None)
    if task.department_kind:
        posts = posts.filter(department_kind=task.department_kind)
    return _choices(posts.select_related("user").order_by("user__name", "pk"), without=without)


def circulated(proposal: Proposal) -> list:
    """Who was sent the plan to read, and who has read it."""
    return list(
        proposal.circulations.select_related("to_user", "sent_by").order_by("sent_at", "pk")
    )
