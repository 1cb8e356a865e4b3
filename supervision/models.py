"""Periodic reports and rectifications."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from approvals.models import Cooperation
from organizations.models import TradeUnion
from supervision.enums import RectificationState, ReportKind, ReportState
from venues.models import Venue


class PeriodicReport(ScopedModel):
    """定期报告：one venue's report of one kind on one period, with the day it is due (第十六条)."""

    kind = models.CharField("报告类别", max_length=20, choices=ReportKind.choices)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="reports", verbose_name="阵地")
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="主管工会")
    period_from = models.DateField("期间起")
    period_to = models.DateField("期间止")
    due_on = models.DateField("报送期限")
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.DUE)
    answers = models.JSONField("内容", default=dict)
    income = models.DecimalField("本期收入（元）", max_digits=16, decimal_places=2, null=True)
    received = models.DecimalField("合作收入实收（元）", max_digits=16, decimal_places=2, null=True)
    scheduled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("报送时间", null=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("审核时间", null=True)
    review_note = models.TextField("审核意见", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "kind", "period_from", "period_to"],
                name="supervision_report_once",
                violation_error_message="本阵地这一期间的同类报告已经布置。",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")) & Q(due_on__gt=F("period_to")),
                name="supervision_report_days_in_order",
                violation_error_message="期间止日不早于起日，报送期限晚于期间止日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.get_kind_display()} {self.period_label}"

    @property
    def period_label(self) -> str:
        return f"{self.period_from:%Y-%m-%d} 至 {self.period_to:%Y-%m-%d}"

    @property
    def days(self) -> int:
        """The days of the period, both ends included."""
        return (self.period_to - self.period_from).days + 1

    @property
    def tone(self) -> str:
        return ReportState(self.state).tone

    @property
    def is_writable(self) -> bool:
        return self.state in ReportState.WRITABLE


class Rectification(ScopedModel):
    """整改：ordered because something failed; `source_id` is what failed, known to the app above."""

    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="rectifications")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+")
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    source_url = models.CharField(max_length=300)
    problems = models.TextField("问题")
    rule_code = models.CharField("依据", max_length=10)
    requirements = models.TextField("整改要求")
    ordered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("下达时间")
    due_on = models.DateField("整改期限")
    state = models.CharField(
        max_length=10, choices=RectificationState.choices, default=RectificationState.ORDERED
    )
    report = models.TextField("整改情况", blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("报告时间", null=True)
    review_note = models.TextField("复核意见", blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("复核时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], name="supervision_rectification_once"
            )
        ]

    def __str__(self) -> str:
        return f"整改 {self.cooperation} {self.due_on}"

    @property
    def tone(self) -> str:
        return RectificationState(self.state).tone
