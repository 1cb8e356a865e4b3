"""审批表 and 退回补正通知 as papers: numbered, kept, checked by their codes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals import allowed
from approvals.enums import Stage
from approvals.models import Proposal
from approvals.selectors.approval_form import approval_form_context
from approvals.selectors.papers import (
    RETURN_NOTICE,
    notices_in_force,
    return_notice_context,
    return_notice_title,
    return_points_due,
)
from approvals.services import common
from core.errors import ActionBlocked, Reason
from documents import services as documents
from documents.enums import DocumentStatus, NumberKind
from documents.models import IssuedDocument
from documents.selectors import documents_of
from organizations.models import TradeUnion

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


@transaction.atomic
def issue_return_notice(
    *, proposal: Proposal, by: User, at: datetime, command_id: UUID | None = None
) -> IssuedDocument:
    """Tell the venue on paper, once and whole, what it has to mend (补正一次性告知)."""
    proposal = common.lock_proposal(proposal, None)
    union = proposal.supervising_union
    require(by, Permission.FORMAL_REVIEW, union=union)
    points = return_points_due(proposal)
    if proposal.stage != Stage.RETURNED or not points:
        raise ActionBlocked("方案没有退回阵地，或者已经重新报送，没有可以出具的退回通知。")
    title = return_notice_title(proposal)
    standing = notices_in_force(proposal).filter(title=title)
    if issued := standing.first():
        raise ActionBlocked(f"这一版的退回通知已经出具（{issued.number}），须补正的事项一次告知。")
    number = documents.take_number(
        series=_notice_series(union), year=at.year, title=title, case_id=proposal.case_id,
        union=union, venue_id=proposal.venue_id, by=by, at=at,
    )  # fmt: skip
    document = documents.issue_pdf(
        kind=RETURN_NOTICE,
        template="print/return_notice.html",
        context=return_notice_context(proposal, points),
        number=number,
        title=title,
        case_id=proposal.case_id,
        union=union,
        venue_id=proposal.venue_id,
        by=by,
        at=at,
    )
    common.note(
        proposal, "return_notice.issued", f"出具退回补正通知 {number}", by=by, at=at,
        command_id=command_id, snapshot_sha256=points[0].plan_version.sha256,
    )  # fmt: skip
    people = common.venue_people(proposal, today=at.date())
    key = f"return-notice:{document.pk}"
    common.tell(people, proposal, f"退回补正通知：{number}", key=key, at=at)
    return document


@transaction.atomic
def void_return_notice(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> IssuedDocument:  # fmt: skip
    """作废: declare the last notice void; its number stays, and another may be issued."""
    proposal = common.lock_proposal(proposal, version)
    allowed.ensure(allowed.why_not_notice_voided(by, proposal))
    notice = notices_in_force(proposal)[0]
    if not reason.strip():
        raise ActionBlocked(Reason("请写明作废理由。", field="reason"))
    documents.void_document(document=notice, reason=reason, by=by, at=at)
    proposal.updated_at = at
    proposal.save_new_version()
    title = f"作废退回补正通知 {notice.number}：{reason.strip()}"
    common.note(proposal, "return_notice.voided", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    said = f"退回补正通知已作废：{notice.number}"
    common.tell(people, proposal, said, key=f"return-notice:void:{notice.pk}", at=at, text=reason)
    return notice


def _notice_series(union: TradeUnion) -> documents.Series:
    return documents.Series(
        code=f"return:{union.code}", kind=NumberKind.RETURN_NOTICE, holder=union.name,
        form=f"{union.short_name}资退〔{{year}}〕{{no}}号",
    )  # fmt: skip
