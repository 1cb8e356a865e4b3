"""What happens to a desk's work on its way: transfers, urging, circulation, suspension, delegation."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from approvals.enums import DelegationState, Node, PlanKind, Stage
from approvals.models.opinion import Task
from approvals.models.proposal import Proposal, ProposalVersion
from core.models import Entity
from organizations.models import TradeUnion

OVERALL = PlanKind.OVERALL_PLAN.value


class TaskTransfer(models.Model):
    """转办：the work of a desk went from one person to another, and why."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="transfers")
    from_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=500)
    at = models.DateTimeField("转办时间")

    def __str__(self) -> str:
        return f"{self.task} {self.from_user} → {self.to_user}"


class Urge(models.Model):
    """催办：somebody asked those who hold the work to act; it changes nothing else."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="urges")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField("催办日")
    at = models.DateTimeField("催办时间")
    text = models.CharField("附言", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "by", "on"],
                name="approvals_urge_once_a_day",
                violation_error_message="您今天已经催办过这一环节。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} 催办 {self.on}"


class StageUrge(models.Model):
    """阶段催办：whom a stage without a desk waits for, as a meeting or the reply, was asked to act."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="urges")
    stage = models.CharField("阶段", max_length=20, choices=Stage.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField("催办日")
    at = models.DateTimeField("催办时间")
    text = models.CharField("附言", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "stage", "by", "on"],
                name="approvals_stage_urge_once_a_day",
                violation_error_message="您今天已经催办过这一环节。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_stage_display()} 催办 {self.on}"


class Circulation(Entity):
    """传阅：a plan sent to somebody to read; a remark stands apart from the opinions."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="circulations")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField("传阅说明", max_length=200, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("传阅时间")
    read_at = models.DateTimeField("已阅时间", null=True)
    remark = models.CharField("阅示意见", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "to_user"],
                condition=Q(read_at=None),
                name="approvals_circulation_once_unread",
                violation_error_message="已经传阅给这个人，对方尚未阅看。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} 传阅 {self.to_user}"


class Suspension(models.Model):
    """中止办理：the clocks of a plan stand still from one moment to another."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="suspensions")
    reason = models.CharField("中止理由", max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("中止时间")
    resumed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resumed_at = models.DateTimeField("恢复时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(resumed_at=None),
                name="approvals_suspension_one_running",
                violation_error_message="方案已经中止办理。",
            ),
            models.CheckConstraint(
                condition=Q(resumed_by=None, resumed_at=None)
                | Q(resumed_by__isnull=False, resumed_at__isnull=False),
                name="approvals_suspension_resumed_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} 中止 {self.at:%Y-%m-%d}"


class WithdrawalRequest(Entity):
    """申请撤回：the venue asks for a plan back that somebody has acted on; a keeper answers.

    It speaks of one version: what was asked of an earlier one has lapsed.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="withdrawal_requests")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    reason = models.CharField("申请理由", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    is_granted = models.BooleanField("同意撤回", null=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version"],
                condition=Q(answered_at=None),
                name="approvals_withdrawal_asked_once",
                violation_error_message="已经申请撤回，正在等候主管工会答复。",
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, answered_by=None, answered_at=None)
                | Q(is_granted__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="approvals_withdrawal_answered_by_and_at",
                violation_error_message="答复、答复人和答复时间须同时记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} 申请撤回 {self.asked_at:%Y-%m-%d}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, on: date) -> "DelegationQuerySet":
        """Delegations whose days include this one and that were not revoked."""
        return self.filter(valid_from__lte=on, valid_to__gte=on, revoked_at=None)

    def overlapping(self, principal: User, node: str, start: date, end: date):
        """What the person has already given away of a desk in a period."""
        rows = self.filter(principal=principal, node=node, revoked_at=None)
        return rows.filter(valid_from__lte=end, valid_to__gte=start)


class Delegation(Entity):
    """代理：a person's desk is also another's, from a day to a day; never for votes of a meeting.

    The agent signs 「张三（代李四）」. What is held by delegation cannot be passed on. It may
    be narrowed to kinds of plan or to named plans; who keeps the procedure may make it for
    somebody who is away (`made_by`).
    """

    principal = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="委托人")
    agent = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代理人")
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    node = models.CharField("代理环节", max_length=20, choices=Node.choices)
    valid_from = models.DateField("代理起")
    valid_to = models.DateField("代理止")
    includes_waiting = models.BooleanField("包括已有待办", default=True)
    # Kinds of plan: 总体方案, or the way of an operation plan. None and no named plan: every plan.
    kinds = models.JSONField("方案类别", default=list, blank=True)
    plans = models.ManyToManyField(Proposal, related_name="+", verbose_name="指定方案")
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="代为委托人"
    )
    reason = models.CharField("理由", max_length=200)
    created_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("收回时间", null=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="approvals_delegation_dates_in_order",
                violation_error_message="代理止日不能早于代理起日。",
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("agent")), name="approvals_delegation_two_people"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="approvals_delegation_revoked_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent}代{self.principal} {self.get_node_display()}"

    def state_on(self, day: date) -> DelegationState:
        """How far it has come; what was taken back stays so."""
        if self.revoked_at:
            return DelegationState.REVOKED
        if day > self.valid_to:
            return DelegationState.OVER
        return DelegationState.AHEAD if day < self.valid_from else DelegationState.RUNNING

    @property
    def named(self) -> frozenset:
        """The plans it is narrowed to, by key."""
        return frozenset(one.pk for one in self.plans.all())

    @property
    def is_narrow(self) -> bool:
        return bool(self.kinds or self.named)

    def covers(self, proposal: Proposal) -> bool:
        """Whether a plan is among those it was given for."""
        return not self.is_narrow or proposal.pk in self.named or proposal.kind_code in self.kinds

    def covered_tasks(self) -> Q:
        """The same, of tasks in a statement."""
        if not self.is_narrow:
            return Q()
        overall = Q(proposal__kind=PlanKind.OVERALL_PLAN) if OVERALL in self.kinds else Q(pk=None)
        ways = Q(proposal__kind=PlanKind.OPERATION_PLAN, proposal__mode__in=self.kinds)
        return overall | ways | Q(proposal__in=self.named)
