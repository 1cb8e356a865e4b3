"""A small tree with people in it, enough to ask who may see a file."""

import uuid
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from accounts.models import Post, User
from accounts.roles import Role
from organizations.enums import UnionLevel
from organizations.models import TradeUnion

AT = datetime(2026, 11, 20, 2, 20, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def store(settings, tmp_path):
    """An empty file store of this test's own."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def tree(db):
    def union(name, code, level):
        return {
            "name": name,
            "short_name": name.removesuffix("总工会"),
            "code": code,
            "level": level,
            "division_code": code,
        }

    nodes = TradeUnion.objects
    province = nodes.add_root(union("陕西省总工会", "610000", UnionLevel.PROVINCE))
    xian = nodes.add_child(province, union("西安市总工会", "610100", UnionLevel.CITY))
    baoji = nodes.add_child(province, union("宝鸡市总工会", "610300", UnionLevel.CITY))
    beilin = nodes.add_child(xian, union("碑林区总工会", "610103", UnionLevel.COUNTY))
    return SimpleNamespace(province=province, xian=xian, baoji=baoji, beilin=beilin)


@pytest.fixture
def person(db):
    """Make a person with one post: `person(Role.AUDITOR, union=…)`."""

    def make(role: Role | None, *, union=None, venue_id=None, name="赵喆") -> User:
        user = User.objects.create_user(
            f"u{uuid.uuid4().hex[:8]}", name=name, password="x", must_change_password=False
        )
        if role:
            Post.objects.create(
                user=user,
                role=role,
                union=union,
                venue_id=venue_id,
                title=role.label,
                valid_from=date(2020, 1, 1),
            )
        return user

    return make
