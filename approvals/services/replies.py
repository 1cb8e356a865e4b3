"""批复: drafted by the asset department, issued with its number by the leader."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import Action, Duty, ReplyState, Stage
from approvals.models import Proposal, Reply
from approvals.rules.term import add_months
from approvals.selectors.paper_marks import paper_marks
from approvals.selectors.papers import reply_context
from approvals.selectors.reliance import rests_on
from approvals.services import clocks, common, duties
from approvals.services.drafting import overall_plan_of
from approvals.services.involving import take_duty
from approvals.services.notices import tell_other_unions
from approvals.services.standing import replace_plan
from core.errors import ActionBlocked, Reason, Refused
from documents import services as documents
from documents.enums import NumberKind
from organizations.models import TradeUnion
from organizations.selectors import parameter


@transaction.atomic
def draft_reply(
    *, proposal: Proposal, approved_matters: str, conditions: str, requirements: str,
    version: int, by: User, at: datetime, command_id: UUID | None = None,
) -> Reply:  # fmt: skip
    """Write or change the draft of the reply while it is not issued."""
    proposal = common.lock_proposal(proposal, version)
    permissions.require_duty(by, Permission.REPLY_DRAFT, proposal)
    if proposal.stage != Stage.REPLYING:
        raise ActionBlocked("方案尚未完成集体决策，不能拟批复。")
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "拟批复", at=at)
    reply = Reply.objects.filter(proposal=proposal).first() or Reply(proposal=proposal, version=0)
    reply.approved_matters = approved_matters
    reply.conditions = conditions
    reply.requirements = requirements
    reply.drafted_by, reply.drafted_at = by, at
    reply.save_new_version()
    proposal.updated_at = at
    proposal.save_new_version()
    clocks.remind_of_stage(proposal, at=at)  # who issues it is waited for now
    common.note(proposal, "reply.drafted", "拟批复", by=by, at=at, command_id=command_id)
    people = common.holders(Permission.REPLY_ISSUE, proposal=proposal, today=at.date())
    common.tell(people, proposal, "批复待签发", key=f"reply:{reply.version}", at=at)
    duties.alarm_if_unmanned(proposal, at=at)
    return reply


def _series(union: TradeUnion) -> documents.Series:
    return documents.Series(
        code=f"reply:{union.code}", kind=NumberKind.REPLY, holder=union.name,
        form=f"{union.short_name}资批〔{{year}}〕{{no}}号",
    )  # fmt: skip


@transaction.atomic
def issue_reply(
    *, proposal: Proposal, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Reply:
    """Issue the reply: its number, its PDF, and the plan is approved (13(二) 批准后方可实施)."""
    proposal = common.lock_proposal(proposal, version)
    permissions.require_duty(by, Permission.REPLY_ISSUE, proposal)
    permissions.refuse_own_part(by, proposal)
    common.ensure_allowed(proposal, Action.ISSUE_REPLY, today=at.date())
    reply = Reply.objects.filter(proposal=proposal).first()
    if reply is None:
        raise ActionBlocked("资产监管部门尚未拟好批复，不能签发。")
    if reply.drafted_by_id == by.pk:
        raise Refused("拟稿人不能签发自己拟的批复。")
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "签发批复", at=at)
    union = proposal.supervising_union
    reply.document_number = documents.take_number(
        series=_series(union), year=at.year, title=f"关于{proposal.title}的批复",
        case_id=proposal.case_id, union=union, venue_id=proposal.venue_id, by=by, at=at,
    )  # fmt: skip
    reply.state = ReplyState.ISSUED
    reply.issued_by, reply.issued_on = by, at.date()
    frozen = reply.plan_version = proposal.versions.get(no=proposal.version_no)
    reply.document = documents.issue_pdf(
        kind="reply",
        template="print/reply.html",
        context=reply_context(
            proposal, reply, frozen, marks=paper_marks(proposal, today=at.date())
        ),
        number=reply.document_number,
        title=f"关于{proposal.title}的批复",
        case_id=proposal.case_id,
        union=union,
        venue_id=proposal.venue_id,
        by=by,
        at=at,
    )
    reply.save_new_version()
    _come_into_force(proposal, by=by, at=at)
    common.move(proposal, Stage.APPROVED, at=at)
    common.note(
        proposal, "reply.issued", f"签发批复 {reply.document_number}", by=by, at=at,
        command_id=command_id, snapshot_sha256=frozen.sha256,
    )  # fmt: skip
    people, key = common.venue_people(proposal, today=at.date()), f"issued:{reply.version}"
    common.tell(people, proposal, f"批复已签发：{reply.document_number}", key=key, at=at)
    tell_other_unions(proposal, "已获批复", key=key, by=by, at=at)
    return reply


@transaction.atomic
def void_reply(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Reply:  # fmt: skip
    """作废: take an issued reply back; its number stays void and the plan waits for another.

    What was decided stands, but 「批准后方可实施」: nothing is signed until the next reply. What
    was signed on this one cannot be undone by a paper, so it refuses.
    """
    proposal = common.lock_proposal(proposal, version)
    allowed.ensure(allowed.why_not_reply_voided(by, proposal))
    permissions.refuse_own_part(by, proposal)
    reply = Reply.objects.select_related("document").filter(proposal=proposal).first()
    if reply is None or reply.document is None:
        raise ActionBlocked("本方案没有已经签发的批复，无需作废。")
    if not reason.strip():
        raise ActionBlocked(Reason("请写明作废理由。", field="reason"))
    if held := rests_on(proposal):
        text = f"{held}，批复不能作废；须改变的，通过变更方案或者终止合同办理。"
        raise ActionBlocked(Reason(text, "13-2-2"))
    number = reply.document_number
    documents.void_document(document=reply.document, reason=reason, by=by, at=at)
    reply.state, reply.document, reply.document_number = ReplyState.DRAFT, None, None
    reply.issued_by = reply.issued_on = reply.plan_version = None
    reply.save_new_version()
    proposal.decided_at = proposal.overall_plan = proposal.sign_by = None
    common.move(proposal, Stage.REPLYING, at=at)
    title = f"作废批复 {number}：{reason.strip()}"
    common.note(proposal, "reply.voided", title, by=by, at=at, command_id=command_id)
    key, said = f"voided:{reply.version}", f"批复已作废：{number}"
    people = [
        *common.venue_people(proposal, today=at.date()),
        *common.holders(Permission.REPLY_DRAFT, proposal=proposal, today=at.date()),
    ]
    common.tell(people, proposal, said, key=key, at=at, text=reason)
    tell_other_unions(proposal, "的批复已作废", key=key, by=by, at=at)
    return reply


def _come_into_force(proposal: Proposal, *, by: User, at: datetime) -> None:
    """An amendment replaces the plan it changes. An operation plan keeps the overall plan it was
    decided under, and lapses when no contract is signed within the months in force today (2.2)."""
    if proposal.replaces_id:
        replace_plan(proposal, by=by, at=at)
    if proposal.is_operation_plan:
        proposal.overall_plan = overall_plan_of(proposal.venue)
        today, union = localdate(at), proposal.supervising_union
        months = parameter("approval_valid_months", union=union, on=today).value
        proposal.sign_by = add_months(today, int(months))
