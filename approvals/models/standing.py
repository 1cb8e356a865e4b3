"""What became of an overall plan in force: halted, taken up again, ended."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from approvals.enums import StandingAct
from approvals.models.proposal import Proposal


class StandingChange(models.Model):
    """实施变动：an overall plan in force was halted, taken up again or ended, by whom and why."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="standing_changes")
    act = models.CharField("变动", max_length=10, choices=StandingAct.choices)
    reason = models.CharField("理由", max_length=500)
    # 总体方案由主管工会集体审议决定: what ends it is decided by a meeting as well.
    decided_by = models.CharField("作出决定的会议", max_length=120, blank=True)
    decided_on = models.DateField("会议决定日", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("办理时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(act=StandingAct.END) | (~Q(decided_by="") & ~Q(decided_on=None)),
                name="approvals_standing_ended_by_a_meeting",
                violation_error_message="终止总体方案须写明作出决定的会议和日期。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_act_display()}"
