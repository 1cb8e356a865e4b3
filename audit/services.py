"""Writing the case ledger."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from audit.models import Event
from audit.rules import event_hash, genesis
from core.canonical import canonical_json

ATTEMPTS = 1_000  # each of them is another writer who got in


class Actor(Protocol):
    """Whoever acts: the ledger keeps the name and position, not a key."""

    pk: uuid.UUID
    name: str

    @property
    def position(self) -> str: ...


NOBODY = uuid.UUID(int=0)


@dataclass(slots=True)
class System:
    """The portal itself, where a rule is followed and no person has decided."""

    pk: uuid.UUID = NOBODY
    name: str = "系统"
    position: str = "自动办理"


SYSTEM = System()


def record(
    *,
    case_id: uuid.UUID,
    code: str,
    by: Actor,
    at: datetime,
    title: str = "",
    body: dict[str, Any] | None = None,
    union_id: int | None = None,
    command_id: uuid.UUID | None = None,
    snapshot_sha256: str = "",
) -> Event:
    """Append one act to the chain of its case, in the caller's transaction.

    Two writers on one case stand one behind the other: the unique (case, seq) makes the
    later wait for the earlier and take the next place. `at` is when it was done as
    claimed; `recorded_at` is the system's own clock and cannot be passed in.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    fields: dict[str, Any] = {
        "case_id": case_id,
        "code": code,
        "title": title[:300],
        "actor_id": by.pk,
        "actor_name": by.name,
        "position": by.position,
        "union_id": union_id,
        "command_id": command_id,
        "at": at.astimezone(UTC),
        "recorded_at": timezone.now().astimezone(UTC),
        "body": canonical_json(body or {}),
        "snapshot_sha256": snapshot_sha256,
    }
    for _ in range(ATTEMPTS):
        if event := _append(case_id, fields):
            return event
    raise RuntimeError(f"no place in the chain of {case_id}")


def _append(case_id: uuid.UUID, fields: dict[str, Any]) -> Event | None:
    """The act at the next place of its chain; None when another writer took that place meanwhile.

    One statement that yields: a failed insert would need a savepoint around each act. Both
    statements are written once, for every act of the portal runs them.
    """
    with connection.cursor() as cursor:
        case = Event._meta.get_field("case_id").get_db_prep_value(case_id, connection)
        cursor.execute(_last(), [case])
        seq, prev_hash = cursor.fetchone() or (0, genesis(case_id))
        event = Event(**fields, seq=seq + 1, prev_hash=prev_hash)
        event.hash = event_hash(vars(event))
        cursor.execute(
            _insertion(),
            [
                field.get_db_prep_save(getattr(event, field.attname), connection)
                for field in Event._meta.concrete_fields
            ],
        )
        event._state.adding = False
        return event if cursor.rowcount else None


@cache
def _last() -> str:
    quoted = connection.ops.quote_name
    table, case, seq = (quoted(one) for one in (Event._meta.db_table, "case_id", "seq"))
    return (
        f"SELECT {seq}, {quoted('hash')} FROM {table} WHERE {case} = %s ORDER BY {seq} DESC LIMIT 1"  # noqa: S608
    )


@cache
def _insertion() -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(field.attname) for field in Event._meta.concrete_fields]
    values = ", ".join(["%s"] * len(columns))
    return (
        f"INSERT INTO {quoted(Event._meta.db_table)} ({', '.join(columns)}) VALUES ({values}) "  # noqa: S608
        "ON CONFLICT (case_id, seq) DO NOTHING"
    )
