"""A small province: a city with its bodies and departments, a ready venue, a known partner."""

from datetime import date

import pytest

from accounts.models import User
from accounts.roles import Role
from approvals.services import matrix
from core import clock
from core.models import FixedDay
from meetings import services as meetings
from organizations.models import Department
from partners.models import Partner
from tests.approvals import builders
from tests.approvals.builders import TODAY, World, appoint, moment, union
from venues.models import Readiness, Venue

NAMES = ("王敏", "李强", "张华")
DEPARTMENTS = ("asset", "personnel", "discipline", "finance", "fund_review")
COUNTERSIGNERS = {
    "cosign.personnel": ("personnel", "组织部经办人"),
    "cosign.discipline": ("discipline", "纪委经办人"),
    "cosign.finance": ("finance", "财务部经办人"),
    "cosign.audit": ("fund_review", "经审办经办人"),
}


def _venue(place, name: str, code: str, supervisor: User | None) -> Venue:
    venue = Venue(
        code=code, name=name, kind="cultural_palace", legal_form="institution",
        supervising_union=place, supervisor=supervisor, division_code="610102",
        address="西安市", ownership_certificate="陕（2020）西安市不动产权第 1 号",
        affiliation="隶属西安市总工会", service_functions="职工文体、培训、普惠服务",
    )  # fmt: skip
    venue.place_under(place)
    venue.save()
    for order, business in enumerate(("职工文体活动", "职工技能培训"), start=1):
        venue.core_businesses.create(name=business, order=order)
    return venue


def _people(xian, beilin, baoji, province) -> dict[str, User]:
    asset = {"department_kind": "asset"}
    people = {
        "asset.officer": appoint("asset.officer", "周宁", Role.ASSET_OFFICER, xian, **asset),
        "asset.head": appoint("asset.head", "吴部长", Role.ASSET_HEAD, xian, **asset),
        "counsel": appoint("counsel", "何法务", Role.COUNSEL, xian),
        "leader": appoint("leader", "赵磊", Role.LEADER, xian),
        "secretary": appoint("secretary", "孙悦", Role.SECRETARY, xian),
        "auditor": appoint("auditor", "钱进", Role.AUDITOR, xian),
        "expert": appoint("expert", "郑律", Role.EXPERT, None),
        "sysadmin": appoint("sysadmin", "朱秦", Role.SYSTEM_ADMIN, None),
        "province.asset": appoint(
            "province.asset", "省资产", Role.ASSET_OFFICER, province, **asset
        ),
        "baoji.officer": appoint("baoji.officer", "宝鸡周", Role.ASSET_OFFICER, baoji, **asset),
        "county.officer": appoint("county.officer", "碑林周", Role.ASSET_OFFICER, beilin, **asset),
    }
    for username, (kind, title) in COUNTERSIGNERS.items():
        people[username] = appoint(
            username, title[:3], Role.COUNTERSIGNER, xian, department_kind=kind, title=title
        )
    return people


def _ready(venue: Venue, by: User, reviewer: User) -> None:
    at = moment("2026-06-01 09:00")
    Readiness.objects.create(
        venue=venue, state="ready", drafted_by=by, started_at=at, submitted_by=by,
        submitted_at=at, reviewed_by=reviewer, reviewed_at=at, valid_until=date(2027, 5, 31),
    )  # fmt: skip


def _body(world: World, kind: str, name: str, writer: str, **fields):
    at = moment("2026-01-05 09:00")
    body = meetings.form_body(
        kind=kind, union=world.xian, name=name, by=world[writer], at=at, **fields
    )
    for order, person in enumerate(NAMES, start=1):
        meetings.set_member(
            body=body, name=person, title="成员", order=order, valid_from=date(2026, 1, 1),
            is_principal=order == len(NAMES), by=world[writer], at=at,
        )  # fmt: skip
    return body


def _route(world: World, plan_kind: str, mode: str, bodies: list[str]) -> None:
    matrix.add_row(
        union=world.xian, plan_kind=plan_kind, mode=mode, is_major=None,
        countersigners=["personnel", "discipline", "finance", "fund_review"], bodies=bodies,
        formal_review_days=5, countersign_days=5, legal_review_days=3,
        one_body_reason="" if len(bodies) > 1 else "党组会议授权，见会议纪要第三项。",
        fixed_by="西安市总工会党组", fixed_session="2026年第1次会议", fixed_on=date(2026, 1, 5),
        valid_from=date(2026, 1, 5), by=world["asset.head"], at=moment("2026-01-08 09:00"),
    )  # fmt: skip


def build_world() -> World:
    """The whole small province; whoever builds it forgets the fixed day afterwards."""
    FixedDay.objects.create(day=TODAY)
    clock.forget()
    province = union(None, "陕西省总工会", "610000", "province")
    xian = union(province, "西安市总工会", "610100", "city")
    beilin = union(xian, "碑林区总工会", "610103", "county")
    baoji = union(province, "宝鸡市总工会", "610300", "city")
    for place in (xian, beilin, baoji):
        for kind in DEPARTMENTS:
            Department.objects.create(union=place, kind=kind, name=kind)
    people = _people(xian, beilin, baoji, province)
    venue = _venue(xian, "西安东城工人文化宫", "ZD-610102-01-01", people["asset.head"])
    other = _venue(xian, "西安职工学校", "ZD-610102-03-01", people["asset.head"])
    away = _venue(baoji, "宝鸡工人文化宫", "ZD-610302-01-01", people["baoji.officer"])
    for username, name, role, place in (
        ("venue.manager", "冯岚", Role.VENUE_MANAGER, venue),
        ("venue.staff", "陈晨", Role.VENUE_STAFF, venue),
        ("other.manager", "邻馆长", Role.VENUE_MANAGER, other),
        ("away.manager", "宝鸡馆长", Role.VENUE_MANAGER, away),
    ):
        people[username] = appoint(username, name, role, place.supervising_union, venue_id=place.pk)
    partner = Partner.objects.create(
        uscc="91610000MA6TA1B2X3", name="陕西健行体育有限公司", subject_kind="legal_person",
        legal_representative="高健", business="体育场馆运营",
        registered_by=people["venue.staff"], registered_at=moment("2026-09-01 09:00"),
    )  # fmt: skip
    found = World(province, xian, beilin, baoji, people, venue, other, partner)
    _ready(venue, people["venue.staff"], people["asset.officer"])
    builders.investigate(partner, venue, people["venue.staff"])
    found.bodies = {
        "party_group": _body(found, "party_group", "西安市总工会党组", "secretary"),
        "chairs_office": _body(found, "chairs_office", "主席办公会议", "secretary"),
        "venue_board": _body(
            found, "venue_board", "文化宫班子会议", "venue.manager", venue_id=venue.pk
        ),
    }
    _route(found, "overall_plan", "", ["party_group"])
    _route(found, "operation_plan", "external", ["party_group", "chairs_office"])
    _route(found, "operation_plan", "internal", ["party_group"])
    builders.publish_matrix(found)
    return found


@pytest.fixture
def world(at_world):
    """The small province."""
    return at_world


@pytest.fixture
def overall(at_overall):
    """The venue's overall plan in force: every operation plan stands under it."""
    return at_overall


@pytest.fixture
def draft(at_draft):
    """An empty draft of 对外合作."""
    return at_draft


@pytest.fixture
def complete_draft(at_complete_draft):
    """A draft of 对外合作 that lacks only the venue's decision."""
    return at_complete_draft


@pytest.fixture
def submitted(at_submitted):
    """A plan of 对外合作 at the formal review, version 1."""
    return at_submitted


@pytest.fixture
def log_in(client):
    """A client logged in as one of the people: `log_in(world["leader"])`."""

    def enter(user: User):
        client.force_login(user, backend="accounts.backends.PostedBackend")
        return client

    return enter
