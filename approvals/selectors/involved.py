"""Who has which duty in a cooperation: 起草、审批、签约、评价 are never the same person's."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import Duty
from approvals.models import Cooperation, ExpertEngagement, Involvement, Proposal, Section

APART = "起草、审批、签约、评价须由不同的人办理。"
DEEPEST = 4  # unions stand in up to four levels


def why_barred(involvement: Involvement) -> str:
    """Why a duty keeps a person from another, in a sentence."""
    label = involvement.get_duty_display()
    return f"您在本合作项目中办理过“{involvement.act}”（{label}），{APART}"


def barred_from(cooperation: Cooperation, duty: Duty) -> dict[UUID, str]:
    """Who may not have a duty in a cooperation, each with why.

    Who wrote, submitted or advised on the plan neither approves nor evaluates; the head of a
    venue who only submitted it signs its contract, as submitting is no approval.
    """
    found: dict[UUID, str] = {}
    if duty is not Duty.SIGNER:
        found |= dict.fromkeys(_made(cooperation), f"您参与过本项目方案的编写或论证，{APART}")
    rows = Involvement.objects.filter(cooperation=cooperation).exclude(duty=duty)
    return found | {one.person_id: why_barred(one) for one in rows.order_by("pk")}


def _made(cooperation: Cooperation) -> set[UUID]:
    plans = Proposal.objects.filter(cooperation=cooperation).order_by()
    people = plans.values_list("submitted_by").union(
        Section.objects.filter(proposal__in=plans.values("pk"))
        .order_by()
        .values_list("updated_by"),
        ExpertEngagement.objects.filter(proposal__in=plans.values("pk"))
        .order_by()
        .values_list("user"),
        all=True,
    )
    return {pk for (pk,) in people if pk}


def is_barred(user: User, duty: Duty) -> Exists:
    """For a list of rows with a cooperation: whether a person has another duty in it."""
    rows = Involvement.objects.filter(cooperation=OuterRef("cooperation"), person=user)
    return Exists(rows.exclude(duty=duty))


def moved_up_to(
    post: Post, permission: Permission, duty: Duty, *, on: date, but: tuple[str, ...] = ()
) -> Q:
    """The rows of unions below a post's for whom nobody nearer may do a duty.

    A row has a cooperation and its unions, unit_1 to unit_4; `but` are its columns, filled, of
    people who may not either.
    """
    assert post.union is not None  # noqa: S101 - a post at a union
    depth = post.union.depth
    if depth == DEEPEST:
        return Q(pk__in=[])
    others = Involvement.objects.filter(
        cooperation=OuterRef(OuterRef("cooperation")), person=OuterRef("user")
    )
    places = Q()
    for deeper in range(depth + 1, DEEPEST + 1):
        places |= Q(union=OuterRef(f"unit_{deeper}"))
    nearer = Post.objects.in_force(on).holding(permission).filter(places, venue_id=None)
    nearer = nearer.filter(~Exists(others.exclude(duty=duty)))
    for column in but:
        nearer = nearer.exclude(user=OuterRef(column))
    below = Q((f"unit_{depth}", post.union_id), (f"unit_{depth + 1}__isnull", False))
    return below & Q(~Exists(nearer))
