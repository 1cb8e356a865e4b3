"""Which questions a plan must answer."""

import pytest

from approvals.enums import SectionCode
from approvals.rules.checks import DILIGENCE_TITLES, QUESTION_INDICATORS
from approvals.rules.fields import SECTIONS, Kind, fields_of, section_spec, sections_of, unanswered
from regulation.register import RULES

OVERALL, OPERATION = "overall_plan", "operation_plan"


def codes(kind: str, mode: str) -> list[str]:
    return [spec.code.value for spec in sections_of(kind, mode)]


def names(code: str, kind: str, mode: str) -> set[str]:
    return {one.name for one in fields_of(section_spec(code), kind, mode)}


OF_A_WAY = {"undertaking", "sponsorship", "control", "contract_elements"}


@pytest.mark.parametrize(
    ("mode", "own"),
    [
        ("internal", set()),
        ("external", {"contract_elements"}),
        ("undertaking", {"undertaking"}),
        ("sponsorship", {"sponsorship"}),
        ("other", {"control", "contract_elements"}),
    ],
)
def test_each_way_has_its_own_sections_beside_what_all_answer(mode, own):
    assert codes(OPERATION, mode) == [
        code.value for code in SectionCode if code.value in own or code.value not in OF_A_WAY
    ]


def test_internal_cooperation_names_venues_and_no_partner():
    assert names("partner", OPERATION, "internal") == {
        "counterpart_venue",
        "shared_resources",
        "other_counterparts",
        "mechanism",
        "volunteers",
    }
    assert "industry_policy" not in names("overview", OPERATION, "internal")


def test_the_appraisal_of_a_sponsorship_is_short():
    asked = names("appraisal", OPERATION, "sponsorship")

    assert asked == {"necessity", "feasibility", "operability", "concluded_on"}


def test_a_purchase_by_the_government_asks_for_its_procurement_record():
    procured = {"procurement_method", "procurement_record", "procured_on"}

    assert not procured & missing("undertaking", {"commission_kind": "union"}, "undertaking")
    assert procured <= missing("undertaking", {"commission_kind": "government"}, "undertaking")


def test_another_way_answers_five_controls():
    controls = {
        f"control_{name}" for name in ("personnel", "finance", "assets", "pricing", "brand")
    }

    assert controls <= missing("control", {}, "other")


def test_no_plan_is_asked_for_a_valuation():
    asked = {one.name for spec in SECTIONS for one in spec.fields}

    assert not [name for name in asked if "valuation" in name]


def test_the_overall_plan_is_short():
    assert codes(OVERALL, "") == [
        "overview",
        "appraisal",
        "major_matter",
        "negative_list",
        "five_constants",
        "four_properties",
        "discounts",
        "roadmap",
        "safety",
    ]
    assert names("overview", OVERALL, "") == {
        "purpose",
        "allowed_modes",
        "partner_categories",
        "max_term_years",
        "self_run",
        "space",
        "partner_kinds",
        "max_area",
        "whole_reason",
    }


def test_every_question_stands_on_a_rule_of_the_register():
    asked = {one.rule or spec.rule for spec in SECTIONS for one in spec.fields}

    assert asked - set(RULES) == set()


def test_every_question_indicator_is_asked():
    asked = {one.name for one in section_spec("negative_list").fields}

    assert set(QUESTION_INDICATORS) <= asked


def test_the_six_conditions_are_named():
    assert list(DILIGENCE_TITLES) == [f"10-{number}" for number in range(1, 7)]


def missing(code: str, data: dict, mode: str = "external") -> set[str]:
    return {one.name for one in unanswered(section_spec(code), OPERATION, mode, data)}


def test_a_reason_is_required_once_the_partner_is_chosen_directly():
    assert "selection_reason" not in missing("partner", {"selection_method": "open_call"})
    assert "selection_reason" in missing("partner", {"selection_method": "directed"})


def test_disposal_is_required_once_there_are_fixed_assets():
    disposal = {"fixed_assets", "disposal_method", "disposal_rule"}

    assert not disposal & missing("contract_elements", {"has_partner_fixed_investment": "no"})
    assert disposal <= missing("contract_elements", {"has_partner_fixed_investment": "yes"})


def test_a_question_of_yes_or_no_must_be_answered():
    asked = {one.name for one in section_spec("negative_list").fields if one.kind is Kind.YES_NO}

    assert missing("negative_list", {}) == asked
    assert missing("negative_list", dict.fromkeys(asked, "no")) == set()
