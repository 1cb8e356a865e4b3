"""Reads of the plans of unions."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from core.canonical import sha256_of
from core.work import Work, WorkItem, WorkLine, work
from meetings.models import AgendaItem
from organizations.models import TradeUnion
from planning.enums import UnionPlanKind, UnionPlanState
from planning.models import PlanStep, UnionPlan
from planning.rules import SCHEME_MAKERS, Content, Period, Step
from venues.models import Venue

SUBJECT = "union_plan"


def plans_for(user: User) -> QuerySet:
    """The plans in a person's scope, with how far their steps are."""
    rows = UnionPlan.objects.visible_to(user).select_related("union", "venue")
    return rows.annotate(next_due=Subquery(_undone(OuterRef("pk")).values("due_on")[:1]))


def _undone(plan) -> QuerySet[PlanStep]:
    return PlanStep.objects.filter(plan=plan, done_at=None).order_by("no", "pk")


def steps_of(plan: UnionPlan) -> list[PlanStep]:
    """The steps in their order."""
    return list(plan.steps.select_related("done_by").order_by("no", "pk"))


def next_step(plan: UnionPlan) -> PlanStep | None:
    """The first step that is not done."""
    return _undone(plan.pk).first()


def waiting_item(plan: UnionPlan) -> AgendaItem | None:
    """Where the plan stands before a body now, in a meeting or still waiting for one."""
    rows = AgendaItem.objects.filter(subject_id=plan.pk, conclusion="", withdrawn_at=None)
    return rows.select_related("body", "meeting").order_by("-queued_at", "pk").first()


def plan_in_force(union: TradeUnion, kind: UnionPlanKind, *, on: date) -> UnionPlan | None:
    """The union's plan of a kind whose period the day lies in."""
    rows = UnionPlan.objects.in_force(on).filter(union=union, kind=kind)
    return rows.order_by("-issued_at", "pk").first()


def duties_of(level: str) -> tuple[UnionPlanKind, ...]:
    """Which plans 第六条 asks of a union of this level."""
    own = (UnionPlanKind.IMPLEMENTATION_PLAN,)
    return (*own, UnionPlanKind.LOCAL_SCHEME) if level in SCHEME_MAKERS else own


def duties_unmet(union: TradeUnion, *, on: date) -> list[UnionPlanKind]:
    """Of the plans 第六条 asks of this union, those not in force on a day."""
    rows = UnionPlan.objects.in_force(on).filter(union=union)
    held = set(rows.order_by().values_list("kind", flat=True))
    return [kind for kind in duties_of(union.level) if kind not in held]


def phased_plan_of(venue_id: UUID) -> UnionPlan | None:
    """The phased plan by which a venue goes now (第十一条), late or not."""
    rows = UnionPlan.objects.filter(venue_id=venue_id, state=UnionPlanState.IN_FORCE)
    return rows.order_by("-issued_at", "pk").first()


def steps_left(venue_id: UUID) -> int:
    """How many steps of its phased plan a venue has still before it."""
    plan = phased_plan_of(venue_id)
    return _undone(plan.pk).count() if plan else 0


def content_of(plan: UnionPlan) -> Content:
    """The plan as the rules see it."""
    return Content(
        kind=plan.kind,
        union_level=plan.union.level,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        texts=plan.texts,
        steps=[
            Step(content=one.content, criteria=one.criteria, owner=one.owner, due_on=one.due_on)
            for one in steps_of(plan)
        ],
        others=[
            Period(title=one.title, starts_on=one.starts_on, ends_on=one.ends_on)
            for one in _beside(plan)
            if one.starts_on and one.ends_on
        ],
    )


def _beside(plan: UnionPlan) -> Iterable[UnionPlan]:
    rows = UnionPlan.objects.filter(
        union=plan.union_id, kind=plan.kind, venue=plan.venue_id, state=UnionPlanState.IN_FORCE
    )
    return rows.exclude(pk__in=[plan.pk, plan.replaces_id]).order_by("starts_on", "pk")


def fingerprint(plan: UnionPlan) -> str:
    """The hash of what the meeting decides on."""
    content = content_of(plan)
    return sha256_of(
        {
            "kind": plan.kind,
            "title": plan.title,
            "venue": str(plan.venue_id or ""),
            "starts_on": str(plan.starts_on),
            "ends_on": str(plan.ends_on),
            "texts": dict(plan.texts),
            "steps": [
                [one.content, one.criteria, one.owner, str(one.due_on)] for one in content.steps
            ],
        }
    )


def unions_writing(user: User) -> list[TradeUnion]:
    """The unions for whose asset department this person writes."""
    posts = [one for one in user.posts() if Permission.UNION_PLAN_WRITE in one.card.permissions]
    return list({one.union_id: one.union for one in posts if one.union}.values())


def venues_of(unions: Iterable[TradeUnion]) -> QuerySet[Venue]:
    """The venues these unions supervise themselves."""
    return Venue.objects.filter(supervising_union__in=list(unions)).order_by("code", "pk")


def turn_of(user: User) -> Q:
    """The plans that wait for this person."""
    mine = Q(pk__in=[])
    for post in user.posts():
        if post.union_id is None:
            continue
        if Permission.UNION_PLAN_WRITE in post.card.permissions:
            mine |= Q(union=post.union_id, state=UnionPlanState.DRAFT)
        if Permission.UNION_PLAN_ISSUE in post.card.permissions:
            mine |= Q(union=post.union_id, state=UnionPlanState.DECIDED) & ~Q(drafted_by=user)
    return mine


def work_of(user: User, *, today: date) -> list[Work]:
    """Plans to write and to issue, and the steps that are due next."""
    if not (user.can(Permission.UNION_PLAN_WRITE) or user.can(Permission.UNION_PLAN_ISSUE)):
        return []
    due = _undone(OuterRef("pk")).values("due_on")[:1]
    unions = [one.pk for one in unions_writing(user)]
    running = UnionPlan.objects.filter(
        union__in=unions, state=UnionPlanState.IN_FORCE, steps__done_at=None, steps__isnull=False
    )
    columns = {"title": "title", "source": "union__name", "word": "state", "note": "kind"}
    return [
        work("union_plan", UnionPlan.objects.filter(turn_of(user)), _plan_work, since="updated_at",
             **columns),
        work("union_plan_step", running.distinct(), _step_work, since="issued_at",
             due_on=Subquery(due), **columns),
    ]  # fmt: skip


def _plan_work(line: WorkLine) -> WorkItem:
    is_draft = line.word == UnionPlanState.DRAFT
    return WorkItem(
        kind=UnionPlanKind(line.note).label,
        title=line.title,
        act="写好后提请会议决定" if is_draft else "印发实施",
        url=reverse("planning:union_plan", args=[line.pk]),
        source=line.source,
        since=line.since,
    )


def _step_work(line: WorkLine) -> WorkItem:
    return WorkItem(
        kind=UnionPlanKind(line.note).label,
        title=line.title,
        act="推进任务、登记完成情况",
        url=reverse("planning:union_plan", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=line.due_on,
    )


def versions_of(plan: UnionPlan) -> list[UnionPlan]:
    """The plan, what it replaces, and what replaces it, oldest first."""
    found, before = [plan], plan.replaces
    while before is not None:
        found.insert(0, before)
        before = before.replaces
    after = plan.revisions.exclude(state=UnionPlanState.VOID).order_by("created_at", "pk").first()
    while after is not None:
        found.append(after)
        after = (
            after.revisions.exclude(state=UnionPlanState.VOID).order_by("created_at", "pk").first()
        )
    return found


def edition_of(plan: UnionPlan) -> int:
    """Which edition the plan is: the first, or as many revisions later."""
    return versions_of(plan).index(plan) + 1
