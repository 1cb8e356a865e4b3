"""Who leads, and the sign of life."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from notifications.models import Runner
from notifications.rules import CLOCK_WENT_BACK


def take_lead(*, name: str, owner: UUID, now: datetime, lease: timedelta) -> bool:
    """Take or keep the lead of a loop for a while; one owner at a time.

    A lease that ends far later than any could end by this clock counts as over: the
    clock was set back since.
    """
    Runner.objects.get_or_create(name=name)
    is_over = Q(lease_until__lt=now) | Q(lease_until__gt=now + lease + CLOCK_WENT_BACK)
    free = Q(owner=None) | Q(owner=owner) | is_over
    taken = Runner.objects.filter(free, name=name).update(
        owner=owner, lease_until=now + lease, beat_at=now
    )
    return taken == 1


def release_lead(*, name: str, owner: UUID) -> None:
    """Give the lead back, so that the next one need not wait for the lease to end."""
    Runner.objects.filter(name=name, owner=owner).update(owner=None, lease_until=None)


def beat(*, name: str, now: datetime) -> None:
    """Leave a sign of life."""
    Runner.objects.update_or_create(name=name, defaults={"beat_at": now})
