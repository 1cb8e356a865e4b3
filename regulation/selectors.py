"""Reading the policy library."""

from django.db.models import Case, QuerySet, Value, When

from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument


def policies() -> QuerySet[PolicyDocument]:
    """The policy library, texts at hand first."""
    rank = Case(When(status=PolicyStatus.AVAILABLE, then=Value(0)), default=Value(1))
    return PolicyDocument.objects.order_by(rank, "title", "pk")
