"""What the demo's plans say, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from approvals.enums import CooperationMode
from demo.cast import venue_cast
from demo.trades import SPORTS, Trade
from partners.models import Partner
from venues.models import Venue

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStory:
    """The facts in which one operation plan differs from the others."""

    title: str
    subject: str  # what the cooperation runs, e.g. 羽毛球馆
    space: str
    mode: str
    starts_on: date
    ends_on: date
    business: str
    partner: Partner | None = None
    counterpart: Venue | None = None
    trade: Trade = SPORTS
    investment: str = ""  # the trade's, when it is not said
    income: str = "685000.00"
    share: str = "经营收入扣除直接成本后按工会方四成、合作方六成分成，按季结算"
    is_major: bool = True
    answers: Answers = field(default_factory=dict)  # what this plan says otherwise, by section


def overall_sections(venue: Venue, *, appraised_on: date, max_years: int = 5) -> dict[str, dict]:
    """The overall plan of a venue, short form."""
    name = venue.name
    return {
        "overview": {
            "purpose": f"{name}坚持公益性服务性方向，以自有场地和服务队伍为基础，引入社会专业力量，"
            "三年内使年服务职工人次增加三成，公益开放时段不低于四成。",
            "allowed_modes": list(CooperationMode.values),
            "partner_categories": "具有法人资格、相应资质和良好信誉的文体、培训、康养类专业机构，以及工会系统其他阵地。",
            "max_term_years": str(max_years),
            "self_run": "办公、维权帮扶和职工之家由阵地自营；文体场馆等专业性强的部分可以合作，合作面积不超过四成。",
            "space": f"{name}主楼一至三层中的专业场馆，合计不超过建筑面积的四成。",
        },
        "appraisal": _appraisal(f"{name}社会化市场化运作", appraised_on),
        "major_matter": {
            "is_major": "no",
            "reason": "总体方案只确定合作方向和范围，具体项目是否属于重大事项另行逐项认定。",
        },
        **_common(name, due=appraised_on + timedelta(days=360)),
    }


def _appraisal(subject: str, concluded_on: date) -> dict[str, str]:
    return {
        "necessity": f"职工需求调查显示，{subject}现有服务时段和专业力量不足，晚间和周末排队明显，确有必要引入专业力量。",
        "feasibility": f"{subject}场地权属清晰、设施完好，同类城市已有成熟做法，收支测算三年持平并逐年向好，具备可行性。",
        "operability": f"{subject}由阵地派员驻场，定价、开放时段和用人标准由阵地审定，合作方按月报送服务量，便于操作和监督。",
        "method": "问卷调查职工 620 人、召开座谈会 3 次、走访同类阵地 4 家。",
        "authors": "阵地合作事务组、职工代表",
        "concluded_on": concluded_on.isoformat(),
        "conclusion": "必要、可行、可操作，建议按程序报批。",
    }


FORBIDDEN = [
    "fixed_income",
    "area_price",
    "partner_bears_all",
    "exclusive_control",
    "sub_letting",
    "lump_sum",
    "harms_image",
    "unrelated_business",
    "exports_brand",
    "uses_papers",
    "uses_seal",
    "uses_receipts",
    "uses_account",
]
CONSTANTS = ("name", "ownership", "affiliation", "function", "core_business")


def _common(name: str, *, due: date) -> dict[str, dict]:
    return {
        "negative_list": dict.fromkeys(FORBIDDEN, "no"),
        "five_constants": dict.fromkeys(CONSTANTS, "yes"),
        "four_properties": {
            "non_profit": "收入全部纳入阵地账户，用于服务职工和设施维护，不向任何一方分红。",
            "core_limited": "只开展主责主业清单内的服务，不引入无关商业项目。",
            "autonomous": "定价、开放时段、服务标准和人员准入由阵地决定。",
            "inclusive": "职工凭会员卡享受优惠，公益时段免费开放。",
            "welfare_share": "40",
        },
        "discounts": {
            "model_workers": "劳模工匠全年免费使用，可携一名家属。",
            "workers_in_need": "困难职工凭证免费，并优先预约公益课程。",
            "members": "工会会员享受公示价格六折。",
        },
        "roadmap": {"milestones": _milestones(name, due)},
        "safety": {
            "measures": "设专职安全责任人，每日巡查，器材每季检测，场馆投保公众责任险。",
            "emergency": "配备急救箱和自动体外除颤器，每半年组织一次疏散演练。",
        },
    }


def _milestones(name: str, due: date) -> list[dict[str, str]]:
    steps = (
        ("签约备案", "合同和备案表", f"{name}主任", 240),
        ("开放运营", "公示服务项目、时间、价格和优惠", "合作事务经办人", 180),
        ("首次阶段评价", "阶段评价报告", "合作事务经办人", 0),
    )
    return [
        {
            "name": step,
            "deliverable": deliverable,
            "owner": owner,
            "due_on": (due - timedelta(days=before)).isoformat(),
        }
        for step, deliverable, owner, before in steps
    ]


def operation_sections(venue: Venue, story: PlanStory, *, appraised_on: date) -> dict[str, dict]:
    """The operation plan of one cooperation."""
    trade = story.trade
    business = venue.core_businesses.get(name=story.business)
    sections = {
        "overview": {
            "content": f"{story.subject}的{trade.content}，属阵地主责主业范围。",
            "tags": ["socialised"],
            "core_business": str(business.pk),
            "for_workers": trade.for_workers,
            "for_members": trade.for_members,
            "for_grassroots": trade.for_grassroots,
            "industry_policy": trade.policy,
            "space": story.space,
            "starts_on": story.starts_on.isoformat(),
            "ends_on": story.ends_on.isoformat(),
        },
        "appraisal": _appraisal(story.subject, appraised_on),
        "major_matter": {
            "is_major": "yes" if story.is_major else "no",
            "reason": "涉及主要服务场地对外合作，按主管工会清单属于重大事项。"
            if story.is_major
            else "只在工会系统内共享场地和课程，不涉及资产处置。",
        },
        **_common(venue.name, due=story.starts_on + timedelta(days=330)),
    }
    if story.partner:
        sections["partner"] = _external_partner(venue, story, appraised_on)
        sections["contract_elements"] = _contract_elements(story)
    elif story.counterpart:
        sections["partner"] = {
            "counterpart_venue": str(story.counterpart.pk),
            "shared_resources": f"双方共享{story.space}和师资、课程，互认会员卡。",
            "mechanism": "签订合作备忘录，设联络员，每季度召开一次联席会议，排定课程和场地。",
        }
    own: dict[str, dict] = {code: {} for code in story.answers}  # of its way of cooperation alone
    return {
        code: data | dict(story.answers.get(code, {})) for code, data in (own | sections).items()
    }


def _external_partner(venue: Venue, story: PlanStory, visited_on: date) -> dict[str, str]:
    partner = story.partner
    assert partner is not None  # noqa: S101 - asked by the caller
    return {
        "partner": str(partner.pk),
        "selection_method": "consultation",
        "selection_reason": "公告后三家机构参加磋商，综合得分最高。",
        "qualifications": f"{partner.name}具备所需资质，证照在有效期内。",
        "credit": "五项信用查询均无不良记录，近三年无行政处罚。",
        "brand": "在省内开展同类服务三处，职工口碑良好。",
        "strength": story.trade.strength,
        "visited_on": visited_on.isoformat(),
        "visitors": "、".join(venue_cast(venue.name).board[:3]),
    }


def _contract_elements(story: PlanStory) -> dict:
    trade = story.trade
    return {
        "project_content": f"{story.subject}的{trade.content}。",
        "cooperation_mode": "对外合作，阵地主导，合作方提供专业运营服务。",
        "term": f"自 {story.starts_on.isoformat()} 至 {story.ends_on.isoformat()}。",
        "investment_source": "阵地提供场地和基础设施，合作方投入设备和开办费用。",
        "partner_investment": story.investment or trade.investment,
        "has_partner_fixed_investment": "yes",
        "fixed_assets": [
            {"item": item, "quantity": quantity, "amount": amount}
            for item, quantity, amount in trade.assets
        ],
        "disposal_method": "buy_back",
        "disposal_rule": "合作终止后按五年直线折旧净值回购，三十日内清点移交。",
        "expected_income": "按三年服务量和公示价格测算，工会方年收益随经营结果变化。",
        "expected_income_amount": story.income,
        "income_distribution": story.share,
        "risk_assessment": "主要风险为客流不足和安全责任，已投保并设运营底线指标。",
        "constraint": "合作方不得转租、不得改变用途、不得使用阵地印章和票据，违约按次扣减分成。",
        "exit": "阶段评价不合格且整改不合格的终止合作；提前三个月通知，妥善处理职工预付费。",
    }


def readiness_facts(code: str, venue: Venue, *, on: date) -> dict[str, str]:
    """What the venue says of one of the four conditions (第九条)."""
    facts = READINESS_FACTS[code] | {
        "source": "年度统计报表",
        "as_of": (on - timedelta(days=30)).isoformat(),
    }
    own = {
        "9-1": {"floor_area": f"{venue.building_area:.0f}"},
        "9-2": {"quota": str(venue.staff_quota), "on_quota": str((venue.staff_quota or 3) - 2)},
        "9-3": {"last_year": str(on.year - 1)},
    }
    return facts | own.get(code, {})


READINESS_FACTS: dict[str, dict[str, str]] = {
    "9-1": {
        "workers": "86000",
        "members": "71000",
        "floor_area": "9600",
        "facilities": "羽毛球馆、游泳馆、排练厅、培训教室、职工书屋",
        "demand": "问卷 620 份，七成职工希望延长晚间开放。",
    },
    "9-2": {
        "quota": "24",
        "on_quota": "21",
        "hired": "12",
        "roles": "场馆管理、培训、活动、安全、综合五个岗位组。",
    },
    "9-3": {
        "last_year": "2024",
        "last_income": "4200000",
        "last_expense": "4050000",
        "last_subsidy": "1500000",
        "prior_income": "3900000",
        "prior_expense": "3820000",
        "prior_subsidy": "1500000",
        "management": "建立财务、资产、安全、合同等二十一项制度。",
        "reform": "试行公益课程预约制和职工评课制。",
    },
    "9-4": {
        "needs": "按职工需求调整课程和时段。",
        "market": "与同类场馆比照价格和服务。",
        "policy": "争取公益性体育场馆开放补助。",
        "cooperation": "已与三家基层工会共建活动点。",
        "mechanism": "建立馆长负责、职工监督的运营机制。",
    },
}


REPORT_ANSWERS: dict[str, str] = {
    "asset_total": "38600000.00",
    "open_days": "88",
    "sessions": "312",
    "income": "1126000.00",
    "expense": "1048500.00",
    "receivable": "171250.00",
    "received": "171250.00",
    "welfare_hours": "460",
    "served": "21800",
    "discount": "86400.00",
    "risks": "暑期客流集中，已增设安全员两名。",
    "changes": "无重大变化。",
    "constants": "名称、产权关系、隶属关系、服务功能、主责主业均无变化。",
    "next_steps": "开展秋季职工赛事，完善困难职工凭证核验。",
}
