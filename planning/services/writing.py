"""The asset department writes a plan of its union, revises it, gives a draft up."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from core.errors import ActionBlocked, Reason
from documents.services import store_upload
from organizations.models import TradeUnion
from planning import permissions, rules, selectors
from planning.enums import UnionPlanKind, UnionPlanState
from planning.models import PlanStep, UnionPlan
from planning.rules import Step
from planning.services import common
from venues.models import Venue


@transaction.atomic
def draft_plan(
    *, union: TradeUnion, kind: str, title: str, by: User, at: datetime,
    venue: Venue | None = None, command_id: UUID | None = None,
) -> UnionPlan:  # fmt: skip
    """Begin a plan of a union. A phased one is for one of its own venues (第十一条)."""
    require(by, Permission.UNION_PLAN_WRITE, union=union)
    if reason := rules.maker_reason(kind, union.level):
        raise ActionBlocked(reason)
    if kind == UnionPlanKind.PHASED_WORK_PLAN:
        if venue is None:
            raise ActionBlocked(Reason("请选择需要分步实施的阵地。", "11-1", "venue"))
        if venue.supervising_union_id != union.pk:
            text = "具体工作方案由阵地的主管工会制定，请选择本级主管的阵地。"
            raise ActionBlocked(Reason(text, "11-1", "venue"))
    else:
        venue = None
    plan = UnionPlan(
        kind=kind, union=union, venue=venue, title=title.strip(), drafted_by=by, created_at=at,
        updated_at=at,
    )  # fmt: skip
    _insert(plan)
    common.note(plan, "drafted", f"起草{plan.get_kind_display()}", by, at, command_id)
    return plan


def _insert(plan: UnionPlan) -> None:
    """Save a new plan; a second one of its kind under way is refused in words."""
    plan.place_under(plan.union)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError as conflict:
        whose = "该阵地" if plan.venue_id else "本级工会"
        text = f"{whose}已有一份{plan.get_kind_display()}正在办理，请在那一份上继续，或先作废它。"
        raise ActionBlocked(Reason(text, plan.kind_enum.rule, "kind")) from conflict


@transaction.atomic
def save_plan(
    *, plan: UnionPlan, title: str, starts_on: date | None, ends_on: date | None,
    texts: Mapping[str, str], steps: Sequence[Step], version: int, by: User, at: datetime,
    upload: UploadedFile | None = None, command_id: UUID | None = None,
) -> UnionPlan:  # fmt: skip
    """Keep what was written, complete or not; the meeting gate asks for the rest."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    if plan.state != UnionPlanState.DRAFT:
        raise ActionBlocked(f"方案现为“{plan.get_state_display()}”，内容不能修改。")
    names = [text.name for text in rules.TEXTS[plan.kind]]
    plan.texts = {name: texts.get(name, "").strip() for name in names}
    plan.title, plan.starts_on, plan.ends_on = title.strip(), starts_on, ends_on
    plan.updated_at = at
    plan.save_new_version()
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan, no=number, content=step.content, criteria=step.criteria, owner=step.owner,
            due_on=step.due_on,
        )
        for number, step in enumerate(steps[: rules.MAX_STEPS], start=1)
    )  # fmt: skip
    if upload is not None:
        store_upload(
            upload=upload, name=upload.name or "", by=by, at=at, union=plan.union,
            venue_id=plan.venue_id, case_id=plan.pk, purpose="union_plan",
        )  # fmt: skip
    common.note(plan, "saved", "修改内容", by, at, command_id)
    return plan


@transaction.atomic
def revise_plan(
    *, plan: UnionPlan, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> UnionPlan:
    """Begin the next version of a plan in force, from its text; until it is issued the old one holds."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    common.ensure_allowed(plan, "replace")
    revision = UnionPlan(
        kind=plan.kind, union=plan.union, venue=plan.venue, title=plan.title, replaces=plan,
        starts_on=plan.starts_on, ends_on=plan.ends_on, texts=dict(plan.texts), drafted_by=by,
        created_at=at, updated_at=at,
    )  # fmt: skip
    _insert(revision)
    left = [one for one in selectors.steps_of(plan) if one.done_at is None]
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=revision, no=number, content=one.content, criteria=one.criteria, owner=one.owner,
            due_on=one.due_on,
        )
        for number, one in enumerate(left, start=1)
    )  # fmt: skip
    common.note(revision, "drafted", f"修订 {plan.number}", by, at, command_id)
    return revision


@transaction.atomic
def void_plan(
    *, plan: UnionPlan, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> UnionPlan:
    """Give a draft up; the row stays."""
    plan = common.lock_plan(plan, version)
    permissions.require_writer(by, plan)
    common.ensure_allowed(plan, "void")
    plan.state, plan.ended_at, plan.updated_at = UnionPlanState.VOID, at, at
    plan.save_new_version()
    common.note(plan, "voided", "作废草稿", by, at, command_id)
    return plan
