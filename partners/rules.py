"""第十条: who may be a partner, and what makes a finding stand.

「实施社会化市场化运作的合作对象，原则上应具备以下条件」: a soft article. A condition not met
asks for an approved exception in the plan; a condition not verified lets nothing pass.
"""

import re
from dataclasses import dataclass
from datetime import date

from core.errors import Reason
from core.procedure import Act, Procedure, Side, Stop
from organizations import uscc
from partners.enums import (
    PARTS_OF,
    REFUSED_KINDS,
    ConditionCode,
    DueDiligenceState,
    Finding,
    PartCode,
    SubjectKind,
)
from regulation.register import Rule, rules_of

SUBJECT = ConditionCode.SUBJECT.value
INDIVIDUAL_PREFIX = "92"
# The first two characters say who registered the subject and as what (GB 32100-2015).
KINDS_BY_PREFIX: dict[str, frozenset[SubjectKind]] = {
    "12": frozenset({SubjectKind.INSTITUTION}),
    "31": frozenset({SubjectKind.LAW_FIRM}),
    "51": frozenset({SubjectKind.ASSOCIATION}),
    "52": frozenset({SubjectKind.NON_ENTERPRISE}),
    "53": frozenset({SubjectKind.FOUNDATION}),
    "91": frozenset({SubjectKind.LEGAL_PERSON, SubjectKind.BRANCH, SubjectKind.UNINCORPORATED}),
    "93": frozenset({SubjectKind.COOPERATIVE}),
}
EMPTY_WORDS = frozenset({"合格", "符合", "不符合", "无", "没有", "正常", "是", "良好", "ok", "OK"})
NUMERALS = dict(zip(ConditionCode, "一二三四五六", strict=True))
NOT_WATCHED = "贵会没有将这一合作方列为重点关注，或已经解除，不必重复办理。请打开合作方页面查看。"
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity_number(code: str) -> bool:
    """Whether the text is a resident's identity number with a sound check character."""
    if not re.fullmatch(r"[1-8]\d{5}(19|20)\d{2}[01]\d[0-3]\d\d{3}[\dX]", code):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, IDENTITY_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == code[17]


def subject_is_capable(kind: str, code: str) -> str | None:
    """第十条（二）：「能够独立承担民事责任（法人）或能够依法以自己的名义从事民事活动（非法人组织）」。"""
    if code.startswith(INDIVIDUAL_PREFIX):
        return (
            "代码以 92 开头，登记的是个体工商户。个体工商户既不是法人也不是非法人组织，"
            "不符合第十条（二），不能登记为合作对象。请改由具备主体资格的单位合作。"
        )
    if kind in REFUSED_KINDS:
        return (
            f"{SubjectKind(kind).label}既不是法人也不是非法人组织，不符合第十条（二），"
            "不能登记为合作对象。"
        )
    return None


def uscc_reasons(code: str, *, field: str = "uscc") -> list[Reason]:
    """Why a normalised code cannot stand for a partner; empty when it can."""
    if _is_identity_number(code):
        text = "填写的像是居民身份证号码。自然人不符合第十条（二），合作对象须填写单位的统一社会信用代码。"
        return [Reason(text, SUBJECT, field)]
    if fault := uscc.fault_of(code):
        return [Reason(fault, "", field)]
    if code.startswith(INDIVIDUAL_PREFIX):
        return [Reason(subject_is_capable("", code) or "", SUBJECT, field)]
    return []


def kind_reasons(kind: str, code: str) -> list[Reason]:
    """Whether the kind of subject is one that may be a partner, and the one the code names."""
    if kind in REFUSED_KINDS:
        return [Reason(subject_is_capable(kind, "") or "", SUBJECT, "subject_kind")]
    allowed = KINDS_BY_PREFIX.get(code[:2])
    if allowed and kind not in allowed:
        names = "、".join(sorted(known.label for known in allowed))
        text = (
            f"代码以 {code[:2]} 开头，登记的是{names}，"
            f"与所选“{SubjectKind(kind).label}”不一致，请核对证照。"
        )
        return [Reason(text, SUBJECT, "subject_kind")]
    return []


def branch_reasons(kind: str, code: str, parent_uscc: str, authorisation: str) -> list[Reason]:
    """第十条（二）：a branch acts on its company's liability, so the company stands behind it."""
    if kind != SubjectKind.BRANCH:
        if parent_uscc or authorisation:
            text = "只有分公司才填写总公司代码和授权，请清空，或把主体类型改为“分公司”。"
            return [Reason(text, SUBJECT, "subject_kind")]
        return []
    reasons = []
    if not parent_uscc:
        text = "分公司的民事责任由总公司承担，须填写总公司的统一社会信用代码。"
        reasons.append(Reason(text, SUBJECT, "parent_uscc"))
    elif parent_uscc == code:
        text = "总公司代码与分公司代码相同，请填写总公司自己的代码。"
        reasons.append(Reason(text, SUBJECT, "parent_uscc"))
    else:
        reasons += uscc_reasons(parent_uscc, field="parent_uscc")
    if not authorisation:
        text = "分公司须有总公司的书面授权，请写明授权文件的名称、日期和范围。"
        reasons.append(Reason(text, SUBJECT, "parent_authorisation"))
    return reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDiligenceFact:
    """What the higher apps may know of one condition."""

    finding: Finding
    source: str
    checked_on: date | None
    expires_on: date | None
    is_expired: bool
    has_evidence: bool


def date_reasons(*, checked_on: date | None, expires_on: date | None, today: date) -> list[Reason]:
    """A check is made on a day that has come, and lapses on a later one."""
    reasons = []
    if checked_on is None:
        reasons.append(Reason("请填写核查日期。", "10-0", "checked_on"))
    elif checked_on > today:
        text = f"核查日期不能晚于今天（{today:%Y-%m-%d}）。"
        reasons.append(Reason(text, "10-0", "checked_on"))
    if expires_on and checked_on and expires_on < checked_on:
        reasons.append(Reason("有效期至不能早于核查日期。", "10-0", "expires_on"))
    return reasons


def item_reasons(
    *, code: str, finding: str, source: str, checked_on: date | None, expires_on: date | None,
    has_evidence: bool, today: date,
) -> list[Reason]:  # fmt: skip
    """Why a finding cannot be kept as it is: 合格 without a source is no finding."""
    if finding == Finding.UNVERIFIED:
        return []
    reasons = []
    if not source.strip():
        text = "得出结论须写明信息来源（查询的网站、出具的机关或文件名称），不能只写“合格”。"
        reasons.append(Reason(text, code, "source"))
    elif source.strip() in EMPTY_WORDS:
        text = f"“{source.strip()}”不是信息来源，请写明查询的网站、出具的机关或文件名称。"
        reasons.append(Reason(text, code, "source"))
    reasons += date_reasons(checked_on=checked_on, expires_on=expires_on, today=today)
    if expires_on and expires_on < today and finding == Finding.MET:
        text = f"证明材料已于 {expires_on:%Y-%m-%d} 到期，不能据以认定“符合”。请换成有效的材料。"
        reasons.append(Reason(text, code, "expires_on"))
    if not has_evidence:
        reasons.append(Reason("请上传证明材料，结论须有依据可查。", code, "file"))
    return reasons


def part_reasons(
    *, code: str, part: str, finding: str, checked_on: date | None, expires_on: date | None,
    period: str, has_evidence: bool, today: date,
) -> list[Reason]:  # fmt: skip
    """第十条（五）（六）：each proof and each credit check stands on its own file and day."""
    if finding == Finding.UNVERIFIED:
        return []
    reasons = date_reasons(checked_on=checked_on, expires_on=expires_on, today=today)
    if code == ConditionCode.TAX_AND_SOCIAL and not period.strip():
        text = f"请填写{PartCode(part).label}的所属期间，例如“2026年1月至9月”。"
        reasons.append(Reason(text, code, "period"))
    if expires_on and expires_on < today and finding == Finding.MET:
        text = f"这次查询的结果已于 {expires_on:%Y-%m-%d} 失效，请重新查询并上传新的截图或证明。"
        reasons.append(Reason(text, code, "checked_on"))
    if not has_evidence:
        text = "请上传查询截图。" if code == ConditionCode.RECORD else "请上传证明文件。"
        reasons.append(Reason(text, code, "file"))
    return reasons


def finding_of_parts(findings: list[str]) -> Finding:
    """不符合 in one part is 不符合 of all; 符合 asks for every part."""
    if Finding.UNMET in findings:
        return Finding.UNMET
    if findings and all(finding == Finding.MET for finding in findings):
        return Finding.MET
    return Finding.UNVERIFIED


def conclusion_reasons(facts: dict[str, DueDiligenceFact]) -> list[Reason]:
    """第十条：nothing 待核, nothing without evidence, nothing lapsed may be concluded."""
    reasons = []
    for condition in ConditionCode:
        fact = facts.get(condition.value)
        name = f"第十条（{NUMERALS[condition]}）{condition.label}"
        if fact is None or fact.finding == Finding.UNVERIFIED:
            hint = "须全部分项有结果" if condition in PARTS_OF else "须有符合或不符合的结论"
            reasons.append(Reason(f"{name}：尚为待核，{hint}才能办结。", condition.value))
        elif not fact.has_evidence:
            reasons.append(Reason(f"{name}：还没有证明材料。", condition.value))
        elif fact.is_expired:
            text = f"{name}：核查已于 {fact.expires_on:%Y-%m-%d} 过期，请重新核查。"
            reasons.append(Reason(text, condition.value))
    return reasons


def watch_bases() -> list[Rule]:
    """What a watch may rest on: a condition of 第十条, or what 第十八条 forbids or restrains."""
    return [rule for rule in (*rules_of(10), *rules_of(18)) if rule.code != "10-0"]


def watch_reasons(*, basis: str, reason: str, least: int, is_watched: bool) -> list[Reason]:
    """Why a union cannot put a partner on watch; the reason counts in characters."""
    if is_watched:
        text = "贵会已将这一合作方列为重点关注。情况有变化的，请先解除，再重新列入。"
        return [Reason(text, "5-3")]
    reasons = []
    if basis not in {rule.code for rule in watch_bases()}:
        text = "请选择依据的条款：第十条的六项条件之一，或第十八条的有关规定。"
        reasons.append(Reason(text, "5-3", "basis"))
    if len(reason.strip()) < least:
        text = f"请写明列为重点关注的理由，至少 {least} 个字，例如在哪个项目、发现了什么。"
        reasons.append(Reason(text, "5-3", "reason"))
    return reasons


def end_of_watch_reasons(*, basis: str, reason: str, least: int, is_open: bool) -> list[Reason]:
    """Why a watch cannot be ended; the reason counts in characters."""
    if not is_open:
        return [Reason(NOT_WATCHED, basis)]
    if len(reason.strip()) < least:
        text = f"请写明解除的理由，至少 {least} 个字，例如问题如何解决、由谁核实。"
        return [Reason(text, basis, "reason")]
    return []


S = DueDiligenceState
INVESTIGATION = Procedure(
    states=S,
    acts=(
        Act(
            name="check", label="逐项核查", sources=(S.IN_PROGRESS,), targets=(S.IN_PROGRESS,),
            side=Side.VENUE, checks=(date_reasons, item_reasons, part_reasons),
        ),
        Act(
            name="conclude", label="办结调查", sources=(S.IN_PROGRESS,), targets=(S.CONCLUDED,),
            side=Side.VENUE, checks=(conclusion_reasons,),
        ),
    ),
    stops=(
        Stop(label="逐项核查", states=(S.IN_PROGRESS,)),
        Stop(label="办结", states=(S.CONCLUDED,)),
    ),
)  # fmt: skip
