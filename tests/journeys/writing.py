"""The venue's side: the partner, the plan, its advice, its decision, its submission."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.journeys import content
from tests.journeys.hand import REFUSED, Hand, paper
from tests.journeys.road import Road


def register_partner(road: Road, today: date) -> None:
    """A snack bar is refused with the reason; a company is registered by its code."""
    staff = road.by("venue.staff").open("/partners/").follow("登记合作对象")
    staff.fill(content.SNACK_BAR).press("登记", status=REFUSED)
    staff.says("个体工商户")
    staff.fill(content.PARTNER_ENTRY).press("登记")
    staff.says(content.PARTNER, content.PARTNER_ENTRY["统一社会信用代码"])
    road.facts["partner"] = staff.path


def investigate_partner(road: Road, today: date) -> None:
    """Six conditions of article 10, each with finding, source, day and its paper."""
    staff = road.by("venue.staff").open(road.facts["partner"]).follow("发起尽职调查")
    staff.press("发起")
    staff.press("办结尽职调查", status=REFUSED)
    staff.says("待核")
    for numeral, source in content.CONDITIONS.items():
        answers = {"结论": "符合", "信息来源": source, "核查日期": today, "说明": "核对原件无误。"}
        _fill_in(staff, staff.card(numeral), "填写核查结论", answers)
    for proof in content.PROOFS:
        answers = {"结果": "符合", "所属期间": "近十二个月", "查询日期": today}
        _fill_in(staff, _part(staff, proof), f"填写{proof}", answers)
    for check in content.CHECKS:
        answers = {"结果": "未见不良记录", "查询日期": today, "结果说明": "查询无记录。"}
        _fill_in(staff, _part(staff, check), f"填写{check}", answers)
    staff.says("六项条件都有结论和证明材料，可以办结。")
    staff.press("办结尽职调查").says("已办结")


def _part(hand: Hand, name: str):
    return hand.page.locator(f"section[aria-label^='{name}']")


def _fill_in(hand: Hand, place, summary: str, answers: dict) -> None:
    details = place.locator("details")
    if details.get_attribute("open") is None:
        details.locator("summary").filter(has_text=summary).click()
    evidence = "证明材料" if "结论" in answers else None
    labels = details.locator("label").all_inner_texts()
    evidence = evidence or next(
        name for name in ("证明文件", "查询截图") if any(name in one for one in labels)
    )
    hand.fill(answers | {evidence: paper(summary)}, within=details)
    hand.press("保存", within=details)


def write_plan(road: Road, today: date) -> None:
    """A new operation plan of mode 对外合作, every section of its task list."""
    staff = road.by("venue.staff").open("/proposals/").follow("起草方案")
    staff.fill({"方案类别": "对外合作", "方案名称": content.TITLE})
    staff.press("开始填写")
    road.facts |= {"plan": staff.path.removesuffix("edit/"), "title": content.TITLE}
    staff.says("校验结果", "报送前还有")
    write_section(road, "项目概况", content.OVERVIEW)
    write_section(road, "合作对象", content.PARTNER_SECTION | {"实地考察日期": today})
    write_section(road, "论证", content.APPRAISAL | {"论证完成日期": today})
    assets = rows("fixed_assets", ("item", "quantity", "amount"), content.FIXED_ASSETS)
    write_section(road, "合同要素", content.ELEMENTS, table=assets)
    write_section(road, "重大事项", content.MAJOR)
    write_commitments(road)


def write_commitments(road: Road) -> None:
    """The sections every plan has: what is forbidden, what stays, who gains, when, how safe."""
    write_section(road, "负面清单", dict.fromkeys(content.NEGATIVE, "否"))
    write_section(road, "五不变", dict.fromkeys(content.CONSTANTS, "是"))
    write_section(road, "四性", content.PROPERTIES)
    write_section(road, "职工优惠", content.DISCOUNTS)
    steps = rows("milestones", ("name", "deliverable", "owner", "due_on"), content.MILESTONES)
    write_section(road, "路线图", {}, table=steps)
    write_section(road, "安全与应急", content.SAFETY)


def rows(name: str, columns: Sequence[str], table: Sequence[Sequence]) -> dict[str, str]:
    """The cells of a table of rows, by the names of their fields."""
    return {
        f"{name}-{number}-{column}": f"{cell}"
        for number, row in enumerate(table)
        for column, cell in zip(columns, row, strict=True)
    }


def write_section(
    road: Road, name: str, answers: Mapping, *, table: Mapping[str, str] | None = None
) -> None:
    """Open one section from the task list, answer it and save it."""
    staff = road.by("venue.staff").open(f"{road.facts['plan']}edit/")
    with staff.page.expect_navigation():
        staff.page.locator("ol.tasks a").filter(has_text=name).first.click()
    staff.fill(answers)
    for field, value in (table or {}).items():
        staff.page.locator(f"[name='{field}']").fill(value)
    staff.press("保存")


def be_guided(road: Road, today: date) -> None:
    """The venue asks for guidance; the asset department reads the draft and records it."""
    staff = road.by("venue.staff").open(f"{road.facts['plan']}edit/")
    staff.press("提请主管工会指导").says("等待主管工会资产监管部门登记")
    officer = road.by("asset.officer").open("/").follow(road.facts["title"])
    officer.says(content.APPRAISAL["必要性"])
    officer.fill({"指导内容": content.GUIDANCE, "指导日期": today}).press("登记")
    officer.says(content.GUIDANCE)


def hear_advice(road: Road, today: date) -> None:
    """A lawyer advises on paper, an expert by their own account; both are answered."""
    staff = road.by("venue.staff").open(f"{road.facts['plan']}experts/")
    staff.fill(content.LAWYER).press("登记聘请")
    period = {"可阅看起": today, "可阅看止": date(2026, 12, 31)}
    staff.fill(content.EXPERT | period).press("登记聘请")
    staff.follow("录入书面意见").fill(
        content.LAWYER_OPINION | {"意见日期": today, "签字的书面意见扫描件": paper("律师意见书")}
    ).press("保存")
    expert = road.by("expert").open("/").follow(road.facts["title"])
    expert.says(content.APPRAISAL["可行性"])
    expert.fill(content.EXPERT_OPINION | {"意见日期": today}).press("提交意见").says("已出具意见")
    for _ in range(2):
        staff.open(f"{road.facts['plan']}experts/").follow("答复")
        staff.fill(content.ANSWER).press("保存")
    staff.says("律师和专家的意见都已齐备并答复。")


def check_too_early(road: Road, today: date) -> None:
    """The check page says what is missing, each with its article, and offers no button."""
    manager = road.by("venue.manager").open(f"{road.facts['plan']}check/")
    manager.says("还不能报送，有 1 项没有满足", "阵地尚未集体决策通过本方案。", "第十八条")


def decide_at_venue(road: Road, today: date) -> None:
    """The head records the board of the day before: five members, one on leave, head last."""
    manager = road.by("venue.manager").open(f"{road.facts['plan']}edit/").follow("记录集体决策")
    manager.fill(content.BOARD)
    members = manager.page.locator("fieldset.rows")
    for place in range(members.count()):
        seat = members.nth(place)
        if content.BOARD_ABSENT in seat.locator("legend").inner_text():
            seat.locator("summary").click()
            manager.fill({"到会情况": "请假", "请假或缺席原因": "外出培训"}, within=seat)
            manager.fill({"发言次序": ""}, within=seat)
        else:
            said = {"到会情况": "实到", "表态": "同意", "发言要点": "同意。"}
            manager.fill(said, within=seat)
    manager.fill({content.BOARD_RECORD: paper("班子会议记录")})
    manager.press("记录决策").says("可以报送")


def submit_plan(road: Road, today: date) -> None:
    """The head promises and submits: number, version 1, hash, who is next."""
    manager = road.by("venue.manager").open(f"{road.facts['plan']}check/")
    manager.press("报送", status=REFUSED).says("请先勾选承诺，再报送。")
    manager.fill({"我代表本阵地承诺…": True}).press("报送")
    manager.says("已报送", "HZ-2026-", "第 1 版", "资产监管部门 · 形式审查")
