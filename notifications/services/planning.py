"""Firing the alerts whose day has come: many at a time by a few statements, each once."""

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from core.clock import SHANGHAI
from notifications import selectors
from notifications.models import DeadlineAlert, OutboxItem
from notifications.rules import days_left
from notifications.selectors import Due
from notifications.services.outbox import messages, wake

log = logging.getLogger(__name__)
MOST_AT_ONCE = 10_000
MOST_ON_SQLITE = 200  # one writer: the pages must have their turn soon


@transaction.atomic(savepoint=False)
def fire_due(*, now: datetime) -> int:
    """Write the messages of the alerts that are due and say how many fired; 0 when there are none.

    The alerts and their deadlines are locked, and those that somebody else holds are left
    to them: a deadline closed meanwhile is silent. An alert that cannot be fired is logged
    and left; it must not silence the others.
    """
    today = now.astimezone(SHANGHAI).date()
    most = MOST_ON_SQLITE if connection.vendor == "sqlite" else MOST_AT_ONCE
    due = selectors.alerts_to_fire(today, most=most)
    if not due:
        return 0
    holders = selectors.holders_of({duty for one in due for duty in one.duties}, on=today)
    items: list[OutboxItem] = []
    fired: list[int] = []
    for one in due:
        try:
            items += _messages_of(one, holders, today=today, now=now)
            fired.append(one.alert.pk)
        except Exception:
            log.exception("alert %s could not be fired", one.alert.pk)
    OutboxItem.objects.bulk_create(items, ignore_conflicts=True)
    DeadlineAlert.objects.filter(pk__in=fired).update(fired_at=now)
    wake()
    return len(fired)


def _messages_of(
    due: Due, holders: selectors.Holders, *, today: date, now: datetime
) -> Sequence[OutboxItem]:
    alert, deadline = due.alert, due.alert.deadline
    return messages(
        users=[user for duty in due.duties for user in holders[duty]],
        title=f"{deadline.title}：{alert.label}",
        body=f"期限日 {deadline.due_on:%Y-%m-%d}，{days_left(deadline.due_on, today=today)}。",
        url=deadline.url,
        kind=deadline.kind,
        dedupe_key=":".join(
            ("deadline", str(deadline.pk), str(deadline.revision), str(alert.fire_on), alert.label)
        ),
        at=now,
        case_id=deadline.case_id,
        deadline=deadline,
    )
