"""撤回: the venue takes its plan back as a draft, by itself or with consent (2.1 (a))."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from approvals import allowed
from approvals.enums import Stage
from approvals.models import Proposal, WithdrawalRequest
from approvals.selectors.stuck import keepers_above
from approvals.services import common
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import lock
from meetings import services as meeting_services
from meetings.models import AgendaItem


@transaction.atomic
def withdraw_proposal(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """Take a submitted plan back while nobody has acted on its step; it is a draft again.

    Text, files, number and every earlier opinion stay; what was said is looked at again when
    the plan is resubmitted, as after a return.
    """
    proposal = _held(proposal, version)
    allowed.ensure(allowed.why_not_withdrawn(by, proposal))
    _ensure_written(reason, "请写明撤回原因。", "reason")
    _give_back(proposal, by=by, at=at)
    title = f"撤回：{reason.strip()}"
    common.note(proposal, "proposal.withdrawn", title, by=by, at=at, command_id=command_id)
    _tell_keepers(proposal, "阵地已撤回方案", reason, key="withdrawn", at=at)
    return proposal


@transaction.atomic
def ask_withdrawal(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> WithdrawalRequest:  # fmt: skip
    """申请撤回: ask for a plan back that somebody has acted on; the work goes on meanwhile."""
    proposal = _held(proposal, version)
    allowed.ensure(allowed.why_not_asked_back(by, proposal))
    _ensure_written(reason, "请写明申请撤回的理由。", "reason")
    asked = WithdrawalRequest.objects.create(
        proposal=proposal, plan_version=proposal.versions.get(no=proposal.version_no),
        reason=reason.strip(), asked_by=by, asked_at=at,
    )  # fmt: skip
    title = f"申请撤回：{asked.reason}"
    common.note(
        proposal, "withdrawal.asked", title, by=by, at=at, command_id=command_id,
        body={"request": str(asked.pk)},
    )  # fmt: skip
    _tell_keepers(proposal, "阵地申请撤回方案，请答复", reason, key=f"asked:{asked.pk}", at=at)
    return asked


@transaction.atomic
def answer_withdrawal(
    *, request: WithdrawalRequest, is_granted: bool, answer: str, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> WithdrawalRequest:  # fmt: skip
    """Consent to a request, which gives the plan back, or refuse it with the reason."""
    proposal = _held(request.proposal, None)
    request = lock(WithdrawalRequest, pk=request.pk, version=version)
    pending = allowed.pending_withdrawal(proposal)
    allowed.ensure(allowed.why_not_let_back(by, proposal))
    if request != pending:
        raise StaleVersion(allowed.NOT_ASKED)
    if not is_granted:
        _ensure_written(answer, "不同意撤回的，请写明理由。", "answer")
    request.is_granted, request.answer = is_granted, answer.strip()
    request.answered_by, request.answered_at = by, at
    request.save_new_version()
    if is_granted:
        _give_back(proposal, by=by, at=at)
    word = "同意撤回" if is_granted else "不同意撤回"
    title = f"{word}：{request.answer}" if request.answer else word
    common.note(
        proposal, "withdrawal.answered", title, by=by, at=at, command_id=command_id,
        body={"request": str(request.pk), "is_granted": is_granted},
    )  # fmt: skip
    people = common.venue_people(proposal, today=at.date())
    key = f"withdrawal:{request.pk}"
    common.tell(people, proposal, f"主管工会{word}", key=key, at=at, text=request.answer)
    return request


def _held(proposal: Proposal, version: int | None) -> Proposal:
    """The plan, and the item by which it waits for a meeting: nobody places it meanwhile."""
    proposal = common.lock_proposal(proposal, version, even_suspended=True)
    if item := allowed.waiting_item(proposal):
        lock(AgendaItem, pk=item.pk)
    return proposal


def _give_back(proposal: Proposal, *, by: User, at: datetime) -> None:
    common.cancel_open_tasks(proposal, at=at)
    if item := allowed.waiting_item(proposal):
        meeting_services.withdraw_item(item=item, by=by, at=at)
    proposal.direct_to = ""
    common.move(proposal, Stage.WITHDRAWN, at=at)


def _ensure_written(text: str, sentence: str, field: str) -> None:
    if not text.strip():
        raise ActionBlocked(Reason(sentence, field=field))


def _tell_keepers(proposal: Proposal, title: str, text: str, *, key: str, at: datetime) -> None:
    keepers = keepers_above(proposal.supervising_union, today=at.date())
    people = [post.user for post in keepers]
    common.tell(people, proposal, title, key=key, at=at, text=text.strip())
