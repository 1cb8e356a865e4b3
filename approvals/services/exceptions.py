"""例外审批: one soft rule set aside for one plan. A hard rule has no door for anybody."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals import permissions
from approvals.enums import Duty, ExceptionState, Stage
from approvals.models import Proposal, RuleException
from approvals.rules.checks import EXCEPTIONABLE
from approvals.rules.excepting import EXCEPTING, state_on
from approvals.selectors.standing import recheck_of
from approvals.services import common, side_clocks
from approvals.services.expiring import page_of, unwatch_end
from approvals.services.involving import take_duty
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from documents.enums import NumberKind
from documents.services import Series, take_number
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from meetings.enums import DecisionBodyKind

NUMBERS = Series(code="LW", kind=NumberKind.EXCEPTION, form="LW-{year}-{no:04d}")
TEXTS = ("facts", "reason", "risk", "mitigation", "lawyer_opinion")


@transaction.atomic
def draft_exception(
    *, proposal: Proposal, rule_code: str, facts: str, reason: str, risk: str, mitigation: str,
    lawyer_opinion: str, valid_until: date, by: User, at: datetime, command_id: UUID | None = None,
) -> RuleException:  # fmt: skip
    """Write down why one 原则上 rule should not hold for one plan."""
    require(by, Permission.EXCEPTION_WRITE, venue_id=proposal.venue_id)
    proposal = common.lock_proposal(proposal, None)
    _ensure_under_way(proposal)
    if rule_code not in EXCEPTIONABLE:
        text = "这一条是硬性规定，任何人都不能批准例外；只有写明“原则上”的条款可以申请。"
        raise ActionBlocked(Reason(text, rule_code, "rule_code"))
    _ensure_validity(proposal, valid_until, at=at)
    exception = RuleException(
        proposal=proposal,
        venue_id=proposal.venue_id,
        rule_code=rule_code,
        facts=facts,
        reason=reason,
        risk=risk,
        mitigation=mitigation,
        lawyer_opinion=lawyer_opinion,
        valid_until=valid_until,
        drafted_by=by,
    )
    exception.place_like(proposal)
    _leave_expired(proposal, rule_code, by=by, at=at, command_id=command_id)
    try:
        with transaction.atomic():
            exception.save(force_insert=True)
    except IntegrityError as conflict:
        text = "这一条款已有一件例外正在办理或已经批准，不能重复申请。"
        raise ActionBlocked(Reason(text, rule_code, "rule_code")) from conflict
    title = f"起草例外审批（{rule_code}）"
    common.note(proposal, "exception.drafted", title, by=by, at=at, command_id=command_id)
    return exception


def _leave_expired(
    proposal: Proposal, rule_code: str, *, by: User, at: datetime, command_id: UUID | None
) -> None:
    """An exception whose term is over makes room for a new one on the same rule."""
    rows = proposal.exceptions.filter(
        rule_code=rule_code, state=ExceptionState.APPROVED, valid_until__lt=at.date()
    )
    for old in rows.order_by("pk"):
        old.state = ExceptionState.EXPIRED
        old.save_new_version()
        title = f"例外 {old.number} 已过期，重新申请"
        common.note(proposal, "exception.renewed", title, by=by, at=at, command_id=command_id)


def _ensure_under_way(proposal: Proposal) -> None:
    """An exception is asked for a plan that is made or carried out, not for one that is over."""
    if proposal.stage in Stage.DROPPED:
        raise ActionBlocked(
            f"方案{proposal.get_stage_display()}，已经办结，不能再为它申请或办理例外；"
            "确有需要的，请另行起草方案。"
        )


def _ensure_validity(proposal: Proposal, valid_until: date, *, at: datetime) -> None:
    if valid_until <= at.date():
        raise ActionBlocked(Reason("有效期须晚于今天。", field="valid_until"))
    if proposal.ends_on and valid_until > proposal.ends_on:
        raise ActionBlocked(Reason("有效期不能超过合作终止日。", field="valid_until"))


@transaction.atomic
def update_exception(
    *, exception: RuleException, version: int, by: User, at: datetime,
    command_id: UUID | None = None, **texts,
) -> RuleException:  # fmt: skip
    """Change the draft of an exception."""
    exception = lock(RuleException, pk=exception.pk, version=version)
    require(by, Permission.EXCEPTION_WRITE, venue_id=exception.venue_id)
    if not EXCEPTING.allows("update", exception.state):
        raise ActionBlocked("例外已经报送，不能再修改。")
    _ensure_under_way(exception.proposal)
    _ensure_validity(exception.proposal, texts["valid_until"], at=at)
    for name in (*TEXTS, "valid_until"):
        setattr(exception, name, texts[name])
    exception.save_new_version()
    title = f"修改例外审批（{exception.rule_code}）"
    common.note(exception.proposal, "exception.updated", title, by=by, at=at, command_id=command_id)
    return exception


@transaction.atomic
def submit_exception(
    *, exception: RuleException, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> RuleException:  # fmt: skip
    """Send the exception to the supervising union's counsel; it gets its number."""
    require(by, Permission.PROPOSAL_SUBMIT, venue_id=exception.venue_id)
    proposal = common.lock_proposal(exception.proposal, None)
    exception = lock(RuleException, pk=exception.pk, version=version)
    if not EXCEPTING.allows("submit", exception.state):
        raise ActionBlocked("例外已经报送，不必重复报送。")
    _ensure_under_way(proposal)
    if not exception.number:
        exception.number = take_number(
            series=NUMBERS, year=at.year, title=f"例外审批：{proposal.title}",
            case_id=proposal.case_id, union=proposal.supervising_union,
            venue_id=proposal.venue_id, by=by, at=at,
        )  # fmt: skip
    exception.state = ExceptionState.SUBMITTED
    exception.submitted_at = at
    side_clocks.begin(exception, proposal, at=at)
    exception.save_new_version()
    if proposal.shared_at is None:  # those who decide must be able to read the plan
        proposal.shared_at = at
        proposal.save_new_version()
    title = f"报送例外审批（{exception.rule_code}）"
    common.note(proposal, "exception.submitted", title, by=by, at=at, command_id=command_id)
    people = common.holders(Permission.LEGAL_REVIEW, proposal=proposal, today=at.date())
    common.tell(people, proposal, "例外审批待法律审核", key=f"exception:{exception.version}", at=at)
    return exception


@transaction.atomic
def review_exception(
    *, exception: RuleException, opinion: str, is_cleared: bool, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> RuleException:  # fmt: skip
    """The union's counsel gives the legal opinion; cleared, it goes to the party group."""
    proposal = common.lock_proposal(exception.proposal, None)
    require(by, Permission.LEGAL_REVIEW, union=proposal.supervising_union)
    exception = lock(RuleException, pk=exception.pk, version=version)
    if not EXCEPTING.allows("review", exception.state):
        raise ActionBlocked("例外不在待法律审核状态，请刷新页面查看。")
    _ensure_under_way(proposal)
    if exception.drafted_by_id == by.pk:
        raise Refused("起草人不能审核自己的例外。")
    permissions.refuse_own_part(by, proposal)
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "例外审批法律审核", at=at)
    exception.legal_opinion, exception.legal_by, exception.legal_at = opinion, by, at
    if is_cleared:
        exception.item = _queue(exception, proposal, by=by, at=at)
        exception.state = ExceptionState.LEGAL_REVIEWED
    else:
        exception.state = ExceptionState.DRAFT
    side_clocks.begin(exception, proposal, at=at)
    exception.save_new_version()
    verdict = "可以上会" if is_cleared else "退回修改"
    title = f"例外审批（{exception.rule_code}）法律审核：{verdict}"
    common.note(proposal, "exception.reviewed", title, by=by, at=at, command_id=command_id)
    return exception


def _queue(exception: RuleException, proposal: Proposal, *, by: User, at: datetime):
    body = meeting_selectors.body_of(proposal.supervising_union, DecisionBodyKind.PARTY_GROUP)
    if body is None:
        raise ActionBlocked("主管工会尚未登记党组会议（或代行机构），请会议秘书先登记名册。")
    return meeting_services.queue_item(
        body=body,
        subject_kind="exception",
        subject_id=exception.pk,
        case_id=proposal.case_id,
        title=f"例外审批：{proposal.title}",
        url=page_of(exception),
        version_no=exception.version,
        content_sha256="",
        union=proposal.supervising_union,
        venue_id=None,
        by=by,
        at=at,
    )


@transaction.atomic
def revoke_exception(
    *, exception: RuleException, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> RuleException:  # fmt: skip
    """Take an approved exception back, and check at once what rested on it.

    Without it the plan is not submitted, not decided on and not replied to, nor is a contract
    signed; whoever holds the matter is told what the check found.
    """
    proposal = common.lock_proposal(exception.proposal, None)
    require(by, Permission.OBJECTION_RESOLVE, union=proposal.supervising_union)
    exception = lock(RuleException, pk=exception.pk, version=version)
    if not EXCEPTING.allows("revoke", state_on(exception.state, exception.valid_until, at.date())):
        raise ActionBlocked("只有已批准、尚未过期的例外可以撤销。")
    exception.state = ExceptionState.REVOKED
    exception.revoked_by, exception.revoked_at, exception.revoke_reason = by, at, reason
    exception.save_new_version()
    exception.recheck = recheck_of(proposal, exception.rule_code, today=at.date())
    exception.save_new_version()
    unwatch_end(exception, at=at)
    title = f"撤销例外（{exception.rule_code}）：{reason}"
    common.note(
        proposal, "exception.revoked", title, by=by, at=at, command_id=command_id,
        body={"recheck": exception.recheck},
    )  # fmt: skip
    common.tell(
        common.concerned(proposal, at=at), proposal, f"例外已撤销（{exception.rule_code}），请处理复核结果",
        key=f"exception:revoked:{exception.pk}", at=at, text=exception.recheck,
        url=page_of(exception),
    )  # fmt: skip
    return exception
