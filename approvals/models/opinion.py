"""Desk tasks, opinions, and what opinions leave to be done."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from approvals.enums import ConditionState, ConsultPlace, Node, Outcome, TaskStatus, desk_label
from approvals.models.proposal import Proposal, ProposalVersion
from core.models import Entity
from documents.models import Attachment
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion


class Task(Entity):
    """待办：one desk's turn on one version of a plan, or what that desk asked of somebody.

    A desk's task is anybody's who sits there until it is transferred to one person
    (`assignee`). What a desk asks of others hangs on its task (`parent`).
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="tasks")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="tasks")
    node = models.CharField("环节", max_length=20, choices=Node.choices)
    department_kind = models.CharField(
        "部门", max_length=20, choices=DepartmentKind.choices, blank=True
    )
    # Whose desk: the supervising union's own, or the higher union's when it was moved up.
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="办理工会")
    status = models.CharField(max_length=10, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    opened_at = models.DateTimeField("到达时间")
    due_on = models.DateField("办理期限")
    done_at = models.DateTimeField("办结时间", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    question = models.TextField("征求或委派的事项", blank=True)
    report = models.TextField("委派办理情况", blank=True)
    placed = models.CharField("加签方式", max_length=10, choices=ConsultPlace.choices, blank=True)
    is_binding = models.BooleanField("意见有约束力", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "node", "department_kind"],
                condition=Q(status__in=TaskStatus.UNFINISHED, parent=None),
                name="approvals_task_one_open_per_desk",
            ),
            models.UniqueConstraint(
                fields=["parent", "assignee"],
                condition=Q(status__in=TaskStatus.UNFINISHED, parent__isnull=False),
                name="approvals_task_asked_once",
                violation_error_message="这个人正在办理同一件征求意见或委派事项。",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=TaskStatus.SIGNED, done_by__isnull=False, done_at__isnull=False
                )
                | (~Q(status__in=TaskStatus.SIGNED) & Q(done_by=None)),
                name="approvals_task_done_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, asked_by=None)
                | Q(parent__isnull=False, asked_by__isnull=False, assignee__isnull=False),
                name="approvals_task_asked_by_somebody_of_somebody",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="approvals_task_due")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.desk_label}"

    def save(self, *args, **kwargs) -> None:
        """A desk is the supervising union's unless it is said to be another's."""
        if self.union_id is None:
            self.union_id = self.proposal.supervising_union_id
        super().save(*args, **kwargs)

    @property
    def desk_label(self) -> str:
        return desk_label(self.node, self.department_kind)

    @property
    def desk_union(self) -> TradeUnion:
        """Whose desk it is, without asking for the union that is known already."""
        own = self.proposal.supervising_union
        return self.union if self.union_id not in (None, own.pk) else own

    @property
    def is_moved_up(self) -> bool:
        """Whether the higher union does this step, because nobody below may."""
        return self.union_id != self.proposal.supervising_union_id

    @property
    def is_desk(self) -> bool:
        """Whether this is a step of the route, not something a step asked for."""
        return self.parent_id is None


class Opinion(models.Model):
    """意见：what a desk said on one version; never edited, only voided by a later version.

    `carried_to` is the latest version it still stands for: nothing it rests on has changed
    since the version it saw.
    """

    task = models.OneToOneField(Task, models.PROTECT, related_name="opinion")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="opinions")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="opinions")
    outcome = models.CharField("结论", max_length=12, choices=Outcome.choices)
    text = models.TextField("意见", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    position = models.CharField("职务", max_length=120)
    at = models.DateTimeField("签署时间")
    content_sha256 = models.CharField(max_length=64)
    is_valid = models.BooleanField("有效", default=True)
    # 票签未达到规定数: what was not in favour is answered in writing like a 不同意.
    fails_group = models.BooleanField("会签组未通过", default=False)
    voided_by = models.ForeignKey(
        ProposalVersion, models.PROTECT, null=True, related_name="+", verbose_name="由哪一版失效"
    )
    void_reason = models.CharField("失效原因", max_length=200, blank=True)
    carried_to = models.PositiveSmallIntegerField("沿用至版本", null=True)
    taken_back_at = models.DateTimeField("取回时间", null=True)

    def __str__(self) -> str:
        return f"{self.task} {self.get_outcome_display()}"

    @property
    def tone(self) -> str:
        return Outcome(self.outcome).tone

    @property
    def needs_resolution(self) -> bool:
        """Whether it is a 不同意 that counts: of a desk, or of somebody bindingly consulted.

        What made a 票签 fail is answered in writing as well.
        """
        counts = self.task.is_desk or self.task.is_binding
        is_against = self.outcome == Outcome.DISAGREE or self.fails_group
        return self.is_valid and is_against and counts

    @property
    def listed_conditions(self) -> list["Condition"]:
        """Its conditions in the order they were written."""
        return sorted(self.conditions.all(), key=lambda one: (one.position, one.pk))

    @property
    def signer(self) -> str:
        """The name as it is printed: 张三, or 张三（代李四） for a delegate."""
        return (
            f"{self.by.name}（代{self.on_behalf_of.name}）" if self.on_behalf_of else self.by.name
        )


class OpinionDraft(models.Model):
    """未提交的意见：its writer's alone."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="drafts")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    text = models.TextField(blank=True)
    points = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "by"], name="approvals_opinion_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.by}"


class ReturnPoint(models.Model):
    """退回事项：one point that the resubmission must answer."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="return_points")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    no = models.PositiveSmallIntegerField("序号")
    text = models.TextField("问题")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.proposal} 第{self.no}点"


class Condition(Entity):
    """附条件：one condition that must be met before the contract is signed; nobody can waive it.

    Who raised it, and for which department, is its opinion's.
    """

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="conditions")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="conditions")
    text = models.TextField("条件")
    # Conditions of one opinion are set at one moment: this is their order as written.
    position = models.PositiveSmallIntegerField("序号", default=0)
    reported_note = models.TextField("阵地报告的落实情况", blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("报告时间", null=True)
    evidence = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    sent_back_note = models.TextField("尚未落实的原因", blank=True)
    met_note = models.TextField("落实情况", blank=True)
    met_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    met_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(met_by=None, met_at=None)
                | Q(met_by__isnull=False, met_at__isnull=False),
                name="approvals_condition_met_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(reported_by=None, reported_at=None)
                | Q(reported_by__isnull=False, reported_at__isnull=False),
                name="approvals_condition_reported_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def state(self) -> ConditionState:
        if self.met_at:
            return ConditionState.MET
        return ConditionState.REPORTED if self.reported_at else ConditionState.OPEN


class ObjectionResolution(models.Model):
    """异议处理：the written answer to a 不同意, needed before the meeting."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="resolution")
    text = models.TextField("处理意见")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.opinion} 处理"
