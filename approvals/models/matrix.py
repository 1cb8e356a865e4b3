"""决策权限清单: which route a plan takes, as rows fixed by a meeting, published by a second person."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import Post, ScopedModel, ScopedQuerySet, User
from approvals.enums import AmendmentState, AmountFigure, CooperationMode, PlanKind, RouteCode
from approvals.rules.counting import SigningGroup
from approvals.rules.route import Route
from approvals.rules.selecting import RowTest
from meetings.models import AgendaItem
from organizations.models import TradeUnion
from venues.models import Venue


class MatrixQuerySet(ScopedQuerySet):
    """A venue reads what its own plans will go by: what its supervising union has published."""

    def _seen_from(self, post: Post) -> models.Q:
        if post.venue_id is None:
            return super()._seen_from(post)
        venues = Venue.objects.filter(pk=post.venue_id).order_by()
        here = Q(union__in=venues.values("supervising_union"))
        return here & self._published()

    def _published(self) -> models.Q:
        return Q(state=AmendmentState.PUBLISHED)


class AuthorityMatrixQuerySet(MatrixQuerySet):
    def _published(self) -> models.Q:
        return Q(amendment=None) | Q(amendment__state=AmendmentState.PUBLISHED)

    def published(self) -> "AuthorityMatrixQuerySet":
        return self.filter(self._published())

    def in_force(self, on: date) -> "AuthorityMatrixQuerySet":
        """Published rows whose dates include the day."""
        return self.published().filter(
            Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on
        )  # fmt: skip


class MatrixAmendment(ScopedModel):
    """清单修订稿：rows to add and rows to end, written by one person and published by another."""

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=AmendmentState.choices, default=AmendmentState.DRAFT
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟订人")
    written_at = models.DateTimeField("拟订时间")
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间", null=True)
    rerouted = models.PositiveIntegerField("试算中改走其他路由的方案", default=0)

    objects = MatrixQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union"],
                condition=Q(state=AmendmentState.DRAFT),
                name="approvals_amendment_one_draft",
                violation_error_message="本级工会已有一份修订稿，请在那一份上继续。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(published_by=None, published_at=None) & ~Q(state=AmendmentState.PUBLISHED)
                )
                | Q(
                    state=AmendmentState.PUBLISHED,
                    published_by__isnull=False,
                    published_at__isnull=False,
                ),
                name="approvals_amendment_published_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("written_by")),
                name="approvals_amendment_second_person",
                violation_error_message="不能公布自己拟订的清单，请由另一人公布。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.union} 决策权限清单修订稿 {self.written_at:%Y-%m-%d}"

    @property
    def tone(self) -> str:
        return AmendmentState(self.state).tone


class AuthorityMatrixRow(ScopedModel):
    """决策权限清单的一行：matter → signing, bodies, days, and the meeting that fixed it.

    A row may tighten the statutory skeleton, never loosen it (第十三条（三）、第十八条).
    """

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    # None: a row fixed before amendments were kept; it counts as published.
    amendment = models.ForeignKey(MatrixAmendment, models.PROTECT, null=True, related_name="rows")
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="拟订人"
    )
    written_at = models.DateTimeField("拟订时间", null=True)

    code = models.CharField(
        "路由", max_length=20, choices=RouteCode.choices, default=RouteCode.ORDINARY
    )
    plan_kind = models.CharField("方案类别", max_length=20, choices=PlanKind.choices)
    mode = models.CharField("合作方式", max_length=20, choices=CooperationMode.choices, blank=True)
    is_major = models.BooleanField("重大事项", null=True)
    amount_figure = models.CharField(
        "金额口径", max_length=20, choices=AmountFigure.choices, blank=True
    )
    amount_over = models.DecimalField("金额超过（元）", max_digits=16, decimal_places=2, null=True)
    amount_upto = models.DecimalField(
        "金额不超过（元）", max_digits=16, decimal_places=2, null=True
    )
    years_over = models.PositiveSmallIntegerField("期限超过（年）", null=True)
    years_upto = models.PositiveSmallIntegerField("期限不超过（年）", null=True)

    countersigners = models.JSONField("会签部门")  # list of DepartmentKind values
    groups = models.JSONField("会签分组", default=list)  # SigningGroup.as_json, in order
    bodies = models.JSONField("决策会议")  # list of DecisionBody values, in order
    one_body_reason = models.CharField("只经一个会议的依据", max_length=200, blank=True)
    formal_review_days = models.PositiveSmallIntegerField("形式审查（工作日）")
    countersign_days = models.PositiveSmallIntegerField("会签（工作日）")
    legal_review_days = models.PositiveSmallIntegerField("法律审核（工作日）")
    leader_days = models.PositiveSmallIntegerField("分管领导签批（工作日）", default=0)
    meeting_days = models.PositiveSmallIntegerField("每个会议（工作日）", default=0)
    upward_days = models.PositiveSmallIntegerField("上级工会批复（工作日）", default=0)
    reply_days = models.PositiveSmallIntegerField("批复（工作日）", default=0)

    fixed_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="+", verbose_name="确定本条目的议题"
    )
    fixed_by = models.CharField("确定本条目的会议", max_length=120)
    fixed_session = models.CharField("次数", max_length=40, blank=True)
    fixed_on = models.DateField("会议日期", null=True)
    valid_from = models.DateField("生效日")
    valid_to = models.DateField("失效日", null=True)

    objects = AuthorityMatrixQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="approvals_matrix_dates_in_order",
                violation_error_message="失效日不能早于生效日。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.union} {self.get_plan_kind_display()} {self.get_mode_display()}"

    @property
    def is_published(self) -> bool:
        return self.amendment is None or self.amendment.state == AmendmentState.PUBLISHED

    @property
    def record(self) -> str:
        """The meeting that fixed this row, in words."""
        day = f"（{self.fixed_on:%Y-%m-%d}）" if self.fixed_on else ""
        return f"{self.fixed_by}{self.fixed_session}{day}"

    @property
    def signing(self) -> tuple[SigningGroup, ...]:
        """The groups of the countersigning; without any, everybody in one."""
        kept = tuple(SigningGroup.from_json(one) for one in self.groups)
        return kept or (SigningGroup(tuple(self.countersigners)),)

    @property
    def test(self) -> RowTest:
        """The conditions of this row, and what orders it among others."""
        return RowTest(
            key=str(self.pk),
            plan_kind=self.plan_kind,
            code=RouteCode(self.code),
            mode=self.mode,
            is_major=self.is_major,
            amount_figure=self.amount_figure,
            amount_over=self.amount_over,
            amount_upto=self.amount_upto,
            years_over=self.years_over,
            years_upto=self.years_upto,
            valid_from=self.valid_from,
            order=int(self.written_at.timestamp()) if self.written_at else 0,
        )

    @property
    def route(self) -> Route:
        """What is pinned on a plan that goes by this row."""
        return Route(
            countersigners=tuple(self.countersigners),
            bodies=tuple(self.bodies),
            formal_review_days=self.formal_review_days,
            countersign_days=self.countersign_days,
            legal_review_days=self.legal_review_days,
            fixed_by=self.record,
            matrix_row=str(self.pk),
            groups=self.signing,
            leader_days=self.leader_days,
            upward_days=self.upward_days,
            meeting_days=self.meeting_days,
            reply_days=self.reply_days,
            code=RouteCode(self.code),
        )


class MatrixEnding(models.Model):
    """条目终止：a row that an amendment ends, from a day."""

    amendment = models.ForeignKey(MatrixAmendment, models.PROTECT, related_name="endings")
    row = models.ForeignKey(AuthorityMatrixRow, models.PROTECT, related_name="endings")
    valid_to = models.DateField("失效日")
    reason = models.CharField("终止依据", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "row"],
                name="approvals_ending_once",
                violation_error_message="这一条目已在本修订稿中终止。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.row} 至 {self.valid_to}"
