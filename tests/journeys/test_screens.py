"""Every page of the road as its own person sees it, at a desk and on a phone."""

import pytest
from playwright.sync_api import Browser

from tests.harness.browser import DESK, PHONE, Visitor
from tests.harness.portal import Portal
from tests.journeys.addresses import addresses_of
from tests.journeys.hand import Hand

SECTIONS = [
    "overview",
    "partner",
    "appraisal",
    "contract_elements",
    "major_matter",
    "negative_list",
    "five_constants",
    "four_properties",
    "discounts",
    "roadmap",
    "safety",
]
STRANGER = ""
SCREENS: dict[str, dict[str, str]] = {
    STRANGER: {
        "login": "/login/",
        "public": "/public/",
        "public-venue": "/public/v/{venue_code}/",
        "public-venue-large": "/public/v/{venue_code}/?size=lg",
        "verify": "/verify/{document}/",
    },
    "venue.staff": {
        "workbench": "/",
        "workbench-started": "/?tab=started",
        "inbox": "/inbox/",
        "me": "/me/",
        "me-mail": "/me/mail/",
        "me-calendar": "/me/calendar/",
        "me-sessions": "/me/sessions/",
        "deadlines": "/deadlines/?within=all",
        "deadlines-month": "/deadlines/?view=month",
        "help": "/help/?q=会签",
        "help-chapter": "/help/review/",
        "tour": "/help/tour/?step=2",
        "password": "/password/",
        "tokens": "/me/tokens/",
        "token-new": "/me/tokens/new/",
        "api-docs": "/api/v1/docs/",
        "venues": "/venues/",
        "venue": "/venues/{palace}/",
        "readiness": "/venues/{palace}/readiness/",
        "partners": "/partners/",
        "partner-new": "/partners/new/",
        "partner": "/partners/{partner}/",
        "diligence-start": "/partners/{partner}/due-diligence/start/",
        "diligence": "/partners/due-diligence/{diligence}/",
        "proposals": "/proposals/",
        "proposal-new": "/proposals/new/",
        "proposal-edit": "/proposals/{returned}/edit/",
        **{f"section-{code}": f"/proposals/{{returned}}/edit/{code}/" for code in SECTIONS},
        "experts": "/proposals/{returned}/experts/",
        "expert-answer": "/proposals/{returned}/experts/{advice}/answer/",
        "expert-record": "/proposals/{returned}/experts/{advice}/record/",
        "return-points": "/proposals/{returned}/return-points/",
        "exception-new": "/proposals/{returned}/exceptions/new/",
        "review-returned": "/proposals/{returned}/review/",
        "cooperations": "/cooperations/",
        "cooperation": "/cooperations/{cooperation}/",
        "contracts": "/contracts/",
        "contract-new": "/contracts/new/",
        "contract": "/contracts/{contract}/",
        "disclosures": "/disclosures/",
        "disclosure-new": "/disclosures/new/",
        "disclosure": "/disclosures/{disclosure}/",
        "reports": "/reports/",
        "report-fill": "/reports/{report_open}/",
        "rectifications": "/rectifications/",
        "evaluations": "/evaluations/",
        "evaluation": "/evaluations/{evaluation}/",
        "rules": "/rules/",
        "rule": "/rules/13/",
    },
    "venue.manager": {
        "check": "/proposals/{returned}/check/",
        "venue-decision": "/proposals/{returned}/venue-decision/",
    },
    "asset.officer": {
        "officer-workbench": "/",
        "officer-done": "/?tab=done",
        "venue-new": "/venues/new/",
        "venue-edit": "/venues/{palace}/edit/",
        "businesses": "/venues/{palace}/core-businesses/",
        "supervisor": "/venues/{palace}/supervisor/",
        "guidance": "/proposals/{returned}/guidance/",
        "review-waiting": "/proposals/{waiting}/review/",
        "review-approved": "/proposals/{approved}/review/",
        "reply": "/proposals/{approved}/reply/",
        "matrix": "/matrix/",
        "exceptions": "/exceptions/",
        "report-new": "/reports/new/",
        "report": "/reports/{report_done}/",
        "schemes": "/evaluations/schemes/",
        "scheme-new": "/evaluations/schemes/new/?kind=sports_venue",
        "evaluation-plan": "/evaluations/plan/?contract={contract}",
        "evaluation-score": "/evaluations/{evaluation_open}/score/",
        "organizations": "/organizations/",
    },
    "asset.head": {"matrix-new": "/matrix/new/"},
    "cosign.personnel": {"countersign": "/proposals/{waiting}/review/"},
    "secretary": {
        "meetings": "/meetings/",
        "meetings-waiting": "/meetings/waiting/",
        "bodies": "/meetings/bodies/",
        "meeting-new": "/meetings/new/?body={body}",
        "body": "/meetings/bodies/{body}/",
        "body-new": "/meetings/bodies/new/",
        "member-new": "/meetings/bodies/{body}/members/new/",
        "member-edit": "/meetings/bodies/{body}/members/{member}/",
        "meeting": "/meetings/{sitting}/",
        "record": "/meetings/{sitting}/record/",
        "record-upload": "/meetings/{sitting}/files/",
    },
    "leader": {"leader-review": "/proposals/{agenda}/review/"},
    "expert": {
        "expert-workbench": "/",
        "expert-review": "/proposals/{waiting}/review/",
        "expert-opinion": "/proposals/{waiting}/experts/{engagement}/opinion/",
    },
    "province.asset": {
        "province-cooperations": "/cooperations/",
        "exception": "/exceptions/{exception}/",
        "review-eight-years": "/proposals/{eight_years}/review/",
    },
    "auditor": {"audit": "/audit/", "audit-contract": "/contracts/{contract}/"},
    "sysadmin": {
        "accounts": "/accounts/",
        "account-new": "/accounts/new/",
        "deliveries": "/deliveries/",
        "calendar": "/calendar/working-days/",
        "roles": "/roles/",
    },
    "secadmin": {"posts": "/posts/", "post-new": "/posts/new/"},
    "audadmin": {"ledger": "/audit/", "ledger-verify": "/audit/verify/"},
}
MAIN_PAGES = ("workbench", "proposals", "proposal-edit", "section-overview", "section-roadmap")


def _problems_of(visitor: Visitor, name: str, path: str) -> list[str]:
    answered = visitor.open(path).status
    if answered != 200:
        return [f"{name}: {path} answered {answered}"]
    problems = []
    for size in (DESK, PHONE):
        visitor.page.set_viewport_size(size)
        if (over := visitor.overflow()) > 0:
            problems.append(f"{name}: {over} px too wide at {size['width']}")
    visitor.page.set_viewport_size(DESK)
    visitor.screenshot(name)
    return problems


@pytest.mark.journey
def test_every_page_fits_its_window_and_is_quiet(visit, live):
    """Each person opens their pages at 1366×768 and 390×844.

    Every page answers 200, is no wider than its window, writes nothing to the console,
    asks no other host for anything. Pictures are kept under var/screenshots.
    """
    keys = addresses_of(live)
    problems = []

    for username, pages in SCREENS.items():
        visitor = visit(username or None)
        for name, path in pages.items():
            problems += _problems_of(visitor, name, path.format(**keys))
        problems += [f"{username}: {text}" for text in visitor.complaints + visitor.outside]

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
        staff.open(SCREENS["venue.staff"][name].format(**keys))
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
