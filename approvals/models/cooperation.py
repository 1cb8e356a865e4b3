"""合作项目: the file that binds one operation plan, its contracts, reports and evaluations."""

from django.db import models

from accounts.models import ScopedModel
from approvals.enums import CooperationMode
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
