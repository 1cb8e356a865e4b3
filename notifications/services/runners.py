"""Who leads, the sign of life, and what runs once a day."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from core.clock import SHANGHAI
from notifications.models import Runner
from notifications.rules import CLOCK_WENT_BACK

log = logging.getLogger(__name__)
NIGHTLY = "nightly"


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


def nightly(*, now: datetime) -> bool:
    """Run what the apps above ask for once a day, with the first round of the day.

    The day is claimed by a conditional UPDATE in the transaction of the jobs: of two rounds
    one runs them, and a round that is killed leaves the day to the next. A job that fails is
    logged and does not keep the others, or the reminders, from their turn.
    """
    today = now.astimezone(SHANGHAI).date()
    if Runner.objects.filter(name=NIGHTLY, beat_at__date=today).exists():
        return False
    Runner.objects.get_or_create(name=NIGHTLY)
    not_yet = Q(beat_at=None) | ~Q(beat_at__date=today)
    with transaction.atomic():
        if not Runner.objects.filter(not_yet, name=NIGHTLY).update(beat_at=now):
            return False
        for path in settings.NIGHTLY:
            try:
                with transaction.atomic():
                    import_string(path)(now=now)
            except Exception:
                log.exception("nightly job %s failed", path)
    return True


def beat(*, name: str, now: datetime) -> None:
    """Leave a sign of life."""
    Runner.objects.update_or_create(name=name, defaults={"beat_at": now})
