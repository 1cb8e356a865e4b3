"""省总直属: major matters by the route of 第七章第二十七条; eight years, set aside by the party group."""

from datetime import date
from decimal import Decimal

from approvals.enums import CooperationMode
from contracts.enums import ClauseCode
from contracts.models import Contract
from demo.content import PlanStory
from demo.stories.shared import in_effect, overall_in_force, partner, signed
from demo.trades import CARE, HOTEL

YEARS = 8
INVESTED = {"康复理疗设备": ("210", Decimal(12600000)), "水疗中心改造": ("1", Decimal(5400000))}


def exit_prices() -> str:
    """退出价格表: what the venue pays for each item after each whole year, in ten thousand yuan."""
    rows = []
    for item, (_quantity, amount) in INVESTED.items():
        left = ((year, amount * (YEARS - year) / YEARS / 10000) for year in range(1, YEARS + 1))
        rows.append(f"{item}：" + "，".join(f"满{year}年 {price:.2f}" for year, price in left))
    return "退出价格表（回购价，万元）——" + "；".join(rows) + "。"


DISPOSAL = f"按八年直线折旧净值逐项回购，不满一年的按月折算，三十日内清点移交。{exit_prices()}"
EXIT_PRICES = {
    "fixed_assets": [
        {"item": item, "quantity": quantity, "amount": f"{amount:.2f}"}
        for item, (quantity, amount) in INVESTED.items()
    ],
    "disposal_rule": DISPOSAL,
}
WHY_EIGHT_YEARS = {
    "facts": "合作方投入康复设备 1800 万元，设备使用年限十年，回收期约七年。",
    "reason": "五年内不能收回设备投入，公开征集两次均无机构在五年期限内响应。",
    "risk": "期限较长，市场和合作方经营状况可能变化。",
    "mitigation": "每年阶段评价，不合格即整改或终止；第五年由第三方综合评估；设备按清单列明处置价格。",
}


def eight_years_with_exception() -> Contract:
    """秦岭疗养院：八年，例外经党组会议批准，合同已生效."""
    walk = overall_in_force("秦岭工人疗养院", begun=date(2025, 6, 9))
    walk.on(date(2025, 9, 8))
    company = partner("陕西终南康养服务有限公司")
    walk.draft_operation(
        PlanStory(
            title="秦岭工人疗养院职工康养合作运营方案",
            subject="职工康养服务",
            space="二号楼，建筑面积 2600 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2026, 3, 1),
            ends_on=date(2034, 2, 28),
            business="职工健康管理",
            partner=company,
            trade=CARE,
            investment="18000000.00",
            income="1600000.00",
            answers={"contract_elements": EXIT_PRICES},
        )
    )
    exception = walk.later(1).apply_for_exception(
        WHY_EIGHT_YEARS,
        until=date(2034, 2, 28),
    )
    walk.grant_exception(exception, "同意按例外办理，期限八年，逐年评价。")
    walk.later(3).investigate(company)
    walk.be_approved()
    contract = signed(walk, company, otherwise={ClauseCode.FIXED_ASSET_DISPOSAL: DISPOSAL})
    in_effect(
        walk,
        contract,
        ("stage", date(2026, 3, 1), date(2027, 2, 28), date(2027, 3, 30)),
        ("stage", date(2027, 3, 1), date(2028, 2, 29), date(2028, 3, 30)),
        ("final", date(2026, 3, 1), date(2034, 2, 28), date(2034, 3, 30)),
        services=CARE.services,
        on=date(2026, 3, 1),
    )
    return contract


def hotel_by_article_27() -> Contract:
    """三秦职工宾馆：恰好五年，重大事项按省总直属路由办理，合同已生效."""
    walk = overall_in_force("三秦职工宾馆", begun=date(2025, 3, 10))
    walk.on(date(2025, 6, 9))
    company = partner("陕西渭滨新程酒店管理有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="三秦职工宾馆客房会务合作运营方案",
            subject="职工宾馆客房会务",
            space="主楼二至六层客房和会议区，建筑面积 5200 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2025, 12, 1),
            ends_on=date(2030, 11, 30),
            business="职工会务接待",
            partner=company,
            trade=HOTEL,
            income="1080000.00",
        )
    )
    walk.be_approved()
    contract = signed(walk, company)
    in_effect(
        walk,
        contract,
        ("stage", date(2025, 12, 1), date(2026, 11, 30), date(2026, 12, 30)),
        ("final", date(2025, 12, 1), date(2030, 11, 30), date(2030, 12, 30)),
        services=HOTEL.services,
        on=date(2025, 12, 1),
    )
    return contract


STORIES = (eight_years_with_exception, hotel_by_article_27)
