"""Roles: each says in prose what its holder may do, and lists it as permissions.

The prose is what an auditor reads; a test holds it against the list.
"""

from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import Permission as P  # noqa: N817 - read as a table below


class Place(StrEnum):
    """Where a post of this role stands."""

    UNION = "union"
    DEPARTMENT = "department"
    VENUE = "venue"
    OUTSIDE = "outside"
    PLATFORM = "platform"


EVERYBODY = frozenset({P.INBOX_READ, P.WORKBENCH_READ, P.RULES_READ})
READING = EVERYBODY | {
    P.ORGANIZATION_READ,
    P.PARAMETER_READ,
    P.VENUE_READ,
    P.PARTNER_READ,
    P.PROPOSAL_READ,
    P.MATRIX_READ,
    P.UNION_PLAN_READ,
    P.MEETING_READ,
    P.CONTRACT_READ,
    P.REPORT_READ,
    P.EVALUATION_READ,
    P.RECTIFICATION_READ,
    P.FILE_READ,
    P.PDF_EXPORT,
    P.LIST_EXPORT,
    P.TOKEN_WRITE,
}
VENUE_DRAFTING = READING | {
    P.ERRAND_WRITE,
    P.READINESS_WRITE,
    P.PARTNER_WRITE,
    P.DUE_DILIGENCE_WRITE,
    P.PROPOSAL_WRITE,
    P.CONTRACT_WRITE,
    P.DISCLOSURE_WRITE,
    P.REPORT_WRITE,
    P.RECTIFICATION_WRITE,
    P.EXCEPTION_WRITE,
    P.THREAD_WRITE,
    P.FILE_UPLOAD,
}
ASSET_WORK = READING | {
    P.ERRAND_WRITE,
    P.POLICY_WRITE,
    P.VENUE_WRITE,
    P.READINESS_REVIEW,
    P.PARTNER_WRITE,
    P.GUIDANCE_RECORD,
    P.FORMAL_REVIEW,
    P.THREAD_WRITE,
    P.REPLY_DRAFT,
    P.UNION_PLAN_WRITE,
    P.CONTRACT_CHECK,
    P.CONTRACT_FILE,
    P.DISCLOSURE_REVIEW,
    P.REPORT_REVIEW,
    P.EVALUATION_PLAN,
    P.EVALUATION_SCORE,
    P.RECTIFICATION_REVIEW,
    P.FILE_UPLOAD,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCard:
    """What one role is: its name, its place, its duties in prose and as permissions."""

    name: str
    place: Place
    description: str
    permissions: frozenset[P]


class Role(StrEnum):
    """The roles of the portal; `Role.X.card` describes each."""

    VENUE_STAFF = "venue_staff"
    VENUE_MANAGER = "venue_manager"
    ASSET_OFFICER = "asset_officer"
    ASSET_HEAD = "asset_head"
    COUNTERSIGNER = "countersigner"
    COUNSEL = "counsel"
    LEADER = "leader"
    SECRETARY = "secretary"
    AUDITOR = "auditor"
    EXPERT = "expert"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"

    @property
    def card(self) -> RoleCard:
        return CARDS[self]

    @property
    def label(self) -> str:
        return CARDS[self].name


CARDS: dict[Role, RoleCard] = {
    Role.VENUE_STAFF: RoleCard(
        name="阵地经办人",
        place=Place.VENUE,
        description="起草本阵地的条件自评、尽职调查、方案、合同、公开信息和报告，上传证明材料，"
        "答复批注；不能记录集体决策、报送、签约，也不能办理任何审批。",
        permissions=VENUE_DRAFTING,
    ),
    Role.VENUE_MANAGER: RoleCard(
        name="阵地负责人",
        place=Place.VENUE,
        description="除经办人的全部事项外，记录本阵地集体决策、报送方案、签订合同；"
        "不能审批自己报送的方案。",
        permissions=VENUE_DRAFTING
        | {P.VENUE_DECISION_RECORD, P.PROPOSAL_SUBMIT, P.CONTRACT_SIGN, P.MEETING_WRITE},
    ),
    Role.ASSET_OFFICER: RoleCard(
        name="资产监管部经办人",
        place=Place.DEPARTMENT,
        description="登记阵地、审核条件自评、指导论证、形式审查、批注方案、拟批复、核查合同条款并备案、"
        "把合作方列为重点关注、审核公开信息和报告、组织评价打分、复核整改；起草本级工会的实施规划、具体方案和具体工作方案。",
        permissions=ASSET_WORK,
    ),
    Role.ASSET_HEAD: RoleCard(
        name="资产监管部部长",
        place=Place.DEPARTMENT,
        description="除经办人的全部事项外，对不同意意见作出书面处理、中止、恢复或作废在办方案、作废退回补正通知、"
        "按主管工会的决定中止、恢复、终止实施中的总体方案、"
        "拟订决策权限清单和重大事项清单、公布他人拟订的清单、确认评价等次。",
        permissions=ASSET_WORK
        | {
            P.OBJECTION_RESOLVE,
            P.PROCEDURE_KEEP,
            P.MATRIX_WRITE,
            P.MATRIX_PUBLISH,
            P.EVALUATION_CONFIRM,
        },
    ),
    Role.COUNTERSIGNER: RoleCard(
        name="会签部门经办人",
        place=Place.DEPARTMENT,
        description="代表组织人事、党委（纪委）、财务或经审部门对方案签署会签意见、逐节批注，"
        "确认本部门所附条件已经落实。",
        permissions=READING
        | {P.ERRAND_WRITE, P.COUNTERSIGN, P.CONDITION_CONFIRM, P.THREAD_WRITE, P.FILE_UPLOAD},
    ),
    Role.COUNSEL: RoleCard(
        name="法律顾问",
        place=Place.UNION,
        description="对本级工会受理的方案、例外和合同出具法律审核意见、逐节批注，"
        "确认自己所附条件已经落实；须独立于阵地聘请的律师。",
        permissions=READING
        | {P.ERRAND_WRITE, P.LEGAL_REVIEW, P.CONDITION_CONFIRM, P.THREAD_WRITE, P.FILE_UPLOAD},
    ),
    Role.LEADER: RoleCard(
        name="分管领导",
        place=Place.UNION,
        description="阅看本级及下级工会全部事项和会议原始记录，批注方案，"
        "在路由设有签批环节时签批，确认“修改后通过”的修改已经到位，签发和作废批复，"
        "公布资产监管部拟订的决策权限清单，印发会议决定的工会规划方案。",
        permissions=READING
        | {
            P.ERRAND_WRITE,
            P.LEADER_SIGNOFF,
            P.REPLY_ISSUE,
            P.MATRIX_PUBLISH,
            P.UNION_PLAN_ISSUE,
            P.CHANGES_CONFIRM,
            P.THREAD_WRITE,
            P.MEETING_RECORD_READ,
        },
    ),
    Role.SECRETARY: RoleCard(
        name="会议秘书",
        place=Place.UNION,
        description="安排党组会议和主席办公会议的议题，登记到会、回避、发言和表决，形成记录和纪要；"
        "只记录，不表决。",
        permissions=READING
        | {P.ERRAND_WRITE, P.MEETING_WRITE, P.MEETING_RECORD_READ, P.FILE_UPLOAD},
    ),
    Role.AUDITOR: RoleCard(
        name="审计人员",
        place=Place.UNION,
        description="阅看范围内全部事项、会议原始记录和留痕，导出列表和 PDF；不能改动任何内容。",
        permissions=READING | {P.MEETING_RECORD_READ, P.LEDGER_READ},
    ),
    Role.EXPERT: RoleCard(
        name="外聘律师、行业专家",
        place=Place.OUTSIDE,
        description="只能在约定期间阅看受聘的一个方案，声明有无利害关系并出具意见；方案报送后可以批注。",
        permissions=EVERYBODY | {P.PROPOSAL_READ, P.EXPERT_OPINION, P.THREAD_WRITE, P.TOKEN_WRITE},
    ),
    Role.SYSTEM_ADMIN: RoleCard(
        name="系统管理员",
        place=Place.PLATFORM,
        description="建立和停用账号、重置密码、维护工作日历、查看投递日志，导出这些列表；看不到任何业务内容，也不能授予角色。",
        permissions=EVERYBODY
        | {
            P.ORGANIZATION_READ,
            P.CALENDAR_WRITE,
            P.ACCOUNT_WRITE,
            P.DELIVERY_READ,
            P.LIST_EXPORT,
        },
    ),
    Role.SECURITY_ADMIN: RoleCard(
        name="安全管理员",
        place=Place.PLATFORM,
        description="为账号指派和收回岗位、解除锁定，导出岗位列表；不能建立账号，看不到任何业务内容。",
        permissions=EVERYBODY | {P.ORGANIZATION_READ, P.POST_WRITE, P.LIST_EXPORT},
    ),
    Role.AUDIT_ADMIN: RoleCard(
        name="审计管理员",
        place=Place.PLATFORM,
        description="查看、导出并核验全部留痕；看不到业务正文，不能改动任何内容。",
        permissions=EVERYBODY | {P.LEDGER_READ, P.LIST_EXPORT},
    ),
}

ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
VENUE_ROLES = frozenset({Role.VENUE_STAFF, Role.VENUE_MANAGER})
UNION_ROLES = frozenset(Role) - ADMIN_ROLES - VENUE_ROLES - {Role.EXPERT}
