"""重大事项清单 of a union, and the determination made of each plan (第十三条（二）)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from approvals.enums import AmountFigure, CooperationMode, MajorTest
from approvals.models.matrix import MatrixQuerySet
from approvals.models.proposal import Proposal, ProposalVersion
from approvals.rules.major import Entry
from organizations.models import TradeUnion


class MajorMatterQuerySet(MatrixQuerySet):
    def _published(self) -> Q:
        return Q()

    def in_force(self, on: date) -> "MajorMatterQuerySet":
        """Entries whose dates include the day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class MajorMatterEntry(ScopedModel):
    """重大事项清单的一条：what a union holds to be a major matter, from a day to a day."""

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    code = models.CharField("编号", max_length=10)
    title = models.CharField("事项", max_length=200)
    test = models.CharField("认定依据", max_length=10, choices=MajorTest.choices)
    mode = models.CharField("合作方式", max_length=20, choices=CooperationMode.choices, blank=True)
    amount_figure = models.CharField(
        "金额口径", max_length=20, choices=AmountFigure.choices, blank=True
    )
    amount_over = models.DecimalField("金额超过（元）", max_digits=16, decimal_places=2, null=True)
    years_over = models.PositiveSmallIntegerField("期限超过（年）", null=True)
    fixed_by = models.CharField("确定本条的会议", max_length=120)
    fixed_on = models.DateField("会议日期")
    valid_from = models.DateField("生效日")
    valid_to = models.DateField("失效日", null=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    written_at = models.DateTimeField("登记时间")

    objects = MajorMatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union", "code"],
                condition=Q(valid_to=None),
                name="approvals_major_entry_once",
                violation_error_message="这一编号已有现行条目，请先终止原条目。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="approvals_major_entry_dates_in_order",
                violation_error_message="失效日不能早于生效日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def entry(self) -> Entry:
        """This entry as the rules see it."""
        return Entry(
            code=self.code,
            title=self.title,
            test=MajorTest(self.test),
            mode=self.mode,
            amount_figure=self.amount_figure,
            amount_over=self.amount_over,
            years_over=self.years_over,
            source=f"{self.fixed_by}（{self.fixed_on:%Y-%m-%d}）",
        )


class MajorDetermination(models.Model):
    """重大事项认定：what the formal review found of one version, entry by entry."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="determinations")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    proposed = models.BooleanField("阵地认定", null=True)
    is_major = models.BooleanField("认定为重大事项")
    findings = models.JSONField("逐条对照")  # Met.as_json of every entry in force that day
    reason = models.TextField("理由", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="认定人")
    position = models.CharField(max_length=120)
    at = models.DateTimeField("认定时间")

    def __str__(self) -> str:
        return f"{self.proposal} {'重大事项' if self.is_major else '非重大事项'}"
