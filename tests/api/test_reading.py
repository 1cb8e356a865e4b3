"""Reading over HTTP: the same rows as the pages, in pages of its own, in plain forms."""

import re
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.description import description
from approvals.filters import CooperationFilter, PlanFilter
from approvals.models import Proposal
from contracts.filters import ContractFilter
from core import clock
from documents.models import NumberSequence
from evaluations.filters import EvaluationFilter
from partners.filters import PartnerFilter
from partners.models import Partner
from partners.services import put_on_watch
from supervision.filters import ReportFilter
from supervision.models import PeriodicReport
from tests.access.matters import engage
from tests.approvals import walk
from tests.approvals.builders import external_sections, moment, new_plan, submitted_plan, write
from tests.evaluations import builders as evaluations
from tests.harness.calling import Caller
from tests.supervision.conftest import hand_in, schedule
from venues.filters import VenueFilter
from venues.models import Venue

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


@pytest.fixture
def full(town):
    """One of everything at the venue, and a place of another city with a plan of its own."""
    town.evaluation = evaluations.planned(town)
    evaluations.score(town, town.evaluation)
    town.contract = town.evaluation.contract
    town.report = schedule(town)
    hand_in(town, town.report)
    town.submitted = submitted_plan(town)
    # The builders of contracts number by counting plans: numbers given later stay out of reach.
    NumberSequence.objects.update(last=100)
    town.draft = new_plan(town, "internal")
    return town


def ids(answer) -> list[str]:
    return [one["id"] for one in answer.json()["results"]]


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


def more_venues(world, count: int) -> None:
    for number in range(count):
        venue = Venue(
            code=f"ZD-610102-90-{number:02d}", name=f"阵地{number:02d}", kind="hotel",
            legal_form="enterprise", supervising_union=world.xian, division_code="610102",
            supervisor=world["asset.head"], address="西安市", ownership_certificate="证",
            affiliation="隶属", service_functions="服务",
        )  # fmt: skip
        venue.place_under(world.xian)
        venue.save()


def walk_pages(call: Caller, path: str) -> list[list[str]]:
    pages, answer = [], call.get(path)
    while True:
        pages.append(ids(answer))
        if (following := answer.json()["next"]) is None:
            return pages
        answer = call.get(following)


def test_pages_follow_one_another_without_gap_or_repeat(world, call):
    more_venues(world, 23)
    officer = call("asset.officer")

    pages = walk_pages(officer, "venues/?page_size=7&kind=hotel")

    assert [len(page) for page in pages] == [7, 7, 7, 2]
    whole = ids(officer.get("venues/", {"kind": "hotel"}))
    assert [key for page in pages for key in page] == whole


def test_rows_of_one_moment_are_told_apart_by_key(world, call):
    for month in range(1, 8):
        schedule(
            world, period_from=date(2026, month, 1), period_to=date(2026, month, 20),
            at=moment("2026-09-20 09:00"),
        )  # fmt: skip

    pages = walk_pages(call("asset.officer"), "reports/?page_size=3")

    keys = [key for page in pages for key in page]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len(set(keys)) == 7


def test_a_row_added_meanwhile_moves_no_page(world, call):
    more_venues(world, 9)
    officer = call("asset.officer")
    first = officer.get("venues/?page_size=5").json()
    before = ids(officer.get(first["next"]))

    Venue.objects.filter(code="ZD-610102-01-01").update(name="改名")
    Venue.objects.filter(name="阵地00").update(code="ZD-610102-00-00")

    assert ids(officer.get(first["next"])) == before


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "abc"},
        {"cursor": ""},
        {"cursor": "\0"},
        {"page_size": "0"},
        {"page_size": "201"},
        {"page_size": "ten"},
        {"page_size": "１０"},
        {"kind": "castle"},
        {"tab": "everything"},
        {"union": "999999"},
        {"union": "\0"},
        {"text": "\0"},
        {"text": "x" * 61},
        {"page": "2"},
        {"sort": "name"},
        {"kind; drop table": "x"},
    ],
    ids=str,
)
def test_what_an_address_asks_wrongly_is_refused_and_named(world, call, query):
    answer = call("asset.officer").get("venues/", query)

    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["reasons"]] == list(query)


def test_a_cursor_of_another_list_is_refused(world, call):
    more_venues(world, 3)
    officer = call("asset.officer")
    cursor = officer.get("venues/?page_size=1").json()["next"].partition("cursor=")[2]

    assert officer.get(f"venues/?cursor={cursor}").status_code == 200
    assert officer.get(f"partners/?cursor={cursor}").status_code == 400


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


# Token, posts of the person, the unions and venues a filter offers, the list itself.
QUERIES = {
    "venues": 4,
    "partners": 3,
    "cooperations": 4,
    "proposals": 4,
    "contracts": 4,
    "evaluations": 4,
    "reports": 4,
}


def fill(full, count: int) -> None:
    more_venues(full, count)
    at = moment("2026-11-01 09:00")
    for number in range(count):
        Partner.objects.create(
            uscc=f"91610000MA6T{number:06d}", name=f"企业{number:02d}", business="经营",
            subject_kind="legal_person", legal_representative="甲",
            registered_by=full["venue.staff"], registered_at=at,
        )  # fmt: skip
        plan = new_plan(full, at=at + timedelta(minutes=number))
        write(full, plan, "overview", {"starts_on": "2026-12-01", "ends_on": "2027-11-30"})
        Proposal.objects.filter(pk=plan.pk).update(shared_at=at)
        copy(full.contract, proposal=plan, number=f"HT-{number}")
        copy(full.report, period_from=date(2000, 1, 1) + timedelta(days=number))
        copy(full.evaluation, period_from=date(2000, 1, 1) + timedelta(days=number))


def copy(row, **changes) -> None:
    """One more of the same row, for counting only."""
    row = type(row).objects.get(pk=row.pk)
    row.pk = uuid.uuid4()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


@pytest.mark.parametrize("count", [10, 50])
def test_a_list_costs_the_same_for_ten_rows_and_for_fifty(
    full, call, django_assert_num_queries, count
):
    fill(full, count)
    officer = call("asset.officer")
    clock.today()

    for noun, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            answer = officer.get(f"{noun}/", {"page_size": str(count)})
        assert len(ids(answer)) == count, noun


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
