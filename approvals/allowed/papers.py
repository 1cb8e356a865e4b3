"""作废 of what was issued on a plan: a reply, a notice of return."""

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import permissions
from approvals.allowed.words import NotTheirs
from approvals.enums import Action, Stage
from approvals.models import Proposal
from approvals.rules.procedure import why_not_at
from approvals.selectors.papers import notices_in_force


def why_not_reply_voided(user: User, proposal: Proposal) -> str:
    """作废批复: by who issues replies, of a plan that was approved by one."""
    if permissions.post_of_duty(user, Permission.REPLY_ISSUE, proposal) is None:
        return NotTheirs(f"批复由{proposal.supervising_union.name}签发批复的分管领导作废。")
    return why_not_at(Action.VOID_REPLY, Stage(proposal.stage))


def why_not_notice_voided(user: User, proposal: Proposal) -> str:
    """作废退回补正通知: by who keeps the procedure, of the last one not void yet."""
    union = proposal.supervising_union
    if post_for(user, Permission.PROCEDURE_KEEP, union=union) is None:
        return NotTheirs(f"退回补正通知由{union.name}流程管理的部长作废。")
    stands = notices_in_force(proposal).exists()
    return "" if stands else "本方案没有有效的退回补正通知，无需作废。"
