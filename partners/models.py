"""The province's register of partners, and each venue's due diligence on one of them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.enums import Permission
from accounts.models import ScopedModel, ScopedQuerySet, User
from core.history import RowHistory
from core.models import Entity
from organizations.models import TradeUnion
from partners.enums import (
    REFUSED_KINDS,
    ConditionCode,
    DueDiligenceState,
    Finding,
    PartCode,
    SubjectKind,
)


def _reads_register(user) -> bool:
    """Whether this person has a business post: the register is one for all unions.

    Platform administrators and people without a post read nothing of it.
    """
    return getattr(user, "is_authenticated", False) and any(
        Permission.PARTNER_READ in post.card.permissions and not post.is_platform
        for post in user.posts()
    )


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, user) -> "PartnerQuerySet":
        """The whole register for anybody with a business post: it holds public data only."""
        return self.all() if _reads_register(user) else self.none()

    def with_watch(self) -> "PartnerQuerySet":
        """Say of each, as `is_watched`, whether a union has it on watch."""
        return self.annotate(
            is_watched=Exists(PartnerWatch.objects.open().filter(partner=OuterRef("pk")))
        )


class Partner(Entity):
    """合作对象：one subject of civil law in the register all unions share."""

    uscc = models.CharField(
        "统一社会信用代码",
        max_length=18,
        unique=True,
        error_messages={"unique": "这个统一社会信用代码已经登记。"},
    )
    name = models.CharField("名称", max_length=100)
    subject_kind = models.CharField("主体类型", max_length=20, choices=SubjectKind.choices)
    legal_representative = models.CharField("法定代表人（负责人）", max_length=30)
    business = models.CharField("主要业务", max_length=200)
    parent_uscc = models.CharField("总公司统一社会信用代码", max_length=18, blank=True)
    parent_authorisation = models.CharField("总公司授权", max_length=200, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间")
    history = HistoricalRecords(history_manager=RowHistory)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "合作对象"
        indexes = [models.Index(fields=["name"], name="partners_partner_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind__in=sorted(set(SubjectKind.values) - set(REFUSED_KINDS))),
                name="partners_partner_subject_kind",
                violation_error_message="个体工商户和自然人不能作为合作对象。",
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind=SubjectKind.BRANCH)
                | (~Q(parent_uscc="") & ~Q(parent_authorisation="")),
                name="partners_partner_branch_has_parent",
                violation_error_message="分公司须有总公司的统一社会信用代码和授权。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerWatchQuerySet(ScopedQuerySet):
    def visible_to(self, user) -> "PartnerWatchQuerySet":
        """Every watch for whoever reads the register: a union warns all others."""
        return self.all() if _reads_register(user) else self.none()

    def open(self) -> "PartnerWatchQuerySet":
        """Those that have not been ended."""
        return self.filter(ended_at=None)


class PartnerWatch(ScopedModel):
    """重点关注：a supervising union has a partner inspected more closely; it blocks nothing.

    All unions see it, therefore the reason is short and names no person.
    """

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="watches", verbose_name="合作方"
    )
    union = models.ForeignKey(
        TradeUnion, models.PROTECT, related_name="+", verbose_name="列入的工会"
    )
    basis = models.CharField("依据", max_length=5)
    reason = models.CharField("理由", max_length=200)
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="列入人")
    put_at = models.DateTimeField("列入时间")
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="解除人"
    )
    ended_at = models.DateTimeField("解除时间", null=True)
    end_reason = models.CharField("解除理由", max_length=200, blank=True)

    objects = PartnerWatchQuerySet.as_manager()

    class Meta:
        verbose_name = "重点关注"
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "union"],
                condition=Q(ended_at=None),
                name="partners_watch_one_open",
                violation_error_message="贵会已将这一合作方列为重点关注。",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="partners_watch_ended_by_at_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}（{self.union}）"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def words(self) -> str:
        """Who has watched the partner since when, and why, in one sentence."""
        since = timezone.localdate(self.put_at)
        return f"{self.union.name}资产监管部门 {since:%Y-%m-%d} 列为重点关注：{self.reason}"


class DueDiligence(ScopedModel):
    """尽职调查（第十条）：one venue's investigation of one partner.

    The venue is known by its id and its name at the time: this app stands beside venues.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="due_diligences")
    venue_id = models.UUIDField("阵地")
    venue_name = models.CharField("阵地名称", max_length=60)
    state = models.CharField(
        "状态",
        max_length=20,
        choices=DueDiligenceState.choices,
        default=DueDiligenceState.IN_PROGRESS,
    )
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="发起人")
    started_at = models.DateTimeField("发起时间")
    concluded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="办结人"
    )
    concluded_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "尽职调查"
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "venue_id"],
                condition=Q(state=DueDiligenceState.IN_PROGRESS),
                name="partners_due_diligence_one_open",
                violation_error_message="本阵地对这一合作对象的尽职调查正在进行。",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DueDiligenceState.CONCLUDED,
                    concluded_by__isnull=False,
                    concluded_at__isnull=False,
                )
                | Q(state=DueDiligenceState.IN_PROGRESS, concluded_by=None, concluded_at=None),
                name="partners_due_diligence_concluded_iff_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["venue_id", "partner", "-started_at"], name="partners_due_diligence_of"
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner}（{self.venue_name}）"

    @property
    def tone(self) -> str:
        return DueDiligenceState(self.state).tone

    @property
    def union(self) -> TradeUnion:
        """The supervising union of the venue: the deepest unit the row stands under."""
        union = self.unit_4 or self.unit_3 or self.unit_2 or self.unit_1
        if union is None:
            raise LookupError("a due diligence stands under a union")
        return union


class DueDiligenceItem(Entity):
    """六项条件之一：a finding with its source, its day and its evidence.

    Where a condition is proved in parts (10-5, 10-6) the finding follows from the parts.
    """

    due_diligence = models.ForeignKey(DueDiligence, models.PROTECT, related_name="items")
    code = models.CharField("条件", max_length=5, choices=ConditionCode.choices)
    finding = models.CharField(
        "结论", max_length=10, choices=Finding.choices, default=Finding.UNVERIFIED
    )
    note = models.TextField("说明", max_length=2000, blank=True)
    source = models.CharField("信息来源", max_length=200, blank=True)
    checked_on = models.DateField("核查日期", null=True)
    expires_on = models.DateField("有效期至", null=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核查人"
    )

    class Meta:
        verbose_name = "尽职调查项"
        constraints = [
            models.UniqueConstraint(
                fields=["due_diligence", "code"], name="partners_due_diligence_item_once"
            ),
            models.CheckConstraint(
                condition=Q(finding=Finding.UNVERIFIED)
                | (~Q(source="") & Q(checked_on__isnull=False) & Q(checked_by__isnull=False)),
                name="partners_due_diligence_item_sourced",
                violation_error_message="结论须有信息来源、核查日期和核查人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_code_display()}"

    @property
    def tone(self) -> str:
        return Finding(self.finding).tone

    @property
    def purpose(self) -> str:
        """Under what purpose its evidence is kept."""
        return f"due_diligence:{self.code}"


class DueDiligencePart(Entity):
    """分项证明：the tax proof, the social security proof, or one of the five credit checks."""

    item = models.ForeignKey(DueDiligenceItem, models.PROTECT, related_name="parts")
    code = models.CharField("分项", max_length=20, choices=PartCode.choices)
    finding = models.CharField(
        "结果", max_length=10, choices=Finding.choices, default=Finding.UNVERIFIED
    )
    note = models.TextField("查询结果说明", max_length=2000, blank=True)
    period = models.CharField("所属期间", max_length=60, blank=True)
    checked_on = models.DateField("查询日期", null=True)
    expires_on = models.DateField("有效期至", null=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="查询人"
    )

    class Meta:
        verbose_name = "尽职调查分项"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "code"], name="partners_due_diligence_part_once"
            ),
            models.CheckConstraint(
                condition=Q(finding=Finding.UNVERIFIED)
                | (Q(checked_on__isnull=False) & Q(checked_by__isnull=False)),
                name="partners_due_diligence_part_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()

    @property
    def tone(self) -> str:
        return Finding(self.finding).tone

    @property
    def purpose(self) -> str:
        """Under what purpose its evidence is kept."""
        return f"{self.item.purpose}:{self.code}"
