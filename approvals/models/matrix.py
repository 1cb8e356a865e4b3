"""决策权限清单: which route a plan takes, as rows fixed by a meeting."""

from datetime import date

from django.db import models

from accounts.models import Post, ScopedModel, ScopedQuerySet
from approvals.enums import CooperationMode, PlanKind
from organizations.models import TradeUnion
from venues.models import Venue


class AuthorityMatrixQuerySet(ScopedQuerySet):
    """A venue reads the rows its own plans will go by: those of its supervising union."""

    def _seen_from(self, post: Post) -> models.Q:
        if post.venue_id is None:
            return super()._seen_from(post)
        venues = Venue.objects.filter(pk=post.venue_id).order_by()
        return models.Q(union__in=venues.values("supervising_union"))

    def in_force(self, on: date) -> "AuthorityMatrixQuerySet":
        """Rows whose dates include the day."""
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=on)
        )


class AuthorityMatrixRow(ScopedModel):
    """决策权限清单的一行：matter → departments, bodies, days, and the meeting that fixed it.

    A row may tighten the statutory skeleton, never loosen it (第十三条（三）、第十八条).
    """

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    plan_kind = models.CharField("方案类别", max_length=20, choices=PlanKind.choices)
    mode = models.CharField("合作方式", max_length=20, choices=CooperationMode.choices, blank=True)
    is_major = models.BooleanField("重大事项", null=True)
    countersigners = models.JSONField("会签部门")  # list of DepartmentKind values
    bodies = models.JSONField("决策会议")  # list of DecisionBody values, in order
    formal_review_days = models.PositiveSmallIntegerField("形式审查（工作日）")
    countersign_days = models.PositiveSmallIntegerField("会签（工作日）")
    legal_review_days = models.PositiveSmallIntegerField("法律审核（工作日）")
    fixed_by = models.CharField("确定本行的会议", max_length=120)
    valid_from = models.DateField("生效日")
    valid_to = models.DateField("失效日", null=True)

    objects = AuthorityMatrixQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.union} {self.get_plan_kind_display()} {self.get_mode_display()}"
