"""The rules of a contract, on facts written by hand: each vector is a day or a word at the edge."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.checks import EXCEPTIONABLE
from contracts.enums import Action, ClauseCode, ContractState, Desk, GateCode
from contracts.rules import content, signing
from contracts.rules.facts import (
    AssetFact,
    ClauseFact,
    ContractFacts,
    DecisionFact,
    PlanFact,
    ValuationFact,
)
from contracts.rules.procedure import (
    DESKS,
    NEXT_CHECKS,
    PROCEDURE,
    ahead,
    blockers,
    missing,
    transition_of,
)
from core.errors import Reason

TODAY = date(2026, 11, 20)
WORDS = {
    "project_content": "甲乙双方共同开办职工羽毛球馆并开展健身培训。",
    "cooperation_mode": "双方共建场馆，收入按比例分成，共担经营风险。",
    "term": "合作期限三年，自二〇二六年十二月一日起算。",
    "investment_source": "改造资金由乙方以自有资金投入，分两期到位。",
    "expected_income": "预计年收入五十万元，按上两年客流测算得出。",
    "income_distribution": "年度净收入甲方得百分之四十，乙方得百分之六十。",
    "risk_assessment": "双方每半年评估客流、安全、资金三类风险。",
    "constraint": "职工满意度低于八十分的，乙方须在三十日内整改。",
    "exit": "两次整改不到位的，甲方有权解除合同并清退。",
    "fixed_asset_disposal": "合同终止后运动地板等设施三十日内无偿移交甲方。",
}


def clause(code: str, **changes) -> ClauseFact:
    fields = {"is_present": True, "clause_no": "第三条", "quotation": WORDS[code]}
    return ClauseFact(code=code, **(fields | {"reviewer_ok": True} | changes))


def facts(**changes) -> ContractFacts:
    """A contract of 对外合作 to which nothing is lacking, signed today."""
    whole = {
        "today": TODAY,
        "plan": PlanFact(
            approved_on=date(2026, 11, 10),
            starts_on=date(2026, 12, 1),
            ends_on=date(2029, 11, 30),
            has_partner_fixed_investment=True,
            decisions=(DecisionFact(label="阵地集体决策", day=date(2026, 10, 20)),),
            replied_on=date(2026, 11, 10),
        ),
        "clauses": tuple(clause(code) for code in ClauseCode.values),
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2029, 11, 30),
        "contributed_assets": (AssetFact(name="羽毛球馆", nature="tangible"),),
        "has_partner_fixed_investment": True,
        "fixed_assets": ("运动地板",),
        "disposal_method": "free_transfer",
        "disposal_rule": "到期后三十日内无偿移交。",
        "bans_papers": True,
        "bans_seal": True,
        "bans_receipts": True,
        "bans_account": True,
        "five_constants_confirmed": True,
        "payment_account_holder": "venue",
        "payment_account_last4": "0178",
        "valuation": ValuationFact(
            base_date=date(2026, 9, 30),
            reported_on=date(2026, 10, 20),
            valid_until=date(2027, 9, 29),
            assets=(AssetFact(name="羽毛球馆", nature="tangible"),),
        ),
        "credit_finding": "met",
        "credit_checked_on": date(2026, 11, 12),
        "signed_on": TODAY,
        "venue_signatory": "冯岚",
        "partner_signatory": "高健",
        "signatory_authority": "双方法定代表人",
        "copies": 4,
        "has_signed_copy": True,
    }
    return ContractFacts(**(whole | changes))


def with_clause(code: str, base: ContractFacts | None = None, **changes) -> ContractFacts:
    base = base or facts()
    rest = tuple(one for one in base.clauses if one.code != code)
    return replace(base, clauses=(*rest, clause(code, **changes)))


def with_plan(**changes) -> ContractFacts:
    base = facts()
    return replace(base, plan=replace(base.plan, **changes))


def said(check, given: ContractFacts) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in check(given)]


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


@pytest.mark.parametrize(
    ("signed", "codes"),
    [("2027-11-10", []), ("2027-11-11", ["13-2-2"])],
    ids=["last_day", "lapsed"],
)
def test_an_approval_lapses_after_twelve_months(signed, codes):
    given = facts(signed_on=date.fromisoformat(signed))

    assert [code for code, _ in said(signing.plan_in_force, given)] == codes


def test_nothing_is_drawn_up_signed_or_put_into_effect_under_a_halted_overall_plan():
    given = with_plan(is_halted=True)

    assert said(signing.overall_plan_not_halted, given) == [("13-3-2", "")]
    for action in ("submit", "sign", "put_into_effect"):
        checks = [one.checks for one in PROCEDURE if one.action == action]
        assert checks
        assert all(signing.overall_plan_not_halted in one for one in checks)


def test_a_plan_not_approved_carries_no_contract():
    assert said(signing.plan_in_force, with_plan(is_approved=False)) == [("18-3", "")]


def test_open_conditions_stop_the_signing_only():
    given = with_plan(open_conditions=("补充消防验收文件",))

    assert blockers(replace(given, state=ContractState.LEGAL_REVIEW), Action.CLEAR_LEGAL) == []
    (reason,) = blockers(replace(given, state=ContractState.READY), Action.SIGN)
    assert "补充消防验收文件" in reason.text


@pytest.mark.parametrize(
    ("base", "report", "until", "signed", "is_good"),
    [
        ("2025-11-20", "2025-12-20", "2026-11-20", "2026-11-20", True),  # base + 1 year itself
        ("2025-11-19", "2025-12-20", "2026-11-19", "2026-11-20", False),
        ("2026-09-30", "2026-11-20", "2027-09-30", "2026-11-20", True),  # reported on the day
        ("2026-09-30", "2026-11-21", "2027-09-30", "2026-11-20", False),
        ("2026-09-30", "2026-10-20", "2026-11-19", "2026-11-20", False),  # its own validity ended
        ("2026-10-21", "2026-10-20", "2027-09-30", "2026-11-20", False),
        ("2024-02-29", "2024-03-20", "2025-02-28", "2025-02-28", True),
        ("2024-02-29", "2024-03-20", "2025-03-30", "2025-03-01", False),
    ],
)
def test_a_valuation_lies_before_the_signing_and_within_a_year(
    base, report, until, signed, is_good
):
    days = [date.fromisoformat(day) for day in (base, report, until)]
    valuation = ValuationFact(
        base_date=days[0], reported_on=days[1], valid_until=days[2],
        assets=(AssetFact(name="羽毛球馆", nature="tangible"),),
    )  # fmt: skip
    given = facts(valuation=valuation, signed_on=date.fromisoformat(signed))

    assert (said(signing.valued_before_signing, given) == []) is is_good


def test_without_valuation_nothing_is_signed_with_an_outsider():
    assert said(signing.valued_before_signing, facts(valuation=None)) == [("13-4-1", "")]
    internal = facts(valuation=None, mode="internal")
    assert said(signing.valued_before_signing, internal) == []


@pytest.mark.parametrize(
    "asset",
    [
        AssetFact(name="东城文化宫品牌", nature="intangible"),
        AssetFact(name="羽毛球馆", nature="intangible"),
    ],
    ids=["not_valued", "valued_as_house_only"],
)
def test_a_brand_is_valued_as_a_brand(asset):
    given = facts(contributed_assets=(*facts().contributed_assets, asset))

    assert said(signing.valued_before_signing, given) == [("13-4-1", "contributed_assets")]


@pytest.mark.parametrize(
    ("checked", "is_good"),
    [("2026-10-20", False), ("2026-10-21", True), ("2026-11-20", True), ("2026-11-21", False)],
)
def test_the_credit_check_is_thirty_days_old_at_most(checked, is_good):
    given = facts(credit_checked_on=date.fromisoformat(checked))

    assert (said(signing.credit_checked, given) == []) is is_good


@pytest.mark.parametrize(
    "changes",
    [
        {"credit_checked_on": None},
        {"credit_finding": "unverified"},
    ],
)
def test_an_unchecked_record_stops_the_signing(changes):
    assert said(signing.credit_checked, facts(**changes)) == [("10-6", "")]


@pytest.mark.parametrize("code", sorted(EXCEPTIONABLE))
@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.SUBMIT, ContractState.DRAFT),
        (Action.PASS_CHECK, ContractState.CLAUSE_CHECK),
        (Action.CLEAR_LEGAL, ContractState.LEGAL_REVIEW),
        (Action.SIGN, ContractState.READY),
    ],
)
def test_what_the_plan_rests_on_an_exception_for_stops_every_step_to_the_signature(
    code, action, state
):
    """第十条、第十三条（四）、第十八条「原则上」: the eight rules, none of them left out."""
    given = facts(state=state, unexcepted=(Reason("不符合，须办理例外审批。", code),))

    assert [reason.code for reason in blockers(given, action)] == [code]
    assert "没有有效的例外" in blockers(given, action)[0].text


def test_a_term_too_long_is_said_once():
    given = facts(joined_starts_on=date(2024, 11, 1), unexcepted=(Reason("超过。", "13-4-4"),))

    assert said(content.exceptions_stand, given) == []
    assert said(content.term_allowed, given) == [("13-4-4", "ends_on")]


@pytest.mark.parametrize(
    ("signed", "codes"),
    [
        ("2026-11-20", []),
        ("2026-11-21", [""]),  # tomorrow
        ("2026-11-10", []),  # the day of the reply
        ("2026-11-09", ["18-3"]),
        ("2026-10-19", ["18-3", "18-3"]),
    ],
)
def test_signing_follows_decisions_and_reply(signed, codes):
    given = facts(signed_on=date.fromisoformat(signed))

    assert [code for code, _ in said(signing.signed_after_decisions, given)] == codes


def test_without_reply_nothing_is_signed():
    assert said(signing.signed_after_decisions, with_plan(replied_on=None)) == [
        ("18-3", "signed_on")
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_on": None}, "signed_on"),
        ({"venue_signatory": " "}, "venue_signatory"),
        ({"partner_signatory": ""}, "partner_signatory"),
        ({"partner_signatory": "冯岚"}, "partner_signatory"),
        ({"signatory_authority": ""}, "signatory_authority"),
        ({"copies": 1}, "copies"),
        ({"copies": None}, "copies"),
    ],
)
def test_signatures_are_complete(changes, field):
    assert [name for _, name in said(signing.signatures_complete, facts(**changes))] == [field]


def test_filing_needs_the_signed_copy_and_follows_signing():
    assert said(signing.signed_copy_kept, facts(has_signed_copy=False)) == [("", "file")]
    assert said(signing.signed_copy_kept, facts(signed_on=date(2026, 11, 21))) == [("", "")]


def test_every_open_gate_is_named_with_its_rule():
    given = facts(state=ContractState.FILED, open_gates=tuple(GateCode.values), effective_on=TODAY)

    assert [r.code for r in blockers(given, Action.PUT_INTO_EFFECT)] == ["13-5-2", "17-4", "17-3"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-11-20", []), ("2026-11-19", [""]), ("2026-11-21", [""])],
    ids=["signing_day", "before_signing", "tomorrow"],
)
def test_effect_follows_signing_and_has_come(day, codes):
    given = facts(effective_on=date.fromisoformat(day))

    assert [code for code, _ in said(signing.effective_day_reached, given)] == codes


def test_all_reasons_are_given_at_once():
    given = facts(
        bans_papers=None, payment_account_holder="partner", five_constants_confirmed=None,
        contributed_assets=(),
    )  # fmt: skip

    codes = [reason.code for reason in blockers(given, Action.SUBMIT)]
    assert sorted(codes) == ["13-4-1", "18-1", "18-2", "18-8", "18-8"]  # DL-08 beside 18-8


def test_what_signing_will_ask_is_shown_before_it():
    given = facts(valuation=None, signed_on=None)

    assert [reason.code for reason in ahead(given)] == ["13-4-1"]
    assert missing(given) == []
    assert ahead(replace(given, state=ContractState.READY)) == []
    assert [r.code for r in missing(replace(given, state=ContractState.READY))] == ["13-4-1"]


def test_notes_speak_of_what_stops_nothing():
    given = with_clause(
        "term",
        facts(signed_on=date(2026, 12, 2), is_filed_late=True, ends_on=date(2031, 12, 1)),
        quotation="合同期满双方无异议的自动续期一年，期限照旧。",
    )

    texts = " ".join(note.text for note in content.notes(given))
    for words in ("对应日", "倒签", "自动续期", "超过备案时限"):
        assert words in texts


def test_a_forbidden_renewal_is_no_note():
    given = with_clause("term", quotation="合同期满不得自动续期，须重新决策后另签合同。")

    assert list(content.notes(given)) == []
