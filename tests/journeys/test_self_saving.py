"""A section that saves itself: on a phone, without a connection, by two people at once."""

from datetime import date

import pytest

from tests.harness.browser import PHONE
from tests.journeys.hand import Hand

TITLE = "西安东城工人文化宫职工摄影课堂合作运营方案"
RETURNED = "西安东城工人文化宫职工小剧场合作运营方案"
OFFLINE = "网络中断，内容已暂存在本机，恢复后自动保存"
SAVED = "已自动保存"


def waits_for(hand: Hand, words: str) -> Hand:
    """See the state of the form say this, as a writer glances at it."""
    hand.page.locator("[data-keep-state]").filter(has_text=words).wait_for()
    return hand


def types(hand: Hand, answers: dict, *, status: int = 200) -> Hand:
    """Fill in and do nothing else: the form sends itself."""
    with hand.page.expect_response("**/autosave/") as sent:
        hand.fill(answers)
    assert sent.value.status == status
    return hand


def kept_here(hand: Hand) -> int:
    """How many forms this browser keeps."""
    script = "Object.keys(localStorage).filter((key) => key.startsWith('keep:')).length"
    return hand.page.evaluate(script)


@pytest.mark.journey
def test_a_section_saves_itself_on_a_phone_and_loses_nothing_offline(visit):
    """许可欣 starts a plan on her phone and writes its first section.

    1. She picks 对外合作 among the cards; what the portal cannot carry yet is not to be picked.
    2. She types and does not press anything: the page says when it was saved, the checks
       beside the form get shorter.
    3. A day of another century is told at its field, the rest is kept, her typing stays.
    4. In the lift the connection goes: the text stays on this computer; it comes back and is
       saved by itself. Nothing is left on the phone.
    5. Her session ends: the text is kept, she logs in again, and it is there, and saved.
    """
    staff = Hand(visit("venue.staff", viewport=PHONE)).open("/proposals/new/")
    staff.says("本阵地已有总体方案")
    assert staff.page.locator("input[name=choice]").count() == 5  # the ways of 第十四条
    staff.fill({"方案类别": "对外合作", "方案名称": TITLE}).press("开始填写").says("0/11")
    page = staff.page
    with page.expect_navigation():
        page.locator("ol.tasks a").filter(has_text="项目概况").click()

    types(staff, {"合作内容": "职工摄影课堂的教学和展览。"})
    waits_for(staff, SAVED).says("填写中")
    assert page.locator("[data-section-checks] a[href='#id_content']").count() == 0
    assert page.locator("[data-section-checks] a[href='#id_space']").count() == 1

    types(staff, {"合作空间范围": "三层教室，120 ㎡。", "合作起始日": date(1999, 12, 31)})
    waits_for(staff, "有 1 处不能保存").says("请填写 2000 年至 2100 年之间的日期。")
    assert page.locator("[name=starts_on]").input_value() == "1999-12-31"
    types(staff, {"合作起始日": date(2027, 3, 1)})
    page.locator("[data-not-kept]").wait_for(state="detached")
    page.context.set_offline(True)
    staff.fill({"服务职工群众的内容和数量": "每年 40 课。"})
    waits_for(staff, OFFLINE)
    assert kept_here(staff) == 1
    with page.expect_response("**/autosave/"):
        page.context.set_offline(False)
    waits_for(staff, SAVED)
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('keep:'))")
    staff.open(staff.path)
    assert page.locator("[name=space]").input_value() == "三层教室，120 ㎡。"
    assert page.locator("[name=for_workers]").input_value() == "每年 40 课。"

    page.context.clear_cookies(name="sessionid")
    types(staff, {"服务工会会员的内容和数量": "会员半价。"}, status=401)
    waits_for(staff, "登录已过期，内容已暂存在本机")
    with page.expect_navigation():
        page.get_by_role("link", name="重新登录").click()
    staff.fill({"账号": "venue.staff", "密码": "Demo-2026!"}).press("登录")
    staff.says("已找回您")
    waits_for(staff, SAVED)
    staff.open(staff.path)
    assert page.locator("[name=for_members]").input_value() == "会员半价。"
    lift = "ERR_INTERNET_DISCONNECTED"  # what Chromium itself says of the lift
    staff.visitor.complaints = [one for one in staff.visitor.complaints if lift not in one]
    staff.visitor.assert_quiet(expected_statuses=(401,))


@pytest.mark.journey
def test_two_windows_on_one_section_keep_both_texts(visit):
    """许可欣 and 高峻 have the same section open.

    1. She writes, her window saves itself. He writes in the same question: his window hears
       who was faster, and stops saving itself.
    2. He looks at the difference: both texts with their marks. Saving without a choice is
       refused with a sentence. He merges in his box and saves.
    3. Now her window is the older one; the same page without scripts shows both texts too.
    4. Two windows of hers: the second hears of the first, by her own name.
    """
    staff = Hand(visit("venue.staff")).open("/").follow(RETURNED)
    path = f"{staff.path.partition('edit/')[0]}edit/safety/"
    staff.open(path)
    manager = Hand(visit("venue.manager")).open(path)
    plain = Hand(visit("venue.staff", scripts=False, viewport=PHONE)).open(path)

    types(staff, {"安全管理措施": "经办人：每日巡检，专人负责。"})
    waits_for(staff, SAVED)
    types(manager, {"安全管理措施": "负责人：每周巡检，专人负责。"}, status=409)
    manager.page.get_by_text("许可欣 已在").wait_for()
    assert manager.page.locator("[name=measures]").input_value() == "负责人：每周巡检，专人负责。"

    manager.press("查看差异，逐项选择", status=409)
    manager.says("经办人：每日巡检，专人负责。", "负责人：每周巡检，专人负责。", "两边都改过")
    manager.press("按选择保存", status=422).says("请选择用对方的还是用我的")
    merged = "每日巡检，每周复核，专人负责。"
    manager.fill({"“安全管理措施”用谁的": "用我的", "我的“安全管理措施”，可在这里合并改写": merged})
    manager.press("按选择保存").says("“安全与应急”已保存")
    assert manager.page.locator("[name=measures]").input_value() == merged

    plain.fill({"安全管理措施": "没有脚本时写的。"}).press("保存", status=409)
    plain.says("高峻 已在", merged, "没有脚本时写的。")
    assert plain.visitor.overflow() == 0
    plain.fill({"“安全管理措施”用谁的": "用对方的"}).press("按选择保存")
    assert plain.page.locator("[name=measures]").input_value() == merged

    first, second = Hand(visit("venue.staff")).open(path), Hand(visit("venue.staff")).open(path)
    types(first, {"应急管理措施": "第一个窗口：每季演练。"})
    types(second, {"应急管理措施": "第二个窗口：每月演练。"}, status=409)
    second.page.get_by_text("您已在另一个窗口").wait_for()
    second.press("查看差异，逐项选择", status=409).says("您在另一个窗口", "第一个窗口：每季演练。")
    for hand in (staff, manager, plain, first, second):
        hand.visitor.assert_quiet(expected_statuses=(409, 422))
