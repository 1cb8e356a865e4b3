"""常用语: what a person, or a whole desk, often begins an opinion with."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from core.models import Entity
from organizations.models import TradeUnion

PHRASE_LENGTH = 60


class Phrase(Entity):
    """常用语：an opening of one person, or of one desk of one union; it is never a reason by itself.

    `desk` is the department that countersigns, else the node, as the tables of
    `rules.phrases` and `rules.materiality` name it.
    """

    text = models.CharField("常用语", max_length=PHRASE_LENGTH)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    union = models.ForeignKey(TradeUnion, models.PROTECT, null=True, related_name="+")
    desk = models.CharField("环节或部门", max_length=20, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("添加时间")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, union=None, desk="")
                | (Q(owner=None, union__isnull=False) & ~Q(desk="")),
                name="approvals_phrase_of_person_or_desk",
            ),
            models.UniqueConstraint(
                fields=["owner", "text"],
                condition=Q(owner__isnull=False),
                name="approvals_phrase_once_per_person",
                violation_error_message="您已经有这一条常用语。",
            ),
            models.UniqueConstraint(
                fields=["union", "desk", "text"],
                condition=Q(owner=None),
                name="approvals_phrase_once_per_desk",
                violation_error_message="本部门已经有这一条常用语。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
