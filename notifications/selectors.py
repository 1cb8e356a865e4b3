"""Reads of deadlines, the outbox and the inbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.roles import Role
from notifications.enums import OPEN, WAITING, DeliveryStatus
from notifications.models import (
    Deadline,
    DeadlineAlert,
    DeadlineAudience,
    InboxItem,
    OutboxItem,
    Runner,
)
from notifications.rules import CLOCK_WENT_BACK, LONGEST_RETRY


def unread_count(user: User) -> int:
    """How many notices the person has not read."""
    return InboxItem.objects.filter(user=user, read_at=None).count()


def inbox_of(user: User) -> QuerySet[InboxItem]:
    """The person's notices, newest first."""
    return InboxItem.objects.filter(user=user).order_by("-at", "pk")


def deadlines_near(user: User, until: date) -> QuerySet[Deadline]:
    """Open deadlines in the person's sight that fall due by the day, nearest first."""
    return (
        Deadline.objects.visible_to(user)
        .filter(closed_at=None, due_on__lte=until)
        .order_by("due_on", "pk")
    )


def open_deadline(*, kind: str, subject_id: UUID) -> Deadline | None:
    """The deadline in force for a matter, or None."""
    return Deadline.objects.filter(kind=kind, subject_id=subject_id, closed_at=None).first()


def deliveries(*, status: str = "", channel: str = "") -> QuerySet[OutboxItem]:
    """The delivery log, newest first."""
    rows = OutboxItem.objects.select_related("recipient").order_by("-created_at", "pk")
    if status:
        rows = rows.filter(status=status)
    return rows.filter(channel=channel) if channel else rows


@dataclass(frozen=True, slots=True)
class Health:
    """Whether later work gets done: progress, not processes."""

    counts: dict[str, int]
    oldest_due_at: datetime | None
    beat_at: datetime | None


def health(*, now: datetime) -> Health:
    """Counts by status, the oldest row that should have gone out, the last tick."""
    rows = OutboxItem.objects.values_list("status").annotate(Count("pk")).order_by("status")
    oldest = OutboxItem.objects.filter(due(now)).aggregate(at=Min("next_at"))["at"]
    beat = Runner.objects.filter(name="tick").values_list("beat_at", flat=True).first()
    return Health(dict(rows), oldest, beat)


def due(now: datetime) -> Q:
    """Outbox rows to be delivered now: waiting ones whose time has come, expired leases.

    "Due" is `<=`. Where the clock went back (a database that lives on one day), what
    was written or put off "later than now" is due as well, or it would wait for ever.
    """
    waiting = Q(status__in=WAITING) & (
        Q(next_at__lte=now)
        | Q(status=DeliveryStatus.PENDING, created_at__gt=now)
        | Q(status=DeliveryStatus.RETRY, next_at__gt=now + LONGEST_RETRY)
    )
    abandoned = Q(status=DeliveryStatus.LEASED) & lease_over(now)
    return waiting | abandoned


def lease_over(now: datetime) -> Q:
    """A lease that ended, or one so far ahead that the clock must have gone back.

    Ticks that run together do not agree on the second: a lease a little longer than
    ours is somebody at work.
    """
    return Q(lease_until__lt=now) | Q(lease_until__gt=now + CLOCK_WENT_BACK)


def due_alerts(today: date) -> QuerySet[DeadlineAlert]:
    """Alerts of open deadlines whose day has come, oldest first."""
    return DeadlineAlert.objects.filter(
        fired_at=None, fire_on__lte=today, deadline__closed_at=None
    ).order_by("fire_on", "pk")


def due_items(now: datetime) -> QuerySet[OutboxItem]:
    """Outbox rows to be delivered now, longest waiting first."""
    return OutboxItem.objects.filter(status__in=OPEN).filter(due(now)).order_by("next_at", "pk")


def recipients_of(audiences: Iterable[DeadlineAudience], *, on: date) -> list[User]:
    """The persons who hold the duties on the day, each once.

    A post counts at the very union, venue or department, as `post_for` has it.
    """
    found: dict[UUID, User] = {}
    for audience in audiences:
        for post in _posts_of(audience, on=on):
            found[post.user_id] = post.user
    return list(found.values())


def _posts_of(audience: DeadlineAudience, *, on: date) -> QuerySet[Post]:
    posts = Post.objects.in_force(on).filter(user__is_active=True).select_related("user")
    if audience.permission in set(Role):
        posts = posts.filter(role=audience.permission)
    else:
        posts = posts.holding(Permission(audience.permission))
    if audience.venue_id:
        return posts.filter(venue_id=audience.venue_id).order_by("user_id", "pk")
    posts = posts.filter(union_id=audience.union_id, venue_id=None)
    if audience.department_kind:
        posts = posts.filter(department_kind=audience.department_kind)
    return posts.order_by("user_id", "pk")
