"""The requirement matrix of 第十四条: each way × each requirement, by hand from the design page."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules import checks
from approvals.rules.checks import Severity, findings, records
from approvals.rules.facts import DiligenceFact
from approvals.rules.requirements import Need, Requirement, asked, need
from contracts.rules import content, signing
from contracts.rules.facts import AssetFact, ContractFacts, PlanFact
from evaluations import rules as evaluations
from evaluations.enums import EvaluationKind
from tests.approvals.test_checks import GOOD, MET

WAYS = ("internal", "external", "undertaking", "sponsorship", "other")
# 对内 对外 承接 赞助 其它; M ●, r ○, . –
CELLS = {
    Requirement.READINESS: "MMMMM",
    Requirement.APPRAISAL: "MMMMM",
    Requirement.EXPERTS: "MMrrM",
    Requirement.PARTNER_CONDITIONS: ".MrrM",
    Requirement.PARTNER_APPRAISAL: ".M..M",
    Requirement.VALUATION: ".M..M",
    Requirement.CLAUSES: "rMrrM",
    Requirement.TERM: "rMrrM",
    Requirement.VENUE_DECISION: "MMMMM",
    Requirement.APPROVAL: "MMMMM",
    Requirement.EVALUATION: "MMMMM",
    Requirement.NEGATIVE_LIST: "MMMMM",
}
WORDS = {"M": Need.MUST, "r": Need.RECORD, ".": Need.NONE}
EVERY_CELL = [
    (requirement, mode, WORDS[cell])
    for requirement, cells in CELLS.items()
    for mode, cell in zip(WAYS, cells, strict=True)
]
# A plan that lacks exactly this, and the check that must say so.
LACKING = {
    Requirement.READINESS: (checks.venue_ready, {"is_venue_ready": False}),
    Requirement.EXPERTS: (checks.experts_engaged, {"experts": ()}),
    Requirement.PARTNER_CONDITIONS: (
        checks.partner_qualified,
        {"diligence": MET | {"10-6": DiligenceFact(finding="unverified")}},
    ),
    Requirement.PARTNER_APPRAISAL: (
        checks.visited_by_two,
        {"sections": GOOD.sections | {"partner": {"visitors": "冯岚"}}},
    ),
    Requirement.TERM: (checks.term_within_five_years, {"ends_on": date(2033, 1, 1)}),
    Requirement.VENUE_DECISION: (checks.venue_decided, {"venue_decision": None}),
    Requirement.NEGATIVE_LIST: (
        checks.negative_list_clear,
        {"sections": GOOD.sections | {"negative_list": {"harms_image": "yes"}}},
    ),
    Requirement.APPRAISAL: (
        checks.appraised_in_three_parts,
        {"sections": GOOD.sections | {"appraisal": {"necessity": "甲", "feasibility": "甲"}}},
    ),
}


@pytest.mark.parametrize(("requirement", "mode", "cell"), EVERY_CELL)
def test_every_cell_is_as_the_page_says(requirement, mode, cell):
    assert need(requirement, mode) is cell


@pytest.mark.parametrize(
    ("requirement", "mode", "cell"), [one for one in EVERY_CELL if one[0] in LACKING]
)
def test_a_plan_that_lacks_it_is_held_up_recorded_or_let_alone(requirement, mode, cell):
    check, changes = LACKING[requirement]
    plan = replace(GOOD, mode=mode, **changes)

    held, recorded = findings(plan, (check,)), records(plan, (check,))

    assert bool(held) is (cell is Need.MUST)
    assert bool(recorded) is (cell is Need.RECORD)


def test_of_a_sponsor_two_conditions_are_recorded_and_the_rest_is_not_asked():
    bad = dict.fromkeys(MET, DiligenceFact(finding="unmet"))
    plan = replace(GOOD, mode="sponsorship", diligence=bad)

    found = records(plan, (checks.partner_qualified,))
    assert [one.code for one in found] == ["10-1", "10-6"]
    assert {one.severity for one in found} == {Severity.RECORD}


@pytest.mark.parametrize(
    ("mode", "needed"), [("internal", 0), ("external", 1), ("undertaking", 0), ("sponsorship", 0)]
)
def test_a_valuation_is_asked_before_signing_of_external_cooperation_alone(mode, needed):
    facts = ContractFacts(today=date(2026, 11, 20), mode=mode)

    assert len(list(signing.valued_before_signing(facts))) == needed
    assert len(list(signing.contribution_stated(facts))) == needed


@pytest.mark.parametrize(
    ("answer", "assets", "needed"),
    [
        (True, (), True),
        (False, (), False),
        (None, (), True),  # not answered is never taken for no
        (False, (AssetFact(name="品牌", nature="intangible"),), True),
    ],
)
def test_another_way_is_valued_when_the_union_brings_assets(answer, assets, needed):
    facts = ContractFacts(
        today=date(2026, 11, 20), mode="other", contributed_assets=assets,
        plan=PlanFact(contributes_assets=answer),
    )  # fmt: skip

    assert facts.needs_valuation is needed


@pytest.mark.parametrize("mode", WAYS)
def test_the_eight_contents_bind_or_are_recorded(mode):
    facts = ContractFacts(
        today=date(2026, 11, 20), mode=mode, starts_on=date(2027, 1, 1), ends_on=date(2033, 1, 1)
    )
    is_must = mode in ("external", "other")

    assert bool(list(content.clauses_complete(facts))) is is_must
    recorded = [one.text for one in content.notes(facts)]
    assert any("按记录要求" in text for text in recorded) is not is_must
    assert bool(list(content.term_allowed(facts))) is is_must
    assert any("只作记录" in text for text in recorded) is not is_must


@pytest.mark.parametrize("mode", WAYS)
def test_a_sponsorship_is_evaluated_once_at_its_end(mode):
    rows = evaluations.default_plan(date(2027, 1, 1), date(2027, 12, 31), mode)
    facts = evaluations.PlanFacts(
        starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), venue_kind="service_center",
        scheme_kind="service_center", scheme_valid_from=date(2026, 1, 1), mode=mode,
    )  # fmt: skip
    final = [one for one in rows if one.kind is EvaluationKind.FINAL]

    assert evaluations.plan_reasons(facts, rows) == []
    assert (len(rows) == 1) is (mode == "sponsorship")
    assert (evaluations.plan_reasons(facts, final) == []) is (mode == "sponsorship")


def test_the_cards_name_every_demand_and_none_that_is_not_made():
    words = dict(asked("sponsorship"))

    assert words["必要性、可行性、操作性论证（简式）"] is Need.MUST
    assert words["合作方六项条件（只核第十条（一）（六）项）"] is Need.RECORD
    assert not any("资产评估" in one for one in words)
