"""What the venue's own forms and pages read: choices, files, points of a return, experts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from approvals.enums import CooperationMode, Stage
from approvals.models import ExpertEngagement, Proposal, ReturnPoint, UnionInitiative
from approvals.rules.fields import Field, Kind
from documents.models import Attachment
from documents.selectors import attachments_of
from partners.models import DueDiligence, Partner
from venues.enums import VenueStatus
from venues.models import Venue

CONSTANT_KEYS = {"function": "functions", "core_business": "core_businesses"}


def choices_of(
    asked: Iterable[Field], proposal: Proposal, user: User
) -> dict[str, list[tuple[str, str]]]:
    """What the questions that point at other rows offer."""
    makers = {
        Kind.PARTNER: lambda: _partners(proposal, user),
        Kind.VENUE: lambda: _other_venues(proposal),
        Kind.CORE_BUSINESS: lambda: _core_businesses(proposal),
    }
    return {one.name: makers[one.kind]() for one in asked if one.kind in makers}


def _partners(proposal: Proposal, user: User) -> list[tuple[str, str]]:
    """The register of partners, those this venue has investigated first."""
    rows = DueDiligence.objects.filter(venue_id=proposal.venue_id).order_by("started_at", "pk")
    states = {one.partner_id: one.get_state_display() for one in rows}
    partners = Partner.objects.visible_to(user).order_by("name", "pk")
    return [
        (str(one.pk), f"{one.name} {one.uscc} · 尽职调查{states.get(one.pk, '未开展')}")
        for one in sorted(partners, key=lambda one: one.pk not in states)
    ]


def _other_venues(proposal: Proposal) -> list[tuple[str, str]]:
    """Every other venue in use: two venues may stand under different unions."""
    venues = Venue.objects.filter(status=VenueStatus.ACTIVE).exclude(pk=proposal.venue_id)
    rows = venues.select_related("supervising_union").order_by("name", "pk")
    return [(str(one.pk), f"{one.name}（{one.supervising_union.name}）") for one in rows]


def _core_businesses(proposal: Proposal) -> list[tuple[str, str]]:
    rows = proposal.venue.core_businesses.order_by("order", "pk")
    return [(str(one.pk), one.name) for one in rows]


def baseline_of(proposal: Proposal) -> dict[str, str]:
    """The venue's five constants as registered, by the question they answer."""
    constants = proposal.venue.five_constants
    names = ("name", "ownership", "affiliation", "function", "core_business")
    found = {name: constants[CONSTANT_KEYS.get(name, name)] for name in names}
    return {
        name: "现登记：" + ("、".join(value) if isinstance(value, list) else value)
        for name, value in found.items()
    }


def files_of(proposal: Proposal, code: str) -> QuerySet[Attachment]:
    """The attachments of one section."""
    return attachments_of(proposal.pk, purpose=f"section:{code}")


def file_of(proposal: Proposal, pk: UUID) -> Attachment | None:
    """One attachment of a plan, or None when it hangs on another case."""
    return attachments_of(proposal.pk).filter(pk=pk).first()


def return_points_of(proposal: Proposal) -> list[ReturnPoint]:
    """The points of the last return, to be answered before the plan is submitted again."""
    if proposal.stage not in (Stage.RETURNED, Stage.DEFERRED):
        return []
    points = proposal.return_points.filter(plan_version__no=proposal.version_no)
    return list(points.select_related("raised_by").order_by("no", "pk"))


def engagements_of(proposal: Proposal) -> list[ExpertEngagement]:
    """The lawyers and experts of a plan in the order they were engaged."""
    # The key is a UUID: the order of engagement is that of the ledger, so by kind and name.
    rows = proposal.engagements.select_related("user", "engaged_by", "letter", "paper")
    return list(rows.order_by("-kind", "name", "pk"))


def initiative_of(proposal: Proposal) -> UnionInitiative | None:
    """The supervising union's decision behind a plan of another way; no other plan has one."""
    if proposal.mode != CooperationMode.OTHER:
        return None
    return UnionInitiative.objects.filter(proposal=proposal).select_related("by").first()
