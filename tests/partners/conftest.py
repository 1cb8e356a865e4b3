"""Two cities with a venue each, and a partner in the common register."""

import io
import os
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Post, User
from accounts.roles import Role
from organizations.enums import UnionLevel
from organizations.models import TradeUnion
from partners import services
from partners.enums import PARTS_OF, ConditionCode
from partners.models import DueDiligence, Partner
from venues.models import Venue

NOW = datetime(2025, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
COMPANY = {
    "uscc": "91610103MAXX010776",
    "name": "西安秦渭联动体育文化有限公司",
    "subject_kind": "legal_person",
    "legal_representative": "周样例",
    "business": "体育场馆运营",
}


def picture(name: str = "截图.png") -> SimpleUploadedFile:
    """A real picture, each of other bytes."""
    content = io.BytesIO()
    Image.frombytes("RGB", (16, 16), os.urandom(768)).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@dataclass
class Town:
    """What the tests speak of, by name."""

    xian: TradeUnion
    baoji: TradeUnion
    venue: Venue
    foreign_venue: Venue
    people: dict[str, User]

    def __getitem__(self, username: str) -> User:
        """The person, as a fresh request would see them."""
        return User.objects.get(pk=self.people[username].pk)

    def register(self, **changes) -> Partner:
        by = changes.pop("by", self["venue.staff"])
        return services.register_partner(**COMPANY | changes, by=by, at=NOW)

    def start(self, partner: Partner, **changes) -> DueDiligence:
        place = {"venue_id": self.venue.pk, "venue_name": self.venue.name, "union": self.xian}
        acting = {"by": self["venue.staff"], "at": NOW}
        return services.start_due_diligence(partner=partner, **place | acting | changes)

    def save(self, due_diligence: DueDiligence, code: str, **changes):
        facts = {
            "finding": "met",
            "source": "国家企业信用信息公示系统",
            "checked_on": TODAY,
            "file": picture(),
        }
        return services.save_due_diligence_item(
            item=due_diligence.items.get(code=code),
            **{**facts, "by": self["venue.staff"], "at": NOW, **changes},
        )

    def save_part(self, due_diligence: DueDiligence, code: str, part: str, **changes):
        facts = {
            "finding": "met",
            "period": "2025年1月至9月",
            "checked_on": TODAY,
            "file": picture(),
        }
        return services.save_due_diligence_part(
            part=due_diligence.items.get(code=code).parts.get(code=part),
            **{**facts, "by": self["venue.staff"], "at": NOW, **changes},
        )

    def filled(self, partner: Partner) -> DueDiligence:
        """An investigation in which every condition is met."""
        due_diligence = self.start(partner)
        for code in ConditionCode:
            if code not in PARTS_OF:
                self.save(due_diligence, code)
            for part in PARTS_OF.get(code, ()):
                self.save_part(due_diligence, code, part)
        return due_diligence


def _person(username: str, role: Role, union: TradeUnion | None, venue: Venue | None = None):
    user = User.objects.create_user(username, name=username[:30], must_change_password=False)
    Post.objects.create(
        user=user,
        role=role,
        union=union,
        venue_id=venue.pk if venue else None,
        title="岗位",
        valid_from=date(2020, 1, 1),
    )
    return user


def _venue(union: TradeUnion, name: str) -> Venue:
    venue = Venue(
        code=f"ZD-{union.division_code}-01-01",
        name=name,
        kind="cultural_palace",
        legal_form="internal",
        supervising_union=union,
        division_code=union.division_code,
    )
    venue.place_under(union)
    venue.save()
    return venue


@pytest.fixture
def town(db, tmp_path, settings) -> Town:
    settings.FILES_ROOT = tmp_path
    node = TradeUnion.objects

    def fields(name, code, level):
        return {"name": f"{name}总工会", "short_name": name, "code": code, "level": level,
                "division_code": code}  # fmt: skip

    province = node.add_root(fields("陕西省", "610000", UnionLevel.PROVINCE))
    xian = node.add_child(province, fields("西安市", "610100", UnionLevel.CITY))
    baoji = node.add_child(province, fields("宝鸡市", "610300", UnionLevel.CITY))
    venue, foreign = _venue(xian, "西安东城工人文化宫"), _venue(baoji, "宝鸡工人文化宫")
    people = {
        "venue.staff": _person("venue.staff", Role.VENUE_STAFF, xian, venue),
        "foreign.staff": _person("foreign.staff", Role.VENUE_STAFF, baoji, foreign),
        "asset.officer": _person("asset.officer", Role.ASSET_OFFICER, xian),
        "baoji.officer": _person("baoji.officer", Role.ASSET_OFFICER, baoji),
        "province.asset": _person("province.asset", Role.ASSET_OFFICER, province),
        "auditor": _person("auditor", Role.AUDITOR, xian),
        "sysadmin": _person("sysadmin", Role.SYSTEM_ADMIN, None),
        "secadmin": _person("secadmin", Role.SECURITY_ADMIN, None),
        "audadmin": _person("audadmin", Role.AUDIT_ADMIN, None),
        "stranger": User.objects.create_user(f"x{uuid.uuid4()}", name="无岗位"),
    }
    return Town(xian, baoji, venue, foreign, people)


@pytest.fixture
def page(town, client):
    """Open an address as somebody: `page("auditor", "/partners/")`."""

    def open_page(username: str, url: str, **query):
        client.force_login(town[username])
        return client.get(url, query)

    return open_page
