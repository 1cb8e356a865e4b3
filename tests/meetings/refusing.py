"""What an act is refused with."""

import pytest
from django.db import transaction

from core.errors import ActionBlocked


def refusal(act, *args, error=ActionBlocked, **kwargs) -> list[str]:
    """The sentences of the refusal; nothing may have been written."""
    with pytest.raises(error) as caught, transaction.atomic():
        act(*args, **kwargs)
    return [reason.text for reason in caught.value.reasons]
