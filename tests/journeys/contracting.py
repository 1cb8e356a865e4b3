"""依法签约: the contract drafted, valued, checked, signed, filed and put into effect."""

from datetime import date

from tests.journeys import content
from tests.journeys.hand import REFUSED, Hand, paper
from tests.journeys.road import Road


def _contract(road: Road, username: str) -> Hand:
    return road.by(username).open(road.facts["contract"])


def draft_contract(road: Road, today: date) -> None:
    """The contract takes over what was approved; assets, bans, account, nine clauses."""
    staff = road.by("venue.staff").open("/contracts/").follow("起草合同")
    staff.follow(content.TITLE).press("开始起草")
    road.facts["contract"] = staff.path.removesuffix("edit/")
    for place, (name, nature, *_) in enumerate(content.VALUED):
        row = staff.page.locator("fieldset[data-rows=contributed_assets] .row-form").nth(place)
        staff.fill({"资产名称": name, "性质": nature}, within=row)
    staff.fill(content.CONTRACT).press("保存")
    staff.says("条款核对", "还有缺项").follow("条款核对表")
    for card in staff.page.locator("form section.card0").all():
        label = next(one for one in content.CLAUSES if one in card.locator("h2").inner_text())
        number, quotation = content.CLAUSES[label]
        staff.fill({"是否载明": "已载明", "条款号": number, "原文摘录": quotation}, within=card)
    staff.press("保存")


def value_assets(road: Road, today: date) -> None:
    """A valuation whose day lies ahead is refused; the right one stands asset by asset."""
    staff = _contract(road, "venue.staff").follow("登记资产评估")
    for place, (name, nature, value, clause) in enumerate(content.VALUED):
        row = staff.page.locator("fieldset[data-rows=assets] .row-form").nth(place)
        entry = {"资产名称": name, "性质": nature, "评估价值（元）": value, "对应合同条款": clause}
        staff.fill(entry, within=row)
    staff.fill(content.VALUATION | {"报告日": "2027-12-04"}).press("登记", status=REFUSED)
    staff.says("报告日不能晚于今天。")
    staff.fill({"报告日": content.VALUATION["报告日"]}).press("登记")
    staff.says("2,310,000.00", "已评估", "这一步没有缺项")


def check_contract(road: Road, today: date) -> None:
    """The venue submits; the asset department looks at every clause; counsel clears."""
    _contract(road, "venue.staff").follow("提交核查").press("提交核查")
    officer = _contract(road, "asset.officer").follow("条款核查")
    for card in officer.page.locator("form section.card0").all():
        if card.locator("h2").inner_text().strip() == "结论":
            cleared = {"核查结论": "通过，转法律审核", "核查意见": "条款齐全，与批复一致。"}
            officer.fill(cleared, within=card)
        else:
            officer.fill({"核查结论": "符合"}, within=card)
    officer.press("提交核查结论")
    counsel = _contract(road, "counsel").follow("法律审核")
    text = "主体适格，条款合法有效，退出和处置机制明确，同意签订。"
    counsel.fill({"审核结论": "通过，可以签订", "法律审核意见": text})
    counsel.press("提交法律审核意见").says("待签订")


def sign_contract(road: Road, today: date) -> None:
    """A signing day before the reply is refused; the copies are kept; it is filed."""
    manager = _contract(road, "venue.manager").follow("登记签订")
    manager.fill(content.SIGNATURE | {"签订日": "2026-11-24"}).press("登记签订", status=REFUSED)
    manager.says("须先批复、后签约")
    manager.fill({"签订日": today}).press("登记签订").says("已签订，待备案")
    staff = _contract(road, "venue.staff")
    for number in (1, 2):
        staff.open(road.facts["contract"]).follow("上传材料")
        scan = paper(f"合同签字盖章扫描件{number}")
        staff.fill({"材料类别": "签字盖章", "文件": scan}).press("上传")
    staff.says("合同签字盖章扫描件2.pdf")
    officer = _contract(road, "asset.officer").follow("备案")
    officer.press("备案并出具备案表").says("已备案，待生效", "ZCHT-")
    officer.takes_pdf("合同备案表（PDF）")


def plan_evaluations(road: Road, today: date) -> None:
    """The asset department fixes when the cooperation is evaluated, from its workbench."""
    officer = road.by("asset.officer").open("/")
    row = officer.page.locator("tr").filter(has_text="制定评价计划").filter(has_text="合唱")
    officer.follow(content.CONTRACT_TITLE, within=row)
    officer.press("确定评价计划").says("评价期到 2027-12-31 结束")
    road.facts["evaluation"] = officer.path


def name_safety_officer(road: Road, today: date) -> None:
    """The venue names who answers for safety."""
    staff = _contract(road, "venue.staff").follow("明确安全责任人")
    named = {"安全责任人姓名": "葛明", "职务和职责": "办公室主任；每日巡查、应急演练和事故报告"}
    staff.fill(named).press("确定").says("葛明")
    officer = _contract(road, "asset.officer").follow("确认生效")
    officer.fill({"生效日": today}).press("确认生效", status=REFUSED)
    officer.says("生效条件“公开信息已公布”尚未满足")


def publish_prices(road: Road, today: date) -> None:
    """The venue writes what the public may read; the asset department publishes it."""
    staff = road.by("venue.staff").open("/disclosures/").follow("填报新版").press("开始填报")
    rows = staff.page.locator("fieldset[data-rows=services] .row-form")
    empty = next(row for row in rows.all() if not row.locator("input[name$=-name]").input_value())
    staff.fill(content.SERVICE, within=empty)
    staff.fill(content.OFFERS).press("保存")
    staff.says(content.SERVICE["服务项目"], "各项齐全，可以提交审核。")
    staff.press("提交审核")
    road.facts["disclosure"] = staff.path
    officer = road.by("asset.officer").open(road.facts["disclosure"])
    officer.fill({"审核结论": "同意公布", "审核意见": "内容完整，价格与合同一致，同意公开。"})
    officer.press("提交审核结论").says("公开页面")
    _contract(road, "venue.staff").says("公开信息已公布", "已满足").lacks("未满足")


def take_effect(road: Road, today: date) -> None:
    """On the first working day of the term the contract is put into effect."""
    officer = _contract(road, "asset.officer").follow("确认生效")
    officer.fill({"生效日": content.STARTS_ON}).press("确认生效").says("履行中")
    stranger = road.stranger().open("/public/").follow(content.VENUE)
    service = content.SERVICE
    stranger.says(service["服务项目"], "30.00", service["计价单位"], *content.OFFERS.values())
    stranger.lacks("登录", content.PARTNER_ENTRY["统一社会信用代码"])
    stranger.open(road.facts["contract"])
    assert stranger.path.startswith("/login/")
