"""Venues and their self-assessment before any cooperation."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import ScopedModel, User
from core.history import RowHistory
from core.models import Entity
from organizations.models import TradeUnion
from venues.enums import (
    Conclusion,
    LegalForm,
    ReadinessCode,
    ReadinessState,
    VenueKind,
    VenueStatus,
)


class Venue(ScopedModel):
    """职工服务阵地：a place a union runs for workers; 第四条 makes it the 责任主体."""

    VENUE_LOOKUP: ClassVar[str] = "pk"

    code = models.CharField(
        "编号", max_length=20, unique=True, error_messages={"unique": "已有阵地使用这个编号。"}
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=20, choices=VenueKind.choices)
    kind_note = models.CharField("类别说明", max_length=100, blank=True)
    status = models.CharField(
        "状态", max_length=10, choices=VenueStatus.choices, default=VenueStatus.ACTIVE
    )
    legal_form = models.CharField("法律形式", max_length=20, choices=LegalForm.choices)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    supervising_union = models.ForeignKey(
        TradeUnion, models.PROTECT, related_name="venues", verbose_name="主管工会"
    )
    supervisor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="监管责任人"
    )
    division_code = models.CharField("行政区划代码", max_length=6)
    address = models.CharField("地址", max_length=200)
    land_area = models.DecimalField("占地面积", max_digits=12, decimal_places=2, null=True)
    building_area = models.DecimalField("建筑面积", max_digits=12, decimal_places=2, null=True)
    ownership_certificate = models.CharField("权属证", max_length=200)
    affiliation = models.CharField("隶属关系", max_length=200)
    service_functions = models.TextField("服务功能", max_length=2000)
    staff_quota = models.PositiveIntegerField("编制数", null=True)
    opened_on = models.DateField("启用日期", null=True)
    is_directly_affiliated = models.BooleanField("本级直属", default=False)
    safety_officer = models.CharField("安全责任人", max_length=30, blank=True)
    history = HistoricalRecords(history_manager=RowHistory)

    class Meta:
        verbose_name = "阵地"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=VenueKind.values), name="venues_venue_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind=VenueKind.OTHER) | ~Q(kind_note=""),
                name="venues_venue_other_kind_said",
                violation_error_message="类别为“其他”时须说明属于何种阵地。",
            ),
            models.CheckConstraint(
                condition=(Q(land_area=None) | Q(land_area__gte=0))
                & (Q(building_area=None) | Q(building_area__gte=0)),
                name="venues_venue_areas_not_negative",
                violation_error_message="面积不能为负数。",
            ),
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~Q(uscc=""),
                name="venues_venue_uscc_once",
                violation_error_message="已有阵地登记了这个统一社会信用代码。",
            ),
        ]
        indexes = [
            models.Index(fields=["unit_1", "code"], name="venues_venue_unit_1"),
            models.Index(fields=["unit_2", "code"], name="venues_venue_unit_2"),
            models.Index(fields=["unit_3", "code"], name="venues_venue_unit_3"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tone(self) -> str:
        return VenueStatus(self.status).tone

    @property
    def five_constants(self) -> dict[str, str | list[str]]:
        """第十八条（二）：名称、产权关系、隶属关系、服务功能、主责主业 as they stand now."""
        businesses = self.core_businesses.order_by("order", "pk")
        return {
            "name": self.name,
            "ownership": self.ownership_certificate,
            "affiliation": self.affiliation,
            "functions": self.service_functions,
            "core_businesses": [business.name for business in businesses],
        }


class CoreBusiness(models.Model):
    """主责主业：one line of the work the venue is there for."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="core_businesses")
    name = models.CharField("名称", max_length=60)
    description = models.CharField("内容", max_length=500, blank=True)
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "主责主业"
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "name"],
                name="venues_core_business_once",
                violation_error_message="这项主责主业已经列入。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Readiness(Entity):
    """阵地条件自评（第九条）：what the venue says of the four conditions, and the review of it."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="readiness")
    state = models.CharField(
        "状态", max_length=10, choices=ReadinessState.choices, default=ReadinessState.DRAFT
    )
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="自评人")
    started_at = models.DateTimeField("开始时间")
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True)
    review_note = models.TextField("审核意见", max_length=2000, blank=True)
    valid_until = models.DateField("有效期至", null=True)

    class Meta:
        verbose_name = "阵地条件自评"
        constraints = [
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(state__in=[ReadinessState.DRAFT, ReadinessState.SUBMITTED]),
                name="venues_readiness_one_open",
                violation_error_message="本阵地已有一份未办结的条件自评。",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="venues_readiness_submitted_who_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[ReadinessState.READY, ReadinessState.NOT_READY],
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                )
                | Q(
                    state__in=[ReadinessState.DRAFT, ReadinessState.SUBMITTED],
                    reviewed_by=None,
                    reviewed_at=None,
                ),
                name="venues_readiness_reviewed_iff_closed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by")),
                name="venues_readiness_other_reviewer",
                violation_error_message="自评人不能审核自己的条件自评。",
            ),
        ]
        indexes = [models.Index(fields=["venue", "state"], name="venues_readiness_state")]

    def __str__(self) -> str:
        return f"{self.venue} 条件自评"

    @property
    def tone(self) -> str:
        return ReadinessState(self.state).tone


class ReadinessItem(Entity):
    """条件自评的一项：conclusion and facts; its evidence hangs on the venue's files."""

    readiness = models.ForeignKey(Readiness, models.PROTECT, related_name="items")
    code = models.CharField("条件", max_length=5, choices=ReadinessCode.choices)
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion.choices, blank=True)
    facts = models.JSONField("事实", default=dict)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    written_at = models.DateTimeField("填写时间", null=True)

    class Meta:
        verbose_name = "条件自评项"
        constraints = [
            models.UniqueConstraint(
                fields=["readiness", "code"], name="venues_readiness_item_once"
            ),
            models.CheckConstraint(
                condition=Q(code__in=ReadinessCode.values), name="venues_readiness_item_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_code_display()}"

    @property
    def purpose(self) -> str:
        """Under what purpose its evidence is kept."""
        return f"readiness:{self.readiness_id}:{self.code}"
