"""Collective decisions on a plan, exceptions, and the reply."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from approvals.enums import ExceptionState, ReplyState, UpwardOutcome
from approvals.models.proposal import Proposal, ProposalVersion
from approvals.rules.excepting import state_on
from core import clock
from core.models import Entity
from documents.models import Attachment, IssuedDocument
from meetings.models import AgendaItem


class VenueDecision(models.Model):
    """阵地集体决策：the venue's own meeting on the plan, before it is submitted (第十七、十八条)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="venue_decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal} 阵地集体决策"


class Decision(models.Model):
    """主管工会集体决定：the conclusion of one body on one version of the plan."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="decisions")
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="+")
    is_valid = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.proposal} {self.item}"


class RuleException(ScopedModel):
    """例外审批：one soft rule (原则上) set aside for one plan; a hard rule has no door."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="exceptions")
    venue_id = models.UUIDField()
    number = models.CharField("编号", max_length=20, unique=True, null=True)  # noqa: DJ001 - unique once given
    rule_code = models.CharField("条款", max_length=10)
    state = models.CharField(
        max_length=20, choices=ExceptionState.choices, default=ExceptionState.DRAFT
    )
    facts = models.TextField("事实")
    reason = models.TextField("理由")
    risk = models.TextField("风险")
    mitigation = models.TextField("缓释措施")
    lawyer_opinion = models.TextField("律师意见")
    valid_until = models.DateField("有效期至")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    legal_opinion = models.TextField("主管工会法律审核意见", blank=True)
    legal_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    legal_at = models.DateTimeField(null=True)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    due_on = models.DateField("办理期限", null=True)  # of the step it has come to
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("撤销时间", null=True)
    revoke_reason = models.CharField("撤销理由", max_length=200, blank=True)
    recheck = models.TextField("撤销后的复核", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="approvals_exception_revoked_who_when",
            ),
            models.UniqueConstraint(
                fields=["proposal", "rule_code"],
                condition=~Q(state__in=["rejected", "revoked", "expired"]),
                name="approvals_exception_one_per_rule",
                violation_error_message="这一条款已有一件例外正在办理或已经批准。",
            ),
        ]

    def __str__(self) -> str:
        return f"例外 {self.rule_code} {self.proposal}"

    @property
    def shown(self) -> ExceptionState:
        """The state as every page and paper says it today, 已过期 included."""
        return state_on(self.state, self.valid_until, clock.today())


class UpwardReply(models.Model):
    """上级工会批复：what the higher union answered where a route reports upward."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="upward_replies")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    outcome = models.CharField("结论", max_length=10, choices=UpwardOutcome.choices)
    union_name = models.CharField("上级工会", max_length=60)
    number = models.CharField("文号", max_length=60)
    replied_on = models.DateField("批复日期")
    text = models.TextField("批复意见", blank=True)
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="批复文件")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.get_outcome_display()}"


class Reply(Entity):
    """批复：drafted by the asset department, issued with its number by the leader."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="reply")
    state = models.CharField(max_length=10, choices=ReplyState.choices, default=ReplyState.DRAFT)
    document_number = models.CharField("文号", max_length=40, unique=True, null=True)  # noqa: DJ001 - unique once given
    approved_matters = models.TextField("同意事项")
    conditions = models.TextField("条件", blank=True)
    requirements = models.TextField("要求")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField("成文日期", null=True)
    plan_version = models.ForeignKey(  # what was approved, with its hash; known once issued
        ProposalVersion, models.PROTECT, null=True, related_name="+", verbose_name="批复的版本"
    )
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_by=None) | ~Q(issued_by=F("drafted_by")),
                name="approvals_reply_issuer_is_not_drafter",
                violation_error_message="拟稿人不能签发自己拟的批复。",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number or "批复（拟稿）"
