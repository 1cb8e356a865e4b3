"""Open deadlines in a person's scope."""

from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import User
from notifications.models import Deadline

NEAR_DAYS = 90


def deadlines_in(
    user: User, *, since: date | None = None, until: date | None = None, text: str = "",
    kind: str = "",
) -> QuerySet[Deadline]:  # fmt: skip
    """Open deadlines the person may see: from a day, to a day, by words, by kind."""
    rows = Deadline.objects.visible_to(user).filter(closed_at=None)
    if since:
        rows = rows.filter(due_on__gte=since)
    if until:
        rows = rows.filter(due_on__lte=until)
    if text:
        rows = rows.filter(title__icontains=text)
    if kind:
        rows = rows.filter(kind__startswith=kind)
    return rows.order_by("due_on", "pk")


def near_deadlines(user: User, *, today: date) -> QuerySet[Deadline]:
    """Open deadlines of the next ninety days, today included; what is late is not among them."""
    return deadlines_in(user, since=today, until=today + timedelta(days=NEAR_DAYS))
