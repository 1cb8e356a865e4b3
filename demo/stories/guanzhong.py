"""宝鸡、咸阳、渭南、韩城: a failed evaluation, a bad record, an objection, two contracts that wait."""

from datetime import date

from approvals.enums import CooperationMode
from approvals.models import Proposal, RuleException
from contracts.models import Contract
from demo import contracting, evaluating
from demo.content import PlanStory
from demo.day import moment
from demo.stories.shared import in_effect, overall_in_force, partner, signed
from demo.trades import ARTS, DIGITAL, HOTEL, SPORTS, TRAINING
from demo.walk import Walk
from partners.enums import PartCode
from partners.models import Partner
from supervision import services as supervision
from supervision.models import Rectification


def pool_failed_twice() -> Rectification:
    """宝鸡文化宫游泳馆：阶段评价 54.20 不合格，整改后复评 57.0 仍不合格."""
    walk = overall_in_force("宝鸡工人文化宫", begun=date(2024, 11, 11))
    walk.on(date(2025, 2, 10))
    company = partner("宝鸡凤鸣全民健身有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="宝鸡工人文化宫职工游泳馆合作运营方案",
            subject="职工游泳馆",
            space="文化宫负一层游泳馆，建筑面积 2300 ㎡，25 米 6 道",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2025, 6, 1),
            ends_on=date(2028, 5, 31),
            business="职工体育健身服务",
            partner=company,
        )
    )
    walk.be_approved()
    contract = signed(walk, company)
    stage, *_rest = in_effect(
        walk,
        contract,
        ("stage", date(2025, 6, 1), date(2026, 5, 31), date(2026, 6, 30)),
        ("stage", date(2026, 6, 1), date(2027, 5, 31), date(2027, 6, 30)),
        ("final", date(2025, 6, 1), date(2028, 5, 31), date(2028, 6, 30)),
        services=SPORTS.services,
        on=date(2025, 6, 1),
    )
    # 20.80 + 8.00 + 5.00 + 7.00 + 6.00 + 3.00 + 2.00 + 2.40 = 54.20
    evaluating.evaluate(
        stage,
        on=date(2026, 6, 16),
        sessions="640",
        ratios={
            "普惠优惠落实": "0.5",
            "主责主业占比": "0.7",
            "资产安全完整": "0.6",
            "安全与应急": "0.6",
            "财务合规与收入归集": "0.4",
            "信息公开": "0.48",
        },
        answers=evaluating.FAILED_ANSWERS,
        population=900,
        problems="水质检测两次不合格未公示；公益时段被商业培训占用；困难职工免费票停发；部分收入未进阵地账户。",
        requirements="三十日内恢复公益时段和免费票，逐日公示水质；收入全部归集阵地账户；更换不合格设备并重新调查满意度。",
        achievements="夏季夜场延长一小时。",
    )
    return _fail_the_rectification(walk, contract)


def _fail_the_rectification(walk: Walk, contract: Contract) -> Rectification:
    order = Rectification.objects.get(cooperation=contract.cooperation)
    order = supervision.report_rectification(
        rectification=order,
        report="已逐日公示水质，恢复周六公益时段；收入归集到阵地账户；循环设备更换因供货延迟尚未完成，免费票按月发放。",
        version=order.version,
        by=walk.manager,
        at=moment(date(2026, 7, 14)),
    )
    return supervision.review_rectification(
        rectification=order,
        has_passed=False,
        note="按整改后新样本复评：总分 57.0，满意度指数 55.3，仍为不合格；循环设备未更换，公益时段仍有占用。"
        "按第十三条（五）应终止合作，终止和清算手续另行办理。",
        version=order.version,
        by=walk.officer("evaluator"),
        at=moment(date(2026, 7, 28)),
    )


def partner_with_record() -> Proposal:
    """咸阳文化宫：合作方列入严重违法失信名单，尽职调查不符合，方案被拦下."""
    walk = overall_in_force("咸阳工人文化宫", begun=date(2026, 4, 13))
    walk.on(date(2026, 10, 12))
    company = partner("陕西虚谷样例咨询有限公司")
    walk.investigate(
        company,
        hits={
            PartCode.ENTERPRISE_CREDIT: "列入严重违法失信企业名单（2026-03-18 列入，未移出）。",
            PartCode.DISHONEST_DEBTOR: "失信被执行人 1 条，执行标的 86 万元，未履行。",
        },
    )
    walk.draft_operation(
        PlanStory(
            title="咸阳工人文化宫职工艺术培训合作运营方案",
            subject="职工艺术培训",
            space="文化宫四层 5 间教室，建筑面积 430 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 3, 1),
            ends_on=date(2030, 2, 28),
            business="职工文化艺术培训",
            partner=company,
            trade=ARTS,
            answers={
                "partner": {
                    "credit": "国家企业信用信息公示系统显示列入严重违法失信名单，另有失信被执行人记录一条。",
                    "brand": "在咸阳开办培训机构一处，2025 年有职工投诉退费。",
                }
            },
        )
    )
    walk.later(2).be_guided(
        "合作方有严重违法失信和拒不执行记录，不符合第十条（六），建议更换合作方，不建议申请例外。"
    )
    return walk.plan()


COLLEGE_COMMISSION = {
    "commissioner": "陕西样例开放学院",
    "commission_kind": "government",
    "procurement_method": "consultation",
    "procurement_record": "竞争性磋商，项目编号 样例采〔2026〕第 0233 号，成交通知书已存档",
    "procured_on": "2026-10-16",
    "amount": "180000.00",
    "deliverables": [
        {
            "item": "职工学历提升教学组织和辅导",
            "quantity": "4 个班，320 人",
            "standard": "到课率不低于 85%，学员满意度不低于 85",
            "due_on": "2028-01-31",
        },
    ],
    "acceptance": "按学期提交教学台账，委托方组织验收后结算，款项进入阵地账户。",
}


def college_objected_to() -> Proposal:
    """渭南文化宫承接开放学院采购的学历提升服务：会签中，机关纪委不同意，尚未处理."""
    walk = overall_in_force("渭南工人文化宫", begun=date(2026, 5, 18))
    walk.on(date(2026, 10, 26))
    walk.draft_operation(
        PlanStory(
            title="渭南工人文化宫承接职工学历提升服务方案",
            subject="职工学历提升",
            space="文化宫三层阶梯教室和 4 间教室，建筑面积 690 ㎡",
            mode=CooperationMode.UNDERTAKING,
            starts_on=date(2027, 3, 1),
            ends_on=date(2028, 2, 29),
            business="职工文化艺术培训",
            trade=TRAINING,
            is_major=False,
            answers={
                "undertaking": COLLEGE_COMMISSION,
                "major_matter": {"reason": "由文化宫自有人员组织教学服务，不涉及资产处置。"},
            },
        )
    )
    walk.later(1).prepare().later(1).accept().later(2).countersign("personnel")
    walk.later(1).object_to(
        "discipline",
        "文化宫参加磋商的人员中有一人近三年在该学院兼课取酬，未申报回避，承接条件须重新核定。",
    )
    return walk.plan()


def valuation_lapsed() -> Contract:
    """韩城活动中心：合同已可签订，评估有效期在演示日前两周届满，不能签."""
    walk = overall_in_force("韩城职工活动中心", begun=date(2025, 8, 11))
    walk.on(date(2025, 11, 10))
    company = partner("渭南华岳智慧场馆科技有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="韩城职工活动中心智慧场馆合作运营方案",
            subject="智慧场馆",
            space="活动中心一、二层，建筑面积 3100 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business="场馆公益开放",
            partner=company,
            trade=DIGITAL,
        )
    )
    walk.be_approved().later(5)
    contract = contracting.draft(walk)
    walk.later(6)
    contracting.value(walk, contract, based_on=date(2025, 11, 6))
    contracting.be_checked(walk, contract)
    walk.on(date(2026, 11, 12)).investigate(company)
    return contract


def renewal_waits_for_exception() -> RuleException:
    """华山宾馆：五年合同履行中，提前申请续两年，累计七年，例外待党组会议."""
    walk = overall_in_force("华山样例职工宾馆", begun=date(2023, 6, 5))
    walk.on(date(2023, 8, 7))
    company = partner("商洛丹水青年旅舍管理有限公司")
    walk.investigate(company)
    space = "宾馆三至六层客房和二层会议区，建筑面积 4200 ㎡"
    walk.draft_operation(
        PlanStory(
            title="华山样例职工宾馆客房会务合作运营方案",
            subject="职工宾馆客房会务",
            space=space,
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2023, 12, 1),
            ends_on=date(2028, 11, 30),
            business="职工会务接待",
            partner=company,
            trade=HOTEL,
            income="920000.00",
        )
    )
    walk.be_approved()
    contract = signed(walk, company)
    in_effect(
        walk,
        contract,
        ("stage", date(2023, 12, 1), date(2026, 11, 30), date(2026, 12, 30)),
        ("final", date(2023, 12, 1), date(2028, 11, 30), date(2028, 12, 30)),
        services=HOTEL.services,
        on=date(2023, 12, 1),
    )
    return _ask_for_two_years_more(walk, company, space)


def _ask_for_two_years_more(walk: Walk, company: Partner, space: str) -> RuleException:
    walk.on(date(2026, 10, 19)).investigate(company)
    walk.draft_operation(
        PlanStory(
            title="华山样例职工宾馆客房会务续期合作方案",
            subject="职工宾馆客房会务",
            space=space,
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2028, 12, 1),
            ends_on=date(2030, 11, 30),
            business="职工会务接待",
            partner=company,
            trade=HOTEL,
            income="960000.00",
        )
    )
    return walk.later(3).apply_for_exception(
        {
            "facts": "现合同五年，2028-11-30 届满；按消防新规须更换电梯和喷淋，合作方拟再投入 240 万元。",
            "reason": "剩余两年收不回改造投入，合作方申请续期两年，与现合同前后相接，累计七年。",
            "risk": "累计期限较长，续期早于期满两年提出，届时客流可能变化。",
            "mitigation": "续期部分按消防改造投入单列折旧；2028 年终期评价良好以上方可签续期合同。",
        },
        until=date(2030, 11, 30),
    )


STORIES = (
    pool_failed_twice,
    renewal_waits_for_exception,
    valuation_lapsed,
    partner_with_record,
    college_objected_to,
)
