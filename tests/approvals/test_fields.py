"""Which questions a plan must answer."""

from approvals.enums import SectionCode
from approvals.rules.checks import DILIGENCE_TITLES, QUESTION_INDICATORS
from approvals.rules.fields import SECTIONS, Kind, fields_of, section_spec, sections_of, unanswered
from regulation.register import RULES

OVERALL, OPERATION = "overall_plan", "operation_plan"


def codes(kind: str, mode: str) -> list[str]:
    return [spec.code.value for spec in sections_of(kind, mode)]


def names(code: str, kind: str, mode: str) -> set[str]:
    return {one.name for one in fields_of(section_spec(code), kind, mode)}


def test_external_cooperation_answers_every_section():
    assert codes(OPERATION, "external") == [code.value for code in SectionCode]


def test_internal_cooperation_is_asked_no_contract_elements():
    assert codes(OPERATION, "internal") == [
        code.value for code in SectionCode if code != SectionCode.CONTRACT_ELEMENTS
    ]


def test_internal_cooperation_names_a_venue_and_no_partner():
    assert names("partner", OPERATION, "internal") == {
        "counterpart_venue",
        "shared_resources",
        "mechanism",
    }
    assert "industry_policy" not in names("overview", OPERATION, "internal")


def test_no_plan_is_asked_for_a_valuation():
    asked = {one.name for spec in SECTIONS for one in spec.fields}

    assert not [name for name in asked if "valuation" in name]


def test_the_overall_plan_is_short():
    assert codes(OVERALL, "") == [
        "overview",
        "appraisal",
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
