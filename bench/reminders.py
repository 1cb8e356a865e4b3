"""What a sweep over due deadlines costs, what running it again costs, and whether four double."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Permission
from bench.figures import Figure
from bench.measuring import LEAST_SPIN, best_spin_gain, compare, cpu_of
from notifications import services
from notifications.enums import DeliveryStatus
from notifications.models import (
    Deadline,
    DeadlineAlert,
    DeadlineAudience,
    InboxItem,
    OutboxItem,
)
from notifications.services import Alert, Audience
from notifications.services.planning import fire_due
from tests.harness.racing import race
from tests.notifications.conftest import AT, SHANGHAI, Town, build_town

# The deadlines the product sets, by the service that sets them.
RULES = (
    "approvals.formal_review",
    "approvals.countersignature",
    "approvals.legal_review",
    "contracts.filing",
    "contracts.expiry",
    "supervision.report",
    "supervision.rectification",
    "meetings.resolution",
    "disclosure.update",
    "evaluations.evaluation",
)
OPEN_OF_A_RULE, DUE_OF_A_RULE = 2_000, 500
SWEEPS, RACED_DUE = 4, 60
NOW = datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
LATER = NOW + timedelta(days=200)


def measure(_database: str) -> Iterator[Figure]:
    """The figures of this group, on PostgreSQL."""
    town = build_town()
    for kind in RULES:
        _deadlines(town, kind, due=DUE_OF_A_RULE, total=OPEN_OF_A_RULE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield _statements()
    yield _rerun()
    yield _doubles(town)


def _deadlines(town: Town, kind: str, *, due: int, total: int) -> None:
    """One deadline by the service, the others like it: `due` of them speak now."""
    first = services.set_deadline(
        kind=kind, subject_id=uuid.uuid4(), case_id=None, title="期限", url="/",
        due_on=NOW.date() + timedelta(days=30), union=town.city, at=AT,
        alerts=[Alert(NOW.date(), "30 天提醒")],
        recipients=[
            Audience(permission=Permission.CONTRACT_FILE, union=town.city, department="asset")
        ],
    )  # fmt: skip
    audience = first.audiences.get()
    fields = {one.attname: getattr(first, one.attname) for one in Deadline._meta.concrete_fields}
    own = ("id", "subject_id")
    common = {name: value for name, value in fields.items() if name not in own}
    rows = [Deadline(subject_id=uuid.uuid4(), **common) for _ in range(total - 1)]
    Deadline.objects.bulk_create(rows)
    DeadlineAlert.objects.bulk_create(
        DeadlineAlert(deadline=row, label="30 天提醒", fire_on=(NOW if no < due else LATER).date())
        for no, row in enumerate(rows, start=1)
    )
    DeadlineAudience.objects.bulk_create(
        DeadlineAudience(
            deadline=row, permission=audience.permission, union_id=audience.union_id,
            department_kind=audience.department_kind,
        )
        for row in rows
    )  # fmt: skip


def _sweep() -> int:
    """What `tick` does with deadlines; says how many fired."""
    fired = 0
    while found := fire_due(now=NOW):
        fired += found
    return fired


def _again() -> None:
    """Everything that fired is due once more, and nothing of it was said."""
    OutboxItem.objects.all().delete()
    DeadlineAlert.objects.exclude(fired_at=None).update(fired_at=None)


def _statements() -> Figure:
    with CaptureQueriesContext(connection) as captured:
        fired = _sweep()
    due = fired / len(RULES)
    return Figure(
        group="reminders", figure="sql_per_rule", value=len(captured) / len(RULES), op="<=",
        bar=1 + due / 2000, unit="statements",
        note=f"{len(captured)} statements for {fired} due alerts of {len(RULES)} rules among "
        f"{Deadline.objects.count()} open deadlines",
    )  # fmt: skip


def _rerun() -> Figure:
    me, server = "self", connection.connection.info.backend_pid

    def first() -> float:
        _again()
        return _cost_of_sweep(me, server)

    found = compare(first, lambda: _cost_of_sweep(me, server))
    return Figure(
        group="reminders", figure="rerun_vs_first", value=found.ratio, op="<=", bar=0.5,
        unit="ratio", is_void=found.is_void,
        note=f"CPU of client and server: first {found.floor:.3f} s, again {found.product:.4f} s; "
        f"A/A {found.drift:.2f}",
    )  # fmt: skip


def _cost_of_sweep(*pids: int | str) -> float:
    before = cpu_of(*pids)
    _sweep()
    return cpu_of(*pids) - before


def _doubles(town: Town) -> Figure:
    """Four ticks at once plan and deliver; every person is told each thing once."""
    gain = best_spin_gain()
    OutboxItem.objects.all().delete()
    Deadline.objects.all().delete()
    _deadlines(town, RULES[0], due=RACED_DUE, total=RACED_DUE)
    outcomes = race(*[lambda: services.tick(now=NOW)] * SWEEPS, seconds=300)
    failed = [one.error for one in outcomes if one.error]
    sent = OutboxItem.objects.filter(status=DeliveryStatus.SENT)
    told = sent.values("deadline", "recipient", "channel").distinct().count()
    inbox, expected = InboxItem.objects.count(), RACED_DUE
    doubles = sent.count() - told + abs(inbox - expected) + len(failed)
    return Figure(
        group="reminders", figure="concurrent_doubles", value=doubles, op="==", bar=0,
        unit="messages", is_void=gain < LEAST_SPIN,
        note=f"{SWEEPS} ticks at once over {RACED_DUE} due: {told} messages, {inbox} in the "
        f"inbox; two processes do {gain:.2f} times the work of one",
    )  # fmt: skip
