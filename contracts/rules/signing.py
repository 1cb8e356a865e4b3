"""What must hold when a contract is signed, filed and put into effect. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from approvals.rules.requirements import Requirement
from approvals.rules.term import add_months, add_years
from contracts.enums import AssetNature, GateCode
from contracts.rules.content import required_clauses
from contracts.rules.facts import ContractFacts
from core.errors import Reason

MIN_COPIES = 2


def plan_in_force(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条「不得未经集体决策和上级主管部门审批即开展」：approved, and not lapsed."""
    plan = facts.plan
    if not plan.is_approved or plan.approved_on is None:
        yield Reason("具体运作方案尚未批准，不能签订合同。", "18-3")
        return
    lapse = plan.sign_by or add_months(plan.approved_on, facts.approval_months)
    if facts.signing_day > lapse:
        text = f"批复后没有按期签约，方案的批准已于 {lapse:%Y-%m-%d} 逾期失效，须重新报批。"
        yield Reason(text, "13-2-2")


def overall_plan_not_halted(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（三）：while the union has halted the overall plan, nothing under it goes further."""
    if facts.plan.is_halted:
        text = (
            "本阵地的总体方案已被主管工会中止实施，恢复实施之前不能起草、签订合同，也不能确认生效。"
        )
        yield Reason(text, "13-3-2")


def clauses_reviewed(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）：the asset department has looked at every required clause and found it good."""
    for code in required_clauses(facts):
        verdict = facts.clause(code).reviewer_ok
        if verdict is None:
            yield Reason(f"“{code.label}”尚未核查。", code.rule, code)
        elif not verdict:
            yield Reason(f"“{code.label}”核查不符合，请退回修改。", code.rule, code)


def conditions_met(facts: ContractFacts) -> Iterator[Reason]:
    """附条件 of countersigners and counsel are met before signing (第十六条)."""
    for text in facts.plan.open_conditions:
        yield Reason(f"方案所附条件尚未确认落实：{text}", "16-1")


def contribution_stated(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）「应对工会有形或无形资产进行评估」：which assets the union brings is said."""
    if facts.needs_valuation and not facts.contributed_assets:
        text = "资产评估：请列明工会方投入合作的有形、无形资产（场地、设备、品牌等）。"
        yield Reason(text, "13-4-1", "contributed_assets")


def valued_before_signing(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）「对外合作时，……应对工会有形或无形资产进行评估，以此作为确定双方权利义务的重要依据」.

    评估基准日 ≤ 报告日 ≤ 签订日 ≤ 基准日起有效期届满日; 对内合作、承接、赞助 need none.
    """
    if not facts.needs_valuation:
        return
    valuation = facts.valuation
    if valuation is None:
        yield Reason("资产评估：工会投入合作的资产须在签约前评估，尚未登记评估报告。", "13-4-1")
        return
    signing = facts.signing_day
    if valuation.base_date > valuation.reported_on:
        yield Reason("资产评估：评估基准日晚于报告日。", "13-4-1", "base_date")
    if valuation.reported_on > signing:
        text = f"资产评估：报告日 {valuation.reported_on:%Y-%m-%d} 晚于签订日，须先评估、后签约。"
        yield Reason(text, "13-4-1", "signed_on")
    last = min(add_years(valuation.base_date, facts.valuation_years), valuation.valid_until)
    if signing > last:
        text = (
            f"资产评估：以 {valuation.base_date:%Y-%m-%d} 为基准日的评估有效期到 {last:%Y-%m-%d}，"
            "签订日已超过，须重新评估。"
        )
        yield Reason(text, "13-4-1", "signed_on")
    yield from _all_valued(facts)


def _all_valued(facts: ContractFacts) -> Iterator[Reason]:
    """Contributed assets ⊆ valued assets; a brand is not valued by valuing a house."""
    assert facts.valuation is not None  # noqa: S101 - the caller has looked
    valued = {(one.name.strip(), one.nature) for one in facts.valuation.assets}
    for one in facts.contributed_assets:
        if (one.name.strip(), one.nature) not in valued:
            nature = AssetNature(one.nature).label
            text = f"资产评估：投入的{nature}“{one.name}”没有评估，评估报告须包括它。"
            yield Reason(text, "13-4-1", "contributed_assets")


def credit_checked(facts: ContractFacts) -> Iterator[Reason]:
    """第十条（六）：the credit check is made within thirty days before signing."""
    if not facts.must(Requirement.PARTNER_CONDITIONS):
        return
    if facts.credit_checked_on is None or facts.credit_finding == "unverified":
        text = "信用核查：合作方不良记录（第十条（六））没有核查结果，不能签约。"
        yield Reason(text, "10-6")
        return
    earliest = facts.signing_day - timedelta(days=facts.credit_check_days)
    if facts.credit_checked_on < earliest:
        text = (
            f"信用核查：最近一次在 {facts.credit_checked_on:%Y-%m-%d}，"
            f"早于签订日前 {facts.credit_check_days} 天，须重新核查。"
        )
        yield Reason(text, "10-6")
    elif facts.credit_checked_on > facts.signing_day:
        text = f"信用核查：核查日 {facts.credit_checked_on:%Y-%m-%d} 晚于签订日，须先核查、后签约。"
        yield Reason(text, "10-6", "signed_on")


def signed_after_decisions(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条「不得未经集体决策和上级主管部门审批即开展」：every decision lies before the signing."""
    if facts.signed_on is None:
        return
    if facts.signed_on > facts.today:
        yield Reason("签订日不能晚于今天。", "", "signed_on")
    for one in facts.plan.decisions:
        if facts.signed_on < one.day:
            text = f"签订日早于{one.label}（{one.day:%Y-%m-%d}），须先决策、后签约。"
            yield Reason(text, "18-3", "signed_on")
    replied = facts.plan.replied_on
    if replied is None:
        yield Reason("主管工会尚未签发批复，不能签约。", "18-3", "signed_on")
    elif facts.signed_on < replied:
        text = f"签订日早于批复日（{replied:%Y-%m-%d}），须先批复、后签约。"
        yield Reason(text, "18-3", "signed_on")
    if facts.ends_on and facts.signed_on > facts.ends_on:
        yield Reason("签订日晚于合同终止日，请核对。", "13-4-4", "signed_on")


def signatures_complete(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）依法签约：who signed, by what authority, when, in how many copies."""
    if facts.signed_on is None:
        yield Reason("请填写签订日。", "", "signed_on")
    if not facts.venue_signatory.strip():
        yield Reason("请填写阵地签字人。", "", "venue_signatory")
    if not facts.partner_signatory.strip():
        yield Reason("请填写合作方签字人。", "", "partner_signatory")
    if facts.venue_signatory.strip() and (
        facts.venue_signatory.strip() == facts.partner_signatory.strip()
    ):
        yield Reason("双方签字人是同一人，请核对。", "", "partner_signatory")
    if not facts.signatory_authority.strip():
        text = "请写明签字人身份（法定代表人）或授权文件。"
        yield Reason(text, "", "signatory_authority")
    if facts.copies is None or facts.copies < MIN_COPIES:
        yield Reason(f"合同至少签订 {MIN_COPIES} 份，双方各执一份。", "", "copies")


def signed_copy_kept(facts: ContractFacts) -> Iterator[Reason]:
    """A filed contract is a signed one: its scan is on file, and filing follows signing."""
    if not facts.has_signed_copy:
        yield Reason("尚未上传双方签字盖章的合同扫描件，不能备案。", "", "file")
    if facts.signed_on and facts.today < facts.signed_on:
        yield Reason("备案日不能早于签订日。")


def gates_closed(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（五）、第十七条：evaluation plan, publication, safety officer stand first."""
    for code in facts.open_gates:
        gate = GateCode(code)
        yield Reason(f"生效条件“{gate.label}”尚未满足：{gate.keeper}。", gate.rule)


def effective_day_reached(facts: ContractFacts) -> Iterator[Reason]:
    """合同签订日 ≤ 合同生效日 ≤ 今日."""
    day = facts.effective_on
    if day is None:
        return
    if facts.signed_on and day < facts.signed_on:
        yield Reason("生效日不能早于签订日。", "", "effective_on")
    if day > facts.today:
        yield Reason("生效日还没有到，到期后再确认生效。", "", "effective_on")
    if facts.ends_on and day > facts.ends_on:
        yield Reason("生效日晚于合同终止日，请核对。", "13-4-4", "effective_on")
