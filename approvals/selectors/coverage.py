"""Which unions have made the plans 第六条 asks of them, and what rests on these."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import UNION_ROLES, Role
from approvals.enums import PlanKind
from approvals.models import Proposal
from organizations.models import TradeUnion
from planning.enums import UnionPlanKind, UnionPlanState
from planning.models import UnionPlan
from planning.selectors import duties_of
from venues.models import Venue


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One union: its plans in force, its venues, and their overall plans in force."""

    union: TradeUnion
    implementation: UnionPlan | None
    scheme: UnionPlan | None
    owes_scheme: bool
    venues: int
    overall_plans: int
    phased: int

    @property
    def is_missing(self) -> bool:
        """Whether a plan the union owes is not in force."""
        return self.implementation is None or (self.owes_scheme and self.scheme is None)


def unions_seen_by(user: User) -> QuerySet[TradeUnion]:
    """The unions in a person's scope: their own with those below, or their venue's."""
    seen = Q(pk__in=[])
    for post in user.posts():
        if post.union and Role(post.role) in UNION_ROLES:
            seen |= Q(path__startswith=post.union.path)
    venues = [post.venue_id for post in user.posts() if post.venue_id]
    seen |= Q(pk__in=Venue.objects.filter(pk__in=venues).values("supervising_union"))
    return TradeUnion.objects.filter(seen).order_by("path")


def coverage_for(user: User, *, today: date) -> list[Covered]:
    """One line for each union in sight, in the order of the tree."""
    unions = list(unions_seen_by(user))
    plans = _in_force(unions, today)
    phased = UnionPlan.objects.filter(
        union__in=unions, kind=UnionPlanKind.PHASED_WORK_PLAN, state=UnionPlanState.IN_FORCE
    )
    overall = Proposal.objects.in_force(today).filter(
        kind=PlanKind.OVERALL_PLAN, supervising_union__in=unions
    )
    venues = Venue.objects.filter(supervising_union__in=unions)
    counts = [
        Counter(rows.order_by().values_list(name, flat=True))
        for rows, name in (
            (venues, "supervising_union"), (overall, "supervising_union"), (phased, "union"),
        )
    ]  # fmt: skip
    return [
        Covered(
            union=one,
            implementation=plans.get((one.pk, UnionPlanKind.IMPLEMENTATION_PLAN)),
            scheme=plans.get((one.pk, UnionPlanKind.LOCAL_SCHEME)),
            owes_scheme=UnionPlanKind.LOCAL_SCHEME in duties_of(one.level),
            venues=counts[0][one.pk],
            overall_plans=counts[1][one.pk],
            phased=counts[2][one.pk],
        )
        for one in unions
    ]


def _in_force(unions: list[TradeUnion], today: date) -> dict[tuple[int, str], UnionPlan]:
    rows = UnionPlan.objects.in_force(today).filter(union__in=unions, venue=None)
    return {(one.union_id, one.kind): one for one in rows.order_by("issued_at", "pk")}
