"""Questions about a section of a plan, with their answers, until they are resolved."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from approvals.enums import SectionCode, ThreadState
from approvals.models.proposal import Proposal, ProposalVersion
from core.models import Entity

COMMENT_LENGTH = 1000


class Thread(Entity):
    """批注：a question about one section of a plan, opened on the version that was read.

    It is no opinion: nothing of the procedure asks for it or waits for it.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="threads")
    plan_version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    section = models.CharField("节", max_length=20, choices=SectionCode.choices)
    field = models.CharField("针对的问题", max_length=40, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    position = models.CharField("职务", max_length=120)
    opened_at = models.DateTimeField("批注时间")
    state = models.CharField(
        "状态", max_length=10, choices=ThreadState.choices, default=ThreadState.OPEN
    )
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField("解决时间", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ThreadState.RESOLVED,
                    resolved_by__isnull=False,
                    resolved_at__isnull=False,
                )
                | Q(state=ThreadState.OPEN, resolved_by=None, resolved_at=None),
                name="approvals_thread_resolved_by_and_at",
                violation_error_message="批注标记为已解决时，须同时记录解决人和时间。",
            )
        ]
        indexes = [models.Index(fields=["proposal", "section"], name="approvals_thread_section")]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.get_section_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == ThreadState.OPEN


class Comment(models.Model):
    """批注内容：what one person said in a thread, under name and title as they were; never edited."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    text = models.CharField("内容", max_length=COMMENT_LENGTH)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=30)
    position = models.CharField("职务", max_length=120)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return self.text[:40]
