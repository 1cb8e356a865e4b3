"""充分论证: the lawyers and experts engaged, and the supervising union's guidance."""

from datetime import date

from django.db import models

from accounts.models import User
from approvals.enums import ExpertActivity, ExpertConclusion, ExpertKind, InitiativeOrigin
from approvals.models.proposal import Proposal
from core.models import Entity
from documents.models import Attachment


class ExpertEngagement(Entity):
    """律师、行业专家：one engagement, the conflict statement, the opinion and the answer to it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="engagements")
    kind = models.CharField("类别", max_length=20, choices=ExpertKind.choices)
    name = models.CharField("姓名", max_length=30)
    firm = models.CharField("单位", max_length=80)
    licence_no = models.CharField("执业证号或职称", max_length=40)
    activity = models.CharField("方式", max_length=20, choices=ExpertActivity.choices)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    access_from = models.DateField("可阅看起", null=True)
    access_until = models.DateField("可阅看止", null=True)
    has_conflict = models.BooleanField("与合作方有利害关系", null=True)
    conflict_statement = models.CharField("利害关系声明", max_length=500, blank=True)
    opinion = models.TextField("意见", blank=True)
    conclusion = models.CharField(
        "结论", max_length=10, choices=ExpertConclusion.choices, blank=True
    )
    opined_on = models.DateField("意见日期", null=True)
    is_adopted = models.BooleanField("采纳", null=True)
    answer = models.TextField("采纳情况说明", blank=True)
    ended_at = models.DateTimeField("解聘时间", null=True)
    end_reason = models.CharField("解聘理由", max_length=200, blank=True)
    engaged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    letter = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name="聘请书"
    )
    paper = models.ForeignKey(  # signed; who has an account writes the opinion themself
        Attachment, models.PROTECT, null=True, related_name="+", verbose_name="书面意见"
    )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def is_open(self, on: date) -> bool:
        """Whether the person may read the plan on a day: within the period, not ended."""
        if self.access_from is None or self.access_until is None or self.ended_at:
            return False
        return self.access_from <= on <= self.access_until


class GuidanceRecord(models.Model):
    """指导记录：what the supervising union advised the venue on engaging lawyer and experts."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="guidance")
    content = models.TextField("指导内容")
    guided_on = models.DateField("指导日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"{self.proposal} {self.guided_on}"


class UnionInitiative(models.Model):
    """主管工会探索决定：the union's own decision to start, or to let a venue start, another way
    (第十四条第二款); without it such a plan is not submitted."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="initiative")
    origin = models.CharField("来由", max_length=10, choices=InitiativeOrigin.choices)
    decided_by = models.CharField("作出决定的会议", max_length=120)
    decided_on = models.DateField("决定日期")
    content = models.TextField("探索事项和要求")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_origin_display()}"
