"""A small province: a city with its bodies, a venue, a county, another city."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfWriter

from accounts.models import Post, User
from accounts.roles import Role
from meetings import services
from meetings.enums import DecisionBodyKind
from meetings.models import AgendaItem, Body, Meeting, Member
from meetings.rules import Presence, VoteMark
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import TradeUnion
from venues.models import Venue

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = ["王敏", "李强", "张华", "刘洋", "陈静", "杨帆", "赵磊"]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


NOW = moment("2025-11-20 15:00")


@dataclass
class Town:
    """What the tests speak of, by name."""

    province: TradeUnion
    xian: TradeUnion
    baoji: TradeUnion
    beilin: TradeUnion
    venue_id: uuid.UUID
    people: dict[str, User]
    group: Body
    office: Body
    board: Body

    def __getitem__(self, username: str) -> User:
        """The person, as a fresh request would see them."""
        return User.objects.get(pk=self.people[username].pk)

    def members(self, body: Body | None = None) -> list[Member]:
        return list((body or self.group).members.order_by("order", "pk"))

    def queue(self, body: Body | None = None, **changes) -> AgendaItem:
        body = body or self.group
        fields = {
            "subject_kind": "proposal",
            "subject_id": uuid.uuid4(),
            "case_id": uuid.uuid4(),
            "title": "职工书屋共建合作方案",
            "url": "/proposals/x/",
            "version_no": 1,
            "content_sha256": "a" * 64,
            "union": body.union,
            "venue_id": self.venue_id,
            "by": self["asset.officer"],
            "at": moment("2025-11-10 09:00"),
        }
        return services.queue_item(body=body, **fields | changes)

    def plan(self, body: Body | None = None, **changes) -> Meeting:
        body = body or self.group
        fields = {
            "session": "2025年第12次",
            "starts_at": moment("2025-11-19 09:00"),
            "place": "三楼会议室",
            "chair": self.members(body)[-1],
            "by": self["secretary"],
            "at": moment("2025-11-17 09:00"),
        }
        return services.plan_meeting(body=body, **fields | changes)

    def placed(self, meeting: Meeting, item: AgendaItem | None = None) -> AgendaItem:
        return services.place_item(
            item=item or self.queue(meeting.body),
            meeting=meeting,
            reporter="资产监管部 周宁",
            materials_sent_on=date(2025, 11, 17),
            by=self["secretary"],
            at=moment("2025-11-18 09:00"),
        )

    def presence(self, body: Body | None = None, leave: int = 0) -> list[Presence]:
        """Everyone present but the first few, who are on leave."""
        return [
            Presence(member=member.pk, status="leave", reason="出差", written_opinion="同意")
            if index < leave
            else Presence(member=member.pk, status="present")
            for index, member in enumerate(self.members(body))
        ]

    def attend(self, meeting: Meeting, leave: int = 0, **changes) -> Meeting:
        fields = {"by": self["secretary"], "at": NOW}
        rows = self.presence(meeting.body, leave)
        return services.register_attendance(meeting=meeting, rows=rows, **fields | changes)

    def votes(self, meeting: Meeting, choices: str) -> list[VoteMark]:
        words = {"a": "agree", "d": "disagree", "s": "abstain", "f": "defer"}
        present = meeting.attendances.filter(status="present").order_by("order", "pk")
        return [
            VoteMark(member=row.member_id, choice=words[letter], speaking_order=n, opinion="无")
            for n, (row, letter) in enumerate(zip(present, choices, strict=True), start=1)
        ]

    def conclude(self, item: AgendaItem, choices: str, **changes) -> AgendaItem:
        fields = {
            "votes": self.votes(item.meeting, choices),
            "conclusion": "passed",
            "resolution": "同意该方案。",
            "by": self["secretary"],
            "at": NOW,
        }
        return services.conclude_item(item=item, **fields | changes)

    def close(self, meeting: Meeting, **changes) -> Meeting:
        fields = {
            "record_text": "王敏：同意。",
            "minutes_text": "会议同意该方案。",
            "minutes_signed_by": "赵磊",
            "by": self["secretary"],
            "at": NOW,
        }
        return services.close_meeting(meeting=meeting, **fields | changes)


def union(parent: TradeUnion | None, name: str, code: str, level: UnionLevel, **fields):
    fields |= {"name": name, "short_name": name, "code": code, "level": level}
    fields["division_code"] = code[:6]
    nodes = TradeUnion.objects
    return nodes.add_child(parent, fields) if parent else nodes.add_root(fields)


def appoint(username: str, name: str, role: Role, place: TradeUnion | None, **fields) -> User:
    user = User.objects.create_user(username, name=name, password="Demo-2026!")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    Post.objects.create(
        user=user, role=role, union=place, title=role.label, valid_from=date(2020, 1, 1), **fields
    )
    return user


def venue_of(place: TradeUnion, name: str, code: str) -> Venue:
    venue = Venue(
        code=code, name=name, kind="cultural_palace", legal_form="institution",
        supervising_union=place, division_code=code[3:9],
    )  # fmt: skip
    venue.place_under(place)
    venue.save()
    return venue


@pytest.fixture
def town(db) -> Town:
    province = union(None, "陕西省总工会", "610000", UnionLevel.PROVINCE)
    xian = union(province, "西安市总工会", "610100", UnionLevel.CITY)
    beilin = union(xian, "碑林区总工会", "610103", UnionLevel.COUNTY, has_party_group=False)
    baoji = union(province, "宝鸡市总工会", "610300", UnionLevel.CITY)
    venue_id = venue_of(xian, "西安东城工人文化宫", "ZD-610102-01-01").pk
    countersigner = {"department_kind": DepartmentKind.FINANCE}
    people = {
        "secretary": appoint("secretary", "孙悦", Role.SECRETARY, xian),
        "leader": appoint("leader", "赵磊", Role.LEADER, xian),
        "auditor": appoint("auditor", "钱进", Role.AUDITOR, xian),
        "asset.officer": appoint("asset.officer", "周宁", Role.ASSET_OFFICER, xian),
        "cosign.finance": appoint(
            "cosign.finance", "吴越", Role.COUNTERSIGNER, xian, **countersigner
        ),
        "expert": appoint("expert", "郑律", Role.EXPERT, None),
        "venue.manager": appoint(
            "venue.manager", "冯岚", Role.VENUE_MANAGER, xian, venue_id=venue_id
        ),
        "venue.staff": appoint("venue.staff", "陈晨", Role.VENUE_STAFF, xian, venue_id=venue_id),
        "province.auditor": appoint("province.auditor", "褚卫", Role.AUDITOR, province),
        "province.secretary": appoint("province.secretary", "卫东", Role.SECRETARY, province),
        "baoji.secretary": appoint("baoji.secretary", "蒋沈", Role.SECRETARY, baoji),
        "beilin.secretary": appoint("beilin.secretary", "韩杨", Role.SECRETARY, beilin),
        "sysadmin": appoint("sysadmin", "朱秦", Role.SYSTEM_ADMIN, None),
    }
    at = moment("2025-01-02 09:00")
    secretary, manager = people["secretary"], people["venue.manager"]
    group = services.form_body(
        kind=DecisionBodyKind.PARTY_GROUP, union=xian, name="西安市总工会党组", by=secretary, at=at
    )
    office = services.form_body(
        kind=DecisionBodyKind.CHAIRS_OFFICE,
        union=xian,
        name="西安市总工会主席办公会议",
        by=secretary,
        at=at,
    )
    board = services.form_body(
        kind=DecisionBodyKind.VENUE_BOARD,
        union=xian,
        venue_id=venue_id,
        name="西安东城工人文化宫班子会议",
        by=manager,
        at=at,
    )
    for body, size, writer in ((group, 7, secretary), (office, 7, secretary), (board, 3, manager)):
        for order, name in enumerate(NAMES[-size:], start=1):
            services.set_member(
                body=body,
                name=name,
                title="主要负责人" if order == size else "成员",
                order=order,
                valid_from=date(2025, 1, 1),
                is_principal=order == size,
                user=people["leader"] if (body, order) == (group, size) else None,
                by=writer,
                at=at,
            )
    return Town(province, xian, baoji, beilin, venue_id, people, group, office, board)


@pytest.fixture
def pdf_bytes() -> bytes:
    """A real PDF of one blank page."""
    stream = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(stream)
    return stream.getvalue()
