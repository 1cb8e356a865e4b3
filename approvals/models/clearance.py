"""解除疑似变相出租承包的认定: asked for, concurred in, decided."""

from django.db import models
from django.db.models import Q

from accounts.models import ScopedModel, User
from approvals.enums import ClearanceState
from approvals.models.proposal import Proposal
from core.models import Entity
from documents.models import Attachment
from meetings.models import AgendaItem
from organizations.enums import DepartmentKind


class LeaseClearance(ScopedModel):
    """解除认定：why a plan or contract whose score is 疑似 is no lease; never a hard sign."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="clearances")
    venue_id = models.UUIDField()
    # The contract asked about, null when it is the plan itself: contracts stand above this app.
    contract_id = models.UUIDField(null=True)
    contract_title = models.CharField("合同名称", max_length=120, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=ClearanceState.choices, default=ClearanceState.REQUESTED
    )
    score = models.PositiveSmallIntegerField("得分")
    signs = models.JSONField("迹象")  # what the screen found, as it was asked about
    reason = models.TextField("阵地说明")
    lawyer = models.CharField("律师", max_length=30)
    firm = models.CharField("律师事务所", max_length=60)
    opinion = models.TextField("律师书面意见")
    opined_on = models.DateField("意见日期")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="意见书")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("结论时间", null=True)
    due_on = models.DateField("办理期限", null=True)  # of the step it has come to

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state__in=ClearanceState.OPEN, contract_id=None),
                name="approvals_clearance_one_open",
                violation_error_message="本方案已有一件解除认定的申请正在办理。",
            ),
            models.UniqueConstraint(
                fields=["contract_id"],
                condition=Q(state__in=ClearanceState.OPEN, contract_id__isnull=False),
                name="approvals_clearance_one_open_contract",
                violation_error_message="本合同已有一件解除认定的申请正在办理。",
            ),
        ]

    def __str__(self) -> str:
        return f"解除认定 {self.title}"

    @property
    def about(self) -> str:
        """What it speaks of, in a word."""
        return "合同" if self.contract_id else "方案"

    @property
    def title(self) -> str:
        return self.contract_title if self.contract_id else self.proposal.title

    @property
    def url(self) -> str:
        """The page of what it speaks of."""
        if self.contract_id:
            return f"/contracts/{self.contract_id}/"
        return f"/proposals/{self.proposal_id}/review/"

    @property
    def tone(self) -> str:
        return ClearanceState(self.state).tone


class Concurrence(Entity):
    """协同意见：what 纪委 or 经审 says of a clearance, once."""

    clearance = models.ForeignKey(LeaseClearance, models.PROTECT, related_name="concurrences")
    department_kind = models.CharField("部门", max_length=20, choices=DepartmentKind.choices)
    agrees = models.BooleanField("同意解除")
    text = models.TextField("意见")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.CharField(max_length=120)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clearance", "department_kind"], name="approvals_concurrence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_department_kind_display()} {self.clearance}"
