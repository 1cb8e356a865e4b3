"""代理: what is delegated to a person, and what they gave away themselves."""

from django.db.models import QuerySet

from accounts.models import User
from approvals.models import Delegation
from core import clock


def delegations_to(user: User) -> QuerySet[Delegation]:
    """What is delegated to this person today, by people whose accounts are in use."""
    rows = Delegation.objects.in_force(clock.today()).filter(agent=user, principal__is_active=True)
    return rows.select_related("principal", "union").order_by("pk")


def delegations_of(user: User) -> QuerySet[Delegation]:
    """What this person gave and was given, the latest first."""
    rows = Delegation.objects.filter(principal=user) | Delegation.objects.filter(agent=user)
    return rows.select_related("principal", "agent", "union").order_by("-valid_from", "-pk")
