"""A session that ends while somebody writes loses no text."""

import pytest

from tests.journeys.road import Road

OPINION = "课程价格低于同类机构，教师岗位安排合理，同意。"
COUNTERSIGNED = "西安职工学校职工艺术培训合作运营方案"  # of the demo: two departments have signed


@pytest.fixture
def writer(road: Road):
    """冯珺 of 组织人事 has written her opinion when her session ends."""
    hand = road.by("cosign.personnel").open("/").follow(COUNTERSIGNED)
    hand.fill({"结论": "同意", "意见": OPINION}, within=hand.page.locator("#decide"))
    hand.page.context.clear_cookies(name="sessionid")
    return hand


@pytest.mark.journey
def test_an_opinion_survives_the_end_of_its_session(writer, road):
    """She submits, is asked to log in, and goes on where she was.

    1. 提交意见 without a session: the login page says that nothing is lost.
    2. She logs in and sees her opinion as she wrote it, not yet sent.
    3. 继续提交 signs it once; the department counts as signed.
    """
    writer.press("提交意见", status=401).says("登录已过期", "没有丢失")
    writer.fill({"账号": "cosign.personnel", "密码": "Demo-2026!"}).press("登录")
    writer.says("您刚才填写的内容已保留", OPINION)

    writer.press("继续提交").says("已签署：同意。", OPINION, "会签 3/4")

    road.assert_quiet(401)


@pytest.mark.journey
def test_an_opinion_is_still_in_its_form_when_the_page_is_opened_again(writer, road):
    """She closes the login page and comes back later: the form still holds her text.

    1. 提交意见 without a session: the login page.
    2. She opens the portal anew and logs in there: nothing is carried along.
    3. On the plan's page her text is back in the form; 提交意见 signs it.
    """
    writer.press("提交意见", status=401)
    writer.open("/login/").fill({"账号": "cosign.personnel", "密码": "Demo-2026!"}).press("登录")
    writer.follow(COUNTERSIGNED).says("已找回您")
    decide = writer.page.locator("#decide")
    assert decide.get_by_label("意见", exact=True).input_value() == OPINION

    writer.press("提交意见").says("已签署：同意。", OPINION)

    road.assert_quiet(401)
