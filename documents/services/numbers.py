"""Numbers without gaps, each written into the register as it is given."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from documents.enums import NumberKind
from documents.models import NumberEntry, NumberSequence
from organizations.models import TradeUnion

WHOLE_PROVINCE = "全省统一编号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One run of numbers: what it numbers, whose it is, how a number is written.

    `form` is written with `{year}` and `{no}`, for example 「西总资批〔{year}〕{no}号」.
    """

    code: str
    kind: NumberKind
    form: str
    holder: str = WHOLE_PROVINCE


def next_number(*, series: str, year: int) -> int:
    """Take the next number of a series, inside the transaction of the act it numbers.

    The row stays locked until that transaction ends, so two acts are numbered one after
    the other and a rollback gives its number back.
    """
    return _step(series, year).last


def _step(series: str, year: int) -> NumberSequence:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its act")
    NumberSequence.objects.get_or_create(series=series, year=year)
    sequence = NumberSequence.objects.select_for_update().get(series=series, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence


def take_number(
    *, series: Series, year: int, title: str, case_id: UUID, union: TradeUnion, by: User,
    at: datetime, venue_id: UUID | None = None,
) -> str:  # fmt: skip
    """Take the next number as it is written, and enter it in the register.

    The caller has permitted the act it numbers; both are undone together.
    """
    sequence = _step(series.code, year)
    if (sequence.kind, sequence.holder) != (series.kind, series.holder):
        sequence.kind, sequence.holder = series.kind, series.holder
        sequence.save(update_fields=["kind", "holder"])
    entry = NumberEntry(
        sequence=sequence,
        no=sequence.last,
        text=series.form.format(year=year, no=sequence.last),
        title=title[:200],
        union=union,
        venue_id=venue_id,
        case_id=case_id,
        taken_by=by,
        taken_at=at,
    )
    entry.place_under(union)
    entry.save(force_insert=True)
    return entry.text


def void_number(*, case_id: UUID, text: str, reason: str) -> None:
    """Mark a number of a case as void; it stays in the register and is never given again."""
    rows = NumberEntry.objects.filter(case_id=case_id, text=text, void_reason="")
    rows.update(void_reason=reason.strip()[:200])
