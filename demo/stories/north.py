"""榆林、神木: waiting for a meeting; deferred by one."""

from datetime import date

from approvals.enums import CooperationMode
from approvals.models import Proposal
from demo.content import PlanStory
from demo.sittings import Sitting
from demo.stories.shared import overall_in_force, partner
from demo.trades import SPORTS, TRAINING
from meetings.enums import Choice, Conclusion, NoticeAnswer
from meetings.services import answer_notice, send_notice


def sports_centre_waits() -> Proposal:
    """榆林体育中心：各部门已同意，列入 11 月 25 日党组会议议程."""
    walk = overall_in_force("榆林职工体育中心", begun=date(2026, 4, 20))
    walk.on(date(2026, 9, 21))
    company = partner("榆林驼城体育产业有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="榆林职工体育中心综合馆合作运营方案",
            subject="综合馆",
            space="体育中心综合馆，建筑面积 6800 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2031, 12, 31),
            business="职工体育健身服务",
            partner=company,
            trade=SPORTS,
            investment="5200000.00",
            income="1180000.00",
        )
    )
    walk.later(4).prepare().later(3).be_reviewed().later(12)
    meeting = walk.be_called("party_group", on=date(2026, 11, 25))
    send_notice(meeting=meeting, by=walk.officer("secretary"), at=walk.now)
    answer_notice(
        meeting=meeting, answer=NoticeAnswer.LEAVE, reason="赴省总工会参加培训",
        by=walk.officer("leader"), at=walk.later(1).now,
    )  # fmt: skip
    return walk.plan()


def deferred_after_two_meetings() -> Proposal:
    """神木服务中心：党组会议 5/8 到会不足三分之二；重开后缓议，问题交回阵地."""
    walk = overall_in_force("神木市职工服务中心", begun=date(2026, 5, 11))
    walk.on(date(2026, 8, 24))
    company = partner("咸阳古渡职业技能培训有限公司")
    walk.investigate(company)
    walk.draft_operation(
        PlanStory(
            title="神木市职工服务中心职工技能培训合作方案",
            subject="职工技能培训",
            space="服务中心二层 4 间教室和实训区，建筑面积 760 ㎡",
            mode=CooperationMode.EXTERNAL,
            starts_on=date(2027, 1, 1),
            ends_on=date(2029, 12, 31),
            business="职工就业服务",
            partner=company,
            trade=TRAINING,
        )
    )
    walk.later(3).prepare().be_reviewed().later(6)
    walk.meet("party_group", Sitting(leaves=3))
    walk.later(13).meet(
        "party_group",
        Sitting(
            leaves=1,
            conclusion=Conclusion.DEFERRED,
            resolution="缓议：请补充本市同类培训机构比选情况，说明异地机构驻点教师的人数和到岗安排。",
            dissent=Choice.DEFER,
            why="驻点教师安排不清，建议补充后再议。",
        ),
    )
    return walk.plan()


STORIES = (sports_centre_waits, deferred_after_two_meetings)
