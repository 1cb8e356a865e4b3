"""What becomes of an overall plan in force: 中止实施、恢复实施、终止实施、被替代 (第十三条（三）)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals.enums import Action, Stage, StandingAct
from approvals.models import Proposal, StandingChange
from approvals.services import common
from core.errors import ActionBlocked, Reason
from core.models import lock


@transaction.atomic
def halt_plan(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """中止实施: no operation plan is decided and no contract signed until it is taken up again."""
    change = StandingChange(act=StandingAct.HALT, reason=reason)
    return _change(proposal, Stage.HALTED, change, version, by, at, command_id)


@transaction.atomic
def take_up_plan(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """恢复实施: the plan is in force again as it was approved."""
    change = StandingChange(act=StandingAct.TAKE_UP, reason=reason)
    return _change(proposal, Stage.APPROVED, change, version, by, at, command_id)


@transaction.atomic
def end_plan(
    *, proposal: Proposal, reason: str, decided_by: str, decided_on: date, version: int, by: User,
    at: datetime, command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """终止实施, as a meeting of the union decided: what only the meeting could approve, only it ends.

    Cooperations decided under the plan go on by their own plans and contracts.
    """
    reasons = []
    if not decided_by.strip():
        reasons.append(Reason("请写明作出终止决定的会议。", "13-3-2", "decided_by"))
    if decided_on > at.date():
        reasons.append(Reason("会议决定日不能晚于今天。", "13-3-2", "decided_on"))
    elif proposal.decided_at and decided_on < localdate(proposal.decided_at):
        text = "会议决定日早于本方案的批准日，请核对。"
        reasons.append(Reason(text, "13-3-2", "decided_on"))
    if reasons:
        raise ActionBlocked(reasons)
    change = StandingChange(
        act=StandingAct.END, reason=reason, decided_by=decided_by.strip(), decided_on=decided_on
    )
    return _change(proposal, Stage.ENDED, change, version, by, at, command_id)


ACTIONS = {
    StandingAct.HALT: Action.HALT,
    StandingAct.TAKE_UP: Action.TAKE_UP,
    StandingAct.END: Action.END,
}


def _change(
    proposal: Proposal, stage: Stage, change: StandingChange, version: int, by: User, at: datetime,
    command_id: UUID | None,
) -> Proposal:  # fmt: skip
    require(by, Permission.PROCEDURE_KEEP, union=proposal.supervising_union)
    proposal = common.lock_proposal(proposal, version)
    act = StandingAct(change.act)
    common.ensure_allowed(proposal, ACTIONS[act], today=at.date())
    change.reason = change.reason.strip()
    if not change.reason:
        raise ActionBlocked(Reason(f"请写明{act.label}的理由。", field="reason"))
    change.proposal, change.by, change.at = proposal, by, at
    change.save()
    common.move(proposal, stage, at=at)
    decided = f"（{change.decided_by} {change.decided_on}）" if change.decided_on else ""
    title = f"{act.label}{decided}：{change.reason}"
    common.note(proposal, f"standing.{act.value}", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(
        people, proposal, f"总体方案{act.label}", key=f"standing:{change.pk}", at=at,
        text=change.reason,
    )  # fmt: skip
    return proposal


def note_signed(proposal: Proposal) -> None:
    """The contract on an operation plan is signed: its approval cannot lapse any more.

    The contract's own act is on the ledger of the same case.
    """
    Proposal.objects.filter(pk=proposal.pk).update(sign_by=None)


def replace_plan(successor: Proposal, *, by: User, at: datetime) -> None:
    """被替代: the plan that an approved amendment changes ends; what runs under it keeps it."""
    rows = Proposal.objects.select_related("venue", "supervising_union")
    old = lock(rows, pk=successor.replaces_id)
    common.ensure_allowed(old, Action.REPLACE, today=at.date())
    common.move(old, Stage.SUPERSEDED, at=at)
    title = f"被《{successor.title}》（{successor.number}）替代"
    common.note(old, "standing.replaced", title, by=by, at=at)
