"""The two hardest roads of approval, each at a desk and on a phone, with axe-core along the way."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from tests.harness.browser import DESK, PHONE
from tests.harness.portal import Portal
from tests.journeys import content, deciding, reviewing
from tests.journeys.hand import REFUSED, Hand, paper
from tests.journeys.road import Road

TODAY = date(2026, 11, 20)
AT_BOTH_WIDTHS = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1366", "390"])

OVERALL = """
from datetime import date
from django.contrib.auth.hashers import make_password
from accounts.models import User
from approvals.models import Proposal
from demo.day import PASSWORD
from demo.stories.shared import venue
from demo.walk import Walk
User.objects.filter(username__startswith="service.").update(password=make_password(PASSWORD))
# The demo's plans of this venue are set aside: it begins anew.
Proposal.objects.filter(venue=venue("西安职工服务中心")).update(stage="rejected")
walk = Walk(venue=venue("西安职工服务中心"), day=date(2026, 11, 2))
walk.later(2).draft_overall().later(2).prepare()
print(f"FOUND{walk.plan().pk} {walk.plan().title}")
"""
EIGHT_YEARS = """
from datetime import date
from approvals.enums import CooperationMode
from demo.content import PlanStory
from demo.stories.province import EXIT_PRICES
from demo.stories.shared import partner, venue
from demo.walk import Walk
company = partner("陕西样例职工体育协会")
walk = Walk(venue=venue("西安东城工人文化宫"), day=date(2026, 11, 4))
walk.investigate(company)
walk.draft_operation(PlanStory(
    title="西安东城工人文化宫职工健身中心合作运营方案", subject="职工健身中心",
    space="文化宫地下一层，建筑面积 900 ㎡", mode=CooperationMode.EXTERNAL,
    starts_on=date(2027, 1, 1), ends_on=date(2034, 12, 31), business="职工体育健身服务",
    partner=company, investment="5600000.00", answers={"contract_elements": EXIT_PRICES},
))
walk.later(2).be_guided().later(2).hear_experts()
print(f"FOUND{walk.plan().pk} {walk.plan().title}")
"""
POINTS = (
    "困难职工优惠措施：请写明困难职工免费使用的时段。",
    "安全与应急：请写明应急演练的频次。",
)
ANSWERS = ("已写明每周二、周四下午为免费时段。", "已写明每半年演练一次。")
BOARD = content.BOARD | {
    "届次": "2026年第19次", "开始时间": "2026-11-19T17:00", "结束时间": "2026-11-19T17:40",
    "地点": "会议室",
}  # fmt: skip
EXCEPTION = {
    "事实": "合作方投入健身设备 560 万元，设备使用年限十年，回收期约七年。",
    "理由": "五年内不能收回设备投入，公开征集两次均无机构在五年期限内响应。",
    "风险": "期限较长，市场和合作方经营状况可能变化。",
    "缓释措施": "每年阶段评价，不合格即整改或终止；第五年由第三方综合评估。",
    "律师意见": "条款为原则性规定，经集体研究可以例外；退出和处置条款完整。",
    "有效期至": "2034-12-31",
}


def begin(live: Portal, visit: Callable, size: dict, state: str) -> Road:
    """A road that starts where the services have brought a plan; its address and title known."""
    road = Road(live, partial(visit, viewport=size))
    answer = live.manage("shell", "--no-imports", "-c", state)
    pk, title = answer.partition("FOUND")[2].strip().split(" ", 1)
    road.facts |= {"plan": f"/proposals/{pk}/", "title": title}
    return road


def sign(road: Road, username: str, verdict: str, text: str, **more: str) -> Hand:
    """Come from the workbench, look at the page with axe, sign this desk's opinion."""
    hand = road.by(username).open("/").follow(road.facts["title"]).open_to_all()
    hand.fill({"结论": verdict, "意见": text} | more, within=hand.page.locator("#decide"))
    return hand.press("提交意见").says(f"已签署：{verdict}。")


def decide_at_venue(road: Road, username: str, head: str) -> None:
    """The head records the board's decision, everybody in favour."""
    manager = road.by(username).open(f"{road.facts['plan']}venue-decision/").open_to_all()
    manager.fill(BOARD | {"主持人": head, content.BOARD_RECORD: paper("班子会议记录")})
    for seat in manager.page.locator("fieldset.rows.member").all():
        manager.fill({"到会情况": "实到", "表态": "同意", "发言要点": "同意。"}, within=seat)
    manager.press("记录决策").says("可以报送")


def submit(road: Road, username: str, version: int) -> None:
    """The head checks and submits."""
    manager = road.by(username).open(f"{road.facts['plan']}check/").open_to_all()
    manager.fill({"我代表本阵地承诺…": True}).press("报送").says(f"第 {version} 版").open_to_all()


def hold(road: Road, kind: str, session: str, called: date, held: date) -> None:
    """A meeting is called for one day; on the next that days have passed it sits and passes."""
    deciding.call(road, kind, session, held, called)
    road.by("secretary").open_to_all()
    road.move_to(date.fromordinal(held.toordinal() + 1))
    deciding.attend(road)
    road.by("secretary").open_to_all()
    deciding.vote(road, "通过", {"决议": "原则同意，按程序办理。"})
    minutes = {"会议纪要": "会议原则同意，按程序办理。", "纪要签发人": "孟广成"}
    deciding.close(road, held, "结束会议", **minutes)
    road.by("secretary").says("同意 7").open_to_all()


@AT_BOTH_WIDTHS
@pytest.mark.journey
def test_an_overall_plan_is_disputed_returned_and_decided_by_two_meetings(live, visit, size):
    """The overall plan of 西安职工服务中心, submitted; everything after that by hand.

    1. 资产监管部 returns it with two points; 退回 without points is refused.
    2. The venue answers both, mends the section; its board decides anew; version 2.
    3. Accepted. Three departments agree, 纪委 disagrees; without a written resolution the plan
       goes nowhere. 韩立军 resolves; counsel clears the plan.
    4. The party group passes; then the chair's office meeting. Only then is a reply drafted.
    """
    road = begin(live, visit, size, OVERALL)
    officer = road.by("asset.officer").open("/").follow(road.facts["title"])
    within = officer.page.locator("#decide")
    officer.fill({"结论": "退回", "意见": "优惠时段和演练频次没有写明。"}, within=within)
    officer.press("提交意见", status=REFUSED).open_to_all()
    officer.fill({"退回事项": "\n".join(POINTS)}, within=officer.page.locator("#decide"))
    officer.press("提交意见").says("已签署：退回", *POINTS)

    staff = road.by("service.staff").open("/").follow(road.facts["title"]).open_to_all()
    staff.open(f"{road.facts['plan']}edit/discounts/").open_to_all()
    staff.fill({"困难职工优惠措施": content.CHANGED_DISCOUNT}).press("保存")
    staff.open(f"{road.facts['plan']}return-points/").says(*POINTS).open_to_all()
    answers = {f"第 {no} 条的答复": text for no, text in enumerate(ANSWERS, start=1)}
    staff.fill(answers).press("保存答复")
    decide_at_venue(road, "service.manager", "金卫东")
    submit(road, "service.manager", 2)

    sign(road, "asset.officer", "同意", "已逐条补正，同意受理并转会签。").says(*ANSWERS)
    sign(road, "cosign.personnel", "同意", "岗位安排可行，同意。")
    sign(road, "cosign.finance", "同意", "收入进入阵地账户，同意。")
    sign(road, "cosign.audit", "同意", "测算依据充分，同意。")
    sign(road, "cosign.discipline", "不同意", content.OBJECTION).says("有异议")
    reviewing.resolve_objection(road, TODAY)
    sign(road, "counsel", "同意", "程序合法，同意提请会议研究。")

    hold(road, "党组会议", "2026年第31次", TODAY, date(2026, 11, 23))
    hold(road, "主席办公会议", "2026年第25次", date(2026, 11, 24), date(2026, 11, 25))

    officer.open("/").follow(road.facts["title"]).says("拟批复", content.RESOLUTION).open_to_all()
    road.assert_quiet(REFUSED)


@AT_BOTH_WIDTHS
@pytest.mark.journey
def test_eight_years_go_by_an_exception_that_the_party_group_grants(live, visit, size):
    """An operation plan of eight years, written and advised on; its exception by hand.

    1. The check page names 原则上不超过 5 年 and leads to the exception. The venue states its
       case; the head submits it: a number.
    2. Counsel lets it go to the party group, which grants it.
    3. The venue's board decides, the plan is submitted; the formal review shows the exception
       on top and prints it.
    """
    road = begin(live, visit, size, EIGHT_YEARS)
    manager = road.by("venue.manager").open(f"{road.facts['plan']}check/").open_to_all()
    manager.says("超过 5 年，须办理例外审批或缩短期限。")
    staff = road.by("venue.staff").open(f"{road.facts['plan']}edit/").follow("申请例外")
    staff.open_to_all().fill(EXCEPTION).press("保存草稿").says("尚未报送")
    exception = staff.path
    manager.open(exception).open_to_all().press("报送法律审核").says("已报送主管工会法律顾问审核。")

    counsel = road.by("counsel").open(exception).open_to_all()
    counsel.fill({"结论": "可以上会", "法律审核意见": "理由和缓释措施充分，可以提请党组会议研究。"})
    counsel.press("提交法律审核意见").says("法律审核意见已签署。")
    plan = road.facts["title"]
    road.facts["title"] = "例外审批"
    hold(road, "党组会议", "2026年第31次", TODAY, date(2026, 11, 23))
    road.facts["title"] = plan
    staff.open(exception).says("已批准", "原则同意，按程序办理。").open_to_all()

    decide_at_venue(road, "venue.manager", "高峻")
    submit(road, "venue.manager", 1)
    officer = road.by("asset.officer").open("/").follow(plan)
    officer.says("例外 LW-2026-", EXCEPTION["理由"]).open_to_all()
    officer.open(exception).takes_pdf("例外审批表")
    sign(road, "asset.officer", "同意", "例外已经党组会议批准，材料齐全，同意受理。").says(
        "会签 0/4"
    )
    road.assert_quiet()
