"""Reading the policy library."""

from django.db.models import Case, QuerySet, Value, When

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from organizations.models import TradeUnion
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument


def policies() -> QuerySet[PolicyDocument]:
    """The policy library, texts at hand first."""
    rank = Case(When(status=PolicyStatus.AVAILABLE, then=Value(0)), default=Value(1))
    rows = PolicyDocument.objects.select_related("attachment__file", "provided_by")
    return rows.order_by(rank, "title", "pk")


def may_provide(user: User) -> bool:
    """Whether this person is of 省总资产监管部, who alone provides the texts."""
    root = TradeUnion.objects.filter(depth=1).first()
    return root is not None and bool(post_for(user, Permission.POLICY_WRITE, union=root))
