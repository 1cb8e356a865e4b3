"""Reads of accounts, posts and of the ledger as far as a person may see it."""

from collections.abc import Iterable
from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.enums import Permission
from accounts.models import ApiToken, Post, SavedView, User
from accounts.places import venue_place
from accounts.tokens import digest_of
from audit.models import Event
from organizations.models import TradeUnion

MOST_TO_SEE_TO = 50


def name_people(rows: Iterable[Model], *fields: str) -> None:
    """Fill in who stands in these columns, by one query; each person is read once, for the name."""
    named = [(row, field, f"{field}_id") for row in rows for field in fields]
    named = [one for one in named if getattr(one[0], one[2], None) is not None]
    wanted = {getattr(row, column) for row, _field, column in named}
    people = User.objects.only("name").in_bulk(wanted) if wanted else {}
    for row, field, column in named:
        setattr(row, field, people[getattr(row, column)])


def posts() -> QuerySet[Post]:
    """All posts with their person and union."""
    return Post.objects.select_related("user", "union")


def accounts_without_post() -> QuerySet[User]:
    """Accounts in use to which no post was ever assigned."""
    held = Post.objects.filter(user=OuterRef("pk")).order_by()
    return User.objects.filter(~Exists(held), is_active=True)


def accounts_to_see_to(*, now: datetime) -> list[User]:
    """Accounts in use that no post was ever assigned to, and those shut after wrong passwords.

    `is_locked` tells the two apart; one query for both.
    """
    attempts = AccessAttempt.objects.filter(
        username=OuterRef("username"),
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=now - get_cool_off(),
    ).order_by()
    rows = User.objects.annotate(is_locked=Exists(attempts)).filter(
        Q(is_locked=True) | Q(pk__in=accounts_without_post().values("pk"))
    )
    return list(rows.order_by("-is_locked", "username", "pk")[:MOST_TO_SEE_TO])


def sees_whole_ledger(user: User) -> bool:
    """Whether the person reads the ledger of all unions: the audit administrator."""
    return any(
        post.is_platform and Permission.LEDGER_READ in post.card.permissions
        for post in user.posts()
    )


def ledger_of(user: User) -> QuerySet[Event]:
    """The acts this person may read; an auditor those of their own subtree."""
    events = Event.objects.all()
    if sees_whole_ledger(user):
        return events
    below = Q(pk__in=[])
    for post in user.posts():
        if post.union and Permission.LEDGER_READ in post.card.permissions:
            below |= Q(path__startswith=post.union.path)
    return events.filter(union_id__in=TradeUnion.objects.filter(below).order_by().values("pk"))


def views_of(user: User, list_name: str) -> QuerySet[SavedView]:
    """The views a person saved of one list, in the order they were saved."""
    return SavedView.objects.filter(user=user, list_name=list_name).order_by("created_at", "pk")


def union_id_of(user: User) -> int | None:
    """The union whose auditors read what this person does: that of the first post."""
    for post in user.posts():
        if post.union_id:
            return post.union_id
        if post.venue_id and (place := venue_place(post.venue_id)):
            return place.union.pk
    return None


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The person's own tokens, the newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "pk")


def token_by_key(key: str) -> ApiToken | None:
    """The token a key belongs to, with its person."""
    return ApiToken.objects.select_related("user").filter(sha256=digest_of(key)).first()
