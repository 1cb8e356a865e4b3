"""Every screen as its own person sees it, at a desk and on a phone, and enlarged."""

import pytest
from playwright.sync_api import Browser

from tests.access.routes import all_routes, matrix
from tests.harness.browser import PHONE
from tests.harness.portal import Portal
from tests.journeys import screens
from tests.journeys.addresses import addresses_of
from tests.journeys.hand import Hand
from tests.journeys.seeking import THINGS

NOTHING = {"article", "none"}  # named by words in the address
MAIN_PAGES = ("workbench-started", "proposals-none", "proposal-edit", "section-overview")


def test_what_is_not_walked_is_named_and_exists():
    names = {route.name for route in all_routes()}
    left_out = (screens.PAPERS, screens.ACTS, screens.NOT_IN_THE_DEMO)

    assert frozenset().union(*left_out) - names == set()
    assert sum(map(len, left_out)) == len(frozenset().union(*left_out))


def test_the_seeker_knows_every_kind_of_thing():
    addressed = {route.name for route in all_routes() if route.parameters}
    kinds = {policy.kind for name, policy in matrix().items() if name in addressed}

    assert kinds - set(THINGS) - NOTHING == set()


@pytest.mark.journey
def test_every_screen_fits_is_quiet_light_and_open_to_all(browser: Browser, live: Portal):
    """Each person opens their screens at 1366×768 and 390×844.

    1. Every address that is read shows its screen to somebody, but for those named.
    2. Every screen is no wider than its window, writes nothing to the console, asks no other
       host for anything, and stays within its budget of bytes, requests and elements.
    3. On the screens of the road axe-core finds nothing (`script/bench pages`: on all).
    4. The screens of the road at 200 % zoom and with type twice as large: nothing is cut.
    """
    atlas = screens.atlas_of(live)
    assert set(atlas.missing) == screens.NOT_IN_THE_DEMO
    assert screens.ROAD - {one.name for one in atlas.screens} == set()

    problems = []
    for look in screens.look_at(browser, live, atlas, axe_on=screens.ROAD):
        problems += look.problems()
    for look in screens.look_enlarged(browser, live, atlas):
        problems += look.problems()

    assert problems == []


@pytest.mark.journey
def test_the_main_pages_work_without_scripts(browser: Browser, live: Portal, visit):
    """A browser that runs no script reads, writes and signs.

    1. The venue's pages answer and fit a phone.
    2. A section is saved; the table of rows has empty rows to fill.
    3. 组织人事 countersigns.
    """
    keys = addresses_of(live)
    staff = Hand(visit("venue.staff", scripts=False, viewport=PHONE))
    for name in MAIN_PAGES:
        staff.open(screens.STATES["venue.staff"][name].format(**keys))
    staff.open(f"/proposals/{keys['returned']}/edit/roadmap/")
    staff.page.locator("[name='milestones-3-name']").fill("年度总结")
    staff.page.locator("[name='milestones-3-owner']").fill("许可欣")
    staff.page.locator("[name='milestones-3-due_on']").fill("2028-01-15")
    staff.press("保存").open(f"/proposals/{keys['returned']}/edit/roadmap/")
    assert staff.page.locator("[name='milestones-3-name']").input_value() == "年度总结"

    personnel = Hand(visit("cosign.personnel", scripts=False))
    personnel.open(f"/proposals/{keys['waiting']}/review/")
    opinion = {"结论": "附条件", "意见": "教师岗位设置可行，聘用合同须先备案。"}
    opinion |= {"条件": "教师聘用合同报组织人事部门备案。"}
    personnel.fill(opinion, within=personnel.page.locator("#decide")).press("提交意见")
    personnel.says("已签署：附条件。", "教师聘用合同报组织人事部门备案。", "会签 3/4")
