"""合作项目: the file that binds one operation plan, its contracts, reports and evaluations."""

from django.db import models

from accounts.models import ScopedModel, User
from approvals.enums import CooperationMode, Duty
from organizations.models import TradeUnion
from partners.models import Partner
from venues.models import Venue


class Cooperation(ScopedModel):
    """合作项目：people know it by its code (HZ-2026-0017), given when its plan is submitted."""

    code = models.CharField("项目编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - unique once given
    title = models.CharField("项目名称", max_length=120)
    mode = models.CharField("合作方式", max_length=20, choices=CooperationMode.choices)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="cooperations")
    counterpart_venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="cooperations", verbose_name="合作方"
    )
    supervising_union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("建立时间")

    class Meta:
        indexes = [
            models.Index(fields=[f"unit_{k}", "-created_at", "-id"], name=f"approvals_coop_u{k}")
            for k in (1, 2, 3, 4)
        ]

    def __str__(self) -> str:
        return f"{self.code or '未编号'} {self.title}"


class Involvement(models.Model):
    """职责：the one duty a person has in a cooperation; written by the first act that is one."""

    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="involvements")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="人员")
    duty = models.CharField("职责", max_length=10, choices=Duty.choices)
    act = models.CharField("首次办理", max_length=60)
    since = models.DateTimeField("时间")

    class Meta:
        verbose_name = "职责"
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "person"],
                name="approvals_one_duty_each",
                violation_error_message="同一合作项目的起草、审批、签约、评价须由不同的人办理。",
            ),
            models.CheckConstraint(
                condition=models.Q(duty__in=Duty.values), name="approvals_involvement_duty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_duty_display()} {self.cooperation}"
