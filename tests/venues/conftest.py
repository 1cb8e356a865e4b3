"""A small province: a city with a venue, its people, another city."""

import io
import os
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Post, User
from accounts.roles import Role
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import Department, TradeUnion
from venues import services
from venues.models import Readiness, Venue

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2025, 11, 20, 10, 0, tzinfo=SHANGHAI)
PALACE = {
    "name": "西安东城工人文化宫",
    "kind": "cultural_palace",
    "legal_form": "institution",
    "uscc": "12610000MAXX0282XE",
    "division_code": "610103",
    "address": "碑林区样例路1号",
    "ownership_certificate": "西安市总工会 陕（2019）样例不动产权第0001号",
    "affiliation": "西安市总工会所属公益二类事业单位",
    "service_functions": "职工文体活动、技能培训、公益放映",
}
FACTS = {
    "9-1": {
        "workers": 120000,
        "members": 98000,
        "floor_area": "8600.50",
        "facilities": "剧场1个、教室24间",
        "demand": "2025年问卷3200份，培训和文体需求居前",
        "source": "2025年度工会统计年报",
        "as_of": "2025-10-31",
    },
    "9-2": {
        "quota": 30,
        "on_quota": 0,
        "hired": 12,
        "roles": "活动部8人、后勤4人",
        "source": "人员名册",
        "as_of": "2025-10-31",
    },
    "9-3": {
        "last_year": 2024,
        "last_income": "5200000.00",
        "last_expense": "5100000.00",
        "last_subsidy": "800000.00",
        "prior_income": "4900000.00",
        "prior_expense": "4950000.00",
        "prior_subsidy": "700000.00",
        "management": "建立财务、安全、采购等12项制度",
        "reform": "2024年推行场地线上预约",
        "source": "2024年度审计报告",
        "as_of": "2025-06-30",
    },
    "9-4": {
        "needs": "按职工作息延时开放",
        "market": "引入预约和评价",
        "policy": "落实公益时段补助",
        "cooperation": "与院校共建课程",
        "mechanism": "项目制管理",
        "source": "年度工作总结",
        "as_of": "2025-10-31",
    },
}


def picture(name: str = "证明.png") -> SimpleUploadedFile:
    """A real picture, each of other bytes."""
    content = io.BytesIO()
    Image.frombytes("RGB", (16, 16), os.urandom(768)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@dataclass
class Town:
    """What the tests speak of, by name."""

    province: TradeUnion
    xian: TradeUnion
    baoji: TradeUnion
    venue: Venue
    people: dict[str, User]

    def __getitem__(self, username: str) -> User:
        """The person, as a fresh request would see them."""
        return User.objects.get(pk=self.people[username].pk)

    def register(self, **changes) -> Venue:
        union = changes.pop("union", self.xian)
        by = changes.pop("by", self["asset.officer"])
        entry = services.VenueEntry(**PALACE | changes)
        return services.register_venue(supervising_union=union, entry=entry, by=by, at=NOW)

    def draft(self) -> Readiness:
        return services.start_readiness(venue=self.venue, by=self["venue.staff"], at=NOW)

    def save(self, readiness: Readiness, code: str, **changes):
        acting = {"by": self["venue.staff"], "at": NOW, "file": picture()}
        return services.save_readiness_item(
            item=readiness.items.get(code=code),
            **{"conclusion": "met", "facts": FACTS[code], **acting, **changes},
        )

    def submitted(self) -> Readiness:
        readiness = self.draft()
        for code in FACTS:
            self.save(readiness, code)
        return services.submit_readiness(readiness=readiness, by=self["venue.staff"], at=NOW)


def _person(username: str, role: Role, union: TradeUnion | None, **post) -> User:
    user = User.objects.create_user(username, name=username[:30], must_change_password=False)
    Post.objects.create(
        user=user, role=role, union=union, title="岗位", valid_from="2020-01-01", **post
    )
    return user


@pytest.fixture
def town(db, tmp_path, settings) -> Town:
    settings.FILES_ROOT = tmp_path
    node = TradeUnion.objects

    def fields(name, code, level):
        return {"name": f"{name}总工会", "short_name": name, "code": code, "level": level,
                "division_code": code}  # fmt: skip

    province = node.add_root(fields("陕西省", "610000", UnionLevel.PROVINCE))
    xian = node.add_child(province, fields("西安市", "610100", UnionLevel.CITY))
    node.add_child(xian, fields("碑林区", "610103", UnionLevel.COUNTY))
    baoji = node.add_child(province, fields("宝鸡市", "610300", UnionLevel.CITY))
    for union in (province, xian, baoji):
        Department.objects.create(union=union, kind=DepartmentKind.ASSET, name="资产监管部")
    asset = {"department_kind": DepartmentKind.ASSET}
    people = {
        "asset.officer": _person("asset.officer", Role.ASSET_OFFICER, xian, **asset),
        "asset.head": _person("asset.head", Role.ASSET_HEAD, xian, **asset),
        "baoji.officer": _person("baoji.officer", Role.ASSET_OFFICER, baoji, **asset),
        "province.asset": _person("province.asset", Role.ASSET_OFFICER, province, **asset),
        "auditor": _person("auditor", Role.AUDITOR, xian),
        "sysadmin": _person("sysadmin", Role.SYSTEM_ADMIN, None),
    }
    town = Town(province, xian, baoji, None, people)
    town.venue = town.register()
    place = {"venue_id": town.venue.pk}
    people["venue.staff"] = _person("venue.staff", Role.VENUE_STAFF, xian, **place)
    people["venue.manager"] = _person("venue.manager", Role.VENUE_MANAGER, xian, **place)
    return town


@pytest.fixture
def page(town, client):
    """Open an address as somebody: `page("auditor", "/venues/")`."""

    def open_page(username: str, url: str, **query):
        client.force_login(town[username])
        return client.get(url, query)

    return open_page
