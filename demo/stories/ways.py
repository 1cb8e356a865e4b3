"""Ways beside 对外合作, and a brand that was asked back: 承接服务 approved, 工报社 resubmitted."""

from datetime import date

from approvals.enums import CooperationMode
from approvals.models import Proposal, Section
from approvals.selectors.writing import return_points_of
from approvals.services import drafting, submission
from contracts.enums import ClauseCode
from contracts.models import Contract
from demo import contracting
from demo.content import PlanStory
from demo.stories.shared import overall_in_force, partner
from demo.trades import MEDIA, Trade
from demo.walk import Walk

COUNSELLING = Trade(
    content="心理热线、团体辅导和危机干预",
    for_workers="每年接听职工心理热线 3600 人次，团体辅导 48 场。",
    for_members="工会会员凭卡预约个案咨询，每人每年 6 次免费。",
    for_grassroots="每年为基层工会送心理讲座 36 场。",
    policy="属鼓励发展的社会服务，不涉及限制类、淘汰类。",
    strength="专职心理咨询师 9 人，近两年财务审计无保留意见。",
    investment="0.00",
    assets=(),
)
COMMISSION = {
    "commissioner": "西安市样例人力资源和社会保障局",
    "commission_kind": "government",
    "procurement_method": "consultation",
    "procurement_record": "竞争性磋商，项目编号 样例采〔2026〕第 0117 号，成交通知书已存档",
    "procured_on": "2026-08-20",
    "amount": "360000.00",
    "deliverables": [
        {
            "item": "职工心理热线",
            "quantity": "3600 人次",
            "standard": "接通率不低于 95%，回访满意度不低于 85",
            "due_on": "2027-11-30",
        },
        {
            "item": "团体辅导",
            "quantity": "48 场",
            "standard": "每场不少于 20 人，签到和评价齐全",
            "due_on": "2027-11-30",
        },
    ],
    "acceptance": "按季提交服务台账，委托方组织验收后按季结算，款项进入阵地账户。",
}

# The venue itself would sublet: a hard sign, whatever the score.
SUBLETTING_CLAUSES = {
    ClauseCode.COOPERATION_MODE: "甲方承接乙方采购的职工心理服务，由甲方自有人员提供。",
    ClauseCode.INVESTMENT_SOURCE: "甲方使用现有场地、设备和人员，没有新增投入。",
    ClauseCode.EXPECTED_INCOME: "服务费按季验收后结算，实际收入以结算为准。",
    ClauseCode.INCOME_DISTRIBUTION: "服务费全部进入甲方账户，不与其他单位分配。",
    ClauseCode.CONSTRAINT: "闲置时段甲方可以将心理驿站部分房间转租给其他咨询机构；乙方按季考核接通率和满意度。",
}


def counselling_bought_by_the_government() -> Contract:
    """西安职工服务中心：承接政府购买的心理服务，方案已批准；合同草稿写了可以转租，不能提交."""
    walk = overall_in_force("西安职工服务中心", begun=date(2026, 5, 6))
    walk.on(date(2026, 8, 31))
    walk.draft_operation(
        PlanStory(
            title="西安职工服务中心承接职工心理服务方案",
            subject="职工心理服务",
            space="服务中心三层心理驿站，建筑面积 180 ㎡",
            mode=CooperationMode.UNDERTAKING,
            starts_on=date(2026, 12, 1),
            ends_on=date(2027, 11, 30),
            business="职工心理服务",
            trade=COUNSELLING,
            is_major=False,
            answers={
                "undertaking": COMMISSION,
                "major_matter": {"reason": "由阵地自有人员提供服务，不涉及资产处置。"},
            },
        )
    )
    walk.be_approved().on(date(2026, 11, 16))
    contract = contracting.draft(walk, SUBLETTING_CLAUSES)
    contracting.be_caught(walk.later(1), contract)
    return contract


LENT = "职工新媒体服务的内容制作和线上传播；合作方可以在其商业活动中使用“三秦工报”的名称和标识。"
KEPT = (
    "职工新媒体服务的内容制作和线上传播；名称和标识只用于报社自办的栏目，"
    "每次使用由报社编委会书面授权，写明范围、渠道和期限，合作方不得转授。"
)
POINT = (
    "方案允许合作方在商业活动中使用报社名称和标识，属于擅自输出品牌（第十八条第二款，18-7"
    "“不得以合作为由擅自输出职工服务阵地品牌”），不予同意，请删去或改为逐次书面授权。"
)


def brand_asked_back() -> Proposal:
    """三秦工报社：方案输出品牌被退回，改为逐次书面授权后重新报送，正在会签."""
    walk = overall_in_force("三秦工报社", begun=date(2026, 4, 13))
    walk.on(date(2026, 9, 7))
    company = partner("陕西秦声样例传媒股份有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="三秦工报社职工新媒体合作方案",
            subject="职工新媒体服务",
            space="采编楼二层融媒体工作间，建筑面积 320 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business="职工新媒体服务",
            partner=company,
            trade=MEDIA,
            answers={"overview": {"content": LENT}},
        )
    )
    walk.later(4).prepare().later(2).send_back("品牌使用须改正后重新报送。", POINT)
    _write_anew(walk.later(6))
    walk.later(8).investigate(company)  # the credit checks of the first version have run out
    walk.later(2).decide_at_venue().later(1).submit()
    walk.later(3).accept()
    return walk.plan()


def _write_anew(walk: Walk) -> None:
    section = Section.objects.get(proposal=walk.proposal, code="overview")
    drafting.save_section(
        proposal=walk.plan(), code="overview", data=section.data | {"content": KEPT},
        version=section.version, by=walk.staff, at=walk.now,
    )  # fmt: skip
    submission.answer_return_points(
        proposal=walk.plan(),
        answers={one.pk: "已改为逐次书面授权。" for one in return_points_of(walk.plan())},
        version=walk.plan().version, by=walk.staff, at=walk.now,
    )  # fmt: skip


STORIES = (counselling_bought_by_the_government, brand_asked_back)
