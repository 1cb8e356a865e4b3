"""What a service answers when it refuses."""

import pytest
from django.db import transaction

from audit.models import Event
from core.errors import ActionBlocked, DomainError


def refusal(act, *arguments, error=ActionBlocked, **fields) -> str:
    """What the act answers; nothing may have been written."""
    before = Event.objects.count()
    with pytest.raises(error) as caught, transaction.atomic():
        act(*arguments, **fields)
    assert Event.objects.count() == before
    assert all(
        reason.text.endswith(("。", "：", "件")) or reason.code for reason in caught.value.reasons
    )
    return " ".join(reason.text for reason in caught.value.reasons)


def codes_of(error: DomainError) -> list[str]:
    return [reason.code for reason in error.reasons]
