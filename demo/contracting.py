"""Contracts of the demo: drafted, valued, checked, signed, filed, put into effect."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from approvals.rules.term import add_years
from contracts import services
from contracts.enums import ClauseCode
from contracts.models import Contract
from core.errors import ActionBlocked
from demo.evidence import paper
from demo.walk import Walk
from organizations.enums import UnionLevel

VALUER = "陕西秦评样例资产评估有限公司"
VALUER_USCC = "91610100MAXX02969A"
QUOTATIONS: Mapping[str, str] = {
    ClauseCode.COOPERATION_MODE: "甲方提供场地并主导定价和服务标准，乙方提供专业运营服务。",
    ClauseCode.TERM: "合作期限自起始日起至终止日止，期满合作终止，另行报批后方可继续。",
    ClauseCode.INVESTMENT_SOURCE: "甲方以场地和基础设施投入，乙方以设备和开办费用投入，来源均为自有资金。",
    ClauseCode.EXPECTED_INCOME: "双方按三年服务量和公示价格测算预期收益，实际收益以结算为准。",
    ClauseCode.INCOME_DISTRIBUTION: "经营收入全部进入甲方账户，扣除直接成本后甲方四成、乙方六成，按季结算。",
    ClauseCode.RISK_ASSESSMENT: "双方共同识别客流、安全和价格风险，投保公众责任险并按比例分担。",
    ClauseCode.CONSTRAINT: "乙方不得转租、分租或改变用途，不得使用甲方文书、印章、票据和账户。",
    ClauseCode.EXIT: "阶段评价不合格且整改不合格的，甲方应当终止合作，并妥善处理职工预付费。",
    ClauseCode.FIXED_ASSET_DISPOSAL: "合作终止后乙方投入的设备按五年直线折旧净值由甲方回购，三十日内移交。",
}


def current(contract: Contract) -> Contract:
    """The contract as it stands in the database now."""
    return Contract.objects.select_related("cooperation__supervising_union", "venue").get(
        pk=contract.pk
    )


def draft(walk: Walk, otherwise: Mapping[str, str] | None = None) -> Contract:
    """Draft the contract of an approved plan, with every clause and answer."""
    plan = walk.plan()
    contract = services.draft_contract(
        proposal=plan, title=f"{plan.title.removesuffix('方案')}合同", by=walk.staff, at=walk.now
    )
    entry = services.ContractEntry(
        title=contract.title,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        contributed_assets=(
            [
                {"name": "合作场地及固定设施", "nature": "tangible"},
                {"name": "阵地名称使用", "nature": "intangible"},
            ]
            if plan.partner
            else []
        ),
        has_partner_fixed_investment=bool(plan.has_partner_fixed_investment),
        fixed_assets=contract.fixed_assets,
        disposal_method=contract.disposal_method,
        disposal_rule=contract.disposal_rule,
        bans_papers=True,
        bans_seal=True,
        bans_receipts=True,
        bans_account=True,
        payment_account_holder="venue",
        payment_account_last4="0088",
        five_constants_confirmed=True,
    )
    contract = services.update_contract(
        contract=contract,
        entry=entry,
        version=current(contract).version,
        by=walk.staff,
        at=walk.now,
    )
    content = plan.sections.get(code="overview").data["content"]
    quotations = {ClauseCode.PROJECT_CONTENT.value: f"合作内容为{content}", **QUOTATIONS}
    quotations |= otherwise or {}
    clauses = [
        services.ClauseEntry(code=code, is_present=True, clause_no=f"第{number}条", quotation=words)
        for number, (code, words) in enumerate(quotations.items(), start=3)
        if code != ClauseCode.FIXED_ASSET_DISPOSAL or plan.has_partner_fixed_investment
    ]
    return services.save_clauses(
        contract=contract, clauses=clauses, version=current(contract).version, by=walk.staff,
        at=walk.now,
    )  # fmt: skip


def value(walk: Walk, contract: Contract, *, based_on: date | None = None) -> None:
    """Record the valuation of the tangible and intangible assets put in."""
    base = based_on or walk.day - timedelta(days=20)
    services.record_valuation(
        contract=current(contract),
        entry=services.ValuationEntry(
            valuer=VALUER,
            valuer_uscc=VALUER_USCC,
            appraiser="覃衡",
            report_no=f"秦评样例字〔{walk.day.year}〕第 {walk.day:%m%d} 号",
            method="收益法、成本法",
            base_date=base,
            reported_on=walk.day - timedelta(days=2),
            valid_until=add_years(base, 1),
            assets=[
                services.AssetEntry(
                    name="合作场地及固定设施",
                    nature="tangible",
                    value=Decimal("12600000.00"),
                    clause_ref="第8条",
                ),
                services.AssetEntry(
                    name="阵地名称使用",
                    nature="intangible",
                    value=Decimal("850000.00"),
                    clause_ref="第8条",
                ),
            ],
        ),
        by=walk.staff,
        at=walk.now,
    )


def be_checked(walk: Walk, contract: Contract) -> None:
    """Clause check by the asset department, legal review by the union's counsel."""
    hand_in(walk, contract)
    check(walk.later(2), contract)
    walk.later(2)
    contract = current(contract)
    services.review_legally(
        contract=contract,
        opinion="主体适格，条款合法有效，退出和处置机制明确，同意签订。",
        is_cleared=True,
        version=contract.version,
        by=walk.officer("counsel"),
        at=walk.now,
    )


def hand_in(walk: Walk, contract: Contract) -> None:
    """The venue submits the contract for the check of its clauses."""
    contract = current(contract)
    services.submit_for_check(
        contract=contract, version=contract.version, by=walk.staff, at=walk.now
    )


def check(walk: Walk, contract: Contract) -> None:
    """The asset department finds every clause as it was approved."""
    contract = current(contract)
    services.check_clauses(
        contract=contract,
        verdicts={
            clause.code: (True, "与批准的方案一致。")
            for clause in contract.clauses.order_by("pk")
            if clause.is_present
        },
        is_cleared=True,
        note="条款齐全，期限、分配与批复一致，收款账户为阵地账户。",
        version=contract.version,
        by=walk.officer("officer"),
        at=walk.now,
    )


def be_caught(walk: Walk, contract: Contract) -> str:
    """Hand in a contract that the check of its clauses holds up; says with what sentence."""
    contract = current(contract)
    try:
        services.submit_for_check(
            contract=contract, version=contract.version, by=walk.staff, at=walk.now
        )
    except ActionBlocked as refusal:
        return str(refusal)
    raise RuntimeError(f"the check of the clauses let {contract.number} pass")


def void(walk: Walk, contract: Contract, reason: str) -> Contract:
    """The head of the venue gives the unsigned contract up; its number stays."""
    contract = current(contract)
    return services.void_contract(
        contract=contract, reason=reason, version=contract.version, by=walk.manager, at=walk.now
    )


def sign_and_file(walk: Walk, contract: Contract, *, partner_signatory: str) -> None:
    """Both sides sign, the copies are kept, the asset department files."""
    sign(walk, contract, partner_signatory=partner_signatory)
    walk.later(3)
    contract = current(contract)
    services.file_contract(
        contract=contract, version=contract.version, by=walk.officer("officer"), at=walk.now
    )


def sign(walk: Walk, contract: Contract, *, partner_signatory: str) -> None:
    """Both sides sign and the copies are kept."""
    contract = current(contract)
    services.sign_contract(
        contract=contract,
        signed_on=walk.day,
        venue_signatory=walk.manager.name,
        partner_signatory=partner_signatory,
        signatory_authority="法定代表人，身份证明和授权书原件已核",
        copies=4,
        signed_at_place=_place_of(walk),
        version=contract.version,
        by=walk.manager,
        at=walk.now,
    )
    for number in (1, 2):
        services.add_file(
            contract=current(contract),
            kind="signed",
            upload=paper(f"合同签订本{number}"),
            name=f"合同签订本{number}.pdf",
            by=walk.staff,
            at=walk.now,
        )


def take_effect(walk: Walk, contract: Contract, *, on: date) -> None:
    """Put the contract into effect once its gates stand."""
    contract = current(contract)
    services.put_into_effect(
        contract=contract,
        effective_on=on,
        version=contract.version,
        by=walk.officer("officer"),
        at=walk.now,
    )


def _place_of(walk: Walk) -> str:
    """Where the two sides sign: the seat of the supervising union."""
    union = walk.venue.supervising_union
    return "西安市" if union.level == UnionLevel.PROVINCE else union.short_name.removesuffix("总")


def name_safety_officer(walk: Walk, contract: Contract) -> None:
    """Name who answers for safety."""
    contract = current(contract)
    services.name_safety_officer(
        contract=contract,
        name=walk.cast.board[-1],
        duties="每日巡查、应急演练和事故报告",
        version=contract.version,
        by=walk.manager,
        at=walk.now,
    )
