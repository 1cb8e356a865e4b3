"""撤回, 申请撤回, and the answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import permissions
from approvals.allowed.words import SUSPENDED, NotTheirs
from approvals.enums import Action, Stage
from approvals.models import Opinion, Proposal, WithdrawalRequest
from approvals.rules.procedure import why_not_at
from approvals.rules.route import (
    NODE_STAGES,
    Route,
    goes_on_behind_a_meeting,
    is_decided_before,
)
from meetings import selectors as meeting_selectors
from meetings.models import AgendaItem

FOR_THE_MANAGER = "撤回由本阵地负责人办理，需要撤回的请与阵地负责人联系。"
FOR_THE_KEEPER = "撤回申请由本级或上级工会流程管理的部长答复。"
DECIDED = "会议已经作出决定，不能撤回；确实不再办理的，请主管工会流程管理的部长作废。"
ACTED_ON = "这一环节已经有人签署意见或列入会议，不能单方撤回；可以申请撤回，由主管工会答复。"
NOT_ACTED_ON = "这一环节还没有人签署意见，可以直接撤回，不需要申请。"
ASKED = "已经申请撤回，正在等候主管工会答复。"
NOT_ASKED = "没有等候答复的撤回申请，请刷新页面查看。"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the way back depends on: the words that count, the open item, the open request."""

    said: Sequence[Opinion]
    item: AgendaItem | None
    request: WithdrawalRequest | None


def standing_of(proposal: Proposal) -> Standing:
    """The same, read for whoever has none of it yet."""
    said = proposal.opinions.filter(is_valid=True).select_related("task")
    return Standing(list(said), waiting_item(proposal), pending_withdrawal(proposal))


def why_not_withdrawn(user: User, proposal: Proposal, standing: Standing | None = None) -> str:
    """撤回: by the head of the venue, before a meeting, while nobody has acted on the step."""
    if reason := _why_not_back(user, proposal):
        return reason
    return ACTED_ON if is_acted_on(proposal, standing or standing_of(proposal)) else ""


def why_not_asked_back(user: User, proposal: Proposal, standing: Standing | None = None) -> str:
    """申请撤回: once somebody has acted on the step; one request of a version at a time."""
    if reason := _why_not_back(user, proposal):
        return reason
    standing = standing or standing_of(proposal)
    if not is_acted_on(proposal, standing):
        return NOT_ACTED_ON
    return ASKED if standing.request else ""


def why_not_let_back(user: User, proposal: Proposal, standing: Standing | None = None) -> str:
    """答复撤回申请: by who keeps the procedure and had no part in the plan."""
    if not permissions.keeps_procedure(user, proposal):
        return NotTheirs(FOR_THE_KEEPER)
    if reason := permissions.own_part(user, proposal):
        return NotTheirs(reason)
    if reason := _why_not_now(proposal, Action.CONSENT_TO_WITHDRAWAL):
        return reason
    return "" if (standing or standing_of(proposal)).request else NOT_ASKED


def _why_not_back(user: User, proposal: Proposal) -> str:
    if post_for(user, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id) is None:
        return NotTheirs(FOR_THE_MANAGER)
    return _why_not_now(proposal, Action.WITHDRAW)


def _why_not_now(proposal: Proposal, action: Action) -> str:
    stage = Stage(proposal.stage)
    if proposal.suspended_at:
        return SUSPENDED
    if reason := why_not_at(action, stage):
        return reason
    is_decided = is_decided_before(Route.from_json(proposal.route), stage)
    return DECIDED if is_decided or goes_on_behind_a_meeting(proposal.direct_to) else ""


def is_acted_on(proposal: Proposal, standing: Standing) -> bool:
    """Whether a desk of the present step has spoken, or the secretary has placed the item."""
    node = next((one for one, stage in NODE_STAGES.items() if stage == proposal.stage), None)
    if node is None:
        return bool(standing.item and standing.item.meeting_id)
    return any(one.is_valid and one.task.node == node for one in standing.said)


def waiting_item(proposal: Proposal) -> AgendaItem | None:
    """The item by which the plan waits for a meeting."""
    return meeting_selectors.open_items_of(proposal.pk).first()


def pending_withdrawal(proposal: Proposal) -> WithdrawalRequest | None:
    """The venue's request that waits for an answer; one of an earlier version has lapsed."""
    rows = proposal.withdrawal_requests.select_related("asked_by")
    return rows.filter(answered_at=None, plan_version__no=proposal.version_no).first()
