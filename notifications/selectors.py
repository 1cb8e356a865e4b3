"""Reads of deadlines, the outbox and the inbox."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.roles import Role
from core.canonical import sha256_of
from core.clock import SHANGHAI
from notifications.enums import OPEN, WAITING, Channel, DeliveryStatus, Topic, topic_of
from notifications.models import (
    CalendarFeed,
    Deadline,
    DeadlineAlert,
    InboxItem,
    MutedMail,
    OutboxItem,
    Runner,
)
from notifications.rules import CLOCK_WENT_BACK, LONGEST_RETRY


def unread_count(user: User) -> int:
    """How many notices the person had not read when the request began."""
    if not hasattr(user, "unread_count"):  # nobody without a post was read together with it
        user.unread_count = InboxItem.objects.filter(user=user, read_at=None).count()
    return user.unread_count


def unread_of_a_post() -> Coalesce:
    """The same as a column of posts, for where a person is read with them."""
    unread = InboxItem.objects.filter(user=OuterRef("user"), read_at=None).order_by()
    counted = unread.values("user").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def inbox_of(user: User) -> QuerySet[InboxItem]:
    """The person's notices, newest first."""
    return InboxItem.objects.filter(user=user).order_by("-at", "pk")


def notices_of(user: User, *, topic: str = "", is_unread: bool = False) -> QuerySet[InboxItem]:
    """The person's notices by day, the latest day first, inside a day the unread before the read."""
    rows = InboxItem.objects.filter(user=user).annotate(kind=F("outbox__kind"))
    if topic:
        rows = rows.filter(Q(kind=topic) | Q(kind__startswith=f"{topic}."))
    if is_unread:
        rows = rows.filter(read_at=None)
    was_read = Case(When(read_at=None, then=Value(0)), default=Value(1))
    return rows.order_by(TruncDate("at", tzinfo=SHANGHAI).desc(), was_read, "-at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of the last notice of a kind to one person: sent when, delivered, read when."""

    sent_at: datetime
    is_delivered: bool
    read_at: datetime | None


def receipts_of(case_id: UUID, *, kind: str) -> dict[UUID, Receipt]:
    """已阅回执: the last in-app notice of this kind in a case to each person."""
    inbox = InboxItem.objects.filter(outbox=OuterRef("pk"))
    rows = OutboxItem.objects.filter(case_id=case_id, kind=kind, channel=Channel.INAPP)
    rows = rows.annotate(
        delivered=Exists(inbox), read_at=Subquery(inbox.values("read_at")[:1])
    ).order_by("created_at", "pk")
    return {
        row.recipient_id: Receipt(
            sent_at=row.created_at, is_delivered=row.delivered, read_at=row.read_at
        )
        for row in rows
    }


def muted_by(users: Iterable[User], *, kind: str) -> set[UUID]:
    """Which of these persons read news of this kind in the portal only."""
    topic = topic_of(kind)
    mailed = [user.pk for user in users if user.email]
    if topic is None or topic in Topic.ALWAYS_MAILED or not mailed:
        return set()
    muted = MutedMail.objects.filter(topic=topic, user__in=mailed)
    return set(muted.values_list("user_id", flat=True))


def muted_topics(user: User) -> set[str]:
    """The topics whose news this person does not want by mail."""
    return set(MutedMail.objects.filter(user=user).values_list("topic", flat=True))


def feed_of(user: User) -> CalendarFeed | None:
    """The person's calendar feed, or None."""
    return CalendarFeed.objects.filter(user=user).first()


def feed_owner(token: str) -> User | None:
    """Whose feed this secret opens: an account in use that may read deadlines, or nobody."""
    feed = CalendarFeed.objects.filter(token_sha256=sha256_of(token), user__is_active=True)
    found = feed.select_related("user").first()
    if found is None or not found.user.can(Permission.VENUE_READ):
        return None
    return found.user


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


@dataclass(frozen=True, slots=True)
class Health:
    """Whether later work gets done: progress, not processes."""

    waiting: int
    dead: int
    oldest_due_at: datetime | None
    beat_at: datetime | None


def health(*, now: datetime) -> Health:
    """What waits, what failed, the oldest row that should have gone out, the last tick.

    One query; the tick rides along, as long as there is any row it can ride on.
    """
    beats = Runner.objects.filter(name="tick").order_by("pk").values_list("beat_at", flat=True)
    figures = OutboxItem.objects.aggregate(
        rows=Count("pk"),
        waiting=Count("pk", filter=Q(status__in=OPEN)),
        dead=Count("pk", filter=Q(status=DeliveryStatus.DEAD)),
        oldest_due_at=Min("next_at", filter=due(now)),
        beat_at=Max(Subquery(beats[:1])),
    )
    if not figures.pop("rows"):
        figures["beat_at"] = beats.first()
    return Health(**figures)


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


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is to be told: a permission or a role, at one union, department or venue; or one person."""

    permission: str
    union_id: int | None
    venue_id: UUID | None
    department: str
    user_id: UUID | None = None


Holders = dict[Duty, list[User]]


@dataclass(frozen=True, slots=True)
class Due:
    """One alert to be fired, with its deadline, and the duties it speaks to."""

    alert: DeadlineAlert
    duties: list[Duty]


def alerts_to_fire(today: date, *, most: int) -> list[Due]:
    """What is due, locked for the caller's transaction; what others hold is left out."""
    audience = "deadline__audiences__"
    rows = (
        DeadlineAlert.objects.filter(pk__in=due_alerts(today).values("pk")[:most])
        .filter(fired_at=None, deadline__closed_at=None)
        .select_related("deadline")
        .annotate(
            permission=F(f"{audience}permission"),
            union=F(f"{audience}union_id"),
            venue=F(f"{audience}venue_id"),
            department=F(f"{audience}department_kind"),
            person=F(f"{audience}user_id"),
            from_level=F(f"{audience}level"),
        )
        .select_for_update(of=("self", "deadline"), skip_locked=True)
        .order_by("fire_on", "pk")
    )
    found: dict[int, Due] = {}
    for row in rows:
        due = found.setdefault(row.pk, Due(row, []))
        if (row.permission or row.person) and row.from_level <= row.level:
            duty = Duty(row.permission, row.union, row.venue, row.department, row.person)
            due.duties.append(duty)
    return list(found.values())


def holders_of(duties: set[Duty], *, on: date) -> Holders:
    """The persons who hold each duty on the day; a duty nobody knows is left out.

    A post counts at the very union, venue or department, as `post_for` has it.
    """
    named = {duty for duty in duties if duty.user_id}
    found = _posted(duties - named, on=on)
    if named:
        rows = User.objects.filter(pk__in={duty.user_id for duty in named}, is_active=True)
        people = {user.pk: user for user in rows}
        found |= {one: [people[one.user_id]] if one.user_id in people else [] for one in named}
    return found


def _posted(duties: set[Duty], *, on: date) -> Holders:
    at_venue = Q(venue_id__in={duty.venue_id for duty in duties if duty.venue_id})
    at_union = Q(union_id__in={duty.union_id for duty in duties}, venue_id=None)
    posts = Post.objects.in_force(on).filter(at_venue | at_union, user__is_active=True)
    there: dict[UUID | int | None, list[Post]] = defaultdict(list)
    for post in posts.select_related("user").order_by("user_id", "pk"):
        there[post.venue_id or post.union_id].append(post)
    return {
        duty: [
            post.user
            for post in there[duty.venue_id or duty.union_id]
            if post.role in roles
            and (duty.venue_id or duty.department in ("", post.department_kind))
        ]
        for duty in duties
        if (roles := _roles_with(duty.permission))
    }


@cache
def _roles_with(permission: str) -> frozenset[Role]:
    """The roles that carry a permission; a role stands for itself."""
    return frozenset(
        role for role in Role if permission == role or permission in role.card.permissions
    )
