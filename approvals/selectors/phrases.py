"""The phrases a person is offered, and whose they are."""

from django.db.models import Q, QuerySet

from accounts.models import User
from approvals.enums import NODE_PERMISSIONS, Node
from approvals.models import Phrase, Task
from approvals.rules.materiality import desk_of
from approvals.rules.phrases import phrases_for
from organizations.models import TradeUnion


def desks_of(user: User) -> list[tuple[TradeUnion, str]]:
    """The desks this person sits at, each with its union, as the table of phrases names them."""
    found = {}
    for post in user.posts():
        if post.union is None or post.venue_id:
            continue
        for node, permission in NODE_PERMISSIONS.items():
            if permission in post.card.permissions:
                department = post.department_kind if node == Node.COUNTERSIGNATURE else ""
                found[post.union_id, desk_of(node, department)] = post.union
    return [(union, desk) for (_, desk), union in found.items() if desk]


def phrases_of(user: User) -> QuerySet[Phrase]:
    """What this person may see and remove: their own, and those of the desks they sit at."""
    theirs = Q(owner=user)
    for union, desk in desks_of(user):
        theirs |= Q(owner=None, union=union, desk=desk)
    return Phrase.objects.filter(theirs).select_related("added_by").order_by("added_at", "pk")


def kept_phrases(user: User, task: Task) -> list[str]:
    """What this person and this desk keep, the person's own first."""
    desk = Q(
        owner=None,
        union=task.proposal.supervising_union_id,
        desk=desk_of(task.node, task.department_kind),
    )
    rows = Phrase.objects.filter(Q(owner=user) | desk).order_by("added_at", "pk")
    pairs = list(rows.values_list("text", "owner_id"))
    return [text for text, _ in sorted(pairs, key=lambda one: one[1] is None)]


def offered_phrases(user: User, task: Task) -> tuple[str, ...]:
    """What is offered beside the opinion: kept phrases, then those of the portal, each once."""
    usual = phrases_for(task.node, task.department_kind)
    return tuple(dict.fromkeys((*kept_phrases(user, task), *usual)))
