"""The first five minutes: a demo's account is filled in, the tour is walked and remembered."""

import pytest

from tests.harness.browser import PHONE
from tests.journeys.hand import Hand


@pytest.mark.journey
def test_a_newcomer_is_led_in(visit):
    """Somebody opens the demo for the first time, on a phone.

    1. 填入 puts an account into the form; 登录 leads to the workbench.
    2. The tour's card leads through the steps; 看完了 ends it.
    3. After logging in anew the card is gone; the help shows the tour again.
    4. The size of type is kept with the account.
    """
    newcomer = Hand(visit(viewport=PHONE)).open("/login/").says("演示账号")
    newcomer.page.get_by_role("button", name="填入 venue.staff").click()
    assert newcomer.page.locator("input[name=username]").input_value() == "venue.staff"
    newcomer.press("登录").says("新手引导", "第 1 步，共 6 步")
    assert newcomer.visitor.overflow() <= 0

    newcomer.follow("看引导")
    for _step in range(5):
        newcomer.press("下一步")
    newcomer.press("看完了").lacks("新手引导")

    again = Hand(visit("venue.staff")).open("/").lacks("新手引导")
    again.open("/help/").follow("重新看引导").says("第 1 步，共 6 步")
    again.open("/me/").press("大字")
    assert again.page.locator("html[data-size=lg]").count() == 1
    newcomer.open("/")
    assert newcomer.page.locator("html[data-size=lg]").count() == 1
    for hand in (newcomer, again):
        hand.visitor.assert_quiet()


@pytest.mark.journey
def test_the_tour_is_never_in_the_way(visit):
    """Without scripts: the card is put away, the work below it is reached.

    1. 不再显示 puts the card away.
    2. The list of deadlines and the month open.
    """
    officer = Hand(visit("asset.head", scripts=False)).says("新手引导")
    officer.press("不再显示").lacks("新手引导").says("待办", "方案分布", "合同到期时间轴")
    officer.open("/deadlines/").follow("月历").says("本月")

    officer.visitor.assert_quiet()
