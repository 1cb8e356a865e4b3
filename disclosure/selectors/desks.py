"""Reads of public information: the staff's lists, what waits for whom."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from contracts.enums import ContractState, GateCode
from contracts.models import Contract, Gate
from core.work import WorkItem
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from notifications.models import Deadline
from venues.models import Venue

UPDATE_KIND = "disclosure.update"
# From here on the public can be told of a contract: before signing there is nothing to wait for.
WAITING_STATES = (ContractState.SIGNED, ContractState.FILED)


def disclosures_in_scope(user: User, *, text: str = "") -> QuerySet[Disclosure]:
    """The editions in work and in force that the person may see, by venue."""
    rows = Disclosure.objects.visible_to(user).select_related("venue", "venue__supervising_union")
    current = [*DisclosureState.OPEN, DisclosureState.PUBLISHED]
    if text:
        rows = rows.filter(Q(venue__name__icontains=text) | Q(venue__code__icontains=text))
    return rows.filter(state__in=current).order_by("venue__code", "-number", "pk")


def editions_of(venue_id: UUID) -> QuerySet[Disclosure]:
    """All editions of a venue, the newest first."""
    rows = Disclosure.objects.filter(venue=venue_id).select_related("reviewed_by", "submitted_by")
    return rows.order_by("-number", "pk")


def published_of(venue_id: UUID) -> Disclosure | None:
    """What the public reads of a venue now."""
    return Disclosure.objects.published().filter(venue=venue_id).first()


def open_of(venue_id: UUID) -> Disclosure | None:
    """The edition being written or reviewed."""
    return Disclosure.objects.filter(venue=venue_id, state__in=DisclosureState.OPEN).first()


def writing_venues(user: User) -> QuerySet[Venue]:
    """The venues this person writes for."""
    return Venue.objects.filter(pk__in=_own_venues(user)).order_by("code", "pk")


def _own_venues(user: User) -> list[UUID]:
    return [
        post.venue_id
        for post in user.posts()
        if post.venue_id and Permission.DISCLOSURE_WRITE in post.card.permissions
    ]


def unsettled_contracts(venue_id: UUID) -> QuerySet[Contract]:
    """Contracts of a venue not yet in effect whose gate waits for its public information.

    In the order of their cooperations, which is the order in which they are locked.
    """
    return (
        Contract.objects.filter(Exists(_open_gates()), venue=venue_id, effective_on=None)
        .exclude(state__in=ContractState.CLOSED)
        .select_related("venue", "cooperation__supervising_union")
        .order_by("cooperation", "pk")
    )


def held_contracts(venue_id: UUID) -> QuerySet[Contract]:
    """Contracts not yet in effect that rely on the public information as it stands."""
    closed = Gate.objects.filter(
        contract=OuterRef("pk"), code=GateCode.DISCLOSURE, is_open=False
    ).order_by("pk")
    return (
        Contract.objects.filter(Exists(closed), venue=venue_id, effective_on=None)
        .exclude(state__in=ContractState.CLOSED)
        .order_by("cooperation", "pk")
    )


def _open_gates() -> QuerySet[Gate]:
    return Gate.objects.filter(
        contract=OuterRef("pk"), code=GateCode.DISCLOSURE, is_open=True
    ).order_by("pk")


def people_of_venue(venue_id: UUID, permission: Permission, *, on: date) -> list[User]:
    """Those of the venue who hold a duty on a day, each once."""
    return _people(Post.objects.in_force(on).holding(permission).filter(venue_id=venue_id))


def people_of_union(union_id: int, permission: Permission, *, on: date) -> list[User]:
    """Those of the union itself who hold a duty on a day, each once."""
    posts = Post.objects.in_force(on).holding(permission)
    return _people(posts.filter(union=union_id, venue_id=None))


def _people(posts: QuerySet[Post]) -> list[User]:
    return list({post.user: None for post in posts.select_related("user").order_by("pk")})


def names_at(venue_id: UUID) -> list[str]:
    """The names of the people of a venue: none of them belongs on a public page."""
    posts = Post.objects.filter(venue_id=venue_id).order_by("user__name")
    return list(posts.values_list("user__name", flat=True).distinct())


def work_of(user: User, *, today: date) -> list[WorkItem]:
    """What waits for this person on public information, in at most three queries."""
    venues, unions = _own_venues(user), _reviewing_unions(user)
    if not venues and not unions:
        return []
    work = [_edition_work(one) for one in _waiting_editions(venues, unions)]
    work += [_contract_work(one) for one in _waiting_contracts(venues, unions)]
    return work + _updates(venues, today=today)


def _reviewing_unions(user: User) -> list[int]:
    return [
        post.union_id
        for post in user.posts()
        if post.union_id
        and not post.venue_id
        and Permission.DISCLOSURE_REVIEW in post.card.permissions
    ]


def _waiting_editions(venues: Iterable[UUID], unions: Iterable[int]) -> QuerySet[Disclosure]:
    rows = Disclosure.objects.filter(
        Q(venue__in=venues, state=DisclosureState.DRAFT)
        | Q(venue__supervising_union__in=unions, state=DisclosureState.IN_REVIEW)
    )
    return rows.select_related("venue").order_by("drafted_at", "pk")


def _edition_work(one: Disclosure) -> WorkItem:
    is_draft = one.state == DisclosureState.DRAFT
    act = ("修改公开信息" if one.reviewed_at else "填报公开信息") if is_draft else "审核公开信息"
    return WorkItem(
        title=f"{one.venue.name}公开信息（第 {one.number} 版）",
        act=act,
        url=reverse("disclosures:disclosure_detail", args=[one.pk]),
        source=one.venue.name,
        since=(one.reviewed_at or one.drafted_at) if is_draft else one.submitted_at,
    )


def _waiting_contracts(venues: Iterable[UUID], unions: Iterable[int]) -> QuerySet[Contract]:
    """A venue is asked to begin; the department is asked to confirm what is published."""
    editions = Disclosure.objects.filter(venue=OuterRef("venue"))
    published = Exists(editions.filter(state=DisclosureState.PUBLISHED).order_by("pk"))
    begun = Exists(editions.filter(state__in=DisclosureState.OPEN).order_by("pk"))
    rows = Contract.objects.filter(Exists(_open_gates()), state__in=WAITING_STATES)
    rows = rows.annotate(is_published=published).filter(
        Q(~published, ~begun, venue__in=venues)
        | Q(published, cooperation__supervising_union__in=unions)
    )
    return rows.select_related("venue").order_by("updated_at", "pk")


def _contract_work(contract: Contract) -> WorkItem:
    is_published = contract.is_published  # type: ignore[attr-defined] # annotated above
    return WorkItem(
        title=contract.title,
        act="确认信息已公开" if is_published else "填报公开信息",
        url=reverse("disclosures:venue_current", args=[contract.venue_id]),
        source=contract.venue.name,
        since=contract.updated_at,
    )


def _updates(venues: list[UUID], *, today: date) -> list[WorkItem]:
    """Published information older than the update limit, for those who write it."""
    if not venues:
        return []
    limits = Deadline.objects.filter(
        kind=UPDATE_KIND, subject_id=OuterRef("pk"), closed_at=None
    ).order_by("pk")
    rows = Disclosure.objects.published().filter(venue__in=venues)
    rows = rows.annotate(due_on=Subquery(limits.values("due_on")[:1])).filter(due_on__lte=today)
    return [
        WorkItem(
            title=f"{one.venue.name}公开信息（第 {one.number} 版）",
            act="更新公开信息",
            url=reverse("disclosures:disclosure_detail", args=[one.pk]),
            source=one.venue.name,
            since=one.published_at,
            due_on=one.due_on,
        )
        for one in rows.select_related("venue").order_by("due_on", "pk")
    ]
