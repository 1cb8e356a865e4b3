"""对内合作: both supervising unions are told, when the venues stand under different ones."""

from datetime import datetime

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from approvals.enums import CooperationMode
from approvals.models import Proposal
from approvals.selectors.facts import sections_of_plan
from approvals.services import common
from notifications import services as notifications
from organizations.models import TradeUnion
from venues.models import Venue


def tell_other_unions(
    proposal: Proposal, event: str, *, key: str, by: User, at: datetime
) -> list[TradeUnion]:
    """Tell the supervising unions of the other venues (第十四条（一）); they read no file of ours,
    so the message says all there is to know, and the ledger says that it was sent."""
    if proposal.mode != CooperationMode.INTERNAL:
        return []
    told = []
    for union, names in _others(proposal).items():
        posts = Post.objects.in_force(at.date()).holding(Permission.FORMAL_REVIEW)
        people = posts.filter(union=union, venue_id=None).select_related("user").order_by("pk")
        notifications.notify(
            users=list({post.user for post in people}),
            title=f"对内合作告知：{event}",
            body=f"{proposal.venue.name}（{proposal.supervising_union.name}）与{'、'.join(names)}"
            f"的对内合作《{proposal.title}》{event}。本合作由{proposal.supervising_union.name}"
            "办理，有意见请与其资产监管部门联系。",
            url=reverse("notifications:inbox"),
            kind="approvals.counterpart",
            dedupe_key=f"proposal:{proposal.pk}:{proposal.version_no}:counterpart:{key}",
            at=at,
        )
        told.append(union)
    if told:
        whom = "、".join(union.name for union in told)
        common.note(proposal, "counterpart.told", f"对内合作告知（{event}）：{whom}", by=by, at=at)
    return told


def _others(proposal: Proposal) -> dict[TradeUnion, list[str]]:
    """The other venues by their supervising union, where it is not the plan's own."""
    rows = sections_of_plan(proposal).get("partner", {}).get("other_counterparts") or []
    names = [row["name"] for row in rows if row.get("name")]
    chosen = [proposal.counterpart_venue_id] if proposal.counterpart_venue_id else []
    venues = Venue.objects.filter(name__in=names) | Venue.objects.filter(pk__in=chosen)
    found: dict[TradeUnion, list[str]] = {}
    for venue in venues.select_related("supervising_union").order_by("name", "pk"):
        if venue.supervising_union_id != proposal.supervising_union_id:
            found.setdefault(venue.supervising_union, []).append(venue.name)
    return found
