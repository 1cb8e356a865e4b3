"""From an approved plan to each state of its contract, through the services of contracts."""

import dataclasses
from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from approvals.enums import Stage
from approvals.models import Proposal, ProposalVersion, Reply
from contracts import services
from contracts.enums import ClauseCode, ContractState, GateCode
from contracts.models import Contract
from contracts.services import AssetEntry, ClauseEntry, ContractEntry, ValuationEntry
from partners.models import DueDiligenceItem
from tests.approvals import builders as plans
from tests.approvals.builders import World, moment

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
SIGNED_ON = date(2026, 11, 16)
NOW = moment("2026-11-20 10:00")


def approved_plan(world: World, mode: str = "external") -> Proposal:
    """An operation plan with its reply issued on 10 November.

    The steps from the venue's decision to the reply are written straight into the rows:
    tests/approvals walks that road, the contract begins behind it.
    """
    return approve(world, plans.decide(world, plans.complete(world, plans.new_plan(world, mode))))


def approve(world: World, plan: Proposal) -> Proposal:
    """A plan its venue decided on, approved and replied to on 10 November."""
    at = moment("2026-11-10 15:00")
    ProposalVersion.objects.create(
        proposal=plan, no=1, snapshot="{}", sha256="0" * 64,
        submitted_by=world["venue.manager"], submitted_at=at,
    )  # fmt: skip
    number = f"HZ-2026-{Proposal.objects.count():04d}"
    Proposal.objects.filter(pk=plan.pk).update(
        stage=Stage.APPROVED, decided_at=at, shared_at=at, number=number, version_no=1,
        submitted_by=world["venue.manager"], submitted_at=at,
    )  # fmt: skip
    plan.cooperation.code = number
    plan.cooperation.save()
    Reply.objects.create(
        proposal=plan, state="issued", document_number=f"西工资批〔2026〕{number[-2:]}号",
        approved_matters="同意。", requirements="依法签约。", drafted_by=world["asset.officer"],
        drafted_at=at, issued_by=world["leader"], issued_on=at.date(),
    )  # fmt: skip
    DueDiligenceItem.objects.filter(code="10-6").update(checked_on=date(2026, 11, 12))
    return plans.fresh(plan)


def fresh(contract: Contract) -> Contract:
    rows = Contract.objects.select_related(
        "venue", "partner", "proposal", "cooperation__supervising_union"
    )
    return rows.get(pk=contract.pk)


def drafted(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = services.draft_contract(
        proposal=plan or approved_plan(world, mode), title="职工羽毛球馆合作合同",
        by=world["venue.staff"], at=moment("2026-11-11 09:00"),
    )  # fmt: skip
    return fresh(contract)


def entry(contract: Contract, **changes) -> ContractEntry:
    """Everything the venue answers; what the plan said stays."""
    is_external = contract.cooperation.mode == "external"
    whole = ContractEntry(
        title=contract.title,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        contributed_assets=[{"name": "羽毛球馆", "nature": "tangible"}] if is_external else [],
        has_partner_fixed_investment=contract.has_partner_fixed_investment,
        fixed_assets=contract.fixed_assets,
        disposal_method=contract.disposal_method,
        disposal_rule=contract.disposal_rule,
        bans_papers=True,
        bans_seal=True,
        bans_receipts=True,
        bans_account=True,
        payment_account_holder="venue",
        payment_account_last4="0178",
        five_constants_confirmed=True,
    )
    return dataclasses.replace(whole, **changes)


def clauses(**changes: dict) -> list[ClauseEntry]:
    """Every clause in its own words; `exit={"quotation": ""}` changes one."""
    rows = []
    for number, code in enumerate(ClauseCode.values, start=1):
        fields = {"is_present": True, "clause_no": f"第{number}条", "quotation": WORDS[code]}
        rows.append(ClauseEntry(code=code, **(fields | changes.get(code, {}))))
    return rows


def valuation(**changes) -> ValuationEntry:
    whole = ValuationEntry(
        valuer="西安正信资产评估有限公司",
        valuer_uscc="91610103MA6TBQ0M5K",
        appraiser="杨评",
        report_no="正信评报字〔2026〕118号",
        method="收益法",
        base_date=date(2026, 9, 30),
        reported_on=date(2026, 10, 20),
        valid_until=date(2027, 9, 29),
        assets=[
            AssetEntry(
                name="羽毛球馆", nature="tangible", value=Decimal("3200000.00"), clause_ref="第六条"
            )
        ],
    )
    return dataclasses.replace(whole, **changes)


def written(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    """A draft to which nothing is lacking, valued where it must be."""
    contract = drafted(world, mode, plan)
    deed = {"by": world["venue.staff"], "at": moment("2026-11-11 10:00")}
    contract = services.update_contract(
        contract=contract, entry=entry(contract), version=contract.version, **deed
    )
    if mode == "external":
        contract = services.save_clauses(
            contract=contract, clauses=clauses(), version=contract.version, **deed
        )
        services.record_valuation(contract=contract, entry=valuation(), **deed)
    return fresh(contract)


# 固定收益 30 + 自负盈亏 20: SUSPECT by the score alone.
LEASE_WORDS = "乙方每年取得固定收益，场馆由乙方自负盈亏，收入按月结算，每周开放公益时段。"


def suspect(world: World, words: str = LEASE_WORDS) -> Contract:
    """A draft whose own words score 50."""
    contract = written(world)
    services.save_clauses(
        contract=contract, clauses=clauses(cooperation_mode={"quotation": words}),
        version=contract.version, by=world["venue.staff"], at=moment("2026-11-11 11:00"),
    )  # fmt: skip
    return fresh(contract)


def submitted(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = written(world, mode, plan)
    services.submit_for_check(
        contract=contract, version=contract.version, by=world["venue.staff"],
        at=moment("2026-11-12 09:00"),
    )  # fmt: skip
    return fresh(contract)


def checked(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = submitted(world, mode, plan)
    services.check_clauses(
        contract=contract, verdicts=dict.fromkeys(ClauseCode.values, (True, "")),
        is_cleared=True, note="条款齐全。", version=contract.version,
        by=world["asset.officer"], at=moment("2026-11-13 09:00"),
    )  # fmt: skip
    return fresh(contract)


def ready(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = checked(world, mode, plan)
    services.review_legally(
        contract=contract, opinion="条款合法有效，权利义务明确，可以签订。", is_cleared=True,
        version=contract.version, by=world["counsel"], at=moment("2026-11-14 09:00"),
    )  # fmt: skip
    return fresh(contract)


def sign(world: World, contract: Contract, **changes) -> Contract:
    fields = {
        "signed_on": SIGNED_ON, "venue_signatory": "冯岚", "partner_signatory": "高健",
        "signatory_authority": "双方法定代表人", "signed_at_place": "西安市", "copies": 4,
        "version": contract.version, "by": world["venue.manager"],
        "at": moment("2026-11-16 16:00"),
    }  # fmt: skip
    services.sign_contract(contract=contract, **(fields | changes))
    return fresh(contract)


def signed(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = sign(world, ready(world, mode, plan))
    attach(world, contract)
    return fresh(contract)


def picture() -> BytesIO:
    """A scan: a small PNG of its own content."""
    content = BytesIO()
    Image.new("RGB", (40, 40), "white").save(content, "PNG")
    content.seek(0)
    return content


def attach(world: World, contract: Contract, kind: str = "signed"):
    return services.add_file(
        contract=contract, kind=kind, upload=picture(), name="合同扫描件.png",
        by=world["venue.staff"], at=moment("2026-11-16 17:00"),
    )  # fmt: skip


def filed(
    world: World, mode: str = "external", plan: Proposal | None = None, **changes
) -> Contract:
    contract = signed(world, mode, plan)
    fields = {
        "version": contract.version, "by": world["asset.officer"],
        "at": moment("2026-11-17 09:00"),
    }  # fmt: skip
    services.file_contract(contract=contract, **(fields | changes))
    return fresh(contract)


def close_gates(world: World, contract: Contract) -> Contract:
    at = moment("2026-11-18 09:00")
    services.name_safety_officer(
        contract=contract, name="陈晨", duties="每日巡检", by=world["venue.staff"], at=at
    )
    for code in (GateCode.EVALUATION_PLAN, GateCode.DISCLOSURE):
        services.close_gate(
            contract=contract, code=code, evidence="已登记", by=world["asset.officer"], at=at
        )
    return fresh(contract)


def effective(world: World, mode: str = "external", plan: Proposal | None = None) -> Contract:
    contract = close_gates(world, filed(world, mode, plan))
    services.put_into_effect(
        contract=contract, effective_on=date(2026, 11, 20), version=contract.version,
        by=world["asset.officer"], at=NOW,
    )  # fmt: skip
    return fresh(contract)


ROAD = {
    ContractState.DRAFT: drafted,
    ContractState.CLAUSE_CHECK: submitted,
    ContractState.LEGAL_REVIEW: checked,
    ContractState.READY: ready,
    ContractState.SIGNED: signed,
    ContractState.FILED: filed,
    ContractState.EFFECTIVE: effective,
}
