"""催办 of a stage that opens no desk: the meeting, the higher union's answer, the reply, the changes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from approvals import permissions
from approvals.models import Proposal, StageUrge
from approvals.rules.schedule import WAIT_LABELS
from approvals.services import clocks, common, handling
from core.errors import ActionBlocked, Refused
from notifications.services import people_told

NOBODY_WAITS = "现在没有待办的环节。"
IS_YOURS = "方案正等本阵地办理，请直接办理，不需要催办。"


def label_of(proposal: Proposal) -> str:
    """What is waited for at the stage; empty where nothing is."""
    return WAIT_LABELS[proposal.stage_enum] if proposal.stage in clocks.TIMED else ""


@transaction.atomic
def urge_stage(
    *, proposal: Proposal, text: str, by: User, at: datetime, command_id: UUID | None = None
) -> StageUrge:
    """Ask whom the stage waits for to act, once a day; nothing is ever passed by it."""
    proposal = common.lock_proposal(proposal, None)
    if not permissions.may_urge(by, proposal):
        raise Refused(handling.NOT_TO_URGE)
    today = localdate(at)
    if reason := why_stage_not_urged(proposal, by=by, on=today):
        raise ActionBlocked(reason)
    urged = StageUrge.objects.create(
        proposal=proposal, stage=proposal.stage, by=by, on=today, at=at, text=text.strip()
    )
    title = f"催办：{label_of(proposal)}"
    common.note(proposal, "stage.urged", title, by=by, at=at, command_id=command_id)
    due = f"（{proposal.due_on:%m-%d} 到期）" if proposal.due_on else ""
    common.tell(
        people_told(clocks.waited_for(proposal), on=today), proposal, f"{title}{due}",
        key=f"stage-urge:{urged.pk}", at=at, text=text.strip(),
    )  # fmt: skip
    return urged


def why_none_to_urge(user: User, proposal: Proposal) -> str:
    """Why there is nobody this person could urge at the stage, whatever was urged today."""
    if proposal.suspended_at:
        return "方案已中止办理，恢复办理之后才能继续。"
    if not permissions.may_urge(user, proposal):
        return handling.NOT_TO_URGE
    if not label_of(proposal):
        return NOBODY_WAITS
    at_venue = any(post.venue_id == proposal.venue_id for post in user.posts())
    return IS_YOURS if at_venue and clocks.is_with_venue(proposal) else ""


def why_stage_not_urged(proposal: Proposal, *, by: User, on: date) -> str:
    """Why somebody cannot urge the stage today; empty when they can. Pages and bulk ask the same."""
    if reason := why_none_to_urge(by, proposal):
        return reason
    if proposal.urges.filter(stage=proposal.stage, by=by, on=on).exists():
        return "您今天已经催办过这一环节，请明天再催。"
    return ""
