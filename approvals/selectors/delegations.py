"""代理: what is delegated to a person, and what they gave away themselves."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import NODE_PERMISSIONS, Stage
from approvals.models import Delegation, Proposal
from core import clock
from organizations.models import TradeUnion

MOST_PLANS = 200


def delegations_to(user: User) -> QuerySet[Delegation]:
    """What is delegated to this person today, by people whose accounts are in use."""
    rows = Delegation.objects.in_force(clock.today()).filter(agent=user, principal__is_active=True)
    return rows.select_related("principal", "union").prefetch_related(_named()).order_by("pk")


def delegations_of(user: User) -> QuerySet[Delegation]:
    """What this person gave and was given, and what was given at a union they keep; latest first."""
    kept = [one.pk for one in kept_unions(user)]
    theirs = Q(principal=user) | Q(agent=user) | Q(union__in=kept)
    rows = Delegation.objects.filter(theirs).prefetch_related(_named())
    rows = rows.select_related("principal", "agent", "union", "made_by", "revoked_by")
    return rows.order_by("-valid_from", "-pk")


def kept_unions(user: User) -> list[TradeUnion]:
    """The unions whose procedure this person keeps."""
    return [
        post.union
        for post in user.posts()
        if post.union and not post.venue_id and Permission.PROCEDURE_KEEP in post.card.permissions
    ]


def delegating(union: TradeUnion, *, on: date) -> list[tuple[str, str]]:
    """Who sits at a desk of a union and may be away, as choices of a form."""
    duties = frozenset(NODE_PERMISSIONS.values())
    posts = Post.objects.in_force(on).filter(union=union, venue_id=None, user__is_active=True)
    found = {
        str(one.user_id): f"{one.user.name} · {one.title}"
        for one in posts.select_related("user").order_by("user__name", "pk")
        if duties & one.card.permissions
    }
    return list(found.items())


def plans_in_review(unions: Iterable[TradeUnion]) -> list[tuple[str, str]]:
    """The plans a delegation can be narrowed to, as choices of a form."""
    rows = Proposal.objects.filter(supervising_union__in=list(unions), stage__in=Stage.IN_REVIEW)
    rows = rows.only("pk", "number", "title").order_by("number", "pk")
    return [(str(one.pk), str(one)) for one in rows[:MOST_PLANS]]


def _named() -> Prefetch:
    return Prefetch("plans", Proposal.objects.only("pk", "number", "title").order_by("number"))
