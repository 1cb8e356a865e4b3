"""Words of the contract: states, whose turn, clauses, gates. Value, Chinese label, tone."""

from enum import nonmember

from django.db.models import TextChoices


class ContractState(TextChoices):
    """Where a contract stands (第十三条（四）依法签约)."""

    DRAFT = "draft", "起草中"
    CLAUSE_CHECK = "clause_check", "条款核查"
    LEGAL_REVIEW = "legal_review", "法律审核"
    READY = "ready", "待签订"
    SIGNED = "signed", "已签订，待备案"
    FILED = "filed", "已备案，待生效"
    EFFECTIVE = "effective", "履行中"
    TERMINATING = "terminating", "终止办理中"
    EXPIRED = "expired", "已到期"
    TERMINATED = "terminated", "已终止"
    VOID = "void", "已作废"

    UNSIGNED = nonmember(("draft", "clause_check", "legal_review", "ready"))
    RUNNING = nonmember(("effective", "terminating"))
    CLOSED = nonmember(("expired", "terminated", "void"))

    @property
    def tone(self) -> str:
        return STATE_TONES[self]


STATE_TONES: dict[ContractState, str] = {
    ContractState.DRAFT: "idle",
    ContractState.CLAUSE_CHECK: "info",
    ContractState.LEGAL_REVIEW: "info",
    ContractState.READY: "info",
    ContractState.SIGNED: "warn",
    ContractState.FILED: "warn",
    ContractState.EFFECTIVE: "ok",
    ContractState.TERMINATING: "warn",
    ContractState.EXPIRED: "idle",
    ContractState.TERMINATED: "bad",
    ContractState.VOID: "idle",
}


class Desk(TextChoices):
    """Whose turn it is."""

    VENUE = "venue", "阵地"
    VENUE_MANAGER = "venue_manager", "阵地负责人"
    ASSET_DEPARTMENT = "asset_department", "资产监管部门"
    COUNSEL = "counsel", "法律顾问"
    NOBODY = "nobody", "无待办"


class Action(TextChoices):
    """What can be done to a contract."""

    EDIT = "edit", "修改"
    SUBMIT = "submit", "提交核查"
    PASS_CHECK = "pass_check", "条款核查通过"
    RETURN = "return", "退回修改"
    CLEAR_LEGAL = "clear_legal", "法律审核通过"
    SIGN = "sign", "签订"
    FILE = "file", "备案"
    PUT_INTO_EFFECT = "put_into_effect", "确认生效"
    VOID = "void", "作废"


class ClauseCode(TextChoices):
    """第十三条（四）：the eight contents of a contract, the eighth in two, and the conditional one."""

    PROJECT_CONTENT = "project_content", "合作项目内容"
    COOPERATION_MODE = "cooperation_mode", "合作方式"
    TERM = "term", "合作期限"
    INVESTMENT_SOURCE = "investment_source", "投资来源"
    EXPECTED_INCOME = "expected_income", "预期收益"
    INCOME_DISTRIBUTION = "income_distribution", "收入分配"
    RISK_ASSESSMENT = "risk_assessment", "风险评估"
    CONSTRAINT = "constraint", "约束机制"
    EXIT = "exit", "退出机制"
    FIXED_ASSET_DISPOSAL = "fixed_asset_disposal", "固定资产处置"

    REQUIRED = nonmember(
        (
            "project_content",
            "cooperation_mode",
            "term",
            "investment_source",
            "expected_income",
            "income_distribution",
            "risk_assessment",
            "constraint",
            "exit",
        )
    )

    @property
    def rule(self) -> str:
        """The rule that asks for the clause."""
        return "13-4-3" if self is ClauseCode.FIXED_ASSET_DISPOSAL else "13-4-2"

    @property
    def ordinal(self) -> str:
        """The place among the eight contents, the eighth in two: 1 … 7, 8a, 8b, 9."""
        return ORDINALS[self]


ORDINALS: dict[ClauseCode, str] = dict(
    zip(ClauseCode, ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "9"), strict=True)
)


class GateCode(TextChoices):
    """What must stand before a filed contract takes effect."""

    EVALUATION_PLAN = "evaluation_plan", "评价方案已定"
    SAFETY_OFFICER = "safety_officer", "安全责任人已明确"
    DISCLOSURE = "disclosure", "公开信息已公布"

    @property
    def rule(self) -> str:
        return GATE_RULES[self]

    @property
    def keeper(self) -> str:
        """Who closes it, in words."""
        return GATE_KEEPERS[self]


GATE_RULES: dict[GateCode, str] = {
    GateCode.EVALUATION_PLAN: "13-5-2",
    GateCode.SAFETY_OFFICER: "17-4",
    GateCode.DISCLOSURE: "17-3",
}
GATE_KEEPERS: dict[GateCode, str] = {
    GateCode.EVALUATION_PLAN: "资产监管部门制定阶段评价、终期评价方案和日期",
    GateCode.SAFETY_OFFICER: "阵地明确安全与应急责任人",
    GateCode.DISCLOSURE: "阵地填报公开信息，资产监管部门审核后公布",
}


class AssetNature(TextChoices):
    """第十三条（四）「有形或无形资产」."""

    TANGIBLE = "tangible", "有形资产"
    INTANGIBLE = "intangible", "无形资产"


class AccountHolder(TextChoices):
    """Whose account receives the income (第十八条)."""

    VENUE = "venue", "阵地账户"
    PARTNER = "partner", "合作方账户"
    OTHER = "other", "其他账户"


class DisposalMethod(TextChoices):
    """What becomes of the partner's fixed assets when the cooperation ends."""

    FREE_TRANSFER = "free_transfer", "无偿移交"
    BUY_BACK = "buy_back", "折价回购"
    REMOVAL = "removal", "拆除恢复"
    OTHER = "other", "其他（须写明规则）"
