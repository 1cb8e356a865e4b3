"""KPI schemes, evaluations of a cooperation, and their scores."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Post, ScopedModel, ScopedQuerySet, User
from approvals.models import Cooperation
from contracts.models import Contract
from documents.models import IssuedDocument
from evaluations.enums import EvaluationKind, EvaluationState, Grade, IndicatorKind
from evaluations.rules import ANSWER_POINTS
from organizations.models import TradeUnion
from venues.enums import VenueKind
from venues.models import Venue


class KpiSchemeQuerySet(ScopedQuerySet):
    """Schemes hold downwards: whoever is measured by one may read it."""

    def _seen_from(self, post: Post) -> Q:
        if post.venue_id:
            venue = Venue.objects.filter(pk=post.venue_id).order_by()
            above = Q(union__in=venue.values("unit_1"))
            for depth in (2, 3, 4):
                above |= Q(union__in=venue.values(f"unit_{depth}"))
            return above
        if post.union is None or post.is_platform:
            return Q(pk__in=[])
        return Q(union__path__in=_line_of(post.union)) | super()._seen_from(post)

    def for_venue(self, venue: Venue) -> "KpiSchemeQuerySet":
        """Schemes by which a venue may be measured: its kind, its union or one above."""
        return self.filter(venue_kind=venue.kind, union__path__in=_line_of(venue.supervising_union))


def _line_of(union: TradeUnion) -> list[str]:
    """The tree paths of a union and of all unions above it."""
    step = TradeUnion.steplen
    return [union.path[:end] for end in range(step, len(union.path) + 1, step)]


class KpiScheme(ScopedModel):
    """考核方案：the indicators of one kind of venue, published by a union; never edited afterwards."""

    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    venue_kind = models.CharField("阵地类别", max_length=20, choices=VenueKind.choices)
    name = models.CharField("名称", max_length=80)
    valid_from = models.DateField("生效日")
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = KpiSchemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["union", "venue_kind", "valid_from"],
                name="evaluations_scheme_once",
                violation_error_message="同一天已发布过这类阵地的考核方案。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """指标：one line of a scheme."""

    scheme = models.ForeignKey(KpiScheme, models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("指标", max_length=60)
    kind = models.CharField("计分方式", max_length=12, choices=IndicatorKind.choices)
    weight = models.DecimalField("权重", max_digits=5, decimal_places=2)
    unit = models.CharField("单位", max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "order"], name="evaluations_indicator_order")
        ]

    def __str__(self) -> str:
        return self.name


class Evaluation(ScopedModel):
    """评价：one stage or final evaluation of a cooperation, planned with the contract (13(五))."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="evaluations")
    cooperation = models.ForeignKey(Cooperation, models.PROTECT, related_name="evaluations")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+")
    union = models.ForeignKey(TradeUnion, models.PROTECT, related_name="+")
    scheme = models.ForeignKey(KpiScheme, models.PROTECT, related_name="+")
    kind = models.CharField("类别", max_length=8, choices=EvaluationKind.choices)
    period_from = models.DateField("评价期起")
    period_to = models.DateField("评价期止")
    due_on = models.DateField("评价期限")
    state = models.CharField(
        max_length=10, choices=EvaluationState.choices, default=EvaluationState.PLANNED
    )
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    population = models.PositiveIntegerField("服务职工人数", null=True)
    population_source = models.CharField("人数来源", max_length=200, blank=True)
    answers = models.JSONField("问卷汇总", default=dict)  # Answer value → count
    satisfaction_index = models.DecimalField(
        "满意度指数", max_digits=5, decimal_places=2, null=True
    )
    satisfied_rate = models.DecimalField("满意率", max_digits=5, decimal_places=4, null=True)
    total = models.DecimalField("总分", max_digits=5, decimal_places=2, null=True)
    grade_of_total = models.CharField("按总分", max_length=10, choices=Grade.choices, blank=True)
    grade = models.CharField("等次", max_length=10, choices=Grade.choices, blank=True)
    gate_reasons = models.JSONField("降等原因", default=list)
    vetoes = models.JSONField("一票否决", default=list)
    has_serious_finding = models.BooleanField("有未整改的严重问题", default=False)
    achievements = models.TextField("成效", blank=True)
    problems = models.TextField("问题", blank=True)
    requirements = models.TextField("整改要求", blank=True)
    thresholds = models.JSONField("判定参数", default=dict)
    scored_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    scored_at = models.DateTimeField("打分时间", null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    report = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "kind", "period_from"], name="evaluations_evaluation_once"
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")) & Q(due_on__gte=F("period_to")),
                name="evaluations_days_in_order",
                violation_error_message="评价期止日不早于起日，评价期限不早于期间止日。",
            ),
            models.CheckConstraint(
                condition=Q(state=EvaluationState.CONFIRMED, confirmed_by__isnull=False)
                | (~Q(state=EvaluationState.CONFIRMED) & Q(confirmed_by=None)),
                name="evaluations_confirmed_by_iff_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("scored_by")),
                name="evaluations_confirmer_is_not_scorer",
                violation_error_message="确认人不能是打分人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperation} {self.get_kind_display()} {self.period_label}"

    @property
    def tone(self) -> str:
        return EvaluationState(self.state).tone

    @property
    def grade_tone(self) -> str:
        return Grade(self.grade).tone if self.grade else "idle"

    @property
    def is_stage(self) -> bool:
        return self.kind == EvaluationKind.STAGE

    @property
    def valid_answers(self) -> int:
        """Answers that count towards the index."""
        return sum(self.answers.get(answer.value, 0) for answer in ANSWER_POINTS)

    @property
    def period_label(self) -> str:
        return f"{self.period_from:%Y-%m-%d} 至 {self.period_to:%Y-%m-%d}"


class Score(models.Model):
    """得分：the points of one indicator, with the facts they come from."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="scores")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    target = models.DecimalField("目标", max_digits=14, decimal_places=4, null=True)
    actual = models.DecimalField("实际", max_digits=14, decimal_places=4)
    points = models.DecimalField("得分", max_digits=5, decimal_places=2)
    evidence = models.CharField("数据来源", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "indicator"], name="evaluations_score_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.points}"
