"""Reads of public information: the staff's lists, what waits for whom."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from contracts.enums import ContractState, GateCode
from contracts.models import Contract, Gate
from core.work import Work, WorkItem, WorkLine, work
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from notifications.models import Deadline
from venues.models import Venue

UPDATE_KIND = "disclosure.update"
# From here on the public can be told of a contract: before signing there is nothing to wait for.
WAITING_STATES = (ContractState.SIGNED, ContractState.FILED)


def disclosures_in_scope(user: User) -> QuerySet:
    """The editions in work and in force that the person may see, with since when each waits."""
    current = [*DisclosureState.OPEN, DisclosureState.PUBLISHED]
    rows = Disclosure.objects.visible_to(user).filter(state__in=current)
    return rows.select_related("venue__supervising_union").annotate(
        held_since=Case(
            When(state=DisclosureState.DRAFT, then=Coalesce("reviewed_at", "drafted_at")),
            When(state=DisclosureState.IN_REVIEW, then=F("submitted_at")),
        )
    )


def turn_of(user: User) -> Q:
    """The editions to be written by this person, or reviewed."""
    return _turn(_own_venues(user), _reviewing_unions(user))


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


def work_of(user: User, *, today: date) -> list[Work]:
    """What waits for this person on public information."""
    venues, unions = _own_venues(user), _reviewing_unions(user)
    if not venues and not unions:
        return []
    return [
        work(
            "edition", _waiting_editions(venues, unions), _edition_item,
            title="venue__name", source="venue__name",
            since=Case(
                When(state=DisclosureState.DRAFT, then=Coalesce("reviewed_at", "drafted_at")),
                default=F("submitted_at"),
            ),
            word=Case(
                When(state=DisclosureState.IN_REVIEW, then=Value("审核公开信息")),
                When(reviewed_at__isnull=False, then=Value("修改公开信息")),
                default=Value("填报公开信息"),
            ),
            note=Cast("number", CharField()),
        ),
        work(
            "disclosure_contract", _waiting_contracts(venues, unions), _contract_item,
            parent="venue_id", title="title", source="venue__name", since="updated_at",
            word=Case(
                When(is_published=True, then=Value("确认信息已公开")),
                default=Value("填报公开信息"),
            ),
        ),
        *_updates(venues, today=today),
    ]  # fmt: skip


def _reviewing_unions(user: User) -> list[int]:
    return [
        post.union_id
        for post in user.posts()
        if post.union_id
        and not post.venue_id
        and Permission.DISCLOSURE_REVIEW in post.card.permissions
    ]


def _turn(venues: Iterable[UUID], unions: Iterable[int]) -> Q:
    return Q(venue__in=venues, state=DisclosureState.DRAFT) | Q(
        venue__supervising_union__in=unions, state=DisclosureState.IN_REVIEW
    )


def _waiting_editions(venues: Iterable[UUID], unions: Iterable[int]) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(_turn(venues, unions))


def _edition_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="公开信息",
        title=f"{line.title}公开信息（第 {line.note} 版）",
        act=line.word,
        url=reverse("disclosures:disclosure_detail", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )


def _waiting_contracts(venues: Iterable[UUID], unions: Iterable[int]) -> QuerySet[Contract]:
    """A venue is asked to begin; the department is asked to confirm what is published."""
    editions = Disclosure.objects.filter(venue=OuterRef("venue"))
    published = Exists(editions.filter(state=DisclosureState.PUBLISHED).order_by("pk"))
    begun = Exists(editions.filter(state__in=DisclosureState.OPEN).order_by("pk"))
    rows = Contract.objects.filter(Exists(_open_gates()), state__in=WAITING_STATES)
    return rows.annotate(is_published=published).filter(
        Q(~published, ~begun, venue__in=venues)
        | Q(published, cooperation__supervising_union__in=unions)
    )


def _contract_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="公开信息",
        title=line.title,
        act=line.word,
        url=reverse("disclosures:venue_current", args=[line.parent]),
        source=line.source,
        since=line.since,
    )


def _updates(venues: list[UUID], *, today: date) -> list[Work]:
    """Published information older than the update limit, for those who write it."""
    if not venues:
        return []
    limits = Deadline.objects.filter(
        kind=UPDATE_KIND, subject_id=OuterRef("pk"), closed_at=None
    ).order_by("pk")
    rows = Disclosure.objects.published().filter(venue__in=venues)
    rows = rows.annotate(limit=Subquery(limits.values("due_on")[:1])).filter(limit__lte=today)
    return [
        work(
            "edition_update", rows, _edition_item,
            title="venue__name", source="venue__name", since="published_at", due_on="limit",
            word=Value("更新公开信息"), note=Cast("number", CharField()),
        )
    ]  # fmt: skip
