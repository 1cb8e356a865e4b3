"""Bodies, their terms and their rosters."""

from django.db import models
from django.db.models import F, Q

from accounts.models import ScopedModel, User
from meetings.enums import DecisionBodyKind
from meetings.rules import Terms
from organizations.models import TradeUnion
from organizations.rules import SYSTEM_DEFAULT

TERM_FIELDS = (
    "quorum_numerator",
    "quorum_denominator",
    "keeps_recused",
    "materials_days",
    "late_entry_days",
    "source",
)


class Body(ScopedModel):
    """决策机构：a body that decides collectively, with the quorum its union fixed."""

    kind = models.CharField("机构类别", max_length=20, choices=DecisionBodyKind.choices)
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+", verbose_name="工会")
    venue_id = models.UUIDField("阵地", null=True, blank=True)
    name = models.CharField("名称", max_length=60)
    substitute_for = models.CharField("代行职责说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "决策机构"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DecisionBodyKind.values), name="meetings_body_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionBodyKind.VENUE_BOARD, venue_id__isnull=False)
                | (~Q(kind=DecisionBodyKind.VENUE_BOARD) & Q(venue_id__isnull=True)),
                name="meetings_body_venue_iff_board",
            ),
            models.UniqueConstraint(
                fields=["union", "kind"],
                condition=Q(venue_id=None),
                name="meetings_body_once_per_union",
                violation_error_message="该工会已登记这一决策机构。",
            ),
            models.UniqueConstraint(
                fields=["venue_id"],
                name="meetings_body_once_per_venue",
                violation_error_message="该阵地已登记班子会议。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermsModel(models.Model):
    """The figures of a body's terms as columns, with the floor nobody lowers."""

    quorum_numerator = models.PositiveSmallIntegerField("到会下限（分子）", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("到会下限（分母）", default=3)
    keeps_recused = models.BooleanField("回避成员计入应到", default=True)
    materials_days = models.PositiveSmallIntegerField("材料提前送达（工作日）", default=0)
    late_entry_days = models.PositiveSmallIntegerField("补录界限（工作日）", default=5)
    source = models.CharField("确定依据", max_length=200, default=SYSTEM_DEFAULT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_denominator__gt=0)
                & Q(quorum_numerator__lte=F("quorum_denominator"))
                & Q(quorum_denominator__lt=F("quorum_numerator") * 2),
                name="meetings_%(class)s_quorum_above_half",
                violation_error_message="到会下限必须超过应到成员的半数。",
            )
        ]

    @property
    def terms(self) -> Terms:
        return Terms(**{name: getattr(self, name) for name in TERM_FIELDS})


class Policy(TermsModel):
    """议事规则：how a body decides from a day on; a row is never changed, the next one follows it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="policies")
    valid_from = models.DateField("施行日期")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("登记时间")

    class Meta(TermsModel.Meta):
        verbose_name = "议事规则"
        constraints = [
            *TermsModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "valid_from"],
                name="meetings_policy_once_a_day",
                violation_error_message="该机构这一天已经登记过议事规则。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}议事规则（{self.valid_from:%Y-%m-%d} 起）"


class Member(models.Model):
    """成员：one person on the roster of a body, from a day to a day."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("姓名", max_length=30)
    title = models.CharField("职务", max_length=60)
    is_principal = models.BooleanField("主要负责人", default=False)
    order = models.PositiveSmallIntegerField("排序", default=1)
    valid_from = models.DateField("任职起")
    valid_to = models.DateField("任职止", null=True, blank=True)

    class Meta:
        verbose_name = "成员"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="meetings_member_dates_in_order",
                violation_error_message="任职止日不能早于任职起日。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
