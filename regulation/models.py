"""The policy library."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import Entity
from documents.models import Attachment
from regulation.enums import PolicyStatus


class PolicyDocument(Entity):
    """政策依据: a document the regulation stands on or names.

    What its text does not tell stays empty: no number, date or issuer is invented.
    """

    title = models.CharField("名称", max_length=200, unique=True)
    issuer = models.CharField("制定机关", max_length=100, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    status = models.CharField(
        "状态", max_length=20, choices=PolicyStatus.choices, default=PolicyStatus.AWAITED
    )
    cited_by = models.CharField("引用条款", max_length=20, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    provided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    provided_at = models.DateTimeField("提供时间", null=True)

    class Meta:
        verbose_name = "政策依据"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=PolicyStatus.AWAITED)
                | (~Q(issuer="") & Q(issued_on__isnull=False)),
                name="regulation_policy_at_hand_is_dated",
                violation_error_message="有原文的政策依据须写明制定机关和印发日期。",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PolicyStatus.values), name="regulation_policy_status"
            ),
            models.CheckConstraint(
                condition=Q(attachment=None, provided_by=None, provided_at=None)
                | Q(attachment__isnull=False, provided_by__isnull=False, provided_at__isnull=False),
                name="regulation_policy_provided_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title
