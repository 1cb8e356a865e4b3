"""Words of the approval: kinds, stages, whose turn, outcomes. Value, Chinese label, tone."""

from enum import nonmember

from django.db.models import TextChoices

from accounts.enums import Permission
from organizations.enums import DepartmentKind


class PlanKind(TextChoices):
    """The two plans a venue makes (第十三条（三）)."""

    OVERALL_PLAN = "overall_plan", "总体方案"
    OPERATION_PLAN = "operation_plan", "具体运作方案"


class CooperationMode(TextChoices):
    """第十四条：the ways in which a venue may be run with others."""

    INTERNAL = "internal", "对内合作"
    EXTERNAL = "external", "对外合作"
    UNDERTAKING = "undertaking", "承接服务"
    SPONSORSHIP = "sponsorship", "接受社会赞助"
    OTHER = "other", "其它方式"


# Every kind of plan in one list: the overall plan, and the five ways of an operation plan.
PLAN_KINDS: tuple[tuple[str, str], ...] = (
    (PlanKind.OVERALL_PLAN.value, PlanKind.OVERALL_PLAN.label),
    *((one.value, one.label) for one in CooperationMode),
)


class Duty(TextChoices):
    """What a person is in one cooperation; nobody is two of them."""

    DRAFTER = "drafter", "起草"
    APPROVER = "approver", "审批"
    SIGNER = "signer", "签约"
    EVALUATOR = "evaluator", "评价"


class Stage(TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", "草稿"
    VENUE_DECIDED = "venue_decided", "阵地已集体决策"
    FORMAL_REVIEW = "formal_review", "形式审查"
    COUNTERSIGNING = "countersigning", "会签中"
    LEGAL_REVIEW = "legal_review", "法律审核"
    LEADER_SIGNOFF = "leader_signoff", "分管领导签批"
    PARTY_GROUP = "party_group", "待党组会议"
    CHAIRS_OFFICE = "chairs_office", "待主席办公会议"
    UPWARD = "upward", "待上级工会批复"
    CHANGES_PENDING = "changes_pending", "待确认修改"
    REPLYING = "replying", "待批复"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "退回修改"
    DEFERRED = "deferred", "缓议"
    REJECTED = "rejected", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"
    VOID = "void", "已作废"
    # Of an overall plan that was in force.
    HALTED = "halted", "中止实施"
    SUPERSEDED = "superseded", "已被替代"
    ENDED = "ended", "已终止"

    WRITABLE = nonmember(("draft", "returned", "deferred", "withdrawn", "changes_pending"))
    WITH_VENUE = nonmember(("draft", "venue_decided", "returned", "deferred", "withdrawn"))
    IN_REVIEW = nonmember(
        (
            "formal_review",
            "countersigning",
            "legal_review",
            "leader_signoff",
            "party_group",
            "chairs_office",
            "upward",
            "changes_pending",
            "replying",
        )
    )
    FINAL = nonmember(("approved", "rejected", "void", "halted", "superseded", "ended"))
    # Never approved, or approved and over: another plan may take its place.
    DROPPED = nonmember(("rejected", "void", "superseded", "ended"))
    # Approved and not over: changed by a plan that replaces it, or ended.
    STANDING = nonmember(("approved", "halted"))
    WAS_APPROVED = nonmember(("approved", "halted", "superseded", "ended"))

    @property
    def tone(self) -> str:
        return STAGE_TONES[self]


STAGE_TONES: dict[Stage, str] = {
    Stage.DRAFT: "idle",
    Stage.VENUE_DECIDED: "info",
    Stage.FORMAL_REVIEW: "info",
    Stage.COUNTERSIGNING: "info",
    Stage.LEGAL_REVIEW: "info",
    Stage.LEADER_SIGNOFF: "info",
    Stage.PARTY_GROUP: "info",
    Stage.CHAIRS_OFFICE: "info",
    Stage.UPWARD: "info",
    Stage.CHANGES_PENDING: "warn",
    Stage.REPLYING: "info",
    Stage.APPROVED: "ok",
    Stage.RETURNED: "warn",
    Stage.DEFERRED: "warn",
    Stage.REJECTED: "bad",
    Stage.WITHDRAWN: "idle",
    Stage.VOID: "idle",
    Stage.HALTED: "warn",
    Stage.SUPERSEDED: "idle",
    Stage.ENDED: "idle",
}


class Desk(TextChoices):
    """Whose turn it is."""

    VENUE = "venue", "阵地"
    ASSET_DEPARTMENT = "asset_department", "资产监管部门"
    COUNTERSIGNERS = "countersigners", "会签部门"
    COUNSEL = "counsel", "法律顾问"
    SECRETARY = "secretary", "会议秘书"
    CONFIRMER = "confirmer", "指定确认人"
    LEADER = "leader", "分管领导"
    HIGHER_UNION = "higher_union", "上级工会"
    NOBODY = "nobody", "已办结"


class Action(TextChoices):
    """What can be done to a plan."""

    RECORD_VENUE_DECISION = "record_venue_decision", "记录阵地集体决策"
    SUBMIT = "submit", "报送"
    ACCEPT = "accept", "形式审查通过"
    RETURN = "return", "退回修改"
    COUNTERSIGN = "countersign", "签署会签意见"
    CLEAR_LEGAL = "clear_legal", "法律审核通过"
    SIGN_OFF = "sign_off", "分管领导签批同意"
    DECIDE_PARTY_GROUP = "decide_party_group", "党组会议决定"
    DECIDE_CHAIRS_OFFICE = "decide_chairs_office", "主席办公会议决定"
    RECORD_UPWARD_REPLY = "record_upward_reply", "登记上级工会批复"
    CONFIRM_CHANGES = "confirm_changes", "确认修改到位"
    DEFER = "defer", "缓议"
    REJECT = "reject", "不予批准"
    ISSUE_REPLY = "issue_reply", "签发批复"
    VOID_REPLY = "void_reply", "作废批复"
    WITHDRAW = "withdraw", "撤回"
    CONSENT_TO_WITHDRAWAL = "consent_to_withdrawal", "同意撤回"
    VOID = "void", "作废"
    GIVE_UP = "give_up", "放弃"
    HALT = "halt", "中止实施"
    TAKE_UP = "take_up", "恢复实施"
    END = "end", "终止实施"
    REPLACE = "replace", "被替代"


class StandingAct(TextChoices):
    """What the supervising union does to an overall plan in force."""

    HALT = "halt", "中止实施"
    TAKE_UP = "take_up", "恢复实施"
    END = "end", "终止实施"


class Node(TextChoices):
    """A desk task of the route."""

    FORMAL_REVIEW = "formal_review", "形式审查"
    COUNTERSIGNATURE = "countersignature", "会签"
    LEGAL_REVIEW = "legal_review", "法律审核"
    LEADER_SIGNOFF = "leader_signoff", "分管领导签批"
    CONSULTATION = "consultation", "征求意见"  # 加签: asked by a desk, answers to that desk
    ASSIGNMENT = "assignment", "委派办理"  # 委派: helps a desk, which decides itself


# The desks of the route. What a desk asks of others (加签、委派) has no duty of its own.
NODE_PERMISSIONS: dict[str, Permission] = {
    Node.FORMAL_REVIEW: Permission.FORMAL_REVIEW,
    Node.COUNTERSIGNATURE: Permission.COUNTERSIGN,
    Node.LEGAL_REVIEW: Permission.LEGAL_REVIEW,
    Node.LEADER_SIGNOFF: Permission.LEADER_SIGNOFF,
}


def desk_label(node: str, department_kind: str) -> str:
    """What a desk is called: the node, and whose where there are several."""
    department = f" · {DepartmentKind(department_kind).label}" if department_kind else ""
    return f"{Node(node).label}{department}"


class TaskStatus(TextChoices):
    OPEN = "open", "待办"
    WAITING = "waiting", "等待"  # for those it consulted or assigned, or for its own turn to come
    PASSING = "passing", "通过中"  # signed; those consulted afterwards have not answered yet
    DONE = "done", "已办"
    OVER = "over", "已由他人办理"  # 或签、票签: the others' word was enough
    CANCELLED = "cancelled", "已取消"

    UNFINISHED = nonmember(("open", "waiting", "passing"))
    SIGNED = nonmember(("passing", "done"))


class Counting(TextChoices):
    """How the departments of a countersigning group are counted."""

    ALL = "all", "全部签署（同时）"
    SEQUENCE = "sequence", "全部签署（依次）"
    ANY = "any", "任一部门签署（或签）"
    RATIO = "ratio", "达到规定数同意（票签）"

    WHOLE = nonmember(("all", "sequence"))


class RouteCode(TextChoices):
    """Which kind of route: the ordinary one, or the one the provincial union's own units go by."""

    ORDINARY = "ordinary", "一般路由"
    PROV_DIRECT_27 = (
        "prov_direct_27",
        "省总直属企事业单位重大事项（第七章第二十七条，待省总资产监管部提供原文）",
    )


class AmendmentState(TextChoices):
    """How far an amendment of the authority matrix is."""

    DRAFT = "draft", "拟订中"
    PUBLISHED = "published", "已公布"
    DROPPED = "dropped", "已放弃"

    @property
    def tone(self) -> str:
        return {"draft": "info", "published": "ok"}.get(self.value, "idle")


class AmountFigure(TextChoices):
    """Which figure of a plan an amount of the matrix speaks of."""

    PARTNER_INVESTMENT = "partner_investment", "合作方投资"
    EXPECTED_INCOME = "expected_income", "工会方预期年收益"


class ConsultPlace(TextChoices):
    """加签: when those consulted speak."""

    BEFORE = "before", "签署前征求（前加签）"
    BESIDE = "beside", "同时征求（并加签）"
    AFTER = "after", "签署后征求（后加签）"


class Outcome(TextChoices):
    """An opinion in one word."""

    AGREE = "agree", "同意"
    CONDITIONAL = "conditional", "附条件"
    RESERVE = "reserve", "保留意见"
    RETURN = "return", "退回"
    DISAGREE = "disagree", "不同意"
    RECUSE = "recuse", "回避"

    NEEDS_TEXT = nonmember(("conditional", "reserve", "return", "disagree", "recuse"))

    @property
    def tone(self) -> str:
        return {"agree": "ok", "disagree": "bad"}.get(self.value, "warn")


class ConditionState(TextChoices):
    """附条件: only meeting it ends it; a condition cannot be waived."""

    OPEN = "open", "待落实"
    REPORTED = "reported", "已报告，待确认"
    MET = "met", "已落实"

    @property
    def tone(self) -> str:
        return {"met": "ok", "reported": "info"}.get(self.value, "warn")


class ExpertKind(TextChoices):
    """13(一)：委托律师、行业专家."""

    LAWYER = "lawyer", "律师"
    INDUSTRY_EXPERT = "industry_expert", "行业专家"


class ExpertActivity(TextChoices):
    CONSULTATION = "consultation", "会商"
    SITE_VISIT = "site_visit", "考察"
    INQUIRY = "inquiry", "质询"
    ASSESSMENT = "assessment", "评估"


class ExpertConclusion(TextChoices):
    AGREE = "agree", "同意"
    AMEND = "amend", "修改后可行"
    OPPOSE = "oppose", "反对"


class InitiativeOrigin(TextChoices):
    """第十四条第二款：who had the thought; the union decides either way."""

    STARTED = "started", "主管工会发起"
    AGREED = "agreed", "阵地提出，主管工会同意"


class ExceptionState(TextChoices):
    """例外审批：only for rules that say 原则上."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已报送，待法律审核"
    LEGAL_REVIEWED = "legal_reviewed", "已法律审核，待上会"
    APPROVED = "approved", "已批准"
    REJECTED = "rejected", "不予批准"
    REVOKED = "revoked", "已撤销"
    EXPIRED = "expired", "已过期"

    OPEN = nonmember(("draft", "submitted", "legal_reviewed"))

    @property
    def tone(self) -> str:
        return EXCEPTION_TONES.get(self.value, "info")


EXCEPTION_TONES = {"approved": "ok", "rejected": "bad", "revoked": "bad", "expired": "bad"}


class ClearanceState(TextChoices):
    """解除认定：a plan that is 疑似变相出租承包 by its score alone (第十八条)."""

    REQUESTED = "requested", "待纪委、经审表示意见"
    CONCURRED = "concurred", "待主管工会会议"
    CLEARED = "cleared", "已解除"
    REFUSED = "refused", "不予解除"
    LAPSED = "lapsed", "已失效"

    OPEN = nonmember(("requested", "concurred"))

    @property
    def tone(self) -> str:
        return {"cleared": "ok", "refused": "bad", "lapsed": "idle"}.get(self.value, "info")


class DelegationState(TextChoices):
    """How far a 代理 has come on a day."""

    AHEAD = "ahead", "未开始"
    RUNNING = "running", "代理中"
    OVER = "over", "已到期"
    REVOKED = "revoked", "已收回"

    @property
    def tone(self) -> str:
        return {"ahead": "info", "running": "ok"}.get(self.value, "idle")


class ThreadState(TextChoices):
    """批注：whether the question still waits for an answer."""

    OPEN = "open", "未解决"
    RESOLVED = "resolved", "已解决"


class UpwardOutcome(TextChoices):
    """What the higher union answers."""

    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回修改"
    REJECTED = "rejected", "不同意"


class MajorTest(TextChoices):
    """By what an entry of the catalogue of major matters is told."""

    MODE = "mode", "合作方式"
    AMOUNT = "amount", "金额"
    TERM = "term", "期限"
    ASSET = "asset", "涉及的资产"
    BRAND = "brand", "涉及的名称、品牌"
    JUDGEMENT = "judgement", "由主管工会认定"


class ReplyState(TextChoices):
    DRAFT = "draft", "拟稿"
    ISSUED = "issued", "已签发"


class SectionCode(TextChoices):
    """The sections of a plan, in the order they are read."""

    OVERVIEW = "overview", "项目概况"
    PARTNER = "partner", "合作对象"
    UNDERTAKING = "undertaking", "承接服务"
    SPONSORSHIP = "sponsorship", "社会赞助"
    CONTROL = "control", "主导权控制权"
    APPRAISAL = "appraisal", "论证"
    CONTRACT_ELEMENTS = "contract_elements", "合同要素"
    MAJOR_MATTER = "major_matter", "重大事项"
    NEGATIVE_LIST = "negative_list", "负面清单"
    FIVE_CONSTANTS = "five_constants", "五不变"
    FOUR_PROPERTIES = "four_properties", "四性"
    DISCOUNTS = "discounts", "职工优惠"
    ROADMAP = "roadmap", "路线图"
    SAFETY = "safety", "安全与应急"
