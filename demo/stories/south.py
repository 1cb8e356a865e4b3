"""汉中、安康: two venues of the unions share; a plan comes back for want of the right expert."""

from datetime import date

from approvals.enums import CooperationMode, ExpertKind
from approvals.models import Proposal
from contracts.models import Contract
from demo.content import PlanStory
from demo.sittings import Sitting
from demo.stories.shared import in_effect, overall_in_force, partner, signed, venue
from demo.trades import ARTS, CARE


def palaces_share() -> Contract:
    """汉中文化宫 ↔ 西乡县职工文体馆：对内合作，已生效，不需要资产评估."""
    walk = overall_in_force("汉中工人文化宫", begun=date(2025, 6, 16))
    walk.on(date(2025, 9, 1))
    walk.draft_operation(
        PlanStory(
            title="汉中工人文化宫与西乡县职工文体馆师资课程共享方案",
            subject="师资和课程共享",
            space="汉中工人文化宫二层排练厅和西乡县职工文体馆多功能厅，合计 980 ㎡",
            mode=CooperationMode.INTERNAL,
            starts_on=date(2026, 1, 1),
            ends_on=date(2028, 12, 31),
            business="职工文化艺术培训",
            counterpart=venue("西乡县职工文体馆"),
            trade=ARTS,
            is_major=False,
        )
    )
    walk.later(2).prepare().be_reviewed().later(4)
    walk.meet("chairs_office", Sitting(entered_after=7)).reply()  # 补录
    contract = signed(walk, signatory="穆新生")
    in_effect(
        walk,
        contract,
        ("stage", date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 30)),
        ("final", date(2026, 1, 1), date(2028, 12, 31), date(2029, 1, 30)),
        services=ARTS.services[:2],
        on=date(2026, 1, 1),
    )
    return contract


def expert_of_another_trade() -> Proposal:
    """安康瀛湖疗养院：所聘专家是注册会计师，没有疗休养行业专家，退回."""
    walk = overall_in_force("安康瀛湖样例疗养院", begun=date(2026, 5, 25))
    walk.on(date(2026, 10, 12))
    company = partner("安康瀛湖疗养服务有限公司")
    walk.investigate(company)
    walk.advice = walk.advice | {
        ExpertKind.INDUSTRY_EXPERT: "收支测算方法合理，税负测算偏低；建议补充设备更新准备金。"
    }
    walk.draft_operation(
        PlanStory(
            title="安康瀛湖样例疗养院职工疗休养合作运营方案",
            subject="职工疗休养",
            space="湖滨楼，建筑面积 3600 ㎡，客房 68 间",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 4, 1),
            ends_on=date(2031, 3, 31),
            business="职工疗休养",
            partner=company,
            trade=CARE,
        )
    )
    walk.later(2).prepare().later(2).send_back(
        "论证缺少行业专家意见：所聘专家为注册会计师，意见只涉及财务，退回补正。",
        "请聘请疗休养或康复医学方面的行业专家，对康养服务能力和医疗安全出具意见（第十三条（一））。",
        "请补充现场考察湖滨楼无障碍和急救条件的记录。",
    )
    return walk.plan()


STORIES = (palaces_share, expert_of_another_trade)
