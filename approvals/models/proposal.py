"""方案: a plan, its sections and its frozen versions."""

from datetime import date

from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase
from guardian.shortcuts import get_objects_for_user
from simple_history.models import HistoricalRecords

from accounts.enums import Permission
from accounts.models import ScopedModel, ScopedQuerySet, User
from approvals.enums import CooperationMode, PlanKind, SectionCode, Stage
from approvals.models.cooperation import Cooperation
from core import clock
from core.history import RowHistory
from core.models import Entity
from organizations.models import TradeUnion
from partners.models import Partner
from venues.models import CoreBusiness, Venue


class ProposalQuerySet(ScopedQuerySet):
    def visible_to(self, user) -> "ProposalQuerySet":
        """The scope, and the single plans an outside expert was granted for a period.

        A draft is its venue's own until the venue shares it with the supervising union
        by asking for guidance, or submits it.
        """
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own_venues = [post.venue_id for post in user.posts() if post.venue_id]
        inside = super().visible_to(user)
        inside = inside.filter(Q(venue_id__in=own_venues) | ~Q(shared_at=None))
        # Only experts are granted single plans; an OR for everybody would cost every
        # list the index it is read by.
        if not user.can(Permission.EXPERT_OPINION):
            return inside
        return self.filter(Q(pk__in=inside.values("pk")) | Q(pk__in=self._granted_to(user)))

    def _granted_to(self, user):
        today = clock.today()
        return (
            get_objects_for_user(
                user,
                "approvals.read_proposal",
                klass=Proposal,
                use_groups=False,
                with_superuser=False,
                accept_global_perms=False,
            )
            .filter(
                engagements__user=user,
                engagements__access_from__lte=today,
                engagements__access_until__gte=today,
                engagements__ended_at=None,
            )
            .values("pk")
        )

    def in_force(self, on: date) -> "ProposalQuerySet":
        """Approved, and signed or still to be signed: an approval nobody uses lapses (2.2)."""
        return self.filter(stage=Stage.APPROVED).exclude(sign_by__lt=on)

    def lapsed(self, on: date) -> "ProposalQuerySet":
        return self.filter(stage=Stage.APPROVED, sign_by__lt=on)

    def running(self, on: date) -> "ProposalQuerySet":
        """In force, and its own term not over: what it was given, it still has."""
        return self.in_force(on).exclude(ends_on__lt=on)


class Proposal(ScopedModel):
    """方案：an overall plan of a venue, or the operation plan of one cooperation.

    Everything that is filtered, counted or computed has its own column; the sections
    keep the texts. The columns follow the sections on every save.
    """

    kind = models.CharField("类别", max_length=20, choices=PlanKind.choices)
    mode = models.CharField("合作方式", max_length=20, choices=CooperationMode.choices, blank=True)
    title = models.CharField("名称", max_length=120)
    number = models.CharField("编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - unique once given
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="proposals", verbose_name="阵地")
    supervising_union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="监管责任人"
    )
    cooperation = models.ForeignKey(
        Cooperation, models.PROTECT, null=True, related_name="proposals"
    )
    overall_plan = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # 变更: the plan in force that this one replaces once it is approved.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    # 重新申报: the plan that was not approved and whose matter this one takes up anew.
    refiles = models.ForeignKey("self", models.PROTECT, null=True, related_name="refilings")
    cited_reason = models.CharField("变更或重新申报的理由", max_length=500, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField("起草时间")
    updated_at = models.DateTimeField("更新时间")

    shared_at = models.DateTimeField("提请主管工会指导时间", null=True)

    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="proposals")
    counterpart_venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+")
    core_business = models.ForeignKey(CoreBusiness, models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField("起始日", null=True)
    ends_on = models.DateField("终止日", null=True)
    partner_investment = models.DecimalField(
        "合作方投资（元）", max_digits=16, decimal_places=2, null=True
    )
    expected_income = models.DecimalField(
        "预期年收益（元）", max_digits=16, decimal_places=2, null=True
    )
    has_partner_fixed_investment = models.BooleanField("合作方有固定资产投入", null=True)
    is_major = models.BooleanField("重大事项", null=True)
    # 30 分以上的筛查结果: the venue is looked at more often while this runs (第十八条).
    needs_inspection = models.BooleanField("列入加强检查", default=False)
    # Confirmed at the formal review of this version; the venue's own answer is `is_major`.
    major_confirmed = models.BooleanField("确认为重大事项", null=True)

    version_no = models.PositiveSmallIntegerField("报送版本", default=0)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("报送时间", null=True)
    decided_at = models.DateTimeField("办结时间", null=True)
    # Of an approved operation plan, while no contract is signed.
    sign_by = models.DateField("最迟签约日", null=True)
    route = models.JSONField("路由", default=dict)  # pinned from the authority matrix on submission
    direct_to = models.CharField("直送环节", max_length=20, choices=Stage.choices, blank=True)
    suspended_at = models.DateTimeField("中止时间", null=True)
    # 移交上级工会: who does what the stage waits for where nobody of the union itself may.
    moved_to = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    # Of a stage that waits for somebody and opens no desk; a desk has the limit of its task.
    due_on = models.DateField("本阶段期限", null=True)

    history = HistoricalRecords(excluded_fields=["route"], history_manager=RowHistory)
    objects = ProposalQuerySet.as_manager()

    class Meta:
        permissions = [("read_proposal", "阅看受聘方案")]
        default_permissions = ()
        indexes = [
            models.Index(fields=[f"unit_{k}", "-updated_at", "-id"], name=f"approvals_plan_u{k}")
            for k in (1, 2, 3, 4)
        ] + [
            models.Index(
                fields=[f"unit_{k}", "stage", "-updated_at", "-id"], name=f"approvals_stage_u{k}"
            )
            for k in (1, 2, 3, 4)
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(submitted_at=None) & Q(submitted_by=None))
                | (~Q(submitted_at=None) & ~Q(submitted_by=None)),
                name="approvals_plan_submitted_by_and_at",
                violation_error_message="报送人和报送时间须同时记录。",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.OVERALL_PLAN) | ~Q(mode=""),
                name="approvals_plan_operation_has_mode",
                violation_error_message="具体运作方案须选定合作方式（第十四条）。",
            ),
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(kind=PlanKind.OVERALL_PLAN, stage__in=Stage.STANDING),
                name="approvals_plan_one_overall_in_force",
                violation_error_message="本阵地已有一份总体方案在实施，须以变更替代它。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '未编号'} {self.title}"

    @property
    def case_id(self):
        """The case whose ledger keeps the acts on this plan."""
        return self.cooperation_id or self.pk

    @property
    def is_operation_plan(self) -> bool:
        return self.kind == PlanKind.OPERATION_PLAN

    @property
    def kind_code(self) -> str:
        """Which kind of plan: the overall plan, or the way of an operation plan."""
        return self.mode if self.is_operation_plan else self.kind

    @property
    def is_writable(self) -> bool:
        return self.stage in Stage.WRITABLE

    @property
    def counts_as_major(self) -> bool | None:
        """What routes the plan: the determination of this version, before it the venue's answer."""
        return self.is_major if self.major_confirmed is None else self.major_confirmed

    @property
    def stage_enum(self) -> Stage:
        return Stage(self.stage)

    def is_lapsed(self, on: date) -> bool:
        """逾期失效: approved, and no contract signed in time."""
        return self.stage == Stage.APPROVED and self.sign_by is not None and self.sign_by < on

    def term_ends_before(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


class ProposalUserObjectPermission(UserObjectPermissionBase):
    """单件授权：one person's grant on one plan, joined without the generic tables."""

    content_object = models.ForeignKey(Proposal, models.CASCADE)


class Section(Entity):
    """方案的一节：the answers of one section, as typed; checked for meaning on the check page."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sections")
    code = models.CharField("节", max_length=20, choices=SectionCode.choices)
    data = models.JSONField("内容", default=dict)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField("更新时间")
    # The form that saved last: it may save again without having heard of its own save.
    updated_with = models.UUIDField("保存所用表单", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "code"], name="approvals_section_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.get_code_display()}"


class ProposalVersion(models.Model):
    """报送版本：the plan frozen as it was submitted; opinions and votes point at it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    no = models.PositiveSmallIntegerField("版本")
    snapshot = models.TextField("快照")  # canonical JSON, exactly the bytes that were hashed
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("报送时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "no"], name="approvals_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.proposal} v{self.no}"
