"""报送, 传阅, 中止, 恢复, 作废, 代理: the verbs that speak of the plan, or of one's own desk."""

from datetime import date

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import post_for
from approvals import permissions
from approvals.allowed.words import SUSPENDED, NotTheirs, TooLate
from approvals.enums import NODE_PERMISSIONS, Action, Node, Stage
from approvals.models import Proposal
from approvals.rules.checks import findings
from approvals.rules.procedure import why_not_at
from approvals.selectors.facts import facts_of
from organizations.models import TradeUnion


def why_not_submitted(user: User, proposal: Proposal, *, today: date) -> str:
    """报送: by the head of the venue, once every hard rule holds; the check page lists them."""
    if post_for(user, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id) is None:
        return NotTheirs("方案由本阵地负责人报送。")
    if proposal.suspended_at:
        return SUSPENDED
    if reason := why_not_at(Action.SUBMIT, Stage(proposal.stage)):
        return reason
    found = findings(facts_of(proposal, today=today))
    return f"还有 {len(found)} 项没有满足，逐项见“核对并报送”页。" if found else ""


def why_not_circulated(user: User, proposal: Proposal) -> str:
    """传阅: by who holds a post at the supervising union, of a plan that was submitted."""
    if permissions.union_post(user, proposal) is None:
        return NotTheirs(f"只有{proposal.supervising_union.name}的在岗人员可以传阅。")
    return "" if proposal.version_no else "方案尚未报送，还不能传阅。"


def why_not_suspended(user: User, proposal: Proposal) -> str:
    """中止办理: a plan in review; its clocks stand still."""
    if reason := _why_not_kept(user, proposal):
        return reason
    if proposal.suspended_at:
        return SUSPENDED
    if proposal.stage not in Stage.IN_REVIEW:
        return f"方案现处于“{Stage(proposal.stage).label}”，没有在办事项可以中止。"
    return ""


def why_not_resumed(user: User, proposal: Proposal) -> str:
    """恢复办理: a plan that stands still."""
    if reason := _why_not_kept(user, proposal):
        return reason
    return "" if proposal.suspended_at else TooLate("方案没有中止，不需要恢复。请刷新页面查看。")


def why_not_voided(user: User, proposal: Proposal) -> str:
    """作废: a plan that was submitted and has no end yet, also while it stands still."""
    return _why_not_kept(user, proposal) or why_not_at(Action.VOID, Stage(proposal.stage))


def why_not_given_up(user: User, proposal: Proposal) -> str:
    """放弃: what lies with the venue; once its meeting decided or the union returned it, by the head."""
    if post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id) is None:
        return NotTheirs("方案由本阵地的经办人或负责人放弃。")
    if reason := why_not_at(Action.GIVE_UP, Stage(proposal.stage)):
        return reason
    is_head = post_for(user, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id) is not None
    if proposal.stage == Stage.DRAFT or is_head:
        return ""
    return NotTheirs(
        "已经集体决策，或者退回、缓议、撤回的方案由阵地负责人放弃，请与阵地负责人联系。"
    )


def why_not_refiled(user: User, proposal: Proposal) -> str:
    """重新申报: a plan the union's meeting did not approve, by who writes for its venue."""
    if post_for(user, Permission.PROPOSAL_WRITE, venue_id=proposal.venue_id) is None:
        return NotTheirs("重新申报由本阵地的经办人或负责人起草。")
    if proposal.stage != Stage.REJECTED:
        label = Stage(proposal.stage).label
        return f"方案现处于“{label}”，只有不予批准的方案可以重新申报。"
    return ""


def why_not_delegated(
    user: User, union: TradeUnion, node: str, *, principal: User | None = None
) -> str:
    """代理: one's own desk only; for somebody who is away, by who keeps the procedure.

    What was delegated is not passed on, and a meeting's vote is no desk.
    """
    if node not in NODE_PERMISSIONS:
        return "这一环节不能委托他人代理。"
    label, giver = Node(node).label, principal or user
    if giver != user and not post_for(user, Permission.PROCEDURE_KEEP, union=union):
        return NotTheirs(f"代他人委托由{union.name}流程管理的部长办理。")
    if post_for(giver, NODE_PERMISSIONS[node], union=union):
        return ""
    if giver != user:
        return f"{giver.name}在{union.name}的岗位不办理“{label}”，不能委托。"
    text = f"您在{union.name}的岗位不办理“{label}”，不能委托；代理来的事项也不能再委托。"
    return NotTheirs(text)


def why_not_of_a_standing(user: User, proposal: Proposal, act: Action) -> str:
    """中止、恢复、终止实施 of an overall plan in force."""
    if reason := _why_not_kept(user, proposal) or why_not_at(act, Stage(proposal.stage)):
        return reason
    is_other = proposal.is_operation_plan
    return "具体运作方案的中止、终止随合同办理，不在这里办理。" if is_other else ""


def _why_not_kept(user: User, proposal: Proposal) -> str:
    union = proposal.supervising_union
    if post_for(user, Permission.PROCEDURE_KEEP, union=union):
        return ""
    return NotTheirs(f"中止、恢复和作废由{union.name}流程管理的部长办理。")
