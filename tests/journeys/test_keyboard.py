"""An officer who uses no mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hand import Hand
from tests.journeys.road import Road

PLAN = "西安职工学校职工艺术培训合作运营方案"  # of the demo: returned once, submitted again
OPINION = "教师岗位设置可行，聘用合同须先备案，jk 两处已核对。"
CONDITION = "教师聘用合同报组织人事部门备案。"
FOCUSED = """() => {
  const one = document.activeElement;
  return one === document.body ? "" : one.innerText || one.name || "";
}"""
MOST_TABS = 60


def focused(page: Page) -> str:
    return " ".join(page.evaluate(FOCUSED).split())


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus begins with these words."""
    for _turn in range(MOST_TABS):
        if focused(page).startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"“{words}” is not reached by Tab: the focus is on “{focused(page)}”")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def log_in(page: Page, username: str) -> None:
    page.goto("/login/")
    tab_to(page, "username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type("Demo-2026!")
    enter(page)


@pytest.mark.journey
def test_an_officer_countersigns_without_a_mouse(road: Road, visit):
    """冯珺 of 组织人事 gives an opinion with the keyboard alone.

    1. She logs in, reaches the waiting plan by Tab and opens it.
    2. J and K walk the sections; the heading has the focus.
    3. From a heading Tab leads to its clause; Enter opens it, Escape closes it, and the
       focus is on the link again.
    4. ? shows the keys and hides them.
    5. A leads to the verdict; arrows choose 附条件; what she types moves nothing, though it
       holds j and k; the draft is kept by itself.
    6. Ctrl+Enter submits; the opinion and its condition stand on the page.
    """
    page = visit().page
    log_in(page, "cosign.personnel")
    tab_to(page, PLAN)
    enter(page)

    walked = []
    for key in "jjjk":
        page.keyboard.press(key)
        walked.append(focused(page))
    assert walked == ["二、合作对象", "三、论证", "四、合同要素", "三、论证"]

    page.keyboard.press("Tab")
    assert focused(page) == "依据 第十三条（一）"
    page.keyboard.press("Enter")
    sheet = page.locator("dialog[open]")
    expect(sheet.get_by_role("heading", name="第十三条（一） · 事前论证")).to_be_visible()
    expect(sheet).to_contain_text("在产品中何处落实")
    page.keyboard.press("j")  # the page behind stays where it is
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert focused(page) == "依据 第十三条（一）"

    page.keyboard.press("?")
    expect(sheet.get_by_role("heading", name="快捷键")).to_be_visible()
    page.keyboard.press("?")
    expect(sheet).to_have_count(0)

    page.keyboard.press("a")
    assert focused(page) == "outcome"
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert focused(page) == "text"
    page.keyboard.type(OPINION)
    tab_to(page, "conditions")
    page.keyboard.type(CONDITION)
    expect(page.locator("[data-draft-state]")).to_contain_text("已自动保存")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    text = page.locator("body").inner_text()
    assert "已签署：附条件。" in text
    assert OPINION in text
    assert CONDITION in text
    assert "会签 3/4" in text
    road.assert_quiet()


@pytest.mark.journey
def test_a_clause_opens_without_scripts_as_a_page(visit):
    """A browser that runs no script follows 依据 to the article, and reads the redline."""
    hand = Hand(visit("cosign.personnel", scripts=False)).open("/").follow(PLAN)
    assert "2030-02-28" in hand.page.locator("#section-overview del").all_inner_texts()
    assert hand.page.locator("[data-composer] .chips").is_hidden()

    hand.follow("只看改动").lacks("必要性").says("2030-02-28")
    hand.follow("与 v1 对比").says("必要性", "2030-02-28")
    hand.open("/").follow(PLAN)
    hand.follow("依据 第十三条（四）", within=hand.page.locator("#section-contract_elements"))

    assert hand.path == "/rules/13/#13-4-2"
    hand.says("合作合同应明确合作项目内容")
