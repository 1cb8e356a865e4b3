"""The people of the demo; all are invented."""

from dataclasses import dataclass
from datetime import date

from accounts import services
from accounts.models import User
from accounts.roles import Role
from demo.cast import DUTIES, XIAN, officers, venue_casts
from demo.day import PASSWORD, moment
from organizations.enums import DepartmentKind, UnionLevel
from organizations.models import TradeUnion
from venues.models import Venue

SINCE = date(2023, 1, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One account and its post."""

    username: str
    name: str
    role: Role
    title: str
    union: str = XIAN
    department: str = ""
    venue: str = ""


UNION_PEOPLE: tuple[Person, ...] = (
    Person(
        username="asset.officer",
        name="赵文静",
        role=Role.ASSET_OFFICER,
        title="资产监管部四级调研员",
        department=DepartmentKind.ASSET,
    ),
    Person(
        username="asset.evaluator",
        name="许知遥",
        role=Role.ASSET_OFFICER,
        title="资产监管部考核专员",
        department=DepartmentKind.ASSET,
    ),
    Person(
        username="asset.head",
        name="韩立军",
        role=Role.ASSET_HEAD,
        title="资产监管部部长",
        department=DepartmentKind.ASSET,
    ),
    Person(
        username="cosign.personnel",
        name="冯珺",
        role=Role.COUNTERSIGNER,
        title="组织部副部长",
        department=DepartmentKind.PERSONNEL,
    ),
    Person(
        username="cosign.discipline",
        name="郭正堃",
        role=Role.COUNTERSIGNER,
        title="机关纪委书记",
        department=DepartmentKind.DISCIPLINE,
    ),
    Person(
        username="cosign.finance",
        name="刘建国",
        role=Role.COUNTERSIGNER,
        title="财务部副部长",
        department=DepartmentKind.FINANCE,
    ),
    Person(
        username="cosign.audit",
        name="孙丽",
        role=Role.COUNTERSIGNER,
        title="经审办主任",
        department=DepartmentKind.FUND_REVIEW,
    ),
    Person(username="counsel", name="杨昇", role=Role.COUNSEL, title="法律顾问"),
    Person(username="leader", name="周喆", role=Role.LEADER, title="副主席"),
    Person(username="secretary", name="何芳", role=Role.SECRETARY, title="办公室会议秘书"),
    Person(username="auditor", name="曹明", role=Role.AUDITOR, title="审计人员"),
    Person(
        username="province.asset",
        name="王敏",
        role=Role.ASSET_OFFICER,
        title="资产监管部一级主任科员",
        union="610000",
        department=DepartmentKind.ASSET,
    ),
    Person(
        username="baoji.officer",
        name="李川",
        role=Role.ASSET_OFFICER,
        title="资产监管部经办人",
        union="610300",
        department=DepartmentKind.ASSET,
    ),
    Person(
        username="county.officer",
        name="马晓燕",
        role=Role.ASSET_OFFICER,
        title="办公室干事",
        union="610103",
        department=DepartmentKind.ASSET,
    ),
)
OUTSIDE_PEOPLE: tuple[Person, ...] = (
    Person(username="expert", name="段秋实", role=Role.EXPERT, title="体育场馆运营专家", union=""),
    Person(
        username="sysadmin", name="邓系统", role=Role.SYSTEM_ADMIN, title="系统管理员", union=""
    ),
    Person(
        username="secadmin", name="安守正", role=Role.SECURITY_ADMIN, title="安全管理员", union=""
    ),
    Person(username="audadmin", name="沈志远", role=Role.AUDIT_ADMIN, title="审计管理员", union=""),
)
ACCOUNTS_SHOWN: tuple[tuple[str, str], ...] = (
    ("venue.manager", "西安东城工人文化宫 阵地负责人"),
    ("venue.staff", "西安东城工人文化宫 阵地经办人"),
    *((one.username, f"{one.role.label}（{one.name}）") for one in UNION_PEOPLE + OUTSIDE_PEOPLE),
)


def _account(username: str, name: str, *, password: str | None = PASSWORD) -> User:
    return services.create_user(
        username=username,
        name=name,
        email=f"{username}@example.cn",
        password=password,
        must_change_password=False,
        by=None,
        at=moment(SINCE),
    )


def make_union_people() -> None:
    """Make the accounts and posts of the unions, the expert and the three administrators."""
    for person in UNION_PEOPLE + OUTSIDE_PEOPLE:
        union = TradeUnion.objects.get(code=person.union) if person.union else None
        services.assign_post(
            user=_account(person.username, person.name),
            role=person.role,
            title=person.title,
            union=union,
            department_kind=person.department,
            valid_from=SINCE,
            by=None,
            at=moment(SINCE),
        )


def make_officers() -> None:
    """Make the accounts and posts of the other unions; nobody logs in with these."""
    for code, duty, username, name in officers():
        card, union = DUTIES[duty], TradeUnion.objects.get(code=code)
        is_county = union.level == UnionLevel.COUNTY
        services.assign_post(
            user=_account(username, name, password=None),
            role=card.role,
            title=card.county_title if is_county else card.city_title,
            union=union,
            department_kind=card.department,
            valid_from=SINCE,
            by=None,
            at=moment(SINCE),
        )


def make_venue_people() -> None:
    """Make the head and the clerk of the venues that have plans."""
    for cast in venue_casts():
        venue = Venue.objects.get(name=cast.venue)
        for suffix, name, role, title in (
            ("manager", cast.head, Role.VENUE_MANAGER, "主任"),
            ("staff", cast.clerk, Role.VENUE_STAFF, "合作事务经办人"),
        ):
            username = f"{cast.prefix}.{suffix}"
            services.assign_post(
                user=_account(username, name, password=_password_of(username)),
                role=role,
                title=f"{venue.name}{title}",
                union=None,
                venue_id=venue.pk,
                valid_from=SINCE,
                by=None,
                at=moment(SINCE),
            )


def _password_of(username: str) -> str | None:
    """Only the accounts shown on the login page have a password."""
    return PASSWORD if username in dict(ACCOUNTS_SHOWN) else None
