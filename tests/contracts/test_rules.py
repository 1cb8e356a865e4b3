"""The rules of a contract, on facts written by hand: each vector is a day or a word at the edge."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.enums import Action, ClauseCode, ContractState, Desk, GateCode
from contracts.rules import content
from contracts.rules.facts import AssetFact
from contracts.rules.procedure import DESKS, NEXT_CHECKS, PROCEDURE, blockers, transition_of
from tests.contracts.given import TODAY, WORDS, facts, said, with_clause


@pytest.mark.parametrize(
    ("action", "state"),
    [(one.action, one.source) for one in PROCEDURE],
    ids=lambda value: str(value),
)
def test_a_whole_contract_is_never_in_its_own_way(action, state):
    given = facts(state=state, effective_on=TODAY if action is Action.PUT_INTO_EFFECT else None)

    assert blockers(given, action) == []


def test_every_state_has_a_desk_a_tone_and_its_transitions():
    assert set(DESKS) == set(ContractState)
    assert {state.tone for state in ContractState} <= {"ok", "warn", "bad", "info", "idle"}
    assert set(NEXT_CHECKS) == {state for state, desk in DESKS.items() if desk is not Desk.NOBODY}
    assert {gate.rule for gate in GateCode} == {"13-5-2", "17-4", "17-3"}


def test_an_action_out_of_its_state_is_refused_by_name():
    for state in ContractState:
        for action in Action:
            if transition_of(action, state) is None:
                (reason,) = blockers(facts(state=state), action)
                assert state.label in reason.text
                assert action.label in reason.text


@pytest.mark.parametrize("code", ClauseCode.REQUIRED)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_present": None}, "尚未填写"),
        ({"is_present": False}, "没有载明"),
        ({"clause_no": " "}, "条款号"),
        ({"quotation": ""}, "不足 10 个字"),
        ({"quotation": "一二三四五六七八九。， "}, "不足 10 个字"),
    ],
    ids=["unanswered", "absent", "no_number", "empty", "nine_signs"],
)
def test_each_of_nine_clauses_is_asked_for(code, changes, words):
    (reason,) = content.clauses_complete(with_clause(code, **changes))

    assert words in reason.text
    assert (reason.code, reason.field) == ("13-4-2", code)


def test_ten_signs_are_enough():
    given = with_clause("exit", quotation="一二三四五六七八九十")

    assert said(content.clauses_complete, given) == []


def test_one_sentence_under_two_clauses_is_found_through_spaces_and_stops():
    given = with_clause("exit", quotation=WORDS["constraint"].replace("，", " "))

    (reason,) = content.quotations_differ(given)
    assert "约束机制" in reason.text
    assert "退出机制" in reason.text


@pytest.mark.parametrize(
    "words", ["收入分配比例详见附件二所列的明细表。", "以附件为准，双方另附表格说明。"]
)
def test_see_annex_needs_the_annex(words):
    given = with_clause("income_distribution", quotation=words)

    assert said(content.annex_attached, given) == [("13-4-2", "income_distribution")]
    assert said(content.annex_attached, replace(given, has_annex=True)) == []


def test_for_internal_cooperation_the_clauses_are_a_record_only():
    given = facts(
        mode="internal", clauses=(), valuation=None, contributed_assets=(),
        has_partner_fixed_investment=None, credit_finding="", credit_checked_on=None,
        state=ContractState.READY,
    )  # fmt: skip

    assert blockers(given, Action.SIGN) == []
    assert blockers(replace(given, state=ContractState.CLAUSE_CHECK), Action.PASS_CHECK) == []


def test_internal_cooperation_keeps_bans_and_constants():
    given = facts(mode="internal", bans_seal=None, five_constants_confirmed=False)

    codes = [r.code for r in blockers(given, Action.SUBMIT)]
    assert codes == ["18-8", "18-2"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"has_partner_fixed_investment": None}, "has_partner_fixed_investment"),
        (
            {"has_partner_fixed_investment": False, "fixed_assets": ("运动地板",)},
            "has_partner_fixed_investment",
        ),
        (  # the plan said yes
            {"has_partner_fixed_investment": False, "fixed_assets": ()},
            "has_partner_fixed_investment",
        ),
        ({"fixed_assets": ()}, "fixed_assets"),
        ({"disposal_method": ""}, "disposal_method"),
        ({"disposal_rule": " "}, "disposal_rule"),
        ({"disposal_rule": "双方另行协商。"}, "disposal_rule"),
    ],
    ids=[
        "unanswered",
        "no_but_listed",
        "no_but_plan_yes",
        "no_list",
        "no_method",
        "no_rule",
        "vague",
    ],
)
def test_fixed_assets_of_the_partner_are_settled(changes, field):
    assert said(content.fixed_assets_settled, facts(**changes)) == [("13-4-3", field)]


def test_a_vague_disposal_clause_is_found():
    given = with_clause("fixed_asset_disposal", quotation="合作终止后固定资产由双方另行协商处置。")

    assert said(content.fixed_assets_settled, given) == [("13-4-3", "disposal_rule")]


def test_no_fixed_assets_needs_no_ninth_clause():
    plan = replace(facts().plan, has_partner_fixed_investment=False)
    given = facts(plan=plan, has_partner_fixed_investment=False, fixed_assets=())
    given = with_clause("fixed_asset_disposal", given, is_present=None)

    assert blockers(given, Action.SUBMIT) == []


def test_fixed_assets_need_the_ninth_clause():
    given = with_clause("fixed_asset_disposal", is_present=False)

    assert said(content.clauses_complete, given) == [("13-4-3", "fixed_asset_disposal")]


@pytest.mark.parametrize(
    ("start", "end", "is_allowed"),
    [
        ("2024-03-01", "2029-02-28", True),
        ("2024-03-01", "2029-03-01", True),  # the corresponding day, with a note
        ("2024-03-01", "2029-03-02", False),
        ("2024-02-29", "2029-02-27", True),
        ("2024-02-29", "2029-02-28", True),
        ("2024-02-29", "2029-03-01", False),
        ("2025-01-01", "2029-12-31", True),
        ("2025-01-01", "2030-01-02", False),
    ],
)
def test_five_years_by_the_calendar(start, end, is_allowed):
    given = facts(starts_on=date.fromisoformat(start), ends_on=date.fromisoformat(end))
    given = replace(given, plan=replace(given.plan, starts_on=None, ends_on=None))

    assert (said(content.term_allowed, given) == []) is is_allowed


def test_renewals_add_up_unless_an_exception_stands():
    given = facts(joined_starts_on=date(2024, 11, 1))
    (reason,) = content.term_allowed(given)
    assert reason.code == "13-4-4"
    assert "含前后相接的合同" in reason.text
    assert "5年1个月" in reason.text

    excepted = replace(given, plan=replace(given.plan, active_exceptions=frozenset({"13-4-4"})))
    assert said(content.term_allowed, excepted) == []
    assert "例外" in next(content.notes(excepted)).text


@pytest.mark.parametrize(
    ("start", "end", "is_within"),
    [
        ("2026-12-01", "2029-11-30", True),
        ("2026-12-01", "2029-12-01", False),
        ("2027-01-15", "2030-01-14", True),  # begun later, no longer
        ("2027-01-15", "2030-01-15", False),
        ("2027-03-01", "2030-02-28", True),
        ("2027-02-28", "2030-02-27", True),
    ],
)
def test_the_contract_is_not_longer_than_the_plan(start, end, is_within):
    given = facts(starts_on=date.fromisoformat(start), ends_on=date.fromisoformat(end))

    expected = [] if is_within else [("13-2-2", "ends_on")]
    assert said(content.term_allowed, given) == expected


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 11, 30)},
        {"ends_on": None},
        {"starts_on": None},
    ],
    ids=["reversed", "open_ended", "no_start"],
)
def test_a_term_has_two_days_in_order(dates):
    assert said(content.term_allowed, facts(**dates)) == [("13-4-4", "ends_on")]


def test_a_term_of_one_day_is_a_term():
    given = facts(ends_on=date(2026, 12, 1))

    assert said(content.term_allowed, given) == []


@pytest.mark.parametrize("field", ["bans_papers", "bans_seal", "bans_receipts", "bans_account"])
@pytest.mark.parametrize("answer", [None, False])
def test_each_ban_is_confirmed_for_itself(field, answer):
    assert said(content.bans_confirmed, facts(**{field: answer})) == [("18-8", field)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"payment_account_holder": ""}, "payment_account_holder"),
        ({"payment_account_holder": "partner"}, "payment_account_holder"),
        ({"payment_account_holder": "other"}, "payment_account_holder"),
        ({"payment_account_last4": "12"}, "payment_account_last4"),
        ({"payment_account_last4": "１２３４"}, "payment_account_last4"),
    ],
)
def test_income_comes_to_the_venues_account(changes, field):
    assert said(content.account_is_venues, facts(**changes)) == [("18-8", field)]


@pytest.mark.parametrize(
    ("words", "is_suspect"),
    [
        ("乙方承包经营羽毛球馆，自负盈亏，自行定价。", True),
        ("乙方可将部分场地转租给第三方使用经营。", True),
        ("乙方每年向甲方交纳租金并享受固定回报和保底。", True),
        ("乙方不得转租、分租，不得以承包经营方式运营。", False),
    ],
)
def test_a_lease_in_disguise_is_read_from_the_clauses(words, is_suspect):
    found = said(content.not_a_disguised_lease, with_clause("cooperation_mode", quotation=words))

    assert found == ([("18-1", "clauses")] if is_suspect else [])


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "羽毛球馆承包合同"},
        {"disposal_rule": "三十日内移交，场馆由乙方承租。"},
        {"fixed_assets": ("运动地板", "承包经营权")},
        {"contributed_assets": (AssetFact(name="羽毛球馆出租权", nature="intangible"),)},
    ],
    ids=["title", "disposal", "fixed_asset", "contributed_asset"],
)
def test_every_text_of_the_contract_is_read(changes):
    found = said(content.not_a_disguised_lease, facts(**changes))

    assert found == [("18-1", "clauses")]


@pytest.mark.parametrize(
    "sign",
    ["DL-07", "DL-12"],
)
def test_clauses_silent_on_welfare_or_on_quality_are_a_sign(sign):
    silent = [
        replace(one, quotation="双方共同开办羽毛球馆并按比例分成。") for one in facts().clauses
    ]
    spoken = {"DL-07": "每周安排公益时段。", "DL-12": "每年考核服务。"}
    other = next(text for code, text in spoken.items() if code != sign)
    silent[0] = replace(silent[0], quotation=other)

    result = content.lease_screen(facts(clauses=tuple(silent)))

    assert [hit.indicator.code for hit in result.hits] == [sign]
    assert result.score == 15
    silent[1] = replace(silent[1], quotation=spoken[sign])
    assert content.lease_screen(facts(clauses=tuple(silent))).hits == ()
