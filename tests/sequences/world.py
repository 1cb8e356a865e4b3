"""The province of the sequences: built once through the services, rolled back to after each."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.models import Post, User
from accounts.roles import Role
from approvals.enums import Counting
from approvals.models import Proposal
from approvals.rules.counting import SigningGroup
from approvals.services import matrix
from organizations.models import TradeUnion
from tests.approvals import builders
from tests.approvals.builders import World, appoint, moment
from tests.approvals.conftest import build_world
from tests.sequences.shapes import CITY, COSIGN, FORMAL, LEADER, LEGAL, SEATS, SHAPES, Shape

ROLES = {
    FORMAL: Role.ASSET_OFFICER, COSIGN: Role.COUNTERSIGNER, LEGAL: Role.COUNSEL,
    LEADER: Role.LEADER,
}  # fmt: skip
ASSET = "asset"


@dataclass
class Province:
    """The built world, its people as a request would see them, one decided plan per route."""

    world: World
    people: dict[str, User] = field(default_factory=dict)
    plans: dict[str, uuid.UUID] = field(default_factory=dict)

    @property
    def names(self) -> dict[uuid.UUID, str]:
        return {user.pk: name for name, user in self.people.items()}


def build_province() -> Province:
    """Everybody of `SEATS` at their desks, the four routes in force, a plan for each."""
    world = build_world()
    _seat(world)
    _routes(world)
    builders.grant_overall_plan(world)
    found = Province(world)
    for shape in SHAPES:
        found.plans[shape.name] = _plan(world, shape).pk
    for name in world.people:
        user = found.people[name] = world[name]
        user.posts()  # nobody's post changes in a sequence
    return found


def _seat(world: World) -> None:
    for (union, node, department), people in SEATS.items():
        place = world.xian if union == CITY else world.province
        for name in people:
            _sit(world, name, place, node, department or (ASSET if node == FORMAL else ""))


def _sit(world: World, name: str, place: TradeUnion, node: str, department: str) -> None:
    role = ROLES[node]
    if name not in world.people:
        world.people[name] = appoint(name, name, role, place, department_kind=department)
        return
    user = world.people[name]
    posts = Post.objects.filter(user=user, union=place, venue_id=None, department_kind=department)
    if not posts.exists() and not _has_it(user, role, place):
        Post.objects.create(
            user=user, role=role, union=place, department_kind=department, title=role.label,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip


def _has_it(user: User, role: Role, place: TradeUnion) -> bool:
    held = Post.objects.filter(user=user, union=place, venue_id=None)
    return role is not Role.COUNTERSIGNER and held.filter(role=role).exists()


def _routes(world: World) -> None:
    for shape in SHAPES:
        matrix.add_row(
            union=world.xian, plan_kind="operation_plan", mode="external", is_major=None,
            amount_figure="partner_investment",
            amount_over=_yuan(shape.amount - 5), amount_upto=_yuan(shape.amount + 5),
            countersigners=[],
            groups=[SigningGroup(one.departments, Counting(one.counting), one.need) for one in shape.groups],
            bodies=["party_group", "chairs_office"], formal_review_days=5, countersign_days=5,
            legal_review_days=3, leader_days=2 if shape.has_leader else 0,
            upward_days=15 if shape.goes_up else 0, fixed_by="西安市总工会党组",
            fixed_session="2026年第9次会议", fixed_on=date(2026, 10, 30),
            valid_from=date(2026, 11, 1), by=world["asset.head"], at=moment("2026-11-01 09:00"),
        )  # fmt: skip
    builders.publish_matrix(world, "2026-11-01 10:00")


def _yuan(ten_thousands: int) -> Decimal:
    return Decimal(ten_thousands) * 10_000


def _plan(world: World, shape: Shape) -> Proposal:
    """A plan the venue has decided on, whose amount leads it to its route."""
    plan = builders.complete(world, builders.new_plan(world, title=f"合作运营方案（{shape.name}）"))
    amount = str(_yuan(shape.amount))
    assets = [{"item": "运动地板", "quantity": "1", "amount": amount}]
    builders.change(
        world, plan, "contract_elements", partner_investment=amount, fixed_assets=assets
    )
    return builders.decide(world, plan)
