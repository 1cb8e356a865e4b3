"""Finding plans, cooperations, exceptions and rows of the authority matrix."""

import django_filters as filters
from django.db.models import Q, QuerySet

from approvals.enums import CooperationMode, ExceptionState, PlanKind, Stage
from approvals.models import AuthorityMatrixRow, Cooperation, Proposal, RuleException
from approvals.selectors import desks, lists
from core.filters import DayFilter, TextFilter
from regulation.register import EXCEPTIONABLE, RULES
from venues.filters import PlaceFilter, UnionFilter

SOFT_RULES = [(code, f"{RULES[code].basis} {RULES[code].title}") for code in RULES if code in EXCEPTIONABLE]  # fmt: skip


class PlanFilter(PlaceFilter):
    """Plans by whose turn it is, stage, place, kind, way, time of submission, words."""

    tabs = {"mine": "待我办理", "late": "超期", "review": "审批中", "drafts": "草稿"}
    search = ("title", "number", "venue__name")
    extra = frozenset({"mode", "since", "until"})

    text = TextFilter(label="名称、编号或阵地")
    stage = filters.ChoiceFilter(label="阶段", choices=Stage.choices)
    kind = filters.ChoiceFilter(label="类别", choices=PlanKind.choices)
    mode = filters.ChoiceFilter(label="合作方式", choices=CooperationMode.choices)
    since = DayFilter(label="报送日期从", field_name="submitted_at", lookup_expr="date__gte")
    until = DayFilter(label="报送日期到", field_name="submitted_at", lookup_expr="date__lte")

    class Meta:
        model = Proposal
        fields = ["text", "stage", "kind", "union", "venue", "mode", "since", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        tasks = desks.tasks_for(self.user).order_by().values("proposal")
        turns = Proposal.objects.filter(desks.turn_of(self.user)).values("pk")
        return rows.filter(Q(pk__in=tasks) | Q(pk__in=turns))

    def in_late(self, rows: QuerySet) -> QuerySet:
        return rows.filter(lists.is_late(self.today), suspended_at=None)

    def in_review(self, rows: QuerySet) -> QuerySet:
        return rows.filter(stage__in=Stage.IN_REVIEW)

    def in_drafts(self, rows: QuerySet) -> QuerySet:
        return rows.filter(stage__in=[Stage.DRAFT, Stage.VENUE_DECIDED, Stage.WITHDRAWN])


class CooperationFilter(PlaceFilter):
    """Cooperations by stage of the plan, way, place, end, words."""

    tabs = {"running": "已批准", "review": "方案办理中", "watched": "加强检查"}
    search = ("code", "title", "partner__name", "counterpart_venue__name", "venue__name")
    extra = frozenset({"until"})

    text = TextFilter(label="编号、名称、合作方或阵地")
    stage = filters.ChoiceFilter(label="方案阶段", choices=Stage.choices, field_name="plan_stage")
    mode = filters.ChoiceFilter(label="合作方式", choices=CooperationMode.choices)
    until = DayFilter(label="期满不晚于", field_name="ends_on", lookup_expr="lte")

    class Meta:
        model = Cooperation
        fields = ["text", "stage", "mode", "union", "venue", "until"]

    def in_watched(self, rows: QuerySet) -> QuerySet:
        watched = Proposal.objects.filter(needs_inspection=True).order_by()
        return rows.filter(pk__in=watched.values("cooperation"))

    def in_running(self, rows: QuerySet) -> QuerySet:
        has_not_lapsed = Q(plan_sign_by=None) | Q(plan_sign_by__gte=self.today)
        return rows.filter(has_not_lapsed, plan_stage=Stage.APPROVED)

    def in_review(self, rows: QuerySet) -> QuerySet:
        return rows.exclude(plan_stage__in=Stage.FINAL)


class ExceptionFilter(PlaceFilter):
    """Exceptions by whose turn it is, state, rule, place, words."""

    tabs = {"mine": "待我办理", "open": "办理中", "approved": "已批准"}
    search = ("number", "proposal__title", "proposal__venue__name")
    extra = frozenset({"until"})

    text = TextFilter(label="编号、项目或阵地")
    state = filters.ChoiceFilter(label="状态", choices=ExceptionState.choices, method="shown_as")
    rule = filters.ChoiceFilter(label="条款", choices=SOFT_RULES, field_name="rule_code")
    until = DayFilter(label="有效期不晚于", field_name="valid_until", lookup_expr="lte")

    class Meta:
        model = RuleException
        fields = ["text", "state", "rule", "union", "venue", "until"]

    def in_mine(self, rows: QuerySet) -> QuerySet:
        return self.whose(rows, desks.exception_turn_of(self.user))

    def in_open(self, rows: QuerySet) -> QuerySet:
        return rows.filter(state__in=ExceptionState.OPEN)

    def in_approved(self, rows: QuerySet) -> QuerySet:
        return self.shown_as(rows, "state", ExceptionState.APPROVED)

    def shown_as(self, rows: QuerySet, _name: str, state: str) -> QuerySet:
        """Those the list shows in a state today: an approved one leaves it when its term is over."""
        is_over = Q(state=ExceptionState.APPROVED, valid_until__lt=self.today)
        if state == ExceptionState.EXPIRED:
            return rows.filter(Q(state=state) | is_over)
        return rows.filter(state=state).exclude(is_over)


class MatrixFilter(UnionFilter):
    """Rows of the authority matrix by validity, kind, way, union, meeting."""

    tabs = {"now": "现行", "ahead": "未生效", "over": "已失效"}
    search = ("union__name", "fixed_by")

    text = TextFilter(label="工会或确定条目的会议")
    kind = filters.ChoiceFilter(label="方案类别", choices=PlanKind.choices, field_name="plan_kind")
    mode = filters.ChoiceFilter(label="合作方式", choices=CooperationMode.choices)

    class Meta:
        model = AuthorityMatrixRow
        fields = ["text", "kind", "mode", "union"]

    def in_now(self, rows: QuerySet) -> QuerySet:
        return rows.in_force(self.today)

    def in_ahead(self, rows: QuerySet) -> QuerySet:
        return rows.filter(valid_from__gt=self.today)

    def in_over(self, rows: QuerySet) -> QuerySet:
        return rows.filter(valid_to__lt=self.today)
