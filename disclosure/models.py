"""Editions of what a venue tells the public."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, ScopedQuerySet, User
from disclosure.enums import DisclosureState
from disclosure.rules import Content, ServiceLine
from venues.models import CoreBusiness, Venue

TEXT_LENGTH = 2000


class DisclosureQuerySet(ScopedQuerySet):
    def published(self) -> "DisclosureQuerySet":
        """Those the public reads now."""
        return self.filter(state=DisclosureState.PUBLISHED)


class Disclosure(ScopedModel):
    """公开信息（第十七条）：one edition; what is published is never edited, a new edition follows."""

    venue = models.ForeignKey(Venue, models.PROTECT, related_name="disclosures")
    number = models.PositiveIntegerField("版次")
    state = models.CharField(
        "状态", max_length=12, choices=DisclosureState.choices, default=DisclosureState.DRAFT
    )
    opening_hours = models.TextField("开放时间", max_length=TEXT_LENGTH, blank=True)
    steps = models.TextField("操作流程", max_length=TEXT_LENGTH, blank=True)
    contact = models.CharField("联系方式", max_length=200, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=40, blank=True)
    model_workers_offer = models.TextField("劳模工匠优惠", max_length=TEXT_LENGTH, blank=True)
    workers_in_need_offer = models.TextField("困难职工优惠", max_length=TEXT_LENGTH, blank=True)
    members_offer = models.TextField("工会会员优惠", max_length=TEXT_LENGTH, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")
    drafted_at = models.DateTimeField("开始填报")
    written_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="最后填写人"
    )
    written_at = models.DateTimeField("最后填写")
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True)
    review_note = models.TextField("审核意见", max_length=TEXT_LENGTH, blank=True)
    published_at = models.DateTimeField("公布时间", null=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="撤下人"
    )
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawal_reason = models.TextField("撤下原因", max_length=TEXT_LENGTH, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "公开信息"
        indexes = [
            models.Index(fields=["state", "published_at"], name="disclosure_state_published")
        ]
        constraints = [
            models.UniqueConstraint(fields=["venue", "number"], name="disclosure_number_once"),
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(state=DisclosureState.PUBLISHED),
                name="disclosure_one_published",
            ),
            models.UniqueConstraint(
                fields=["venue"],
                condition=Q(state__in=DisclosureState.OPEN),
                name="disclosure_one_open",
                violation_error_message="本阵地已有一份填报中或待审核的公开信息。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DisclosureState.OPEN, published_at=None)
                | (~Q(state__in=DisclosureState.OPEN) & Q(published_at__isnull=False)),
                name="disclosure_published_iff_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("submitted_by")),
                name="disclosure_other_reviewer",
                violation_error_message="提交人不能审核自己提交的公开信息。",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="disclosure_submitted_who_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DisclosureState.WITHDRAWN,
                    withdrawn_by__isnull=False,
                    withdrawn_at__isnull=False,
                )
                | (~Q(state=DisclosureState.WITHDRAWN) & Q(withdrawn_by=None, withdrawn_at=None)),
                name="disclosure_withdrawn_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} 公开信息第 {self.number} 版"

    @property
    def tone(self) -> str:
        return DisclosureState(self.state).tone

    @property
    def content(self) -> Content:
        """What this edition says, with its services in order."""
        return Content(
            opening_hours=self.opening_hours,
            steps=self.steps,
            contact=self.contact,
            supervision_phone=self.supervision_phone,
            model_workers_offer=self.model_workers_offer,
            workers_in_need_offer=self.workers_in_need_offer,
            members_offer=self.members_offer,
            services=tuple(row.line for row in self.services.order_by("order", "pk")),
        )


class DisclosedService(models.Model):
    """公开的服务项目：what it is, what it costs, by what measure."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="services")
    name = models.CharField("服务项目", max_length=60)
    description = models.CharField("说明", max_length=300, blank=True)
    price = models.DecimalField("价格（元）", max_digits=12, decimal_places=2, null=True)
    unit = models.CharField("计价单位", max_length=20, blank=True)
    core_business = models.ForeignKey(
        CoreBusiness, models.PROTECT, null=True, related_name="+", verbose_name="所属主责主业"
    )
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "公开的服务项目"
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "order"], name="disclosure_service_order_once"
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="disclosure_price_not_negative",
                violation_error_message="价格不能为负数。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def line(self) -> ServiceLine:
        return ServiceLine(
            name=self.name,
            unit=self.unit,
            price=self.price,
            description=self.description,
            core_business_id=self.core_business_id,
        )
