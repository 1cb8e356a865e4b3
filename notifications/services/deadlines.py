"""Deadlines: set, moved, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.roles import Role
from core.clock import SHANGHAI
from notifications import selectors
from notifications.enums import OPEN, DeliveryStatus
from notifications.models import (
    TITLE_LENGTH,
    Deadline,
    DeadlineAlert,
    DeadlineAudience,
    OutboxItem,
)
from notifications.rules import relevant_days
from notifications.services.outbox import wake
from organizations.models import TradeUnion


@dataclass(frozen=True, slots=True)
class Alert:
    """A day on which the deadline speaks, what it says beside its title, and up to whom."""

    fire_on: date
    label: str
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is told: a duty (or a role) at a union, one of its departments, a venue; or a person.

    `level` is from which level of alerts on.
    """

    permission: Permission | Role | None = None
    user: User | None = None
    level: int = 0
    union: TradeUnion | None = None
    venue_id: UUID | None = None
    department: str = ""


def people_told(audiences: Iterable[Audience], *, on: date) -> list[User]:
    """Everybody an audience speaks to on a day, each once."""
    duties = [
        selectors.Duty(
            one.permission or "", one.union.pk if one.union else None, one.venue_id,
            one.department, one.user.pk if one.user else None,
        )
        for one in audiences
    ]  # fmt: skip
    found = selectors.holders_of(set(duties), on=on)
    return list(dict.fromkeys(user for duty in duties for user in found.get(duty, [])))


@transaction.atomic
def set_deadline(
    *, kind: str, subject_id: UUID, case_id: UUID | None, title: str, url: str, due_on: date,
    union: TradeUnion, alerts: list[Alert], recipients: list[Audience], at: datetime,
    venue_id: UUID | None = None, revision: int = 1,
) -> Deadline:  # fmt: skip
    """Set or move the day by which a matter is due.

    The same day again changes nothing but the words, the audience and missing alerts.
    Another day closes the old deadline with what it had still to say, and opens the
    next revision, whose alerts fire anew.
    """
    found = _latest(kind=kind, subject_id=subject_id)
    if found and found.closed_at is None and found.due_on == due_on:
        deadline = found
    else:
        if found:
            _close(found, at=at)
            revision = max(revision, found.revision + 1)
        deadline = Deadline(kind=kind, subject_id=subject_id, revision=revision, created_at=at)
    deadline.case_id, deadline.venue_id = case_id, venue_id
    deadline.title, deadline.url, deadline.due_on = title[:TITLE_LENGTH], url, due_on
    deadline.place_under(union)
    deadline.save()
    _write_alerts(deadline, alerts, today=at.astimezone(SHANGHAI).date())
    _write_audience(deadline, recipients)
    wake()
    return deadline


@transaction.atomic
def close_deadline(*, kind: str, subject_id: UUID, at: datetime) -> Deadline | None:
    """End a deadline because the matter is done: nothing further is said about it."""
    found = _latest(kind=kind, subject_id=subject_id)
    if found is None or found.closed_at is not None:
        return None
    _close(found, at=at)
    return found


def _latest(*, kind: str, subject_id: UUID) -> Deadline | None:
    """The last revision, with the matter locked.

    The first revision's row is the matter's lock; the last one is read after the lock
    is held, because whoever held it may have added one.
    """
    rows = Deadline.objects.filter(kind=kind, subject_id=subject_id)
    rows.select_for_update(of=("self",)).order_by("revision").first()
    return rows.order_by("-revision").first()


def _close(deadline: Deadline, *, at: datetime) -> None:
    """Close the row; its alerts are not planned any more, what waits to be sent is cancelled."""
    if deadline.closed_at is not None:
        return
    deadline.closed_at = at
    deadline.save_new_version()
    OutboxItem.objects.filter(deadline=deadline, status__in=OPEN).update(
        status=DeliveryStatus.CANCELLED, lease_token=None, lease_until=None, done_at=at
    )


def _write_alerts(deadline: Deadline, alerts: list[Alert], *, today: date) -> None:
    kept = relevant_days([alert.fire_on for alert in alerts], today=today)
    said = set(
        DeadlineAlert.objects.filter(
            deadline__kind=deadline.kind,
            deadline__subject_id=deadline.subject_id,
            fired_at__isnull=False,
        ).values_list("fire_on", "label")
    )  # a clock stopped and started on one day says nothing twice
    DeadlineAlert.objects.bulk_create(
        [
            DeadlineAlert(
                deadline=deadline, fire_on=alert.fire_on, label=alert.label, level=alert.level
            )
            for alert in alerts
            if alert.fire_on in kept and (alert.fire_on, alert.label) not in said
        ],
        ignore_conflicts=True,
    )


def _write_audience(deadline: Deadline, recipients: list[Audience]) -> None:
    deadline.audiences.all().delete()
    DeadlineAudience.objects.bulk_create(
        DeadlineAudience(
            deadline=deadline,
            permission=audience.permission or "",
            user=audience.user,
            level=audience.level,
            union=audience.union,
            venue_id=audience.venue_id,
            department_kind=audience.department,
        )
        for audience in recipients
    )
