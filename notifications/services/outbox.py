"""Writing the outbox, and the wake-up that is never needed."""

import logging
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from audit.services import record
from core.errors import ActionBlocked, Refused
from core.models import lock
from notifications import selectors
from notifications.enums import Channel, DeliveryStatus
from notifications.models import TITLE_LENGTH, Deadline, OutboxItem

log = logging.getLogger(__name__)
WAKE_TASK = "notifications.tasks.wake"
QUIET_SECONDS = 30.0


class Waker:
    """Sends the wake-up; after a failure it is quiet for a while, so no act waits for Redis."""

    def __init__(self) -> None:
        self.failures = 0
        self.quiet_until = 0.0

    def send(self) -> None:
        if not settings.REDIS_URL or time.monotonic() < self.quiet_until:
            return
        try:
            current_app.send_task(WAKE_TASK, retry=False, ignore_result=True, expires=30)
        except Exception as error:
            self.failures += 1
            self.quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("wake-up not sent (%s failures so far): %s", self.failures, error)


waker = Waker()


def wake() -> None:
    """Ask a worker to look at the outbox once this transaction is committed."""
    if settings.REDIS_URL:
        transaction.on_commit(waker.send)


def notify(
    *, users: Iterable[User], title: str, body: str, url: str, kind: str, dedupe_key: str,
    at: datetime, case_id: UUID | None = None, deadline: Deadline | None = None,
) -> None:  # fmt: skip
    """Write what each person is to be told, in the caller's transaction.

    One row per person and channel; the in-app notice always, e-mail where there is an
    address and the topic is not muted; a deadline is mailed whatever a person chose: it is
    the law's reminder, not news. The dedupe key says which telling this is: said again, it
    adds nothing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a message is written in the transaction of its act")
    people = list(users)
    rows = messages(
        users=people, title=title, body=body, url=url, kind=kind, dedupe_key=dedupe_key, at=at,
        case_id=case_id, deadline=deadline,
        muted=() if deadline else selectors.muted_by(people, kind=kind),
    )  # fmt: skip
    OutboxItem.objects.bulk_create(rows, ignore_conflicts=True)
    wake()


def messages(
    *, users: Iterable[User], title: str, body: str, url: str, kind: str, dedupe_key: str,
    at: datetime, case_id: UUID | None = None, deadline: Deadline | None = None,
    muted: Collection[UUID] = (),
) -> list[OutboxItem]:  # fmt: skip
    """The rows that tell each person once by each channel, not yet written."""
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"a message links inside the portal only: {url}")
    return [
        OutboxItem(
            dedupe_key=f"{dedupe_key}:{user.pk}:{channel}",
            kind=kind,
            channel=channel,
            recipient=user,
            deadline=deadline,
            title=title[:TITLE_LENGTH],
            body=body,
            url=url,
            case_id=case_id,
            not_before=at,
            next_at=at,
            created_at=at,
        )
        for user in {user.pk: user for user in users if user.is_active}.values()
        for channel in _channels_of(user, muted=muted)
    ]


def _channels_of(user: User, *, muted: Collection[UUID]) -> list[Channel]:
    is_mailed = user.email and user.pk not in muted
    return [Channel.INAPP, Channel.EMAIL] if is_mailed else [Channel.INAPP]


@transaction.atomic
def requeue(*, item: OutboxItem, by: User, at: datetime, command_id: UUID | None = None):
    """Try a dead message again from its first attempt, on record."""
    item = lock(OutboxItem, pk=item.pk)
    if not by.can(Permission.DELIVERY_READ):
        raise Refused("只有系统管理员可以重新投递。")
    if item.status != DeliveryStatus.DEAD:
        raise ActionBlocked("这条消息不在“未送达”状态，不需要重新投递。请刷新页面查看最新状态。")
    item.status = DeliveryStatus.RETRY
    item.attempts, item.done_at, item.next_at = 0, None, max(at, item.not_before)
    item.save(update_fields=["status", "attempts", "done_at", "next_at"])
    record(
        case_id=item.pk,
        code="notifications.delivery.requeued",
        title=f"重新投递给{item.recipient.name}（{item.get_channel_display()}）",
        by=by,
        at=at,
        body={"last_error": item.last_error},
        command_id=command_id,
    )
    wake()
    return item
