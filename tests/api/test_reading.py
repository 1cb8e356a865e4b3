"""Reading over HTTP: the same rows as the pages, in pages of its own, in plain forms."""

import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.description import description
from approvals.filters import CooperationFilter, PlanFilter
from approvals.models import Proposal
from contracts.filters import ContractFilter
from evaluations.filters import EvaluationFilter
from partners.filters import PartnerFilter
from partners.services import put_on_watch
from supervision.filters import ReportFilter
from supervision.models import PeriodicReport
from tests.access.matters import engage
from tests.api.answers import ids
from tests.approvals import walk
from tests.approvals.builders import external_sections, moment, submitted_plan
from venues.filters import VenueFilter

pytestmark = pytest.mark.django_db
PAGES = {
    "venues": "/venues/",
    "partners": "/partners/",
    "cooperations": "/cooperations/",
    "proposals": "/proposals/",
    "contracts": "/contracts/",
    "evaluations": "/evaluations/",
    "reports": "/reports/",
}
ROLES = ("venue.manager", "asset.officer", "auditor", "baoji.officer", "other.manager", "expert")
KEY = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def on_page(client, page: str, query: dict | None = None) -> set[str]:
    """The keys the list page links to."""
    html = client.get(page, query).content.decode().partition('id="main"')[2]
    return set(re.findall(rf'href="{page}({KEY})/', html))


@pytest.mark.parametrize("username", ROLES)
@pytest.mark.parametrize("noun", PAGES)
def test_pages_and_api_list_the_same_rows(full, call, log_in, noun, username):
    page = log_in(full[username]).get(PAGES[noun])
    answer = call(username).get(f"{noun}/")

    assert answer.status_code == page.status_code
    if page.status_code == 200:
        assert set(ids(answer)) == on_page(log_in(full[username]), PAGES[noun])


def test_the_comparison_has_something_to_compare(full, call):
    seen = {noun: len(ids(call("asset.officer").get(f"{noun}/"))) for noun in PAGES}

    assert all(seen.values()), seen


FOREIGN = {
    "venues": lambda full: full.venue,
    "cooperations": lambda full: full.contract.cooperation,
    "proposals": lambda full: full.submitted,
    "contracts": lambda full: full.contract,
    "evaluations": lambda full: full.evaluation,
    "reports": lambda full: full.report,
}


@pytest.mark.parametrize("noun", FOREIGN)
def test_foreign_and_missing_are_one_answer(full, call, noun):
    found = FOREIGN[noun](full)
    stranger = call("baoji.officer")

    foreign = stranger.get(f"{noun}/{found.pk}/")
    missing = stranger.get(f"{noun}/{uuid.uuid4()}/")

    assert call("asset.officer").get(f"{noun}/{found.pk}/").status_code == 200
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert foreign["Content-Type"] == "application/problem+json"


def test_a_draft_not_shared_is_its_venues_own(full, call):
    path = f"proposals/{full.draft.pk}/"

    assert call("venue.staff").get(path).status_code == 200
    assert call("asset.officer").get(path).status_code == 404


def test_a_venue_in_plain_forms(full, call):
    shown = call("asset.officer").get(f"venues/{full.venue.pk}/").json()

    assert shown["code"] == "ZD-610102-01-01"
    assert shown["kind"] == {"code": "cultural_palace", "label": "工人文化宫"}
    assert shown["supervising_union"] == {"code": "610100", "name": "西安市总工会"}
    assert shown["supervisor"] == "吴部长"
    assert [one["name"] for one in shown["core_businesses"]] == ["职工文体活动", "职工技能培训"]
    assert shown["is_ready"] is True
    assert shown["readiness"]["state"]["code"] == "ready"


def test_a_partner_with_the_due_diligence_of_ones_own_scope(full, call):
    path = f"partners/{full.partner.pk}/"

    own = call("asset.officer").get(path).json()["due_diligences"]
    foreign = call("baoji.officer").get(path).json()["due_diligences"]

    assert [one["venue"]["name"] for one in own] == ["西安东城工人文化宫"]
    assert [item["condition"]["code"] for item in own[0]["items"]] == [
        "10-1", "10-2", "10-3", "10-4", "10-5", "10-6",
    ]  # fmt: skip
    assert own[0]["items"][0]["checked_on"] == "2026-09-30"
    assert foreign == []


def test_a_partner_on_watch_is_told_to_every_union(full, call):
    put_on_watch(
        partner=full.partner, union=full.xian, basis="18-1", reason="按面积收取固定费用，属变相出租。",
        by=full["asset.officer"], at=moment("2026-11-19 09:00"),
    )  # fmt: skip

    told = call("baoji.officer").get(f"partners/{full.partner.pk}/").json()["watches"]

    assert [(one["union"], one["basis"]) for one in told] == [(full.xian.name, "18-1")]


def test_money_is_text_with_two_places_and_days_are_iso(full, call):
    plan = call("asset.officer").get(f"proposals/{full.submitted.pk}/").json()
    report = call("asset.officer").get(f"reports/{full.report.pk}/").json()

    assert (plan["partner_investment"], plan["expected_income"]) == ("685000.00", "200000.00")
    assert (plan["starts_on"], plan["ends_on"]) == ("2026-12-01", "2029-11-30")
    assert plan["submitted_at"] == "2026-11-02T09:00:00+08:00"
    assert (report["income"], report["received"]) == ("685000.00", "180000.00")
    answers = {one["name"]: one["value"] for one in report["answers"]}
    assert (answers["asset_total"], answers["risks"]) == ("12000000.00", "无重大风险。")


def test_a_plan_says_what_was_typed_with_its_article(full, call):
    plan = call("asset.officer").get(f"proposals/{full.submitted.pk}/").json()

    sections = {one["section"]["code"]: one for one in plan["content"]["sections"]}
    assert set(sections) == set(external_sections(full))
    answers = {one["name"]: one for one in sections["contract_elements"]["answers"]}
    assert answers["partner_investment"]["value"] == "685000.00"
    assert answers["partner_investment"]["text"] == "68.5 万元"
    assert answers["term"]["article"].startswith("第十三条")
    core = {one["name"]: one["value"] for one in sections["overview"]["answers"]}["core_business"]
    assert core == "职工文体活动"
    assert [one["no"] for one in plan["versions"]] == [1]
    assert plan["content_sha256"] == plan["versions"][0]["sha256"]


def test_a_frozen_version_has_an_address_of_its_own(full, call):
    officer, base = call("asset.officer"), f"proposals/{full.submitted.pk}/versions"

    frozen = officer.get(f"{base}/1/").json()

    assert frozen["content"] == officer.get(f"proposals/{full.submitted.pk}/").json()["content"]
    assert [officer.get(f"{base}/{no}/").status_code for no in (0, 2, 10**30)] == [404] * 3


def test_an_expert_from_outside_reads_the_plan_and_not_the_file(full, call):
    engage(full, full.submitted, "expert")

    plan = call("expert").get(f"proposals/{full.submitted.pk}/").json()

    assert plan["content"]["sections"]
    assert plan["file"] is None
    assert call("asset.officer").get(f"proposals/{full.submitted.pk}/").json()["file"]["tasks"]


def test_a_contract_with_what_is_missing_and_why(full, call):
    shown = call("venue.staff").get(f"contracts/{full.contract.pk}/").json()

    assert shown["number"] == full.contract.number
    assert {one["article"] for one in shown["missing"]} >= {"第十三条（四）"}
    assert all(one["message"] for one in shown["missing"])


def test_an_evaluation_with_its_figures(full, call):
    shown = call("auditor").get(f"evaluations/{full.evaluation.pk}/").json()

    assert (shown["total"], shown["satisfaction_index"]) == ("90.81", "84.33")
    assert shown["grade"]["label"] == "良好"
    assert shown["grade_of_total"]["label"] == "优秀"
    assert sum(one["count"] for one in shown["survey"]) == 325


def test_an_unchanged_thing_is_not_sent_again(full, call):
    officer, path = call("asset.officer"), f"proposals/{full.submitted.pk}/"
    first = officer.get(path)

    again = officer.get(path, If_None_Match=first["ETag"])
    Proposal.objects.filter(pk=full.submitted.pk).update(title="改名后的方案")
    changed = officer.get(path, If_None_Match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


CONDITIONS = {
    "venues": VenueFilter,
    "partners": PartnerFilter,
    "cooperations": CooperationFilter,
    "proposals": PlanFilter,
    "contracts": ContractFilter,
    "evaluations": EvaluationFilter,
    "reports": ReportFilter,
}


@pytest.mark.parametrize("noun", CONDITIONS)
def test_the_filters_described_are_those_of_the_page(noun):
    parameters = description()["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]

    names = {one["name"] for one in parameters} - {"cursor", "page_size"}
    assert names == {*CONDITIONS[noun].base_filters, "tab"}
    tab = next(one for one in parameters if one["name"] == "tab")
    assert set(tab["schema"]["enum"]) == set(CONDITIONS[noun].tabs)


@pytest.mark.parametrize("noun", CONDITIONS)
@pytest.mark.parametrize("username", ["venue.manager", "asset.officer", "auditor"])
def test_every_tab_holds_the_rows_of_the_pages_tab(full, call, log_in, noun, username):
    page, program = log_in(full[username]), call(username)

    for tab in CONDITIONS[noun].tabs:
        found = set(ids(program.get(f"{noun}/", {"tab": tab})))
        assert found == on_page(page, PAGES[noun], {"tab": tab}), tab


@pytest.mark.parametrize(
    "query",
    [
        "venues/?text=东城",
        "venues/?union=610100",
        "proposals/?tab=mine",
        "proposals/?stage=formal_review&kind=operation_plan",
        "cooperations/?text=健行",
        "contracts/?state=draft&text=羽毛球",
        "evaluations/?state=scored&kind=stage",
        "evaluations/?union=610100",
        "reports/?state=submitted",
        "partners/?text=91610000MA6TA1B2X3",
    ],
)
def test_a_filter_finds(full, call, query):
    noun, _, asked = query.partition("?")
    officer = call("asset.officer")

    found = ids(officer.get(query))

    assert found
    assert set(found) <= set(ids(officer.get(noun)))
    nothing = re.sub("text=[^&]+", "text=没有这样的名称", asked)
    assert nothing == asked or ids(officer.get(f"{noun}?{nothing}")) == []


@pytest.mark.parametrize("noun", ["evaluations", "reports"])
def test_a_union_that_is_not_there_is_said_so(full, call, noun):
    assert call("asset.officer").get(f"{noun}/", {"union": "999999"}).status_code == 400
    assert call("asset.officer").get(f"{noun}/", {"union": "610300"}).status_code == 400


def test_a_plan_says_what_the_tokens_person_may_do_and_why_not(full, call):
    path = f"proposals/{full.submitted.pk}/"

    def told(who):
        verbs = call(who).get(path).json()["file"]["verbs"]
        return {one["verb"]: (one["allowed"], one["reason"]) for one in verbs}

    manager, officer = told("venue.manager"), told("asset.officer")
    assert manager["withdraw"] == (True, "")
    assert manager["ask_withdrawal"] == (
        False,
        "这一环节还没有人签署意见，可以直接撤回，不需要申请。",
    )
    assert manager["urge"] == (True, "")
    assert manager["sign"][0] is False
    assert officer["sign"] == officer["transfer"] == officer["circulate"] == (True, "")
    assert officer["void"] == (False, "中止、恢复和作废由西安市总工会流程管理的部长办理。")


def test_a_plan_costs_the_same_with_one_opinion_and_with_five(town, call):
    """Each shown with its desk, its person, its conditions and who met them."""
    plan = submitted_plan(town)
    plan = walk.accept(town, plan)
    officer = call("asset.officer")

    with CaptureQueriesContext(connection) as one:
        assert len(officer.get(f"proposals/{plan.pk}/").json()["file"]["opinions"]) == 1
    walk.countersign(
        town,
        plan,
        finance={"outcome": "conditional", "text": walk.LONG, "conditions": ["甲", "乙"]},
    )
    with CaptureQueriesContext(connection) as five:
        assert len(officer.get(f"proposals/{plan.pk}/").json()["file"]["opinions"]) == 5

    assert len(five) <= len(one) + 1  # the people who met conditions: none before, none of two now


def test_a_sum_keeps_its_places(full, call):
    PeriodicReport.objects.filter(pk=full.report.pk).update(income=Decimal("0.5"))

    assert call("asset.officer").get(f"reports/{full.report.pk}/").json()["income"] == "0.50"
