"""西安: where most of the accounts shown to visitors work."""

from datetime import date

from approvals.enums import CooperationMode, Outcome
from approvals.models import Proposal
from contracts.enums import ClauseCode
from contracts.models import Contract
from demo import contracting, evaluating, publishing, remarking, revising
from demo.cast import person
from demo.content import REPORT_ANSWERS, PlanStory
from demo.day import moment
from demo.sittings import Sitting
from demo.stories.shared import in_effect, overall_in_force, partner, signed, venue
from demo.trades import ARTS, RETAIL
from demo.walk import Walk
from evaluations.models import Evaluation
from partners.services import put_on_watch
from supervision import services as supervision
from supervision.enums import ReportKind

GYMNASIUM_SERVICES = (
    ("羽毛球场地", "每片每小时，含灯光", "40", "小时"),
    ("羽毛球公益课", "周末上午，每课 90 分钟", "0", "课"),
    ("青少年羽毛球培训", "职工子女，每期 12 课", "960", "期"),
)


def gymnasium_evaluated() -> Evaluation:
    """东城文化宫羽毛球馆：三年，2027-01-19 到期（距演示日 60 天），两次阶段评价."""
    walk = overall_in_force("西安东城工人文化宫", begun=date(2023, 6, 5))
    walk.on(date(2023, 10, 9))
    company = partner("西安秦渭联动体育文化有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="西安东城工人文化宫羽毛球馆合作运营方案",
            subject="羽毛球馆",
            space="文化宫二层羽毛球馆，建筑面积 1860 ㎡，8 片场地",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2024, 1, 20),
            ends_on=date(2027, 1, 19),
            business="职工体育健身服务",
            partner=company,
        )
    )
    walk.be_approved()
    contract = signed(walk, company)
    first, second, _final = in_effect(
        walk,
        contract,
        ("stage", date(2024, 1, 20), date(2025, 6, 30), date(2025, 7, 31)),
        ("stage", date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 31)),
        ("final", date(2026, 7, 1), date(2027, 1, 19), date(2027, 2, 19)),
        services=GYMNASIUM_SERVICES,
        on=date(2024, 1, 20),
    )
    publishing.publish(walk, *GYMNASIUM_SERVICES, on=date(2026, 9, 10))
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


def theatre_returned() -> Proposal:
    """东城文化宫小剧场：退回，还没有答复."""
    walk = Walk(venue=venue("西安东城工人文化宫"), day=date(2026, 10, 26))
    company = partner("西安曲水云阶演艺管理有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="西安东城工人文化宫职工小剧场合作运营方案",
            subject="职工小剧场",
            space="文化宫三层小剧场，建筑面积 780 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business="群众性文艺活动",
            partner=company,
            trade=ARTS,
        )
    )
    walk.later(1).prepare().later(3)
    remarking.remark_on_theatre(walk)
    walk.send_back(
        "公益演出场次和困难职工优惠未量化，退回补正。",
        "四性：请写明每年公益演出的最低场次。",
        "困难职工优惠措施：请写明困难职工免费票的发放办法。",
    )
    return walk.plan()


def school_at_countersigning() -> Proposal:
    """职工学校：退回补正后再次报送，会签中，两个部门已签，经审附条件."""
    walk = overall_in_force("西安职工学校", begun=date(2026, 5, 11))
    walk.on(date(2026, 10, 21))
    company = partner("陕西长乐坊文化艺术培训有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="西安职工学校职工艺术培训合作运营方案",
            subject="职工艺术培训",
            space="教学楼二层 6 间教室，建筑面积 520 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 3, 1),
            ends_on=date(2030, 2, 28),
            business="职工文化艺术培训",
            partner=company,
            trade=ARTS,
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
        duty="fund_review",
    )
    remarking.remark_on_training(walk)
    return walk.plan()


def stadium_back_on_agenda() -> Proposal:
    """职工体育馆：党组会议 4/7 到会，不足三分之二，未形成结论，议题回到议程."""
    walk = overall_in_force("西安职工体育馆", begun=date(2026, 4, 7))
    walk.on(date(2026, 9, 28))
    company = partner("陕西样例职工体育协会")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="西安职工体育馆职工赛事合作运营方案",
            subject="职工赛事",
            space="体育馆主馆，建筑面积 3200 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2028, 12, 31),
            business="职工赛事组织",
            partner=company,
        )
    )
    walk.later(2).prepare().be_reviewed().later(9)
    walk.meet("party_group", Sitting(leaves=3))
    return walk.plan()


def courses_shared() -> Contract:
    """土门文化宫 ↔ 职工服务中心：对内合作，不需要资产评估."""
    walk = overall_in_force("西安土门样例文化宫", begun=date(2025, 2, 10))
    walk.on(date(2025, 5, 19))
    walk.draft_operation(
        PlanStory(
            title="西安土门样例文化宫与西安职工服务中心课程共享方案",
            subject="课程和场地共享",
            space="土门样例文化宫一层培训教室，建筑面积 460 ㎡",
            mode=CooperationMode.INTERNAL,
            starts_on=date(2025, 9, 1),
            ends_on=date(2028, 8, 31),
            business="职工文化艺术培训",
            counterpart=venue("西安职工服务中心"),
            trade=ARTS,
            is_major=False,
        )
    )
    walk.later(2).prepare().be_reviewed().later(4).meet("chairs_office").reply()
    contract = signed(walk, signatory="金卫东")
    in_effect(
        walk,
        contract,
        ("stage", date(2025, 9, 1), date(2026, 12, 31), date(2027, 1, 31)),
        ("final", date(2027, 1, 1), date(2028, 8, 31), date(2028, 9, 30)),
        services=ARTS.services[:2],
        on=date(2025, 9, 1),
    )
    return contract


# 30 + 25 = 55, and sub-letting, which no score outweighs.
LEASE_CLAUSES = {
    ClauseCode.INCOME_DISTRIBUTION: "乙方每年向甲方支付固定收益 96 万元，按 400 元/㎡ 计收，逐年递增百分之三。",
    ClauseCode.CONSTRAINT: "乙方可以将部分柜台分租给其他经营者，分租情况报甲方备案；每月办一场公益展示。",
}

LEASE_FOUND = (
    "合同条款约定每年固定收益 96 万元、按 400 元/㎡ 计收并允许分租，条款核对 55 分且触及硬性禁止，"
    "属以租代管的变相出租，不能提交，本合同不予签订。方案批准的是按经营结果分成，"
    "不因此失效：另行签约的须按批准的分配方式重新起草、重新核查。"
)
WATCHED_FOR = (
    "土门样例文化宫文创展示合同：约定固定收益、按面积计收并允许分租，属变相出租，合同已作废。"
)


def disguised_lease_caught() -> Contract:
    """土门文化宫文创展示：合同写成固定收益和分租，55 分并触及硬性禁止，不能提交而作废，合作方列为重点关注."""
    walk = Walk(venue=venue("西安土门样例文化宫"), day=date(2026, 7, 13))
    company = partner("西安样例聚点商业管理有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="西安土门样例文化宫职工文创展示合作方案",
            subject="职工文创展示区",
            space="土门样例文化宫一层东侧，建筑面积 2400 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2031, 12, 31),
            business="劳模工匠宣传展示",
            partner=company,
            trade=RETAIL,
            income="960000.00",
        )
    )
    walk.be_approved().on(date(2026, 11, 9))
    contract = contracting.draft(walk, LEASE_CLAUSES)
    contracting.be_caught(walk.later(1), contract)
    contract = contracting.void(walk.later(1), contract, LEASE_FOUND)
    walk.later(1)
    put_on_watch(
        partner=company, union=walk.venue.supervising_union, basis="18-1", reason=WATCHED_FOR,
        by=walk.officer("officer"), at=walk.now,
    )  # fmt: skip
    return contract


def reports_asked_for() -> None:
    """东城文化宫的定期报告：一份已受理，一份逾期未报，一份待报."""
    palace, officer = venue("西安东城工人文化宫"), person("asset.officer")
    manager, staff = person("venue.manager"), person("venue.staff")
    periods = (
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    )
    reports = [
        supervision.schedule_report(
            venue=palace,
            kind=ReportKind.ASSET_OPERATION,
            period_from=start,
            period_to=end,
            by=officer,
            at=moment(start),
        )
        for start, end in periods
    ]
    supervision.schedule_report(
        venue=palace,
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


STORIES = (
    gymnasium_evaluated,
    courses_shared,
    theatre_returned,
    school_at_countersigning,
    stadium_back_on_agenda,
    disguised_lease_caught,
    reports_asked_for,
)
