"""Reads of accounts, posts and of the ledger as far as a person may see it."""

from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.enums import Permission
from accounts.models import Post, User
from audit.models import Event
from organizations.models import TradeUnion


def accounts(*, text: str = "") -> QuerySet[User]:
    """Accounts whose name or login contains the text, by login."""
    rows = User.objects.order_by(Lower("username"), "pk")
    return rows.filter(Q(username__icontains=text) | Q(name__icontains=text)) if text else rows


def posts(*, text: str = "") -> QuerySet[Post]:
    """Posts of persons whose name or login contains the text, by login, newest first."""
    rows = Post.objects.select_related("user", "union").order_by(
        "user__username", "-valid_from", "pk"
    )
    if text:
        rows = rows.filter(Q(user__username__icontains=text) | Q(user__name__icontains=text))
    return rows


def accounts_without_post() -> QuerySet[User]:
    """Accounts in use to which no post was ever assigned."""
    held = Post.objects.order_by().values("user")
    return User.objects.filter(is_active=True).exclude(pk__in=held).order_by("username", "pk")


def locked_accounts(*, now: datetime) -> list[User]:
    """Accounts shut for a while after too many wrong passwords."""
    attempts = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=now - get_cool_off(),
    )
    names = attempts.order_by().values("username")
    return list(User.objects.filter(username__in=names).order_by("username", "pk"))


def sees_whole_ledger(user: User) -> bool:
    """Whether the person reads the ledger of all unions: the audit administrator."""
    return any(
        post.is_platform and Permission.LEDGER_READ in post.card.permissions
        for post in user.posts()
    )


def ledger_of(user: User) -> QuerySet[Event]:
    """The acts this person may read, newest first; an auditor those of their own subtree."""
    events = Event.objects.order_by("-recorded_at", "-seq", "pk")
    if sees_whole_ledger(user):
        return events
    below = Q(pk__in=[])
    for post in user.posts():
        if post.union and Permission.LEDGER_READ in post.card.permissions:
            below |= Q(path__startswith=post.union.path)
    return events.filter(union_id__in=TradeUnion.objects.filter(below).order_by().values("pk"))
