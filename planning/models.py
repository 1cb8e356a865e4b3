"""The plans that unions make themselves, and their steps."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ScopedModel, ScopedQuerySet, User
from accounts.roles import UNION_ROLES, Role
from core.history import RowHistory
from core.models import Entity
from meetings.models import AgendaItem
from organizations.models import TradeUnion
from planning.enums import UnionPlanKind, UnionPlanState
from venues.models import Venue


class UnionPlanQuerySet(ScopedQuerySet):
    def visible_to(self, user) -> "UnionPlanQuerySet":
        """The scope; besides, a venue reads what its own union has issued for it.

        A draft is its union's own: those above read a plan from the meeting on.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        posts = user.posts()
        own = [one.union_id for one in posts if one.union_id and Role(one.role) in UNION_ROLES]
        kept = [UnionPlanState.DRAFT, UnionPlanState.VOID]
        seen = Q(pk__in=super().visible_to(user).values("pk"))
        seen &= Q(union__in=own) | ~Q(state__in=kept)
        if venues := [one.venue_id for one in posts if one.venue_id]:
            unions = Venue.objects.filter(pk__in=venues).values("supervising_union")
            issued = Q(state__in=UnionPlanState.ISSUED)
            seen |= issued & Q(union__in=unions, venue=None)
        return self.filter(seen)

    def in_force(self, on) -> "UnionPlanQuerySet":
        """Issued, not replaced, and the day lies in its period."""
        return self.filter(state=UnionPlanState.IN_FORCE, starts_on__lte=on, ends_on__gte=on)


class UnionPlan(ScopedModel):
    """工会规划方案：实施规划、具体方案 or 具体工作方案, made and decided by a union itself."""

    VENUE_LOOKUP: ClassVar[str] = "venue_id"

    kind = models.CharField("类别", max_length=20, choices=UnionPlanKind.choices)
    state = models.CharField(
        "状态", max_length=20, choices=UnionPlanState.choices, default=UnionPlanState.DRAFT
    )
    title = models.CharField("名称", max_length=120)
    number = models.CharField("编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - unique once given
    union = models.ForeignKey(
        TradeUnion, models.PROTECT, related_name="union_plans", verbose_name="制定工会"
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, related_name="phased_plans", verbose_name="阵地"
    )
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="revisions")
    starts_on = models.DateField("起始日期", null=True)
    ends_on = models.DateField("终止日期", null=True)
    texts = models.JSONField("内容", default=dict)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    updated_at = models.DateTimeField("更新时间")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    content_sha256 = models.CharField("内容指纹", max_length=64, blank=True)
    queued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    queued_at = models.DateTimeField("提请时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField("印发时间", null=True)
    ended_at = models.DateTimeField("终结时间", null=True)

    history = HistoricalRecords(history_manager=RowHistory)
    objects = UnionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "工会规划方案"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=UnionPlanKind.PHASED_WORK_PLAN, venue__isnull=False)
                | ~Q(kind=UnionPlanKind.PHASED_WORK_PLAN) & Q(venue=None),
                name="planning_plan_venue_iff_phased",
                violation_error_message="具体工作方案须写明阵地，其他方案不写。",
            ),
            models.CheckConstraint(
                condition=Q(queued_by=None, queued_at=None)
                | Q(queued_by__isnull=False, queued_at__isnull=False),
                name="planning_plan_queued_who_when",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None, issued_at=None)
                | Q(issued_by__isnull=False, issued_at__isnull=False),
                name="planning_plan_issued_who_when",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None) | ~Q(issued_by=F("drafted_by")),
                name="planning_plan_other_issuer",
                violation_error_message="起草人不能印发自己起草的方案。",
            ),
            models.UniqueConstraint(
                fields=["union", "kind"],
                condition=Q(state__in=UnionPlanState.OPEN, venue=None),
                name="planning_plan_one_open",
                violation_error_message="本级工会已有一份同类方案正在办理。",
            ),
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(state__in=UnionPlanState.OPEN),
                name="planning_plan_one_open_per_venue",
                violation_error_message="该阵地已有一份具体工作方案正在办理。",
            ),
        ]
        indexes = [
            models.Index(fields=[f"unit_{k}", "-updated_at", "-id"], name=f"planning_plan_u{k}")
            for k in (1, 2, 3, 4)
        ]

    def __str__(self) -> str:
        return f"{self.number or '未编号'} {self.title}"

    @property
    def tone(self) -> str:
        return UnionPlanState(self.state).tone

    @property
    def kind_enum(self) -> UnionPlanKind:
        return UnionPlanKind(self.kind)


class PlanStep(Entity):
    """任务步骤：one task of a union's plan, or one step of a phased one."""

    plan = models.ForeignKey(UnionPlan, models.PROTECT, related_name="steps")
    no = models.PositiveSmallIntegerField("序号")
    content = models.CharField("内容", max_length=300, blank=True)
    criteria = models.CharField("完成标准", max_length=300, blank=True)
    owner = models.CharField("责任人", max_length=60, blank=True)
    due_on = models.DateField("完成时限", null=True)
    result = models.TextField("完成情况", max_length=2000, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "任务步骤"
        constraints = [
            models.UniqueConstraint(fields=["plan", "no"], name="planning_step_no_once"),
            models.CheckConstraint(
                condition=Q(done_by=None, done_at=None)
                | Q(done_by__isnull=False, done_at__isnull=False),
                name="planning_step_done_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} {self.content}"
