"""Steps every act on a union's plan shares: lock, write down, tell people, remind."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import Post, User
from audit.services import record
from core.clock import SHANGHAI
from core.errors import ActionBlocked, Reason
from core.models import lock
from notifications import services as notifications
from planning import rules, selectors
from planning.enums import UnionPlanState
from planning.models import UnionPlan

STEP_KIND = "planning.step"


def lock_plan(plan: UnionPlan, version: int | None) -> UnionPlan:
    """The plan's row, held until the transaction ends, on the version that was seen."""
    rows = UnionPlan.objects.select_related("union", "venue", "item__body", "replaces")
    return lock(rows, pk=plan.pk, version=version)


def ensure_allowed(plan: UnionPlan, act: str) -> None:
    """Raise ActionBlocked when the plan does not stand where the act begins."""
    if not rules.PROCEDURE.allows(act, plan.state):
        text = f"方案现为“{plan.get_state_display()}”，不能办理这一步。请刷新页面查看最新进展。"
        raise ActionBlocked(Reason(text, plan.kind_enum.rule))


def page_of(plan: UnionPlan) -> str:
    """The address of the plan's page."""
    return reverse("planning:union_plan", args=[plan.pk])


def note(
    plan: UnionPlan, verb: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    """Record one act on the ledger of the plan."""
    record(
        case_id=plan.pk,
        code=f"planning.union_plan.{verb}",
        title=f"《{plan.title}》{title}",
        by=by,
        at=at,
        command_id=command_id,
        union_id=plan.union_id,
        body={"plan": str(plan.pk), "kind": plan.kind},
        snapshot_sha256=plan.content_sha256,
    )


def tell(plan: UnionPlan, permission: Permission, title: str, at: datetime) -> None:
    """Write a message to those who hold a duty at the plan's union."""
    today = at.astimezone(SHANGHAI).date()
    posts = Post.objects.in_force(today).holding(permission).filter(union=plan.union)
    people = {post.user_id: post.user for post in posts.select_related("user").order_by("pk")}
    notifications.notify(
        users=list(people.values()),
        title=f"{plan.get_kind_display()}：{title}",
        body=plan.title,
        url=page_of(plan),
        kind="planning.union_plan",
        dedupe_key=f"union_plan:{plan.pk}:{plan.version}",
        at=at,
        case_id=plan.pk,
    )


def remind(plan: UnionPlan, at: datetime) -> None:
    """Remind of the step that is next; of nothing once all are done."""
    step = selectors.next_step(plan)
    notifications.close_deadline(kind=STEP_KIND, subject_id=plan.pk, at=at)
    if step is None or step.due_on is None or plan.state != UnionPlanState.IN_FORCE:
        return
    today = at.astimezone(SHANGHAI).date()
    writers = notifications.Audience(permission=Permission.UNION_PLAN_WRITE, union=plan.union)
    notifications.set_deadline(
        kind=STEP_KIND,
        subject_id=plan.pk,
        case_id=plan.pk,
        title=f"第 {step.no} 项：{plan.title}",
        url=page_of(plan),
        due_on=max(step.due_on, today),
        union=plan.union,
        alerts=[notifications.Alert(max(step.due_on, today), "今天到期")],
        recipients=[writers],
        at=at,
    )
