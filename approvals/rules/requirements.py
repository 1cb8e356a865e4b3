"""What each way of cooperation demands: the requirement matrix of 第十四条, cell by cell. Pure.

● holds up the plan, ○ is shown as missing and holds up nothing, – is not asked. The regulation
exempts no way from 第九条, 第十三条（一）（五）, 第十七、十八条; which cells are ○ is our default
(系统默认), held here and nowhere else. A 总体方案 has no way of cooperation: everything asked of it is ●.
"""

from enum import StrEnum

from approvals.enums import CooperationMode
from approvals.rules.findings import Severity


class Need(StrEnum):
    """One cell."""

    MUST = "must"  # ●
    RECORD = "record"  # ○
    NONE = "none"  # –

    @property
    def mark(self) -> str:
        return {"must": "●", "record": "○", "none": "–"}[self.value]


class Requirement(StrEnum):
    """One row; its value is what it is called."""

    READINESS = "阵地四项条件"
    APPRAISAL = "必要性、可行性、操作性论证"
    EXPERTS = "律师、行业专家意见"
    PARTNER_CONDITIONS = "合作方六项条件"
    PARTNER_APPRAISAL = "合作方四个方面考察评估"
    VALUATION = "签约前资产评估"
    CLAUSES = "合同八项内容"
    TERM = "期限原则上不超过 5 年"
    VENUE_DECISION = "阵地集体决策"
    APPROVAL = "上级审批"
    EVALUATION = "阶段评价和终期评价"
    NEGATIVE_LIST = "负面清单和五不变"


MODES = (
    CooperationMode.INTERNAL,
    CooperationMode.EXTERNAL,
    CooperationMode.UNDERTAKING,
    CooperationMode.SPONSORSHIP,
    CooperationMode.OTHER,
)
ROWS: dict[Requirement, str] = {
    Requirement.READINESS: "●●●●●",
    Requirement.APPRAISAL: "●●●●●",
    Requirement.EXPERTS: "●●○○●",
    Requirement.PARTNER_CONDITIONS: "–●○○●",
    Requirement.PARTNER_APPRAISAL: "–●––●",
    Requirement.VALUATION: "–●––●",
    Requirement.CLAUSES: "○●○○●",
    Requirement.TERM: "○●○○●",
    Requirement.VENUE_DECISION: "●●●●●",
    Requirement.APPROVAL: "●●●●●",
    Requirement.EVALUATION: "●●●●●",
    Requirement.NEGATIVE_LIST: "●●●●●",
}
MARKS = {one.mark: one for one in Need}
# What a cell says beside its mark.
NOTES: dict[tuple[Requirement, str], str] = {
    (Requirement.APPRAISAL, CooperationMode.SPONSORSHIP): "简式",
    (Requirement.PARTNER_CONDITIONS, CooperationMode.SPONSORSHIP): "只核第十条（一）（六）项",
    (Requirement.VALUATION, CooperationMode.OTHER): "工会投入资产时",
    (Requirement.APPROVAL, CooperationMode.OTHER): "须上主管工会会议",
    (Requirement.EVALUATION, CooperationMode.SPONSORSHIP): "只作终期评价",
}
# 第十条 asked of a sponsor: 政治可靠, 没有不良记录.
SPONSOR_CONDITIONS = frozenset({"10-1", "10-6"})


def need(requirement: Requirement, mode: str) -> Need:
    """The cell of one requirement under one way of cooperation."""
    if not mode:
        return Need.MUST
    place = MODES.index(CooperationMode(mode))
    return MARKS[ROWS[requirement][place]]


def severity(requirement: Requirement, mode: str) -> Severity:
    """How a finding on this requirement weighs: ● holds up, ○ is only recorded."""
    return Severity.HARD if need(requirement, mode) is Need.MUST else Severity.RECORD


def asked(mode: str) -> list[tuple[str, Need]]:
    """What one way of cooperation demands, in words; what it does not ask is left out."""
    rows: list[tuple[str, Need]] = []
    for requirement in Requirement:
        cell = need(requirement, mode)
        note = NOTES.get((requirement, mode), "")
        if cell is not Need.NONE:
            rows.append((f"{requirement.value}（{note}）" if note else requirement.value, cell))
    return rows
