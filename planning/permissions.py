"""Who may act on the plan of a union, with the reason when they may not."""

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from core.errors import Refused
from planning.models import UnionPlan


def may_write(user: User, plan: UnionPlan) -> bool:
    """Whether this person writes for the asset department of the plan's union."""
    return post_for(user, Permission.UNION_PLAN_WRITE, union=plan.union) is not None


def require_writer(user: User, plan: UnionPlan) -> Post:
    """The post by which this person writes; raises Refused."""
    return require(user, Permission.UNION_PLAN_WRITE, union=plan.union)


def may_issue(user: User, plan: UnionPlan) -> bool:
    """Whether this person issues for the plan's union, and did not write the plan."""
    post = post_for(user, Permission.UNION_PLAN_ISSUE, union=plan.union)
    return post is not None and user.pk != plan.drafted_by_id


def require_issuer(user: User, plan: UnionPlan) -> Post:
    """The post by which this person issues; raises Refused, also for who drafted it."""
    post = require(user, Permission.UNION_PLAN_ISSUE, union=plan.union)
    if user.pk == plan.drafted_by_id:
        raise Refused("您是本方案的起草人，不能印发自己起草的方案，请由另一位领导印发。")
    return post


def holds_issue(user: User, plan: UnionPlan) -> bool:
    """Whether this person's post issues at the plan's union; the drafter is refused in words."""
    return post_for(user, Permission.UNION_PLAN_ISSUE, union=plan.union) is not None
