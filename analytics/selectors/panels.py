"""What stands beside the work: near deadlines, meetings, contracts that run, the latest acts.

Four short lists, asked in one question by `core.work.answers`.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from accounts.enums import Permission
from accounts.models import User
from accounts.selectors import ledger_of
from analytics.selectors.deadlines import NEAR_DAYS, deadlines_in
from audit.models import Event
from contracts.enums import ContractState
from contracts.models import Contract
from core.clock import SHANGHAI
from core.work import Work, WorkLine, answers, work
from meetings.enums import MeetingState
from meetings.models import Meeting
from notifications.models import Deadline

NEAR_ROWS, SITTINGS, SPANS, ACTS = 6, 4, 8, 6
IN_TIME = (
    ContractState.SIGNED,
    ContractState.FILED,
    ContractState.EFFECTIVE,
    ContractState.TERMINATING,
)


@dataclass(frozen=True, slots=True)
class Near:
    """A deadline: its matter, where it leads, its day."""

    title: str
    url: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of today or later."""

    pk: UUID
    title: str
    place: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class ContractSpan:
    """A signed contract from its first day to its last."""

    pk: UUID
    title: str
    venue: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Act:
    """The latest act on a matter in the auditor's sight."""

    case_id: UUID
    title: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Panels:
    """The short lists, each in its order."""

    near: list[Near]
    sittings: list[Sitting]
    spans: list[ContractSpan]
    acts: list[Act]


def read_panels(user: User, *, today: date) -> Panels:
    """All short lists this person may see, in one query."""
    sorts = []
    if user.can(Permission.VENUE_READ):
        sorts += [_near(user, today), _spans(user)]
    if user.can(Permission.MEETING_READ):
        sorts.append(_sittings(user, today))
    if watches_acts(user):
        sorts.append(_acts(user))
    found = answers(sorts)
    return Panels(
        near=sorted(found.get("near", []), key=lambda one: (one.due_on, one.title)),
        sittings=sorted(found.get("sitting", []), key=lambda one: one.starts_at),
        spans=sorted(found.get("span", []), key=lambda one: (one.ends_on, one.title)),
        acts=sorted(found.get("act", []), key=lambda one: one.at, reverse=True),
    )


def watches_acts(user: User) -> bool:
    """Whether the latest acts stand on this person's workbench.

    The keeper of the trail reads it on its own page, where looking is itself recorded; the
    names of matters are no part of their business.
    """
    return user.can(Permission.LEDGER_READ) and user.can(Permission.VENUE_READ)


def _first(rows: QuerySet[Any], count: int) -> QuerySet[Any]:
    """The first rows of an ordered list, as a list without an order.

    SQLite takes no LIMIT inside a UNION, but takes it one level deeper.
    """
    return rows.model.objects.filter(pk__in=rows.values("pk")[:count])


def _near(user: User, today: date) -> Work:
    rows: QuerySet[Deadline] = deadlines_in(user, until=today + timedelta(days=NEAR_DAYS))
    return work(
        "near", _first(rows, NEAR_ROWS),
        lambda line: Near(line.title, line.source, line.due_on or today),
        title="title", source="url", due_on="due_on",
    )  # fmt: skip


def _sittings(user: User, today: date) -> Work:
    rows = Meeting.objects.visible_to(user).filter(
        state__in=[MeetingState.PLANNED, MeetingState.HELD],
        starts_at__gte=datetime.combine(today, time.min, tzinfo=SHANGHAI),
    )
    return work(
        "sitting", _first(rows.order_by("starts_at", "pk"), SITTINGS), _sitting,
        title="session", source="body__name", since="starts_at", note="place",
    )  # fmt: skip


def _sitting(line: WorkLine) -> Sitting:
    assert line.since is not None  # noqa: S101 - a meeting always has its time
    return Sitting(line.pk, f"{line.source}{line.title}", line.note, line.since)


def _spans(user: User) -> Work:
    rows = Contract.objects.visible_to(user).filter(
        state__in=IN_TIME, starts_on__isnull=False, ends_on__isnull=False
    )
    return work(
        "span", _first(rows.order_by("ends_on", "pk"), SPANS), _span,
        title="title", source="venue__name", due_on="ends_on",
        note=Cast("starts_on", CharField()),
    )  # fmt: skip


def _span(line: WorkLine) -> ContractSpan:
    assert line.due_on is not None  # noqa: S101 - asked for above
    starts_on = date.fromisoformat(line.note)
    return ContractSpan(line.pk, line.title, line.source, starts_on, line.due_on)


def _acts(user: User) -> Work:
    rows: QuerySet[Event] = ledger_of(user)
    return work(
        "act", _first(rows, ACTS), _act,
        parent="case_id", title="title", source="actor_name", since="at",
    )  # fmt: skip


def _act(line: WorkLine) -> Act:
    assert line.parent is not None and line.since is not None  # noqa: S101, PT018 - never null
    return Act(line.parent, line.title, line.source, line.since)
