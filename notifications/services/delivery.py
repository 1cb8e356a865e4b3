"""`tick`: plan, claim, deliver, finish, heartbeat. The one code path of later work."""

import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F

from core.canonical import sha256_of
from notifications import selectors
from notifications.enums import OPEN, Channel, DeliveryStatus, Outcome
from notifications.models import (
    DeliveryAttempt,
    InboxItem,
    OutboxItem,
)
from notifications.rules import LEASE, MAX_ATTEMPTS, is_given_up, retry_after
from notifications.services.planning import fire_due
from notifications.services.runners import beat, nightly

BATCH = 200
BUDGET_SECONDS = 100.0  # under the task's time limit, so that a tick ends by itself
PAUSE_SECONDS = 0.01  # SQLite has one writer: between two of ours, the pages have their turn
ERROR_LENGTH = 500
LOST_TOO_OFTEN = "多次发送均中途中断。"


@dataclass(slots=True)
class TickReport:
    """What one tick did."""

    fired: int = 0
    sent: int = 0
    retried: int = 0
    dead: int = 0
    cancelled: int = 0


class Span:
    """The time inside one tick: the moment it was given, and what has passed since."""

    def __init__(self, now: datetime, *, is_alone: bool = False) -> None:
        self.start = now
        self._began = time.monotonic()
        self._makes_room = connection.vendor == "sqlite" and not is_alone

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._began

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.elapsed)

    @property
    def is_over(self) -> bool:
        return self.elapsed > BUDGET_SECONDS

    def pause(self) -> None:
        """Let others write between two small transactions."""
        if self._makes_room:
            time.sleep(PAUSE_SECONDS)


def tick(*, now: datetime, is_alone: bool = False) -> TickReport:
    """Do all that is due at `now`, however long nobody looked, and nothing twice.

    Any number may run at once and each may be killed at any point: alerts are fired and
    rows claimed by conditional UPDATEs, the unique dedupe key backs both. `is_alone`
    says that nobody else uses the database yet: then there is no one to make room for.
    """
    span, report = Span(now, is_alone=is_alone), TickReport()
    nightly(now=now)
    _plan(span, report)
    while not span.is_over and _deliver_batch(span, report):
        pass
    beat(name="tick", now=now)
    return report


def _plan(span: Span, report: TickReport) -> None:
    """Fire the alerts whose day has come."""
    while not span.is_over and (fired := fire_due(now=span.start)):
        report.fired += fired
        span.pause()


def _deliver_batch(span: Span, report: TickReport) -> bool:
    """Deliver one batch of due rows; answers whether there may be more."""
    items = list(selectors.due_items(span.start).select_related("recipient")[:BATCH])
    for item in items:
        if span.is_over:
            return False
        if token := _claim(item, now=span.now):
            _deliver(item, token=token, span=span, report=report)
        span.pause()
    return len(items) == BATCH


def _claim(item: OutboxItem, *, now: datetime) -> uuid.UUID | None:
    """Take one row for a minute; None when somebody else has it or it is done."""
    token = uuid.uuid4()
    with transaction.atomic():
        was_lost = item.status == DeliveryStatus.LEASED
        rows = OutboxItem.objects.filter(selectors.due(now), pk=item.pk, status__in=OPEN)
        if was_lost:
            rows = rows.filter(lease_token=item.lease_token)
        taken = rows.update(
            status=DeliveryStatus.LEASED,
            lease_token=token,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
        if not taken:
            return None
        if was_lost:
            _write_attempt(item, Outcome.LOST, started_at=now, ended_at=now)
    item.attempts += 1
    return token


def _deliver(item: OutboxItem, *, token: uuid.UUID, span: Span, report: TickReport) -> None:
    started_at = span.now
    if item.attempts > MAX_ATTEMPTS:  # its deliveries were killed every time
        report.dead += _finish(item, token, DeliveryStatus.DEAD, span=span, error=LOST_TOO_OFTEN)
    elif not item.recipient.is_active:
        report.cancelled += _finish(item, token, DeliveryStatus.CANCELLED, span=span)
    elif item.channel == Channel.INAPP:
        report.sent += _put_into_inbox(item, token, started_at=started_at, span=span)
    else:
        _send_mail(item, token, started_at=started_at, span=span, report=report)


@transaction.atomic
def _put_into_inbox(
    item: OutboxItem, token: uuid.UUID, *, started_at: datetime, span: Span
) -> bool:
    """The notice and the word "sent" in one transaction: exactly once."""
    if not _finish(item, token, DeliveryStatus.SENT, span=span):
        return False
    InboxItem.objects.create(
        outbox=item,
        user=item.recipient,
        title=item.title,
        body=item.body,
        url=item.url,
        at=item.created_at,
    )
    _write_attempt(item, Outcome.SENT, started_at=started_at, ended_at=span.now)
    return True


def _send_mail(
    item: OutboxItem, token: uuid.UUID, *, started_at: datetime, span: Span, report: TickReport
) -> None:
    """Hand one mail to the mail server, outside any transaction, and note how it ended.

    At least once: killed between the server's yes and our note, it is sent again with
    the same Message-ID.
    """
    try:
        mail_of(item).send()
    except Exception as error:
        _note_failure(item, token, error=error, started_at=started_at, span=span, report=report)
        return
    with transaction.atomic():
        if _finish(item, token, DeliveryStatus.SENT, span=span):
            _write_attempt(item, Outcome.SENT, started_at=started_at, ended_at=span.now)
            report.sent += 1


def _note_failure(
    item: OutboxItem, token: uuid.UUID, *, error: Exception, started_at: datetime, span: Span,
    report: TickReport,
) -> None:  # fmt: skip
    text = " ".join(f"{type(error).__name__}: {error}".split())[:ERROR_LENGTH]
    is_dead = is_given_up(item.attempts)
    status = DeliveryStatus.DEAD if is_dead else DeliveryStatus.RETRY
    with transaction.atomic():
        if _finish(item, token, status, span=span, error=text):
            _write_attempt(
                item, Outcome.FAILED, started_at=started_at, ended_at=span.now, error=text
            )
            report.dead += is_dead
            report.retried += not is_dead


def _finish(
    item: OutboxItem, token: uuid.UUID, status: DeliveryStatus, *, span: Span, error: str = ""
) -> bool:
    """Leave the row in its next state, if the lease is still ours."""
    is_retry = status == DeliveryStatus.RETRY
    return bool(
        OutboxItem.objects.filter(pk=item.pk, lease_token=token).update(
            status=status,
            lease_token=None,
            lease_until=None,
            last_error=error,
            next_at=span.start + retry_after(item.attempts) if is_retry else item.next_at,
            done_at=None if is_retry else span.now,
        )
    )


def _write_attempt(
    item: OutboxItem, outcome: Outcome, *, started_at: datetime, ended_at: datetime, error: str = ""
) -> None:
    DeliveryAttempt.objects.create(
        outbox=item,
        number=item.attempts,
        outcome=outcome,
        started_at=started_at,
        ended_at=ended_at,
        error=error,
    )


def mail_of(item: OutboxItem) -> EmailMessage:
    """The mail of one row; its Message-ID is the same at every attempt."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    lines = [f"{item.recipient.name}：", "", item.title, item.body]
    lines.append(f"请登录职工服务阵地监管平台办理：{settings.PORTAL_URL}{item.url}")
    return EmailMessage(
        subject=" ".join(item.title.split()),
        body="\n".join(lines) + "\n",
        to=[item.recipient.email],
        headers={"Message-ID": f"<{sha256_of(item.dedupe_key)[:40]}@{domain}>"},
    )
