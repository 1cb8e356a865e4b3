"""What a person wants by mail, and the secret address of their calendar."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from audit.services import record
from core.canonical import sha256_of
from core.errors import Refused
from notifications.enums import Topic
from notifications.models import CalendarFeed, MutedMail

TOKEN_BYTES = 32


@transaction.atomic
def choose_mail(*, user: User, wanted: Iterable[str]) -> set[str]:
    """Keep the topics whose news a person wants by mail; answers those muted."""
    muted = set(Topic.values) - set(wanted) - set(Topic.ALWAYS_MAILED)
    MutedMail.objects.filter(user=user).exclude(topic__in=muted).delete()
    MutedMail.objects.bulk_create(
        [MutedMail(user=user, topic=topic) for topic in sorted(muted)], ignore_conflicts=True
    )
    return muted


@transaction.atomic
def make_feed(*, user: User, at: datetime) -> str:
    """Give the person a new secret address; the old one opens nothing from now on.

    The secret is answered once and kept as a hash only.
    """
    if not user.can(Permission.VENUE_READ):
        raise Refused("您的岗位看不到期限，没有可以订阅的内容。")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_sha256": sha256_of(token), "made_at": at}
    )
    record(case_id=user.pk, code="accounts.calendar.made", title="生成日历订阅地址", by=user, at=at)
    return token


@transaction.atomic
def revoke_feed(*, user: User, at: datetime) -> bool:
    """Make the person's secret address open nothing; answers whether there was one."""
    gone, _ = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        record(
            case_id=user.pk,
            code="accounts.calendar.revoked",
            title="停用日历订阅地址",
            by=user,
            at=at,
        )
    return bool(gone)
