"""Reads of the case ledger."""

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet, Subquery
from django.db.models.expressions import Combinable

from audit.models import Event
from audit.rules import HASHED, chain_faults


def events_of(case_id: UUID) -> QuerySet[Event]:
    """All acts on a case, oldest first."""
    return Event.objects.filter(case_id=case_id).order_by("seq")


def last_hash(case_id: Combinable) -> Subquery:
    """The hash of the last act on the case of an outer row: another one means something was done."""
    rows = Event.objects.filter(case_id=case_id).order_by("-seq")
    return Subquery(rows.values("hash")[:1])


def ledger_faults() -> Iterator[str]:
    """Recompute every chain; yield each fault with the row it stands in."""
    rows = Event.objects.order_by("case_id", "seq").values(*HASHED, "hash").iterator(2000)
    for _case, events in groupby(rows, key=lambda row: row["case_id"]):
        yield from chain_faults(events)
