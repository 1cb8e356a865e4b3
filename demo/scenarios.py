"""The whole demo: its ground, its stories, its messages."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from approvals.enums import AmendmentState, CooperationMode, PlanKind, RouteCode
from approvals.models import MatrixAmendment
from approvals.services import matrix
from core.models import FixedDay
from demo import evaluating
from demo.cast import COUNTERSIGNERS, officer, rosters, venue_casts
from demo.day import DEMO_DAY, moment
from demo.people import make_officers, make_union_people, make_venue_people
from demo.places import (
    form_union_bodies,
    form_venue_board,
    register_partners,
    register_venues,
)
from demo.stories import following, guanzhong, north, province, south, unions, waiting, ways, xian
from notifications.models import DeadlineAlert, InboxItem
from notifications.services import mark_read, tick
from organizations.enums import UnionLevel
from organizations.models import TradeUnion
from venues.enums import VenueKind
from venues.models import Venue

STORIES = (
    *unions.STORIES,
    *xian.STORIES,
    *province.STORIES,
    *guanzhong.STORIES,
    *north.STORIES,
    *south.STORIES,
    *ways.STORIES,
    *waiting.STORIES,
    *following.STORIES,
)
SCHEMES = (
    ("610100", VenueKind.CULTURAL_PALACE),
    ("610100", VenueKind.SANATORIUM),
    ("610000", VenueKind.SANATORIUM),
    ("610000", VenueKind.HOTEL),
    ("610300", VenueKind.CULTURAL_PALACE),
    ("610500", VenueKind.HOTEL),
    ("610700", VenueKind.CULTURAL_PALACE),
)


def fix_the_day() -> None:
    """Let the database live on the demo's day."""
    FixedDay.objects.get_or_create(day=DEMO_DAY)


def lay_the_ground() -> None:
    """People, venues, partners, meetings, the authority matrices and the evaluation schemes."""
    make_union_people()
    make_officers()
    register_venues()
    register_partners()
    make_venue_people()
    form_union_bodies()
    for cast in venue_casts():
        form_venue_board(Venue.objects.get(name=cast.venue))
    for code in rosters():
        fix_the_matrix(TradeUnion.objects.get(code=code))
    for code, kind in SCHEMES:
        evaluating.publish_scheme_for(code, kind)


def fix_the_matrix(union: TradeUnion) -> None:
    """A union's routes: four departments and both meetings; internal work one meeting."""
    rows: tuple[tuple[str, str, list[str]], ...] = (
        (PlanKind.OVERALL_PLAN, "", ["party_group", "chairs_office"]),
        (PlanKind.OPERATION_PLAN, "", ["party_group", "chairs_office"]),
        (PlanKind.OPERATION_PLAN, CooperationMode.INTERNAL, ["chairs_office"]),
    )
    for kind, mode, bodies in rows:
        matrix.add_row(
            union=union,
            plan_kind=kind,
            mode=mode,
            is_major=None,
            countersigners=list(COUNTERSIGNERS),
            bodies=bodies,
            formal_review_days=5,
            countersign_days=5,
            legal_review_days=5,
            one_body_reason=""
            if len(bodies) > 1
            else "对内合作不涉及对外让渡资产，会议确定只经主席办公会议。",
            fixed_by=f"{union.name}主席办公会议",
            fixed_session="2023年第6次",
            fixed_on=date(2023, 5, 16),
            valid_from=date(2023, 5, 16),
            by=officer(union, "head"),
            at=moment(date(2023, 5, 17)),
        )
    if union.level == UnionLevel.PROVINCE:
        _fix_article_27(union)
    amendment = MatrixAmendment.objects.get(union=union, state=AmendmentState.DRAFT)
    matrix.publish_amendment(
        amendment=amendment,
        version=amendment.version,
        by=officer(union, "leader"),
        at=moment(date(2023, 5, 18)),
    )


def _fix_article_27(union: TradeUnion) -> None:
    """The route of the provincial union's own units; its article's text is not in the product."""
    matrix.add_row(
        union=union,
        code=RouteCode.PROV_DIRECT_27,
        plan_kind=PlanKind.OPERATION_PLAN,
        is_major=True,
        countersigners=list(COUNTERSIGNERS),
        bodies=["party_group", "chairs_office"],
        formal_review_days=5,
        countersign_days=5,
        legal_review_days=5,
        leader_days=3,
        fixed_by=f"{union.name}主席办公会议",
        fixed_session="2023年第6次",
        fixed_on=date(2023, 5, 16),
        valid_from=date(2023, 5, 16),
        by=officer(union, "head"),
        at=moment(date(2023, 5, 17)),
    )


def deliver_messages() -> None:
    """Let the reminders fire day by day, as they would have, up to the demo's day."""
    alerts = DeadlineAlert.objects.filter(deadline__closed_at=None, fire_on__lte=DEMO_DAY)
    days = {*alerts.values_list("fire_on", flat=True), DEMO_DAY}
    for day in sorted(days):
        tick(now=moment(day, 8), is_alone=True)


@transaction.atomic
def read_messages() -> None:
    """What came before this week was read in the evening of its day; the rest waits."""
    monday = DEMO_DAY - timedelta(days=DEMO_DAY.weekday())
    before = InboxItem.objects.filter(read_at=None, at__lt=moment(monday, 0, 0))
    for item in before.select_related("user"):
        evening = moment(localdate(item.at), 18)
        mark_read(item=item, by=item.user, at=max(item.at, evening))


def build_everything() -> None:
    """The whole demo, on an empty database."""
    fix_the_day()
    lay_the_ground()
    for story in STORIES:
        story()
