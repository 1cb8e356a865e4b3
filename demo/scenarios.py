"""The six cooperations of the demo, each left in the state its story says."""

from collections.abc import Callable
from datetime import date

from approvals.enums import CooperationMode, Outcome, PlanKind
from approvals.models import Proposal
from approvals.services import matrix
from core.models import FixedDay
from demo.content import PlanStory
from demo.day import DEMO_DAY, moment
from demo.people import VENUE_PEOPLE, make_union_people, make_venue_people, person
from demo.places import (
    form_union_bodies,
    form_venue_board,
    register_partners,
    register_venues,
)
from demo.walk import COUNTERSIGNERS, Walk
from organizations.models import TradeUnion
from partners.models import Partner
from venues.models import Venue

FIXED_BY = "西安市总工会主席办公会议2023年第6次（2023-05-16）"


def fix_the_day() -> None:
    """Let the database live on the demo's day."""
    FixedDay.objects.get_or_create(day=DEMO_DAY)


def lay_the_ground() -> None:
    """People, venues, partners, meetings and the authority matrix."""
    make_union_people()
    register_venues()
    register_partners()
    make_venue_people()
    form_union_bodies()
    for name, prefix, *_ in VENUE_PEOPLE:
        form_venue_board(Venue.objects.get(name=name), manager=person(f"{prefix}.manager"))
    fix_the_matrix()


def fix_the_matrix() -> None:
    """The city union's routes: four departments and both meetings; internal work one meeting."""
    union = TradeUnion.objects.get(code="610100")
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
            fixed_by=FIXED_BY,
            valid_from=date(2023, 5, 16),
            by=person("asset.head"),
            at=moment(date(2023, 5, 17)),
        )


def _venue(name: str) -> Venue:
    return Venue.objects.get(name=name)


def _partner(uscc: str) -> Partner:
    return Partner.objects.get(uscc=uscc)


def overall_in_force(name: str, *, begun: date, max_years: int = 5) -> Walk:
    """A venue that is ready and whose overall plan is in force."""
    walk = Walk(venue=_venue(name), day=begun)
    walk.become_ready().later(5).draft_overall(max_years=max_years)
    return walk.be_approved()


SPORTS_COMPANY = "91610103MAXX010776"
ARTS_COMPANY = "91610113MAXX01149E"
THEATRE_COMPANY = "91610113MAXX012105"
CARE_COMPANY = "91610116MAXX014210"
SPORTS_ASSOCIATION = "51610000MAXX02758R"


def returned() -> Proposal:
    """东城文化宫小剧场：退回，还没有答复."""
    walk = Walk(venue=_venue("西安东城工人文化宫"), day=date(2026, 10, 26))
    partner = _partner(THEATRE_COMPANY)
    walk.investigate(partner)
    walk.draft_operation(
        PlanStory(
            title="西安东城工人文化宫职工小剧场合作运营方案",
            subject="职工小剧场",
            space="文化宫三层小剧场，建筑面积 780 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business="群众性文艺活动",
            partner=partner,
        )
    )
    walk.later(1).prepare().later(3)
    walk.opine(
        walk.open_task(),
        Outcome.RETURN,
        "公益演出场次和困难职工优惠未量化，退回补正。",
        points=("请写明每年公益演出的最低场次。", "请写明困难职工免费票的发放办法。"),
        by="asset.officer",
    )
    return walk.plan()


def at_countersigning() -> Proposal:
    """职工学校：会签中，两个部门已签，经审附条件."""
    walk = overall_in_force("西安职工学校", begun=date(2026, 5, 11))
    walk.day = date(2026, 10, 29)
    partner = _partner(ARTS_COMPANY)
    walk.investigate(partner)
    walk.draft_operation(
        PlanStory(
            title="西安职工学校职工艺术培训合作方案",
            subject="职工艺术培训",
            space="教学楼二层 6 间教室，建筑面积 520 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 3, 1),
            ends_on=date(2029, 2, 28),
            business="职工文化艺术培训",
            partner=partner,
        )
    )
    walk.later(1).prepare().later(3).accept().later(2).countersign("finance")
    walk.opine(
        walk.open_task(department="fund_review"),
        Outcome.CONDITIONAL,
        "收益测算缺少第三年客流依据，请在签约前补充。",
        conditions=("签约前补充第三年客流测算依据。",),
        by="cosign.audit",
    )
    return walk.plan()


def back_on_agenda() -> Proposal:
    """职工体育馆：党组会议 4/7 到会，不足三分之二，未形成结论，议题回到议程."""
    walk = overall_in_force("西安职工体育馆", begun=date(2026, 4, 7))
    walk.day = date(2026, 9, 28)
    partner = _partner(SPORTS_ASSOCIATION)
    walk.investigate(partner)
    walk.draft_operation(
        PlanStory(
            title="西安职工体育馆职工赛事合作运营方案",
            subject="职工赛事",
            space="体育馆主馆，建筑面积 3200 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2028, 12, 31),
            business="职工赛事组织",
            partner=partner,
        )
    )
    walk.later(2).prepare().be_reviewed().later(9)
    walk.meet("party_group", leaves=3)
    return walk.plan()


def over_five_years() -> Walk:
    """骊山疗养院：八年，例外已批准，方案已批复."""
    walk = overall_in_force("临潼骊山样例疗养院", begun=date(2026, 3, 2), max_years=5)
    walk.day = date(2026, 8, 3)
    partner = _partner(CARE_COMPANY)
    walk.draft_operation(
        PlanStory(
            title="临潼骊山样例疗养院职工康养合作方案",
            subject="职工康养服务",
            space="二号楼，建筑面积 2600 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2034, 12, 31),
            business="职工健康管理",
            partner=partner,
            investment="18000000.00",
            income="1600000.00",
        )
    )
    walk.later(1)
    walk.ask_exception(
        facts="合作方投入康复设备 1800 万元，设备使用年限十年，回收期约七年。",
        reason="五年内不能收回设备投入，公开征集两次均无机构在五年期限内响应。",
        valid_until=date(2034, 12, 31),
    )
    walk.later(3).investigate(partner)
    return walk.be_approved()


def internal_approved() -> Walk:
    """土门文化宫 ↔ 职工服务中心：对内合作，不需要资产评估."""
    walk = overall_in_force("西安土门样例文化宫", begun=date(2025, 2, 10))
    walk.day = date(2025, 5, 19)
    walk.draft_operation(
        PlanStory(
            title="西安土门样例文化宫与西安职工服务中心课程共享方案",
            subject="课程和场地共享",
            space="土门样例文化宫一层培训教室，建筑面积 460 ㎡",
            mode=CooperationMode.INTERNAL,
            starts_on=date(2025, 9, 1),
            ends_on=date(2028, 8, 31),
            business="职工文化艺术培训",
            counterpart=_venue("西安职工服务中心"),
            is_major=False,
        )
    )
    walk.later(2).prepare().be_reviewed()
    walk.later(4).meet("chairs_office")
    return walk.reply()


def gymnasium_approved() -> Walk:
    """东城文化宫羽毛球馆：三年，2027-01-19 到期（距演示日 60 天）."""
    walk = overall_in_force("西安东城工人文化宫", begun=date(2023, 6, 5))
    walk.day = date(2023, 10, 9)
    partner = _partner(SPORTS_COMPANY)
    walk.investigate(partner)
    walk.draft_operation(
        PlanStory(
            title="西安东城工人文化宫羽毛球馆合作运营方案",
            subject="羽毛球馆",
            space="文化宫二层羽毛球馆，建筑面积 1860 ㎡，8 片场地",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2024, 1, 20),
            ends_on=date(2027, 1, 19),
            business="职工体育健身服务",
            partner=partner,
        )
    )
    return walk.be_approved()


STORIES: tuple[Callable[[], object], ...] = (
    gymnasium_approved,
    internal_approved,
    over_five_years,
    returned,
    at_countersigning,
    back_on_agenda,
)


def build_everything() -> None:
    """The whole demo, on an empty database."""
    fix_the_day()
    lay_the_ground()
    for story in STORIES:
        story()
