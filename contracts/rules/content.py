"""What a contract must say before it is checked (第十三条（四）、第十八条). Pure."""

import re
import unicodedata
from collections.abc import Iterator

from approvals.rules.clearing import can_be_cleared, is_cleared
from approvals.rules.lease import LeaseVerdict, Screen, screen
from approvals.rules.negation import is_negated
from approvals.rules.requirements import Requirement
from approvals.rules.screening import QUALITY
from approvals.rules.term import (
    ONE_DAY,
    TermVerdict,
    add_months,
    judge_term,
    whole_years,
)
from contracts.enums import ClauseCode
from contracts.rules.facts import ContractFacts
from core.errors import Reason

QUOTATION_LENGTH = 10
ANNEX = re.compile(r"详见附件|见附件|以附件为准")
VAGUE = re.compile(r"另行协商|另行约定|协商确定|待定")
WELFARE = re.compile(r"公益|优惠|免费|普惠|惠及")
AUTO_RENEWAL = re.compile(r"自动续(?:期|约|签|展)|自动顺延")
BANS = {
    "bans_papers": "文书",
    "bans_seal": "印章",
    "bans_receipts": "票据",
    "bans_account": "账户",
}


def _bare(text: str) -> str:
    """The words alone: no spaces, no punctuation, one width."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in wide if unicodedata.category(sign)[0] in "LN")


def required_clauses(facts: ContractFacts) -> tuple[ClauseCode, ...]:
    """The contents this contract must have; where the matrix says ○ they are a record only."""
    if not facts.must(Requirement.CLAUSES):
        return ()
    codes = [ClauseCode(code) for code in ClauseCode.REQUIRED]
    if facts.has_partner_fixed_investment:
        codes.append(ClauseCode.FIXED_ASSET_DISPOSAL)
    return tuple(codes)


def clauses_complete(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）「合作合同应明确合作项目内容、合作方式、合作期限、投资来源、预期收益、收入分配、
    风险评估、约束和退出机制等内容」：each is there, with its number and its own words."""
    for code in required_clauses(facts):
        clause, name = facts.clause(code), f"“{code.label}”"
        if clause.is_present is None:
            yield Reason(f"条款核对：尚未填写{name}是否载明。", code.rule, code)
        elif not clause.is_present:
            yield Reason(f"条款核对：合同没有载明{name}，请补入合同。", code.rule, code)
        else:
            if not clause.clause_no.strip():
                yield Reason(f"条款核对：{name}没有填写合同条款号。", code.rule, code)
            if len(_bare(clause.quotation)) < QUOTATION_LENGTH:
                text = f"条款核对：{name}的原文摘录不足 {QUOTATION_LENGTH} 个字，请照录合同原文。"
                yield Reason(text, code.rule, code)


def quotations_differ(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）：one sentence pasted under two contents answers neither."""
    seen: dict[str, ClauseCode] = {}
    for code in required_clauses(facts):
        words = _bare(facts.clause(code).quotation)
        if words and words in seen:
            text = (
                f"条款核对：“{code.label}”与“{seen[words].label}”的原文摘录完全相同，须分别摘录。"
            )
            yield Reason(text, code.rule, code)
        seen.setdefault(words, code)


def annex_attached(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）：「详见附件」 counts only with the annex."""
    if facts.has_annex:
        return
    for code in required_clauses(facts):
        if ANNEX.search(facts.clause(code).quotation):
            text = f"条款核对：“{code.label}”写明见附件，但没有上传合同附件。"
            yield Reason(text, code.rule, code)


def fixed_assets_settled(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）「对于合作方有前期装修、设备、器材等固定资产投入的合作，在合同中应明确合作终止后
    这部分固定资产处置方式」：the question is answered, and the answer holds."""
    if not facts.must(Requirement.CLAUSES):
        return
    field = "has_partner_fixed_investment"
    if facts.has_partner_fixed_investment is None:
        text = "固定资产：合作方有没有前期装修、设备、器材等固定资产投入，必须回答。"
        yield Reason(text, "13-4-3", field)
    elif facts.has_partner_fixed_investment:
        yield from _disposal_settled(facts)
    elif facts.fixed_assets:
        text = "固定资产：已列出投入清单，却回答“没有固定资产投入”，请核对。"
        yield Reason(text, "13-4-3", field)
    elif facts.plan.has_partner_fixed_investment:
        text = "固定资产：批准的方案写明合作方有固定资产投入，合同却回答“没有”，请核对。"
        yield Reason(text, "13-4-3", field)


def _disposal_settled(facts: ContractFacts) -> Iterator[Reason]:
    if not facts.fixed_assets:
        yield Reason("固定资产：请列出投入清单（名称、数量、金额）。", "13-4-3", "fixed_assets")
    if not facts.disposal_method:
        text = "固定资产：请选定合作终止后的处置方式。"
        yield Reason(text, "13-4-3", "disposal_method")
    if not facts.disposal_rule.strip():
        text = "固定资产：请写明处置的计价规则和移交期限。"
        yield Reason(text, "13-4-3", "disposal_rule")
    clause = facts.clause(ClauseCode.FIXED_ASSET_DISPOSAL).quotation
    if VAGUE.search(facts.disposal_rule) or VAGUE.search(clause):
        text = "固定资产：处置不能写“另行协商”一类的话，须写明计价规则和移交期限。"
        yield Reason(text, "13-4-3", "disposal_rule")


def term_allowed(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（四）「合作协议期限原则上不超过 5 年」, contracts that follow each other added up."""
    if not facts.starts_on or not facts.ends_on:
        yield Reason("合作期限：请填写起始日和终止日，不能没有终止日。", "13-4-4", "ends_on")
        return
    if facts.ends_on < facts.starts_on:
        yield Reason("合作期限：终止日早于起始日，请核对两个日期。", "13-4-4", "ends_on")
        return
    if _is_too_long(facts):
        start = facts.joined_starts_on or facts.starts_on
        words = whole_years(start, facts.ends_on)
        added = "（含前后相接的合同）" if start != facts.starts_on else ""
        text = f"合作期限{added}为{words}，超过 5 年，须先办理方案的例外审批或缩短期限。"
        yield Reason(text, "13-4-4", "ends_on")
    yield from _within_plan(facts)


def _is_too_long(facts: ContractFacts) -> bool:
    """Over five years by the contract's own chain, with no exception standing."""
    if not facts.must(Requirement.TERM) or "13-4-4" in facts.plan.active_exceptions:
        return False
    if not facts.starts_on or not facts.ends_on:
        return False
    start = facts.joined_starts_on or facts.starts_on
    return judge_term(start, facts.ends_on) is TermVerdict.OVER


def exceptions_stand(facts: ContractFacts) -> Iterator[Reason]:
    """「原则上」（第十条、第十三条（四）、第十八条）: the exception the plan rests on still stands.

    One revoked or expired after the approval stops the contract that is not signed yet.
    """
    for one in facts.unexcepted:
        if one.code == "13-4-4" and _is_too_long(facts):
            continue  # said of the contract's own term
        text = f"例外审批：{one.text}现在没有有效的例外（未批准、已撤销或已过期），合同不能签订。"
        yield Reason(text, one.code)


def _within_plan(facts: ContractFacts) -> Iterator[Reason]:
    """第十三条（二）：the contract is not longer than the term that was approved."""
    plan = facts.plan
    if not (plan.starts_on and plan.ends_on and facts.starts_on and facts.ends_on):
        return
    end = plan.ends_on + ONE_DAY
    months = (end.year - plan.starts_on.year) * 12 + end.month - plan.starts_on.month
    if add_months(plan.starts_on, months) > end:
        months -= 1
    days = end - add_months(plan.starts_on, months)
    last = add_months(facts.starts_on, months) + days - ONE_DAY
    if facts.ends_on > last:
        approved = whole_years(plan.starts_on, plan.ends_on)
        text = (
            f"合作期限：批准的期限为{approved}，自 {facts.starts_on:%Y-%m-%d} 起"
            f"最晚到 {last:%Y-%m-%d}，合同不能更长。"
        )
        yield Reason(text, "13-2-2", "ends_on")


def bans_confirmed(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条「不得让合作机构使用职工服务阵地的文书、印章、票据和账户等」：four answers."""
    for field, label in BANS.items():
        answer = getattr(facts, field)
        if answer is None:
            text = f"四项禁用：尚未确认合同写明合作方不得使用阵地{label}。"
            yield Reason(text, "18-8", field)
        elif not answer:
            text = f"四项禁用：合同没有禁止合作方使用阵地{label}，请改正合同。"
            yield Reason(text, "18-8", field)


def account_is_venues(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条：income of the venue comes to the venue's account."""
    if not facts.payment_account_holder:
        yield Reason("收款账户：请选明账户属于谁。", "18-8", "payment_account_holder")
    elif facts.payment_account_holder != "venue":
        text = "收款账户：阵地收入必须进入阵地自己的账户，不能由合作方或他人代收。"
        yield Reason(text, "18-8", "payment_account_holder")
    elif not re.fullmatch(r"[0-9]{4}", facts.payment_account_last4):
        text = "收款账户：请填写阵地收款账号的后四位数字，供核对。"
        yield Reason(text, "18-8", "payment_account_last4")


def constants_kept(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条「名称不变、产权关系不变、隶属关系不变、服务功能不变、主责主业不变」."""
    if not facts.five_constants_confirmed:
        text = "五不变：尚未确认合同不改变阵地名称、产权关系、隶属关系、服务功能、主责主业。"
        yield Reason(text, "18-2", "five_constants_confirmed")


def lease_screen(facts: ContractFacts) -> Screen:
    """The disguised-lease screen over every text of the contract and its answers."""
    return screen(_signs(facts), facts.texts)


def _signs(facts: ContractFacts) -> dict[str, bool | str | None]:
    """What the answers show: indicator code → the words."""
    signs: dict[str, bool | str | None] = {}
    if facts.payment_account_holder not in ("", "venue"):
        signs["DL-08"] = "收款账户不属于阵地"
    elif facts.bans_receipts is False or facts.bans_account is False:
        signs["DL-08"] = "合同没有禁止合作方使用阵地票据、账户"
    quoted = [one.quotation for one in facts.clauses if one.is_present and one.quotation.strip()]
    if len(quoted) >= len(ClauseCode.REQUIRED):
        if not any(WELFARE.search(text) for text in quoted):
            signs["DL-07"] = "条款摘录没有写公益服务量，也没有写职工优惠"
        if not any(QUALITY.search(text) for text in quoted):
            signs["DL-12"] = "条款摘录没有写考核评价"
    return signs


def not_a_disguised_lease(facts: ContractFacts) -> Iterator[Reason]:
    """第十八条「禁止以租代管、承包经营，坚决抵制变相出租承包行为」."""
    result = lease_screen(facts)
    if result.verdict is LeaseVerdict.SUSPECT and not is_cleared(result, facts.cleared_signs):
        signs = "；".join(f"{hit.indicator.sentence}（{hit.evidence}）" for hit in result.hits)
        text = f"条款核对：疑似变相出租承包（{result.score} 分）：{signs}。请改正合同条款"
        text += "，或附律师书面意见申请解除。" if can_be_cleared(result) else "。"
        yield Reason(text, "18-1", "clauses")


def notes(facts: ContractFacts) -> Iterator[Reason]:
    """What does not stop the contract but is shown and printed with it."""
    yield from _term_notes(facts)
    if facts.signed_on and facts.starts_on and facts.starts_on < facts.signed_on:
        yield Reason("合同起始日早于签订日（倒签）。")
    for clause in facts.clauses:
        match = AUTO_RENEWAL.search(clause.quotation)
        if match and not is_negated(clause.quotation, match.start()):
            yield Reason(f"条款含“{match.group()}”，续期须重新履行决策程序。", "13-4-4")
            break
    for line in facts.ancillary:
        yield Reason(f"配套服务限于方案清单，须写入合同：{line}。", "18-6")
    yield from _lease_notes(facts)
    yield from _recorded_clauses(facts)
    if facts.is_filed_late:
        yield Reason("超过备案时限后备案。", "13-2-1")


def _lease_notes(facts: ContractFacts) -> Iterator[Reason]:
    """WATCH, and SUSPECT once cleared: looked at more often while it runs."""
    result = lease_screen(facts)
    watched = "须加强检查。"
    if is_cleared(result, facts.cleared_signs):
        watched = "主管工会已解除疑似认定，列入加强检查。"
    elif result.verdict is not LeaseVerdict.WATCH:
        return
    signs = "、".join(hit.indicator.sentence for hit in result.hits)
    yield Reason(f"条款有变相出租承包的迹象（{result.score} 分：{signs}），{watched}", "18-1")


def _recorded_clauses(facts: ContractFacts) -> Iterator[Reason]:
    """○: which of the eight contents the contract does not show; it holds nothing up."""
    if facts.must(Requirement.CLAUSES):
        return
    codes = [ClauseCode(code) for code in ClauseCode.REQUIRED]
    missing = [code.label for code in codes if not facts.clause(code).is_present]
    if missing:
        text = f"按记录要求，合同未载明或未填写：{'、'.join(missing)}（不影响办理）。"
        yield Reason(text, "13-4-2")


def _term_notes(facts: ContractFacts) -> Iterator[Reason]:
    if not facts.starts_on or not facts.ends_on:
        return
    start = facts.joined_starts_on or facts.starts_on
    verdict = judge_term(start, facts.ends_on)
    if verdict is TermVerdict.WITHIN_BY_CORRESPONDING_DAY:
        text = "期限届满日为起始日的对应日，首日不计，仍按五年计算。"
        yield Reason(text, "13-4-4")
    elif verdict is TermVerdict.OVER and not facts.must(Requirement.TERM):
        text = f"期限为{whole_years(start, facts.ends_on)}，超过 5 年，按本合作方式只作记录。"
        yield Reason(text, "13-4-4")
    elif verdict is TermVerdict.OVER and "13-4-4" in facts.plan.active_exceptions:
        text = f"期限为{whole_years(start, facts.ends_on)}，经例外审批超过 5 年。"
        yield Reason(text, "13-4-4")
