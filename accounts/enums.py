"""Permissions: what a role may do. One word per duty of the regulation."""

from enum import StrEnum


class Permission(StrEnum):
    """A duty; `Role` says who holds it, `post_for` says where."""

    ORGANIZATION_READ = "organization.read"
    CALENDAR_WRITE = "calendar.write"
    RULES_READ = "rules.read"
    PARAMETER_READ = "parameter.read"

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
    EXCEPTION_WRITE = "exception.write"
    REPLY_DRAFT = "reply.draft"
    REPLY_ISSUE = "reply.issue"
    MATRIX_READ = "matrix.read"
    MATRIX_WRITE = "matrix.write"

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
    INBOX_READ = "inbox.read"
    WORKBENCH_READ = "workbench.read"

    DELIVERY_READ = "delivery.read"
    ACCOUNT_WRITE = "account.write"
    POST_WRITE = "post.write"
    LEDGER_READ = "ledger.read"
