"""Permissions: what a role may do. One word per duty of the regulation."""

from enum import StrEnum

from django.db.models import TextChoices


class TextSize(TextChoices):
    """How large the pages are written for a person; blank is 标准."""

    LARGE = "lg", "大字"


class Permission(StrEnum):
    """A duty; `Role` says who holds it, `post_for` says where."""

    ORGANIZATION_READ = "organization.read"
    CALENDAR_WRITE = "calendar.write"
    RULES_READ = "rules.read"
    PARAMETER_READ = "parameter.read"
    POLICY_WRITE = "policy.write"

    VENUE_READ = "venue.read"
    VENUE_WRITE = "venue.write"
    READINESS_WRITE = "readiness.write"
    READINESS_REVIEW = "readiness.review"

    PARTNER_READ = "partner.read"
    PARTNER_WRITE = "partner.write"
    DUE_DILIGENCE_WRITE = "due_diligence.write"

    PROPOSAL_READ = "proposal.read"
    PROPOSAL_WRITE = "proposal.write"
    PROPOSAL_SUBMIT = "proposal.submit"
    VENUE_DECISION_RECORD = "venue_decision.record"
    GUIDANCE_RECORD = "guidance.record"
    EXPERT_OPINION = "expert.opinion"
    FORMAL_REVIEW = "formal_review.act"
    COUNTERSIGN = "countersign.act"
    OBJECTION_RESOLVE = "objection.resolve"
    CONDITION_CONFIRM = "condition.confirm"
    LEGAL_REVIEW = "legal_review.act"
    LEADER_SIGNOFF = "leader_signoff.act"
    PROCEDURE_KEEP = "procedure.keep"
    ERRAND_WRITE = "errand.write"
    EXCEPTION_WRITE = "exception.write"
    THREAD_WRITE = "thread.write"
    REPLY_DRAFT = "reply.draft"
    REPLY_ISSUE = "reply.issue"
    MATRIX_READ = "matrix.read"
    MATRIX_WRITE = "matrix.write"
    MATRIX_PUBLISH = "matrix.publish"

    UNION_PLAN_READ = "union_plan.read"
    UNION_PLAN_WRITE = "union_plan.write"
    UNION_PLAN_ISSUE = "union_plan.issue"

    MEETING_READ = "meeting.read"
    MEETING_WRITE = "meeting.write"
    MEETING_RECORD_READ = "meeting_record.read"
    CHANGES_CONFIRM = "changes.confirm"

    CONTRACT_READ = "contract.read"
    CONTRACT_WRITE = "contract.write"
    CONTRACT_CHECK = "contract.check"
    CONTRACT_SIGN = "contract.sign"
    CONTRACT_FILE = "contract.file"

    DISCLOSURE_WRITE = "disclosure.write"
    DISCLOSURE_REVIEW = "disclosure.review"

    REPORT_READ = "report.read"
    REPORT_WRITE = "report.write"
    REPORT_REVIEW = "report.review"

    EVALUATION_READ = "evaluation.read"
    EVALUATION_PLAN = "evaluation.plan"
    EVALUATION_SCORE = "evaluation.score"
    EVALUATION_CONFIRM = "evaluation.confirm"
    RECTIFICATION_READ = "rectification.read"
    RECTIFICATION_WRITE = "rectification.write"
    RECTIFICATION_REVIEW = "rectification.review"

    FILE_READ = "file.read"
    FILE_UPLOAD = "file.upload"
    PDF_EXPORT = "pdf.export"
    LIST_EXPORT = "list.export"
    INBOX_READ = "inbox.read"
    WORKBENCH_READ = "workbench.read"
    TOKEN_WRITE = "token.write"  # noqa: S105 - a duty, not a secret

    DELIVERY_READ = "delivery.read"
    ACCOUNT_WRITE = "account.write"
    POST_WRITE = "post.write"
    LEDGER_READ = "ledger.read"


# What each duty is called where roles are printed for people.
DUTY_NAMES: dict[Permission, str] = {
    Permission.ORGANIZATION_READ: "阅看组织架构",
    Permission.CALENDAR_WRITE: "维护工作日历",
    Permission.RULES_READ: "阅看细则",
    Permission.PARAMETER_READ: "阅看参数",
    Permission.POLICY_WRITE: "提供政策依据原文（限省总资产监管部）",
    Permission.VENUE_READ: "阅看服务阵地",
    Permission.VENUE_WRITE: "登记服务阵地",
    Permission.READINESS_WRITE: "填报条件自评",
    Permission.READINESS_REVIEW: "审核条件自评",
    Permission.PARTNER_READ: "阅看合作方",
    Permission.PARTNER_WRITE: "登记合作方",
    Permission.DUE_DILIGENCE_WRITE: "填报尽职调查",
    Permission.PROPOSAL_READ: "阅看方案",
    Permission.PROPOSAL_WRITE: "起草方案",
    Permission.PROPOSAL_SUBMIT: "报送方案",
    Permission.VENUE_DECISION_RECORD: "记录阵地集体决策",
    Permission.GUIDANCE_RECORD: "记录论证指导",
    Permission.EXPERT_OPINION: "出具专家意见",
    Permission.FORMAL_REVIEW: "形式审查",
    Permission.COUNTERSIGN: "签署会签意见",
    Permission.OBJECTION_RESOLVE: "处理不同意意见",
    Permission.CONDITION_CONFIRM: "确认所附条件落实",
    Permission.LEGAL_REVIEW: "法律审核",
    Permission.LEADER_SIGNOFF: "分管领导签批",
    Permission.PROCEDURE_KEEP: "中止、恢复、作废方案",
    Permission.ERRAND_WRITE: "答复征求意见、传阅、催办",
    Permission.EXCEPTION_WRITE: "申请例外",
    Permission.THREAD_WRITE: "批注方案",
    Permission.REPLY_DRAFT: "拟写批复",
    Permission.REPLY_ISSUE: "签发批复",
    Permission.MATRIX_READ: "阅看决策权限清单",
    Permission.MATRIX_WRITE: "拟订决策权限清单和重大事项清单",
    Permission.MATRIX_PUBLISH: "公布决策权限清单（不能公布自己拟订的）",
    Permission.UNION_PLAN_READ: "阅看工会规划方案",
    Permission.UNION_PLAN_WRITE: "起草工会规划方案、登记步骤完成",
    Permission.UNION_PLAN_ISSUE: "印发工会规划方案（不能印发自己起草的）",
    Permission.MEETING_READ: "阅看会议纪要",
    Permission.MEETING_WRITE: "登记会议",
    Permission.MEETING_RECORD_READ: "阅看会议原始记录",
    Permission.CHANGES_CONFIRM: "确认修改到位",
    Permission.CONTRACT_READ: "阅看合同",
    Permission.CONTRACT_WRITE: "起草合同",
    Permission.CONTRACT_CHECK: "核查合同条款、把合作方列为重点关注",
    Permission.CONTRACT_SIGN: "签订合同",
    Permission.CONTRACT_FILE: "合同备案",
    Permission.DISCLOSURE_WRITE: "填报公开信息",
    Permission.DISCLOSURE_REVIEW: "审核公开信息",
    Permission.REPORT_READ: "阅看报告",
    Permission.REPORT_WRITE: "填报报告",
    Permission.REPORT_REVIEW: "审核报告",
    Permission.EVALUATION_READ: "阅看考核评价",
    Permission.EVALUATION_PLAN: "制定评价方案",
    Permission.EVALUATION_SCORE: "评价打分",
    Permission.EVALUATION_CONFIRM: "确认评价等次",
    Permission.RECTIFICATION_READ: "阅看整改",
    Permission.RECTIFICATION_WRITE: "填报整改",
    Permission.RECTIFICATION_REVIEW: "复核整改",
    Permission.FILE_READ: "下载材料",
    Permission.FILE_UPLOAD: "上传材料",
    Permission.PDF_EXPORT: "导出 PDF",
    Permission.LIST_EXPORT: "导出列表",
    Permission.INBOX_READ: "接收消息",
    Permission.WORKBENCH_READ: "使用工作台",
    Permission.TOKEN_WRITE: "建立、撤销本人的接口令牌",
    Permission.DELIVERY_READ: "查看投递日志、重新投递",
    Permission.ACCOUNT_WRITE: "建立、停用账号，重置密码",
    Permission.POST_WRITE: "指派、收回岗位，解除锁定",
    Permission.LEDGER_READ: "查看和核验留痕",
}
