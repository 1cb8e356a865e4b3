"""The venues and partners of the demo, entered through the registers."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from accounts.models import User
from demo.cast import officer, person, rosters, username_of, venue_cast
from demo.day import moment
from demo.people import SINCE
from meetings.enums import DecisionBodyKind
from meetings.models import Body
from meetings.services import form_body, set_member
from organizations import uscc
from organizations.models import TradeUnion
from partners.enums import SubjectKind
from partners.services import register_partner
from venues.models import Venue
from venues.services import VenueEntry, name_supervisor, register_venue, set_core_businesses

DATA = Path(__file__).parent / "data"
REGISTERED = moment(date(2023, 5, 10))
BUSINESSES: dict[str, tuple[str, ...]] = {
    "cultural_palace": (
        "职工文化艺术培训",
        "职工体育健身服务",
        "群众性文艺活动",
        "劳模工匠宣传展示",
    ),
    "sports_venue": ("职工体育健身服务", "职工赛事组织", "群众性文体活动", "场馆公益开放"),
    "workers_school": ("职工职业技能培训", "职工学历提升", "工会干部业务培训", "职工文化艺术培训"),
    "cadre_college": ("工会干部培训", "劳模工匠培训", "理论研究", "职工继续教育"),
    "newspaper": ("工会新闻宣传", "劳模工匠宣传", "职工新媒体服务", "职工读书活动"),
    "sanatorium": ("职工疗休养", "劳模疗休养", "职工健康管理", "康养配套服务"),
    "hotel": ("职工会务接待", "职工疗休养接待", "工会培训保障", "职工餐饮服务"),
    "travel_agency": ("职工疗休养组织", "职工研学旅行", "红色教育线路", "工会活动承办"),
    "service_centre": ("困难职工帮扶", "职工法律援助", "职工心理服务", "职工就业服务"),
    "mutual_aid": ("职工医疗互助", "职工意外互助", "女职工特殊疾病互助", "互助宣传服务"),
}
SUBJECTS = {
    "企业法人": SubjectKind.LEGAL_PERSON,
    "事业单位": SubjectKind.INSTITUTION,
    "社会团体": SubjectKind.ASSOCIATION,
    "民办非企业单位": SubjectKind.NON_ENTERPRISE,
    "农民专业合作社": SubjectKind.COOPERATIVE,
    "律师事务所": SubjectKind.LAW_FIRM,
}
# 92… is an individual business: the register refuses it (第十条二), in the demo as well.
REFUSED_SUBJECT = "个体工商户"
REPRESENTATIVES = [
    "林岚",
    "秦川",
    "贺兰",
    "商颖",
    "陶然",
    "方圆",
    "钟南",
    "凌霄",
    "向阳",
    "江河",
    "姬远",
    "桑榆",
    "温岭",
    "谈笑",
    "柯蓝",
    "席慕",
    "应辉",
    "聂真",
    "虞欢",
    "庄严",
    "束木",
    "米粟",
    "丛善",
    "匡扶",
    "竺青",
    "解远",
    "费直",
    "平准",
    "仲望",
    "项宁",
]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _union_of(code: str) -> TradeUnion:
    if code.startswith("industry:"):
        return TradeUnion.objects.get(name__contains=code.partition(":")[2])
    if code == "610403":
        return TradeUnion.objects.get(name="杨凌示范区总工会")
    return TradeUnion.objects.get(code=code)


def register_venues() -> None:
    """Enter all venues of the list with their businesses and supervisors."""
    for number, row in enumerate(_rows("venues.csv"), start=1):
        union = _union_of(row["union"])
        _register_venue(row, number, union, officer(union, "officer"))


def _register_venue(row: dict[str, str], number: int, union: TradeUnion, by: User) -> Venue:
    name, kind = row["name"], row["kind"]
    venue = register_venue(
        supervising_union=union,
        entry=VenueEntry(
            name=name,
            kind=kind,
            legal_form="institution",
            division_code=row["division"],
            address=f"{union.short_name}辖区样例路 {number} 号",
            ownership_certificate=f"样例不动产权第 {number:04d} 号，权利人{union.name}",
            affiliation=f"隶属{union.name}",
            service_functions="、".join(BUSINESSES[kind]),
            uscc=demo_uscc("12", row["division"], 9000 + number),
            land_area=Decimal(1500 + number * 320),
            building_area=Decimal(1200 + number * 450),
            staff_quota=6 + number,
            opened_on=date(1990 + number % 25, 5, 1),
            is_directly_affiliated=union.depth <= 2,
        ),
        by=by,
        at=REGISTERED,
    )
    businesses = [(one, f"{name}面向职工群众开展的{one}") for one in BUSINESSES[kind]]
    set_core_businesses(venue=venue, businesses=businesses, by=by, at=REGISTERED)
    name_supervisor(venue=venue, supervisor=by, by=by, at=REGISTERED)
    return venue


def demo_uscc(prefix: str, division: str, number: int) -> str:
    """A code whose body is plainly invented (MAXX…), with both check digits right."""
    body = f"MAXX{number:04d}"
    stem = f"{prefix}{division}{body}{uscc.organisation_check(body)}"
    return stem + uscc.check_character(stem)


def register_partners() -> None:
    """Enter the partners of the list; the individual business is refused, as it must be."""
    by = person("province.asset")
    for number, row in enumerate(_rows("partners.csv")):
        if row["type"] == REFUSED_SUBJECT:
            continue
        register_partner(
            uscc=row["uscc"],
            name=row["name"],
            subject_kind=SUBJECTS[row["type"]],
            legal_representative=REPRESENTATIVES[number],
            business=row["business"],
            by=by,
            at=REGISTERED,
        )


UNION_TITLES = (
    "党组书记、常务副主席",
    "党组成员、副主席",
    "党组成员、副主席",
    "党组成员、副主席",
    "党组成员、经审会主任",
    "党组成员、机关党委书记",
    "党组成员、秘书长",
    "党组成员、女职工委员会主任",
)


def form_union_bodies() -> None:
    """Form the party group and the chair's office meeting of every union that decides."""
    for code, names in rosters().items():
        union = TradeUnion.objects.get(code=code)
        by = officer(union, "secretary")
        for kind in (DecisionBodyKind.PARTY_GROUP, DecisionBodyKind.CHAIRS_OFFICE):
            name = f"{union.name}{kind.label}"
            body = form_body(kind=kind, union=union, name=name, by=by, at=REGISTERED)
            for order, (member, title) in enumerate(zip(names, UNION_TITLES, strict=False), 1):
                _seat(
                    body, member, title, order, by, is_principal=order == 1,
                    username=username_of(code, "leader") if order == 2 else "",
                )  # fmt: skip


BOARD_TITLES = ("副主任", "副主任", "工会主席", "办公室主任")


def form_venue_board(venue: Venue) -> Body:
    """Form the board of a venue: its head and four members."""
    cast = venue_cast(venue.name)
    manager = person(f"{cast.prefix}.manager")
    body = form_body(
        kind=DecisionBodyKind.VENUE_BOARD,
        union=venue.supervising_union,
        venue_id=venue.pk,
        name=f"{venue.name}班子会议",
        by=manager,
        at=REGISTERED,
    )
    _seat(body, manager.name, "主任", 1, manager, is_principal=True, username=manager.username)
    for order, (name, title) in enumerate(zip(cast.board, BOARD_TITLES, strict=True), start=2):
        _seat(body, name, title, order, manager)
    return body


def _seat(
    body: Body, name: str, title: str, order: int, by: User, *, is_principal: bool = False,
    username: str = "",
) -> None:  # fmt: skip
    body.refresh_from_db()
    set_member(
        body=body,
        name=name,
        title=title,
        order=order,
        valid_from=SINCE,
        user=person(username) if username else None,
        is_principal=is_principal,
        by=by,
        at=REGISTERED,
    )
