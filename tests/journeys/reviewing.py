"""The union's side: review, countersigning, objection, legal review, reply, condition."""

from datetime import date

from tests.journeys import content
from tests.journeys.hand import paper
from tests.journeys.road import Road


def _sign(road: Road, username: str, verdict: str, text: str, **more: str) -> None:
    """Come from the workbench, read the plan, sign this desk's opinion."""
    hand = road.by(username).open("/").follow(road.facts["title"])
    hand.says(content.APPRAISAL["必要性"])
    hand.fill({"结论": verdict, "意见": text} | more, within=hand.page.locator("#decide"))
    hand.press("提交意见").says(f"已签署：{verdict}。")


def accept_plan(road: Road, today: date) -> None:
    """The asset department accepts; a return without points would be refused."""
    officer = road.by("asset.officer").open("/").follow(road.facts["title"])
    officer.says("变相出租承包筛查", "为何走这条路线", "形式审查意见")
    _sign(road, "asset.officer", "同意", "材料齐全，程序完整，同意受理并转会签。")
    officer.says("会签 0/4")


def countersign(road: Road, today: date) -> None:
    """Four departments sign: two agree, one with a condition, one disagrees."""
    _sign(road, "cosign.personnel", "同意", "人员配备和岗位安排可行，同意。")
    road.by("cosign.finance").open(f"{road.facts['plan']}review/").says("会签 1/4")
    _sign(road, "cosign.finance", "同意", "收益分配与结算路径清楚，收入进入阵地账户，同意。")
    _sign(road, "cosign.audit", "附条件", "收益测算缺少第三年客流依据。", 条件=content.CONDITION)
    _sign(road, "cosign.discipline", "不同意", content.OBJECTION)
    road.by("cosign.discipline").says("有异议", "所附条件")


def resolve_objection(road: Road, today: date) -> None:
    """The head of the asset department answers the objection in writing."""
    head = road.by("asset.head").open(f"{road.facts['plan']}review/").says(content.OBJECTION)
    head.fill({"处理意见": content.RESOLUTION}, within=head.page.locator("#decide"))
    head.press("提交处理意见").says(content.RESOLUTION)


def clear_legally(road: Road, today: date) -> None:
    """The union's own counsel clears the plan."""
    _sign(
        road, "counsel", "同意", "程序合法，合同要素完整，未见变相出租承包情形，同意提请会议研究。"
    )


def sign_the_changes(road: Road, today: date) -> None:
    """The formal review looks again, then the two departments that read 职工优惠; nobody else."""
    _sign(road, "asset.officer", "同意", "会议要求的修改已写入方案，同意。")
    road.by("asset.officer").says("会签 2/4")
    _sign(road, "cosign.personnel", "同意", "免费时段的人员安排可行，同意。")
    _sign(road, "cosign.finance", "同意", "免费时段对收益影响较小，同意。")
    road.by("cosign.finance").says("批复")


def draft_reply(road: Road, today: date) -> None:
    """The asset department drafts the reply; it finds the condition already in it."""
    officer = road.by("asset.officer").open("/").follow(road.facts["title"]).follow("拟批复")
    assert content.CONDITION in officer.page.get_by_label("条件").input_value()
    officer.press("保存批复稿").says("批复稿已保存")
    officer.lacks("签发后编文号")


def issue_reply(road: Road, today: date) -> None:
    """The leader reads and issues; the paper has its number and is a PDF."""
    leader = road.by("leader").open("/").follow(road.facts["title"]).follow("签发批复")
    leader.press("签发批复").says("文号", "同意事项")
    road.facts["reply"] = leader.path
    leader.takes_pdf("下载批复 PDF")
    road.by("venue.staff").open(f"{road.facts['plan']}review/").says("批复", "签约")


def confirm_condition(road: Road, today: date) -> None:
    """The venue shows how the condition was met; the department that set it confirms."""
    venue = road.by("venue.staff").open(f"{road.facts['plan']}review/").says("待落实")
    venue.follow("报告落实情况")
    venue.fill({"落实情况": "已补充第三年客流测算依据。", "证明材料": paper("第三年客流测算")})
    venue.press("报告落实情况").says("已报告，待确认")
    audit = road.by("cosign.audit").open(f"{road.facts['plan']}review/").follow("核对并确认")
    audit.fill({"核对结果": "已落实", "核对情况": "测算依据已经核对无误。"})
    audit.press("提交").says("已落实")
