"""What a stranger may read, field by field: pages get these values, never a row."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from contracts.models import Contract
from core.clock import SHANGHAI
from core.money import format_yuan
from disclosure.models import Disclosure
from disclosure.rules import Content, ServiceLine, mask_name
from organizations.models import TradeUnion
from organizations.selectors import parameter
from venues.enums import VenueStatus
from venues.models import Venue

PROVINCIAL = "provincial"
STANDING = (VenueStatus.ACTIVE, VenueStatus.SUSPENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRow:
    """One venue in the list."""

    code: str
    name: str
    kind: str
    city: str
    address: str
    updated_on: date
    is_suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicService:
    """One service with its price, ready to print."""

    name: str
    description: str
    price: str
    unit: str
    business: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicNotice:
    """A cooperation in effect: with whom, how, how long. Nothing of its money or its meetings."""

    code: str
    title: str
    venue_code: str
    venue_name: str
    partner: str
    mode: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVenue:
    """Everything the public page of a venue says."""

    code: str
    name: str
    kind: str
    city: str
    union: str
    supervisor: str
    address: str
    is_suspended: bool
    opening_hours: str
    steps: str
    contact: str
    supervision_phone: str
    model_workers_offer: str
    workers_in_need_offer: str
    members_offer: str
    services: tuple[PublicService, ...]
    notices: tuple[PublicNotice, ...]
    updated_on: date
    stale_days: int  # days since the last update, once they are past the limit; otherwise 0


def published_rows(*, city: str = "", kind: str = "", text: str = "") -> QuerySet[Disclosure]:
    """Published editions of standing venues, by city, kind and words of name or address."""
    rows = Disclosure.objects.published().filter(venue__status__in=STANDING)
    if city == PROVINCIAL:
        rows = rows.filter(venue__unit_2=None)
    elif city:
        rows = rows.filter(venue__unit_2__code=city)
    if kind:
        rows = rows.filter(venue__kind=kind)
    if text:
        rows = rows.filter(Q(venue__name__icontains=text) | Q(venue__address__icontains=text))
    return rows.select_related("venue__unit_2").order_by("venue__code", "pk")


def public_row(disclosure: Disclosure) -> PublicRow:
    """One published edition as the list shows it."""
    venue = disclosure.venue
    return PublicRow(
        code=venue.code,
        name=venue.name,
        kind=venue.get_kind_display(),
        city=_city_of(venue),
        address=venue.address,
        updated_on=_published_on(disclosure),
        is_suspended=venue.status == VenueStatus.SUSPENDED,
    )


def cities_with_pages() -> list[tuple[str, str]]:
    """The cities that have something to show, in the order of the tree."""
    rows = Disclosure.objects.published().filter(venue__status__in=STANDING)
    unions = TradeUnion.objects.filter(pk__in=rows.values("venue__unit_2")).order_by("path")
    return [
        (PROVINCIAL, "省级直属"),
        *((union.code, union.name.removesuffix("总工会")) for union in unions),
    ]


def public_venue(code: str, *, today: date) -> PublicVenue | None:
    """The public page of a venue, or None when it has none."""
    rows = Disclosure.objects.published().filter(venue__status__in=STANDING, venue__code=code)
    disclosure = rows.select_related(
        "venue__unit_2", "venue__supervising_union", "venue__supervisor"
    ).first()
    if disclosure is None:
        return None
    return page_of_venue(
        disclosure.venue, disclosure.content, updated_on=_published_on(disclosure), today=today
    )


def page_of_venue(venue: Venue, content: Content, *, updated_on: date, today: date) -> PublicVenue:
    """What the page says with this content: the page itself, and its preview for the writer."""
    union = venue.supervising_union
    limit = int(parameter("disclosure_stale_days", union=union, on=today).value)
    age = (today - updated_on).days
    names = dict(venue.core_businesses.values_list("pk", "name"))
    return PublicVenue(
        code=venue.code,
        name=venue.name,
        kind=venue.get_kind_display(),
        city=_city_of(venue),
        union=union.name,
        supervisor=mask_name(venue.supervisor.name) if venue.supervisor else "",
        address=venue.address,
        is_suspended=venue.status == VenueStatus.SUSPENDED,
        opening_hours=content.opening_hours,
        steps=content.steps,
        contact=content.contact,
        supervision_phone=content.supervision_phone,
        model_workers_offer=content.model_workers_offer,
        workers_in_need_offer=content.workers_in_need_offer,
        members_offer=content.members_offer,
        services=tuple(_service(line, names) for line in content.services),
        notices=tuple(_notice(one) for one in _effective().filter(venue=venue)),
        updated_on=updated_on,
        stale_days=age if age > limit else 0,
    )


def public_notice(code: str) -> PublicNotice | None:
    """The notice of a cooperation whose contract is in effect, by its code."""
    contract = _effective().filter(cooperation__code=code).first()
    return _notice(contract) if contract else None


def price_words(price: Decimal | None) -> str:
    """A price as people read it."""
    if price is None:
        return "价格待填"
    return f"{format_yuan(price)} 元" if price else "免费"


def _effective() -> QuerySet[Contract]:
    rows = Contract.objects.running().filter(effective_on__isnull=False)
    rows = rows.filter(cooperation__code__isnull=False, venue__status__in=STANDING)
    return rows.select_related(
        "venue", "partner", "cooperation__counterpart_venue"
    ).order_by("starts_on", "pk")  # fmt: skip


def _notice(contract: Contract) -> PublicNotice:
    return PublicNotice(
        code=contract.cooperation.code or "",
        title=contract.cooperation.title,
        venue_code=contract.venue.code,
        venue_name=contract.venue.name,
        partner=contract.counterpart,
        mode=contract.cooperation.get_mode_display(),
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
    )


def _service(line: ServiceLine, names: dict[int, str]) -> PublicService:
    return PublicService(
        name=line.name,
        description=line.description,
        price=price_words(line.price),
        unit=line.unit,
        business=names.get(line.core_business_id or 0, ""),
    )


def _city_of(venue: Venue) -> str:
    return venue.unit_2.name.removesuffix("总工会") if venue.unit_2 else "省级直属"


def _published_on(disclosure: Disclosure) -> date:
    assert disclosure.published_at is not None  # noqa: S101 - a constraint of the table
    return disclosure.published_at.astimezone(SHANGHAI).date()
