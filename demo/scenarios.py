"""The six cooperations of the demo, each left in the state its story says."""

from collections.abc import Callable
from datetime import date

from approvals.enums import CooperationMode, Outcome, PlanKind
from approvals.models import Proposal
from approvals.services import matrix
from contracts.models import Contract
from core.models import FixedDay
from demo import contracting, evaluating, publishing, revising
from demo.content import REPORT_ANSWERS, PlanStory
from demo.day import DEMO_DAY, moment
from demo.people import VENUE_PEOPLE, make_union_people, make_venue_people, person
from demo.places import (
    form_union_bodies,
    form_venue_board,
    register_partners,
    register_venues,
)
from demo.walk import COUNTERSIGNERS, Walk
from evaluations.models import Evaluation
from notifications.models import DeadlineAlert
from notifications.services import tick
from organizations.models import TradeUnion
from partners.models import Partner
from supervision import services as supervision
from supervision.enums import ReportKind
from venues.enums import VenueKind
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
    for kind in (VenueKind.CULTURAL_PALACE, VenueKind.SANATORIUM):
        evaluating.publish_scheme_for(kind)


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
    """职工学校：退回补正后再次报送，会签中，两个部门已签，经审附条件."""
    walk = overall_in_force("西安职工学校", begun=date(2026, 5, 11))
    walk.day = date(2026, 10, 21)
    partner = _partner(ARTS_COMPANY)
    walk.investigate(partner)
    walk.draft_operation(
        PlanStory(
            title="西安职工学校职工艺术培训合作运营方案",
            subject="职工艺术培训",
            space="教学楼二层 6 间教室，建筑面积 520 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 3, 1),
            ends_on=date(2030, 2, 28),
            business="职工文化艺术培训",
            partner=partner,
            share=revising.FIRST_SHARE,
        )
    )
    revising.attach_survey(walk)
    walk.later(1).prepare().later(1)
    revising.be_returned(walk)
    walk.later(5)
    revising.revise(walk)
    walk.later(5).decide_at_venue().later(1).submit()
    walk.later(1).accept().later(2).countersign("finance")
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


def internal_effective() -> Contract:
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
    walk.reply().later(5)
    contract = contracting.draft(walk)
    walk.later(2)
    contracting.be_checked(walk, contract)
    walk.later(4)
    contracting.sign_and_file(walk, contract, partner_signatory="金卫东")
    contracting.name_safety_officer(walk, contract)
    day = date(2025, 8, 20)
    evaluating.plan(
        contract,
        ("stage", date(2025, 9, 1), date(2026, 12, 31), date(2027, 1, 31)),
        ("final", date(2027, 1, 1), date(2028, 8, 31), date(2028, 9, 30)),
        on=day,
    )
    publishing.publish(
        walk,
        ("职工书画课", "春秋两季，每季 12 课时", "0", "人"),
        ("职工合唱排练", "周末排练厅", "0", "场"),
        on=day,
    )
    walk.day, walk.minute = date(2025, 9, 1), 0
    contracting.take_effect(walk, contract, on=walk.day)
    return contract


def gymnasium_evaluated() -> Evaluation:
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
    walk.be_approved().later(4)
    contract = contracting.draft(walk)
    walk.later(8)
    contracting.value(walk, contract)
    contracting.be_checked(walk, contract)
    walk.later(3).investigate(partner)  # the credit checks must be fresh on the day of signing
    walk.later(5)
    contracting.sign_and_file(walk, contract, partner_signatory="林岚")
    return _run_the_gymnasium(walk, contract)


GYMNASIUM_SERVICES = (
    ("羽毛球场地", "每片每小时，含灯光", "40", "小时"),
    ("羽毛球公益课", "周末上午，每课 90 分钟", "0", "课"),
    ("青少年羽毛球培训", "职工子女，每期 12 课", "960", "期"),
)


def _run_the_gymnasium(walk: Walk, contract: Contract) -> Evaluation:
    contracting.name_safety_officer(walk, contract)
    day = date(2024, 1, 5)
    planned = evaluating.plan(
        contract,
        ("stage", date(2024, 1, 20), date(2025, 6, 30), date(2025, 7, 31)),
        ("stage", date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 31)),
        ("final", date(2026, 7, 1), date(2027, 1, 19), date(2027, 2, 19)),
        on=day,
    )
    for edition in (day, date(2026, 9, 10)):
        publishing.publish(walk, *GYMNASIUM_SERVICES, on=edition)
    walk.day, walk.minute = date(2024, 1, 22), 0
    contracting.take_effect(walk, contract, on=date(2024, 1, 20))
    first, second, _final = planned
    evaluating.evaluate(
        first,
        on=date(2025, 7, 14),
        sessions="1210",
        ratios={"安全与应急": "0.95"},
        answers=evaluating.BEST_ANSWERS,
        population=3000,
    )
    return evaluating.evaluate(
        second,
        on=date(2026, 7, 15),
        sessions="1150",
        ratios={"普惠优惠落实": "0.92", "安全与应急": "0.8", "信息公开": "0.9"},
        answers=evaluating.GATED_ANSWERS,
        population=1200,
        problems="周末高峰预约等待时间偏长；困难职工凭证核验流程不够顺畅。",
    )


def reports_asked_for() -> None:
    """东城文化宫的定期报告：一份已受理，一份逾期未报，一份待报."""
    venue, officer = _venue("西安东城工人文化宫"), person("asset.officer")
    manager, staff = person("venue.manager"), person("venue.staff")
    periods = (
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    )
    reports = [
        supervision.schedule_report(
            venue=venue,
            kind=ReportKind.ASSET_OPERATION,
            period_from=start,
            period_to=end,
            by=officer,
            at=moment(start),
        )
        for start, end in periods
    ]
    supervision.schedule_report(
        venue=venue,
        kind=ReportKind.SPECIAL_WORK,
        period_from=date(2026, 7, 1),
        period_to=date(2026, 12, 31),
        by=officer,
        at=moment(date(2026, 7, 1)),
    )
    first = supervision.save_report(
        report=reports[0], answers=REPORT_ANSWERS, version=reports[0].version, by=staff,
        at=moment(date(2026, 7, 8)),
    )  # fmt: skip
    first = supervision.submit_report(
        report=first, version=first.version, by=manager, at=moment(date(2026, 7, 10))
    )
    supervision.review_report(
        report=first,
        is_accepted=True,
        note="数据完整，与收款账户流水一致。",
        version=first.version,
        by=officer,
        at=moment(date(2026, 7, 15)),
    )


STORIES: tuple[Callable[[], object], ...] = (
    gymnasium_evaluated,
    internal_effective,
    over_five_years,
    returned,
    at_countersigning,
    back_on_agenda,
    reports_asked_for,
)


def deliver_messages() -> None:
    """Let the reminders fire day by day, as they would have, up to the demo's day."""
    alerts = DeadlineAlert.objects.filter(deadline__closed_at=None, fire_on__lte=DEMO_DAY)
    days = {*alerts.values_list("fire_on", flat=True), DEMO_DAY}
    for day in sorted(days):
        tick(now=moment(day, 8))


def build_everything() -> None:
    """The whole demo, on an empty database."""
    fix_the_day()
    lay_the_ground()
    for story in STORIES:
        story()
