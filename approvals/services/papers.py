"""审批表 as a paper of its own: numbered, kept, checked by its code."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.models import Proposal
from approvals.selectors.approval_form import approval_form_context
from approvals.services import common
from core.errors import ActionBlocked
from documents import services as documents
from documents.enums import DocumentStatus
from documents.models import IssuedDocument
from documents.selectors import documents_of

TEMPLATE = "print/approval_form.html"
TITLE = "职工服务阵地社会化市场化合作项目审批表"
KIND = "approval_form"


@transaction.atomic
def issue_approval_form(
    *, proposal: Proposal, by: User, at: datetime, command_id: UUID | None = None
) -> IssuedDocument:
    """Print the form as the file stands now; an earlier print is superseded, never changed."""
    proposal = common.lock_proposal(proposal, None)
    require(by, Permission.FORMAL_REVIEW, union=proposal.supervising_union)
    version = proposal.versions.filter(no=proposal.version_no).first()
    if version is None:
        raise ActionBlocked("方案尚未报送，没有可以打印的版本。")
    printed = documents_of(proposal.case_id, KIND).filter(
        number=proposal.number, status=DocumentStatus.IN_FORCE
    )
    document = documents.issue_pdf(
        kind=KIND,
        template=TEMPLATE,
        context=approval_form_context(proposal, version, today=at.date()),
        number=proposal.number or "",
        title=TITLE,
        case_id=proposal.case_id,
        union=proposal.supervising_union,
        venue_id=proposal.venue_id,
        by=by,
        at=at,
        supersedes=printed.first(),
    )
    common.note(
        proposal, "approval_form.issued", "生成审批表", by=by, at=at, command_id=command_id,
        snapshot_sha256=version.sha256,
    )  # fmt: skip
    return document
