"""Reads of the register and of due diligence."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from core.work import Work, WorkItem, WorkLine, work
from documents.selectors import attachments_of
from organizations.models import TradeUnion
from partners import rules
from partners.enums import PARTS_OF, ConditionCode, DueDiligenceState, Finding
from partners.models import (
    DueDiligence,
    DueDiligenceItem,
    DueDiligencePart,
    Partner,
    PartnerWatch,
)


def partners_investigated(user: User, *, is_open: bool = False) -> QuerySet:
    """The keys of the partners that venues in the person's scope have looked into."""
    rows = DueDiligence.objects.visible_to(user).order_by()
    if is_open:
        rows = rows.filter(state=DueDiligenceState.IN_PROGRESS)
    return rows.values("partner")


def due_diligence_of(partner: Partner, venue_id: UUID) -> DueDiligence | None:
    """The latest investigation a venue made of a partner."""
    rows = DueDiligence.objects.filter(partner=partner, venue_id=venue_id)
    return rows.order_by("-started_at", "-pk").first()


def watched_partners() -> QuerySet:
    """The keys of the partners any union has on watch."""
    return PartnerWatch.objects.open().order_by().values("partner")


def watches_of(partner: Partner | None) -> list[PartnerWatch]:
    """The watches a partner is on now, the oldest first; none where there is no partner."""
    if partner is None:
        return []
    return list(partner.watches.open().select_related("union").order_by("put_at", "pk"))


def watch_history(partner: Partner) -> list[PartnerWatch]:
    """Every watch a partner was ever on, the latest first."""
    return list(partner.watches.select_related("union").order_by("-put_at", "-pk"))


def watching_unions(user: User) -> list[TradeUnion]:
    """The unions in whose name this person puts partners on watch, by their posts."""
    posts = [
        post
        for post in user.posts()
        if post.venue_id is None and Permission.CONTRACT_CHECK in post.card.permissions
    ]
    return list({post.union_id: post.union for post in posts if post.union}.values())


def own_watch(user: User, partner: Partner) -> PartnerWatch | None:
    """The watch this person may end: that of a union of theirs."""
    rows = partner.watches.open().filter(union__in=watching_unions(user))
    return rows.select_related("union").order_by("put_at", "pk").first()


def managers_concerned(partner: Partner, *, today: date) -> list[User]:
    """The heads of the venues that have investigated a partner."""
    venues = DueDiligence.objects.filter(partner=partner).order_by().values("venue_id")
    posts = Post.objects.in_force(today).holding(Permission.PROPOSAL_SUBMIT)
    posts = posts.filter(venue_id__in=venues).select_related("user").order_by("pk")
    return list({post.user_id: post.user for post in posts}.values())


def items_of(due_diligence: DueDiligence) -> list[DueDiligenceItem]:
    """The six items in the order of the article, their parts fetched."""
    rows = due_diligence.items.select_related("checked_by").prefetch_related("parts")
    return list(rows.order_by("code"))


def ordered_parts(item: DueDiligenceItem) -> list[DueDiligencePart]:
    """The parts of an item in the order the article's checks are listed."""
    order = [code.value for code in PARTS_OF.get(ConditionCode(item.code), ())]
    return sorted(item.parts.all(), key=lambda part: order.index(part.code))


def evidence_by_purpose(due_diligence: DueDiligence) -> dict[str, list]:
    """The files of an investigation, in one query, by what they prove."""
    found: dict[str, list] = {}
    for attachment in attachments_of(due_diligence.pk):
        found.setdefault(attachment.purpose, []).append(attachment)
    return found


def has_evidence(item: DueDiligenceItem, files: dict[str, list]) -> bool:
    """Whether the item, or every part of it, has a file."""
    if ConditionCode(item.code) in PARTS_OF:
        return all(files.get(f"{item.purpose}:{part.code}") for part in item.parts.all())
    return bool(files.get(item.purpose))


def due_diligence_facts(due_diligence: DueDiligence, on: date) -> dict[str, rules.DueDiligenceFact]:
    """What is known of each of the six conditions on a day, by rule code."""
    files = evidence_by_purpose(due_diligence)
    return {
        item.code: rules.DueDiligenceFact(
            finding=Finding(item.finding),
            source=item.source,
            checked_on=item.checked_on,
            expires_on=item.expires_on,
            is_expired=item.expires_on is not None and item.expires_on < on,
            has_evidence=has_evidence(item, files),
        )
        for item in items_of(due_diligence)
    }


def work_of(user: User, *, today: date) -> list[Work]:
    """Investigations the person's own venue has begun and not concluded."""
    venues = [
        post.venue_id
        for post in user.posts()
        if post.venue_id and Permission.DUE_DILIGENCE_WRITE in post.card.permissions
    ]
    if not venues:
        return []
    begun = DueDiligence.objects.filter(venue_id__in=venues, state=DueDiligenceState.IN_PROGRESS)
    return [
        work(
            "due_diligence",
            begun,
            _investigation_item,
            title="partner__name",
            source="venue_name",
            since="started_at",
        )
    ]


def _investigation_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="尽职调查",
        title=f"尽职调查：{line.title}",
        act="填写尽职调查",
        url=reverse("partners:due_diligence_detail", args=[line.pk]),
        source=line.source,
        since=line.since,
    )
