"""A city union, its venue and three people to be told."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import Post, User
from accounts.roles import Role
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import TradeUnion

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)


def person(username: str, *, email: str = "", **fields) -> User:
    fields.setdefault("must_change_password", False)
    return User.objects.create_user(
        username, name=f"姓名{username}", password="Demo-2026!", email=email, **fields
    )


def post(user: User, role: Role, **fields) -> Post:
    fields.setdefault("valid_from", date(2020, 1, 1))
    return Post.objects.create(user=user, role=role, title=role.label, **fields)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.backends.PostedBackend")
    return client


def child_union(parent: TradeUnion | None, code: str, name: str, level: str) -> TradeUnion:
    fields = {
        "name": name,
        "short_name": name[:-3],
        "code": code,
        "level": level,
        "division_code": code[:6],
    }
    nodes = TradeUnion.objects
    return nodes.add_child(parent, fields) if parent else nodes.add_root(fields)


@dataclass
class Town:
    """The unions and people of these tests."""

    province: TradeUnion
    city: TradeUnion
    sibling: TradeUnion
    officer: User
    manager: User
    foreign_officer: User
    venue_id: uuid.UUID = field(default_factory=uuid.uuid4)


def build_town() -> Town:
    province = child_union(None, "610000", "陕西省总工会", UnionLevel.PROVINCE)
    city = child_union(province, "610100", "西安市总工会", UnionLevel.CITY)
    sibling = child_union(province, "610300", "宝鸡市总工会", UnionLevel.CITY)
    town = Town(
        province=province,
        city=city,
        sibling=sibling,
        officer=person("officer", email="officer@example.cn"),
        manager=person("manager"),
        foreign_officer=person("foreign", email="foreign@example.cn"),
    )
    asset = {"department_kind": DepartmentKind.ASSET}
    post(town.officer, Role.ASSET_OFFICER, union=city, **asset)
    post(town.manager, Role.VENUE_MANAGER, union=city, venue_id=town.venue_id)
    post(town.foreign_officer, Role.ASSET_OFFICER, union=sibling, **asset)
    return town


@pytest.fixture
def town(db) -> Town:
    return build_town()
