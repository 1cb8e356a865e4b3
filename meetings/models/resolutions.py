"""What a meeting decided that somebody has to do."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from meetings.enums import ResolutionState
from meetings.models.sittings import AgendaItem, Meeting
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion


class Resolution(ScopedModel):
    """议定事项：one thing a meeting asked for, by whom and when, until it is closed with evidence."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="resolutions"
    )
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="工会")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    no = models.PositiveSmallIntegerField("序号")
    text = models.CharField("事项", max_length=500)
    department_kind = models.CharField(
        "责任部门", max_length=20, choices=DepartmentKind.choices, blank=True
    )
    owner = models.CharField("责任人", max_length=60)
    due_on = models.DateField("办理时限")
    first_due_on = models.DateField("原定时限", null=True)  # once it was extended
    extension_reason = models.CharField("延期理由", max_length=200, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=ResolutionState.choices, default=ResolutionState.OPEN
    )
    report = models.TextField("落实情况", blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("报告时间", null=True)
    remark = models.CharField("核对意见", max_length=500, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "议定事项"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "no"], name="meetings_resolution_no_once"),
            models.CheckConstraint(
                condition=Q(state=ResolutionState.CLOSED, closed_at__isnull=False)
                | ~Q(state=ResolutionState.CLOSED) & Q(closed_at__isnull=True),
                name="meetings_resolution_closed_iff_dated",
            ),
            models.CheckConstraint(
                condition=Q(reported_by=None, reported_at=None)
                | Q(reported_by__isnull=False, reported_at__isnull=False),
                name="meetings_resolution_reported_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(first_due_on=None, extension_reason="")
                | Q(first_due_on__lt=F("due_on")) & ~Q(extension_reason=""),
                name="meetings_resolution_extended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def tone(self) -> str:
        return ResolutionState(self.state).tone

    @property
    def owner_text(self) -> str:
        return owner_text(self.department_kind, self.owner)


def owner_text(department_kind: str, owner: str) -> str:
    """资产监督管理部门（周宁）; of a board, the person alone."""
    return f"{DepartmentKind(department_kind).label}（{owner}）" if department_kind else owner
