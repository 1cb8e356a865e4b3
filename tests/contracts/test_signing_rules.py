"""The rules of signing, filing and taking effect, on facts written by hand."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.checks import EXCEPTIONABLE
from contracts.enums import Action, ContractState, GateCode
from contracts.rules import content, signing
from contracts.rules.facts import AssetFact, ValuationFact
from contracts.rules.procedure import PROCEDURE, ahead, blockers, missing
from core.errors import Reason
from tests.contracts.given import TODAY, facts, said, with_clause, with_plan


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
