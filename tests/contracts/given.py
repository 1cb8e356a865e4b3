"""A contract to which nothing is lacking, as facts written by hand."""

from dataclasses import replace
from datetime import date

from contracts.enums import ClauseCode
from contracts.rules.facts import (
    AssetFact,
    ClauseFact,
    ContractFacts,
    DecisionFact,
    PlanFact,
    ValuationFact,
)

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
