"""Each check of a plan: a case that passes and cases that fail. No database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from approvals.enums import Action, Stage
from approvals.rules import checks, mode_checks
from approvals.rules.ancillary import ancillary_kept_small
from approvals.rules.checks import Severity, findings
from approvals.rules.facts import (
    DiligenceFact,
    ExpertFact,
    InitiativeFact,
    OverallFact,
    PlanFacts,
    VenueDecisionFact,
)
from approvals.rules.procedure import DESKS, PROCEDURE, blockers

TODAY = date(2026, 11, 20)
EXPERT = ExpertFact(
    kind="lawyer", name="郑律", has_conflict=False, opinion="可行", opined_on=date(2026, 10, 15),
    is_answered=True,
)  # fmt: skip
INDUSTRY = replace(EXPERT, kind="industry_expert", name="钱教授")
MET = {f"10-{number}": DiligenceFact(finding="met") for number in range(1, 7)}
GOOD = PlanFacts(
    today=TODAY,
    kind="operation_plan",
    mode="external",
    is_venue_ready=True,
    has_supervisor=True,
    has_asset_department=True,
    overall=OverallFact(modes=("external",), max_term_years=5),
    has_partner=True,
    diligence=MET,
    diligence_concluded=True,
    starts_on=date(2026, 12, 1),
    ends_on=date(2029, 11, 30),
    experts=(EXPERT, INDUSTRY),
    guided_on=date(2026, 10, 12),
    venue_decision=VenueDecisionFact(
        held_on=date(2026, 10, 20), is_passed=True, is_current=True, has_original=True
    ),
    sections={
        "appraisal": {
            "necessity": "甲",
            "feasibility": "乙",
            "operability": "丙",
            "concluded_on": "2026-10-10",
        },
        "partner": {"visitors": "冯岚、陈晨", "visited_on": "2026-10-08"},
        "contract_elements": {"disposal_rule": "无偿移交。"},
        "negative_list": {"harms_image": "no"},
        "five_constants": {"name": "yes"},
        "roadmap": {"milestones": [{"name": "签约", "owner": "冯岚", "due_on": "2026-12-20"}]},
    },
)


def facts(**changes) -> PlanFacts:
    return replace(GOOD, **changes)


def answered(section: str, **answers) -> PlanFacts:
    return facts(sections=GOOD.sections | {section: GOOD.sections.get(section, {}) | answers})


def milestones(*rows: dict) -> PlanFacts:
    return answered("roadmap", milestones=list(rows))


def diligence(code: str, **fact) -> PlanFacts:
    return facts(diligence=MET | {code: DiligenceFact(**{"finding": "met"} | fact)})


CONTENT = [check for check in checks.SUBMISSION_CHECKS if check is not checks.sections_answered]


@pytest.mark.parametrize("check", CONTENT, ids=lambda check: check.__name__)
def test_a_good_plan_passes_every_check(check):
    assert list(check(GOOD)) == []


CASES = [
    (checks.venue_ready, facts(is_venue_ready=False), "9-0", "readiness"),
    (checks.phases_finished, facts(kind="overall_plan", phases_left=2), "11-1", "readiness"),
    (
        checks.union_has_planned,
        facts(missing_union_plans=(("6-1", "实施规划"),)),
        "6-1",
        "readiness",
    ),
    (checks.supervised_by_name, facts(has_supervisor=False), "13-2-1", "venue"),
    (checks.supervised_by_name, facts(has_asset_department=False), "5-3", "venue"),
    (checks.route_decided, facts(route_refusal="没有适用于本方案的有效条目。"), "12-5", "route"),
    (checks.under_overall_plan, facts(overall=None), "13-3-2", "overall_plan"),
    (
        checks.under_overall_plan,
        facts(overall=OverallFact(modes=("internal",))),
        "13-3-2",
        "overview",
    ),
    (
        checks.under_overall_plan,
        facts(overall=OverallFact(max_term_years=2)),
        "13-3-2",
        "overview",
    ),
    (
        checks.under_overall_plan,
        facts(overall=OverallFact(stage=Stage.HALTED)),
        "13-3-2",
        "overall_plan",
    ),
    (
        checks.replaced_plan_stands,
        facts(kind="overall_plan", replaced_stage=Stage.ENDED),
        "13-3-2",
        "",
    ),
    (checks.appraised_in_three_parts, answered("appraisal", feasibility=" 甲\n"), "13-1-1", "appraisal"),
    (checks.guided_by_union, facts(guided_on=None), "13-1-2", "guidance"),
    (checks.experts_engaged, facts(experts=(EXPERT,)), "13-1-2", "experts"),
    (checks.experts_engaged, facts(experts=(INDUSTRY,)), "13-1-2", "experts"),
    (
        checks.experts_engaged,
        facts(experts=(INDUSTRY, replace(EXPERT, has_conflict=True, is_ended=True))),
        "13-1-2",
        "experts",
    ),
    (
        checks.experts_engaged,
        facts(experts=(EXPERT, replace(INDUSTRY, is_answered=False))),
        "13-1-2",
        "experts",
    ),
    (
        checks.experts_engaged,
        facts(experts=(EXPERT, replace(INDUSTRY, has_conflict=None))),
        "13-1-2",
        "experts",
    ),
    (checks.partner_qualified, facts(partner_subject_refusal="个体工商户"), "10-2", "partner"),
    (checks.partner_qualified, facts(diligence={}), "10-0", "partner"),
    (checks.partner_qualified, facts(diligence_concluded=False), "10-0", "partner"),
    (checks.partner_qualified, diligence("10-4", finding="unverified"), "10-4", "partner"),
    (checks.partner_qualified, diligence("10-6", finding="unmet"), "10-6", "partner"),
    (checks.partner_qualified, diligence("10-6", is_expired=True), "10-6", "partner"),
    (checks.visited_by_two, answered("partner", visitors="冯岚、冯岚"), "13-1-3", "partner"),
    (
        checks.fixed_assets_settled,
        answered("contract_elements", disposal_rule="到期另行协商。"),
        "13-4-3",
        "contract_elements",
    ),
    (
        checks.fixed_assets_settled,
        replace(
            answered("contract_elements", fixed_assets=[{"item": "地板"}]),
            has_partner_fixed_investment=False,
        ),
        "13-4-3",
        "contract_elements",
    ),
    (checks.term_within_five_years, facts(ends_on=date(2031, 12, 2)), "13-4-4", "overview"),
    (checks.term_within_five_years, facts(ends_on=date(2026, 11, 30)), "13-4-4", "overview"),
    (
        checks.term_within_five_years,
        facts(joined_starts_on=date(2024, 1, 1)),
        "13-4-4",
        "overview",
    ),
    (checks.negative_list_clear, answered("negative_list", harms_image="yes"), "18-4", "negative_list"),
    (checks.negative_list_clear, answered("negative_list", sub_letting="yes"), "18-1", "negative_list"),
    (
        checks.negative_list_clear,
        answered("negative_list", unrelated_business="yes"),
        "18-5",
        "negative_list",
    ),
    (
        ancillary_kept_small,
        replace(
            answered("negative_list", unrelated_business="yes", ancillary_services=[
                {"service": "影院", "items": "放映", "area": "10"}
            ]),
            venue_area=Decimal(1000), ancillary_area_cap=Decimal(10), ancillary_kinds=("文印",),
        ),
        "18-6",
        "negative_list",
    ),
    (checks.not_a_disguised_lease, facts(texts=("由合作方承包经营。",)), "18-1", "negative_list"),
    (
        checks.not_a_disguised_lease,
        answered("negative_list", fixed_income="yes", partner_bears_all="yes"),
        "18-1",
        "negative_list",
    ),
    (checks.constants_kept, answered("five_constants", name="no"), "18-2", "five_constants"),
    (
        checks.dates_in_order,
        replace(answered("appraisal", concluded_on="2026-11-21"), experts=(), venue_decision=None),
        "13-1-1",
        "appraisal",
    ),
    (checks.dates_in_order, answered("partner", visited_on="2026-11-21"), "13-1-3", "partner"),
    (
        checks.dates_in_order,
        facts(experts=(EXPERT, replace(INDUSTRY, opined_on=date(2026, 10, 9)))),
        "13-1-2",
        "experts",
    ),
    (
        checks.dates_in_order,
        facts(experts=(EXPERT, replace(INDUSTRY, opined_on=date(2026, 10, 21)))),
        "13-3-1",
        "venue_decision",
    ),
    (checks.milestones_within_term, milestones({"name": "签约", "due_on": "2026-12-20"}), "17-2", "roadmap"),
    (
        checks.milestones_within_term,
        milestones({"name": "收尾", "owner": "冯岚", "due_on": "2029-12-01"}),
        "17-2",
        "roadmap",
    ),
    (checks.venue_decided, facts(venue_decision=None), "18-3", "venue_decision"),
    (
        checks.venue_decided,
        facts(venue_decision=replace(GOOD.venue_decision, is_passed=False)),
        "18-3",
        "venue_decision",
    ),
    (
        checks.venue_decided,
        facts(venue_decision=replace(GOOD.venue_decision, is_current=False)),
        "18-3",
        "venue_decision",
    ),
    (
        checks.venue_record_filed,
        facts(venue_decision=replace(GOOD.venue_decision, has_original=False)),
        "17-1",
        "venue_record",
    ),
    (
        checks.whole_venue_explained,
        replace(answered("overview", area="1800"), venue_area=Decimal(1800)),
        "12-2b",
        "overview",
    ),
    (
        checks.under_overall_plan,
        replace(
            answered("overview", area="601"),
            overall=OverallFact(max_area=Decimal(1000), used_area=Decimal(400)),
        ),
        "13-3-2",
        "overview",
    ),
    (
        checks.under_overall_plan,
        facts(
            partner_kind="association",
            overall=OverallFact(partner_kinds=("legal_person",)),
        ),
        "13-3-2",
        "partner",
    ),
    (
        mode_checks.counterparts_are_union_venues,
        facts(mode="internal", unknown_counterparts=("某某会所",)),
        "14-1-1",
        "partner",
    ),
    (
        mode_checks.commission_proven,
        replace(
            answered("undertaking", commission_kind="government", procured_on="2026-11-21"),
            mode="undertaking",
        ),
        "14-3-1",
        "undertaking",
    ),
    (
        mode_checks.sponsorship_is_no_trade,
        replace(answered("sponsorship", gives_brand="yes"), mode="sponsorship"),
        "18-7",
        "sponsorship",
    ),
    (
        mode_checks.sponsorship_is_no_trade,
        replace(answered("sponsorship", return_for_sponsor="赞助方独家销售饮品。"), mode="sponsorship"),
        "18-1",
        "sponsorship",
    ),
    (
        mode_checks.explored_by_the_union,
        facts(mode="other", route_bodies=("party_group",)),
        "14-5-1",
        "initiative",
    ),
    (
        mode_checks.explored_by_the_union,
        facts(mode="other", initiative=InitiativeFact(decided_on=date(2026, 9, 1))),
        "14-5-1",
        "route",
    ),
    (
        mode_checks.control_kept,
        replace(
            answered("control", control_personnel="由工会决定。", control_brand="由工会决定。"),
            mode="other",
        ),
        "14-5-1",
        "control",
    ),
    (checks.points_answered, facts(unanswered_points=1), "13-2-1", "return_points"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "plan", "code", "section"), CASES)
def test_a_check_that_fails_names_its_rule_and_place(check, plan, code, section):
    found = list(check(plan))

    assert [(one.code, one.section) for one in found] == [(code, section)]
    assert found[0].text.endswith("。") or found[0].text == "个体工商户"


def test_a_conflict_is_named_until_it_ends_or_another_is_heard():
    conflicted = replace(EXPERT, name="有关系", has_conflict=True, opined_on=date(2026, 1, 5))
    alone = [one.text for one in checks.experts_engaged(facts(experts=(INDUSTRY, conflicted)))]

    assert len(alone) == 2
    assert "还缺少一名已声明无利害关系并出具意见的律师" in alone[0]
    assert "有关系声明有利害关系" in alone[1]
    beside = facts(experts=(EXPERT, INDUSTRY, conflicted))
    assert list(checks.experts_engaged(beside)) == list(checks.dates_in_order(beside)) == []


def test_every_check_has_a_failing_case():
    assert {case[0] for case in CASES} | {checks.sections_answered} == set(checks.SUBMISSION_CHECKS)


def test_a_question_not_answered_is_told_with_its_field():
    found = list(checks.sections_answered(GOOD))

    assert ("overview", "content") in {(one.section, one.field) for one in found}
    assert ("appraisal", "necessity") not in {(one.section, one.field) for one in found}


@pytest.mark.parametrize("code", sorted(checks.EXCEPTIONABLE - {"10-1", "10-3", "10-4", "10-5"}))
def test_an_approved_exception_sets_a_soft_rule_aside(code):
    plans = {
        "10-2": diligence("10-2", finding="unmet"),
        "10-6": diligence("10-6", finding="unmet"),
        "13-4-4": facts(ends_on=date(2031, 12, 2)),
        "18-5": answered("negative_list", unrelated_business="yes"),
    }
    every = tuple(check for check in CONTENT)
    found = findings(plans[code], every)
    assert code in {one.code for one in found}

    left = findings(replace(plans[code], active_exceptions=frozenset({code})), every)

    assert [one for one in left if one.code == code] == []


def test_an_exception_never_opens_a_hard_rule():
    exceptions = frozenset({"18-4", "10-6", "18-2"})
    plan = replace(answered("negative_list", harms_image="yes"), active_exceptions=exceptions)

    assert [one.code for one in findings(plan, (checks.negative_list_clear,))] == ["18-4"]


def test_what_is_not_verified_is_hard_though_its_rule_is_soft():
    plan = replace(diligence("10-6", finding="unverified"), active_exceptions=frozenset({"10-6"}))

    found = findings(plan, (checks.partner_qualified,))

    assert [one.severity for one in found] == [Severity.HARD]


def test_internal_cooperation_is_not_held_against_partner_and_term():
    plan = replace(
        GOOD, mode="internal", has_partner=False, diligence={}, ends_on=date(2033, 1, 1),
        overall=OverallFact(),
    )  # fmt: skip

    assert list(checks.partner_qualified(plan)) == []
    assert findings(plan, (checks.term_within_five_years,)) == []
    assert list(checks.visited_by_two(plan)) == []


def test_every_stage_has_a_desk():
    assert DESKS.keys() == set(Stage)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("action", Action)
def test_an_action_outside_the_procedure_is_refused_with_a_sentence(stage, action):
    known = any(one.action is action and one.source is stage for one in PROCEDURE)

    found = blockers(replace(GOOD, stage=stage), action)

    refused = [one for one in found if "不能办理" in one.text]
    assert bool(refused) is not known
