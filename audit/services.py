"""Writing the case ledger."""

import uuid
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from audit.rules import event_hash, genesis
from core.canonical import canonical_json

ATTEMPTS = 5


class Actor(Protocol):
    """Whoever acts: the ledger keeps the name and position, not a key."""

    pk: uuid.UUID
    name: str

    @property
    def position(self) -> str: ...


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
        try:
            with transaction.atomic():
                return _append(case_id, fields)
        except IntegrityError:
            continue  # another writer took this place in the chain: stand behind it
    return _append(case_id, fields)


def _append(case_id: uuid.UUID, fields: dict[str, Any]) -> Event:
    chain = Event.objects.filter(case_id=case_id).order_by("-seq").values_list("seq", "hash")
    seq, prev_hash = chain.first() or (0, genesis(case_id))
    event = Event(**fields, seq=seq + 1, prev_hash=prev_hash)
    event.hash = event_hash(vars(event))
    event.save(force_insert=True)
    return event
