"""Numbers without gaps."""

from django.db import transaction

from documents.models import NumberSequence


def next_number(*, series: str, year: int) -> int:
    """Take the next number of a series, inside the transaction of the act it numbers.

    The row stays locked until that transaction ends, so two acts are numbered one after
    the other and a rollback gives its number back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken in the transaction of its act")
    NumberSequence.objects.get_or_create(series=series, year=year)
    sequence = NumberSequence.objects.select_for_update().get(series=series, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence.last
