"""Reads of venues and their readiness."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.places import VenuePlace
from accounts.roles import UNION_ROLES, VENUE_ROLES
from core.work import Work, WorkItem, WorkLine, work
from documents.selectors import attachments_of
from organizations.enums import DepartmentKind
from organizations.models import Department, TradeUnion
from venues.enums import ReadinessState
from venues.models import Readiness, ReadinessItem, Venue
from venues.rules import ItemFacts


def place_of(venue_id: UUID) -> VenuePlace | None:
    """What the apps that stand beside venues may know of one."""
    venue = Venue.objects.select_related("supervising_union").filter(pk=venue_id).first()
    return VenuePlace(venue.pk, venue.name, venue.supervising_union) if venue else None


def all_places() -> list[VenuePlace]:
    """All venues with their unions, for whoever appoints people to them."""
    venues = Venue.objects.select_related("supervising_union").order_by(
        "supervising_union__path", "name", "pk"
    )
    return [VenuePlace(venue.pk, venue.name, venue.supervising_union) for venue in venues]


# More places than this nobody looks for in a list of choices: the text field finds them.
MOST_PLACES = 600
INDENT = "　"


@dataclass(frozen=True, slots=True)
class Places:
    """What a list may be narrowed to: unions by key with name and depth, venues by key with name."""

    unions: dict[str, tuple[str, int]] = field(default_factory=dict)
    venues: dict[str, str] = field(default_factory=dict)


def places_of(user: User) -> Places:
    """The unions and venues in a person's scope, in the order of the tree; one query."""
    seen = Q(pk__in=[])
    for post in user.posts():
        if post.role in VENUE_ROLES and post.venue_id:
            seen |= Q(venues=post.venue_id)
        elif post.role in UNION_ROLES and post.union:
            seen |= Q(path__startswith=post.union.path)
    columns = ("pk", "name", "depth", "venues__pk", "venues__name")
    rows = TradeUnion.objects.filter(seen).order_by("path", "venues__code").values_list(*columns)
    found = list(rows[: MOST_PLACES + 1])
    if not found or len(found) > MOST_PLACES:
        return Places()
    top = found[0][2]
    return Places(
        unions={
            str(pk): (f"{INDENT * (depth - top)}{name}", depth) for pk, name, depth, *_ in found
        },
        venues={str(pk): name for *_, pk, name in found if pk},
    )


def register_for(user: User) -> QuerySet[Venue]:
    """The venues in a person's scope, with the names their list prints."""
    return Venue.objects.visible_to(user).select_related("supervising_union", "supervisor")


def readiness_in_force(venue: Venue, on: date) -> Readiness | None:
    """The self-assessment a day may rely on: the last one reviewed, if it says yes and holds."""
    reviewed = venue.readiness.filter(reviewed_at__isnull=False, reviewed_at__date__lte=on)
    last = reviewed.order_by("-reviewed_at", "-pk").first()
    if last is None or last.state != ReadinessState.READY:
        return None
    return last if last.valid_until is None or last.valid_until >= on else None


def latest_readiness(venue: Venue) -> Readiness | None:
    """The self-assessment last started."""
    rows = venue.readiness.select_related("drafted_by", "reviewed_by")
    return rows.order_by("-started_at", "-pk").first()


def items_of(readiness: Readiness) -> list[ReadinessItem]:
    """The four items in the order of the article."""
    return list(readiness.items.select_related("written_by").order_by("code"))


def evidence_by_code(readiness: Readiness) -> dict[str, list]:
    """The files of a self-assessment, in one query, by the item they prove."""
    found: dict[str, list] = {}
    prefix = f"readiness:{readiness.pk}:"
    for attachment in attachments_of(readiness.venue_id).filter(purpose__startswith=prefix):
        found.setdefault(attachment.purpose.removeprefix(prefix), []).append(attachment)
    return found


def facts_of(readiness: Readiness) -> list[ItemFacts]:
    """What the rules may know of a self-assessment."""
    files = evidence_by_code(readiness)
    return [
        ItemFacts(
            code=item.code,
            conclusion=item.conclusion,
            facts=item.facts,
            has_evidence=bool(files.get(item.code)),
        )
        for item in items_of(readiness)
    ]


def asset_department(union: TradeUnion) -> Department | None:
    """主管部门（第四条）: the department of the union that answers for assets."""
    return Department.objects.filter(union=union, kind=DepartmentKind.ASSET).first()


def people_holding(permission: Permission, *, on: date, union: TradeUnion) -> QuerySet[User]:
    """Whoever holds a permission by a post at this very union on a day."""
    posts = Post.objects.in_force(on).holding(permission).filter(union=union, venue_id=None)
    people = User.objects.filter(pk__in=posts.values("user_id"), is_active=True)
    return people.order_by("name", "pk")


def may_supervise(user: User, union: TradeUnion, *, on: date) -> bool:
    """Whether this person may answer for venues of the union: its asset department's (第四条)."""
    return people_holding(Permission.VENUE_WRITE, on=on, union=union).filter(pk=user.pk).exists()


def work_of(user: User, *, today: date) -> list[Work]:
    """Self-assessments to write for one's own venue, or to review."""
    turn = Q()
    for post in user.posts():
        held = post.card.permissions
        if post.venue_id and Permission.READINESS_WRITE in held:
            turn |= Q(venue=post.venue_id, state=ReadinessState.DRAFT)
        elif post.union_id and not post.venue_id and Permission.READINESS_REVIEW in held:
            turn |= Q(venue__supervising_union=post.union_id, state=ReadinessState.SUBMITTED)
    if not turn:
        return []
    return [
        work(
            "readiness",
            Readiness.objects.filter(turn),
            _readiness_item,
            parent="venue_id",
            title="venue__name",
            source="venue__name",
            since=Coalesce("submitted_at", "started_at"),
            word="state",
        )
    ]


def _readiness_item(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind="条件自评",
        title=f"{line.title}条件自评",
        act="填写条件自评" if line.word == ReadinessState.DRAFT else "审核条件自评",
        url=reverse("venues:readiness_detail", args=[line.parent]),
        source=line.source,
        since=line.since,
    )
