"""Every screen of the portal and of the public's site, looked at as a person would.

`atlas_of` names them: each address that is read, with somebody who may read it and a thing of the
demo to read (see `seeking`), and beside these the states one address has. `look_at` opens each
once, at a desk and on a phone, and says what it found.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from playwright.sync_api import Browser

from tests.harness import axe
from tests.harness.browser import DESK, PHONE, Visitor
from tests.harness.portal import Portal
from tests.journeys.addresses import addresses_of

KIB = 1024
BUDGETS = {"public": 80 * KIB, "staff": 150 * KIB, "review": 200 * KIB}  # first visit, as sent
MOST_REQUESTS, MOST_NODES = 10, 1500
SECTIONS = (
    "overview", "partner", "appraisal", "contract_elements", "major_matter", "negative_list",
    "five_constants", "four_properties", "discounts", "roadmap", "safety",
)  # fmt: skip
PUBLIC_AREA = ("/public/", "/verify/", "/login/")
REVIEW_PAGES = frozenset({"approvals:proposal_review", "approvals:file_beside"})

# Beside the plain address of each screen: other states of it. The keys are those of `addresses_of`.
STATES: dict[str, dict[str, str]] = {
    "": {
        "public-venue": "/public/v/{venue_code}/",
        "public-venue-large": "/public/v/{venue_code}/?size=lg",
        "verify": "/verify/{document}/",
        "not-found": "/public/v/nowhere/",
    },
    "venue.staff": {
        "workbench-started": "/?tab=started",
        "deadlines": "/deadlines/?within=all",
        "deadlines-month": "/deadlines/?view=month",
        "help-found": "/help/?q=会签",
        "tour": "/help/tour/?step=2",
        "proposals-none": "/proposals/?text=没有这个方案",
        "proposals-past": "/proposals/?page=99",
        "proposal-edit": "/proposals/{returned}/edit/",
        **{f"section-{code}": f"/proposals/{{returned}}/edit/{code}/" for code in SECTIONS},
        "return-points": "/proposals/{returned}/return-points/",
        "review-returned": "/proposals/{returned}/review/",
        "contract": "/contracts/{contract}/",
        "cooperation": "/cooperations/{cooperation}/",
        "disclosure": "/disclosures/{disclosure}/",
        "evaluation": "/evaluations/{evaluation}/",
        "report-fill": "/reports/{report_open}/",
        "missing": "/proposals/00000000-0000-4000-8000-000000000000/review/",
    },
    "venue.manager": {
        "check": "/proposals/{returned}/check/",
        "venue-decision": "/proposals/{returned}/venue-decision/",
    },
    "asset.officer": {
        "officer-workbench": "/",
        "officer-done": "/?tab=done",
        "review-waiting": "/proposals/{waiting}/review/",
        "review-approved": "/proposals/{approved}/review/",
        "reply": "/proposals/{approved}/reply/",
        "report": "/reports/{report_done}/",
        "scheme-new": "/evaluations/schemes/new/?kind=sports_venue",
        "evaluation-score": "/evaluations/{evaluation_open}/score/",
    },
    "cosign.personnel": {"countersign": "/proposals/{waiting}/review/"},
    "secretary": {"secretary-workbench": "/", "meeting": "/meetings/{sitting}/"},
    "leader": {"leader-workbench": "/", "leader-review": "/proposals/{agenda}/review/"},
    "expert": {
        "expert-workbench": "/",
        "expert-review": "/proposals/{waiting}/review/",
        "expert-opinion": "/proposals/{waiting}/experts/{engagement}/opinion/",
    },
    "province.asset": {
        "exception": "/exceptions/{exception}/",
        "review-eight-years": "/proposals/{eight_years}/review/",
    },
    "auditor": {"auditor-workbench": "/", "audit-contract": "/contracts/{contract}/"},
    "sysadmin": {"sysadmin-workbench": "/"},
}
REFUSED = {"not-found": 404, "missing": 404}
# The screens of the road from plan to evaluation: looked at in every run, with axe.
ROAD = frozenset(
    {
        "accounts:login", "disclosure:public_list", "public-venue",
        "officer-workbench", "approvals:proposal_list", "proposal-edit", "section-overview",
        "section-contract_elements", "section-roadmap", "check", "venue-decision",
        "return-points", "review-returned", "countersign", "leader-review", "reply",
        "partners:due_diligence_detail", "meeting", "meetings:meeting_attendance",
        "approvals:agenda_decide", "contract", "contracts:contract_edit", "report-fill",
        "evaluation", "evaluation-score", "cooperation", "exception", "deadlines-month",
    }
)  # fmt: skip

# Served as a file, opened by a secret, or a piece that another screen shows.
PAPERS = frozenset(
    {
        "documents:attachment_download", "documents:attachment_page", "documents:document_pdf",
        "regulation:policy_file", "meetings:minutes_pdf", "meetings:record_pdf",
        "meetings:record_file", "meetings:resolution_file", "approvals:proposal_file",
        "approvals:file_page", "approvals:exception_form", "approvals:reply_preview",
        "approvals:brief_pdf", "approvals:approval_form", "contracts:contract_file",
        "contracts:filing_form", "evaluations:evaluation_report", "disclosure:public_board",
        "notifications:calendar_feed", "regulation:rule_sheet",
        "planning:union_plan_pdf",
    }
)  # fmt: skip
# An act whose form stands on another screen: reading its address leads there.
ACTS = frozenset(
    {
        "accounts:logout", "accounts:text_size", "notifications:inbox_read_all",
        "notifications:inbox_read", "partners:due_diligence_conclude", "partners:item_save",
        "partners:part_save", "approvals:proposal_bulk", "approvals:section_autosave",
        "approvals:thread_open", "approvals:thread_reply", "approvals:thread_resolve",
        "approvals:thread_reopen", "approvals:task_opinion", "approvals:task_draft",
        "approvals:task_answer", "approvals:task_report", "approvals:task_remove",
        "approvals:opinion_undo", "approvals:phrase_remove", "approvals:circulation_read",
        "approvals:opinion_resolution", "approvals:changes_confirmed",
        "approvals:exception_edit", "approvals:exception_submit", "approvals:exception_review",
        "approvals:exception_revoke", "approvals:reply_draft", "approvals:reply_issue",
        "approvals:approval_form_issue", "approvals:matrix_row_end",
        "approvals:matrix_row_remove", "approvals:matrix_ending_remove",
        "approvals:matrix_amendment_publish",
        "approvals:matrix_amendment_drop", "supervision:report_fill",
        "supervision:report_review", "supervision:rectification_report",
        "supervision:rectification_review", "evaluations:evaluation_confirm",
        "disclosures:venue_current", "disclosures:contract_settle",
        "meetings:meeting_answer", "planning:union_plan_recall", "planning:union_plan_submit",
        "planning:step_done", "planning:union_plan_issue", "approvals:clearance_concur",
        "planning:union_plan_revise", "approvals:return_notice_issue", "planning:union_plan_void",
    }
)  # fmt: skip
# No matter of the demo stands where it shows a page; the journeys of the road pass there.
NOT_IN_THE_DEMO: frozenset[str] = frozenset({"approvals:withdrawal_answer"})

QUESTION = """
import json
from tests.journeys.seeking import sought
print("FOUND" + json.dumps(sought(leave_out={left!r}, people={people!r})))
"""
# The pictures of a paper's pages are what the reader asked for, not furniture: they do not count.
WEIGHT = """() => {
  const parts = performance.getEntriesByType("resource")
    .filter((one) => one.encodedBodySize && !/pages\\/\\d+\\.png$/.test(one.name));
  const page = performance.getEntriesByType("navigation")[0];
  return [parts.reduce((sum, one) => sum + one.encodedBodySize, page.encodedBodySize),
    new Set(parts.map((one) => one.name)).size + 1];
}"""
# Text that a box of fixed size hides: wider or higher than the box that clips it.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (one.clientWidth < 2 || one.clientHeight < 2 || !one.innerText) return false;  // for ears only
  const look = getComputedStyle(one);
  const hides = (way) => way === "hidden" || way === "clip";
  return (hides(look.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (hides(look.overflowY) && one.scrollHeight > one.clientHeight + 1);
}).map((one) => `${one.tagName.toLowerCase()}.${one.className} “${one.innerText.slice(0, 20)}”`)"""
ZOOMED = {"width": DESK["width"] // 2, "height": DESK["height"] // 2}  # 200 % at a desk
TYPE, LARGE_TYPE = {"standard": 16}, {"standard": 32}  # the browser's own setting, in pixels


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: an address, who opens it, and what it may weigh at a first visit."""

    name: str
    who: str  # nobody: a stranger
    path: str

    @property
    def status(self) -> int:
        return REFUSED.get(self.name, 200)

    @property
    def budget(self) -> int:
        """Bytes as sent, of the page and everything it loads."""
        if self.path.startswith(PUBLIC_AREA):
            return BUDGETS["public"]
        return BUDGETS["review" if "/review/" in self.path else "staff"]


@dataclass(frozen=True, slots=True)
class Look:
    """What one screen showed at one width."""

    screen: Screen
    width: int
    status: int
    overflow: int  # pixels
    nodes: int
    weight: int  # bytes
    requests: int
    axe: tuple[str, ...] = ()
    console: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    @property
    def is_too_heavy(self) -> bool:
        return self.weight > self.screen.budget or self.requests > MOST_REQUESTS

    def problems(self) -> list[str]:
        """Everything that must not be, each as one line."""
        found = [*self.axe, *self.console, *self.outside, *(f"cut: {one}" for one in self.cut)]
        if self.status != self.screen.status:
            found.append(f"answered {self.status}")
        if self.overflow > 0:
            found.append(f"{self.overflow} px too wide")
        if self.nodes > MOST_NODES:
            found.append(f"{self.nodes} nodes")
        if self.is_too_heavy:
            found.append(f"{self.weight} bytes in {self.requests} requests")
        at = f"{self.screen.name} ({self.screen.who or 'stranger'}) {self.screen.path}"
        return [f"{at} at {self.width}: {one}" for one in found]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every screen, ordered by person, each person's session, and where no page was found."""

    screens: tuple[Screen, ...]
    sessions: dict[str, str]
    missing: dict[str, dict[str, int]]  # address → how often which answer

    def of_the_road(self) -> tuple[Screen, ...]:
        return tuple(one for one in self.screens if one.name in ROAD)


def atlas_of(portal: Portal) -> Atlas:
    """Ask the portal where each screen can be seen, and add the states of `STATES`."""
    keys = addresses_of(portal)
    code = QUESTION.format(left=sorted(PAPERS | ACTS), people=sorted(STATES))
    answer = portal.manage("shell", "--no-imports", "-c", code)
    sought = json.loads(answer.partition("FOUND")[2])
    screens = [
        Screen(name, who, path.format(**keys))
        for who, states in STATES.items()
        for name, path in states.items()
    ]
    found = sought["found"]
    screens += [
        Screen(name, one["who"], one["path"]) for name, one in found.items() if "path" in one
    ]
    return Atlas(
        screens=tuple(sorted(screens, key=lambda one: (one.who, one.name))),
        sessions=sought["sessions"],
        missing={name: one["answers"] for name, one in found.items() if "path" not in one},
    )


def look_at(
    browser: Browser, portal: Portal, atlas: Atlas, *, axe_on: Collection[str] | None = None
) -> Iterator[Look]:
    """Open every screen once and look at both widths; one window for one person's screens.

    `axe_on` names the screens that axe examines; None: all of them.
    """
    for visitor, screen in _visits(browser, portal, atlas, atlas.screens):
        with_axe = axe_on is None or screen.name in axe_on
        for size in (DESK, PHONE):
            visitor.page.set_viewport_size(size)
            yield _look(visitor, screen, size, with_axe=with_axe)


def look_enlarged(browser: Browser, portal: Portal, atlas: Atlas) -> Iterator[Look]:
    """The road at 200 % zoom, and with the reader's type twice as large at both widths."""
    for visitor, screen in _visits(browser, portal, atlas, atlas.of_the_road()):
        for size in (ZOOMED, DESK, PHONE):
            visitor.page.set_viewport_size(size)
            visitor.set_type(TYPE if size is ZOOMED else LARGE_TYPE)
            look = _look(visitor, screen, size, with_axe=False)
            yield replace(look, cut=tuple(visitor.page.evaluate(CUT)))


def _visits(
    browser: Browser, portal: Portal, atlas: Atlas, screens: Iterable[Screen]
) -> Iterator[tuple[Visitor, Screen]]:
    """Each screen opened at a desk, in the window of its person."""
    for who, theirs in groupby(screens, key=lambda one: one.who):
        visitor = Visitor(browser, portal)
        if who:
            cookie = {"name": "sessionid", "value": atlas.sessions[who], "url": portal.url}
            visitor.context.add_cookies([cookie])
        for screen in theirs:
            visitor.page.set_viewport_size(DESK)
            visitor.complaints.clear()
            visitor.outside.clear()
            visitor.open(screen.path)
            yield visitor, screen
        visitor.close()


def _look(visitor: Visitor, screen: Screen, size: dict, *, with_axe: bool) -> Look:
    found = axe.violations(visitor.page) if with_axe else []
    weight, requests = visitor.page.evaluate(WEIGHT)
    expected = f"status of {screen.status}"
    return Look(
        screen=screen, width=size["width"], status=visitor.answered,
        overflow=visitor.overflow(),
        nodes=visitor.page.evaluate("document.querySelectorAll('*').length"),
        weight=weight, requests=requests, axe=tuple(found),
        console=tuple(one for one in visitor.complaints if expected not in one),
        outside=tuple(visitor.outside),
    )  # fmt: skip
