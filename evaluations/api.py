"""Evaluations over HTTP: what is planned, what was scored, what grade was confirmed and why."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import reads
from accounts.api.refs import UnionRef
from accounts.api.viewsets import ApiViewSet
from accounts.enums import Permission
from approvals.api.shapes import CooperationRef
from contracts.models import Contract
from core import clock
from core.api.fields import WordField
from core.api.shapes import Plain, Shown, name_of, text
from evaluations import selectors
from evaluations.enums import EvaluationKind, EvaluationState, Grade, Veto
from evaluations.filters import EvaluationFilter
from evaluations.models import Evaluation, KpiScheme
from venues.api import VenueRef


class ContractRef(Shown):
    class Meta:
        model = Contract
        fields = ("id", "number", "title")


class SchemeRef(Shown):
    class Meta:
        model = KpiScheme
        fields = ("name", "valid_from")


class EvaluationRow(Shown):
    kind = WordField(EvaluationKind, label="类别")
    state = WordField(EvaluationState, label="状态")
    grade = WordField(Grade, label="等次")
    cooperation = CooperationRef(read_only=True, label="合作项目")
    venue = VenueRef(read_only=True, label="阵地")
    union = UnionRef(read_only=True, label="主管工会")
    late_days = serializers.IntegerField(read_only=True, label="逾期天数")

    class Meta:
        model = Evaluation
        fields = (
            "id", "kind", "state", "cooperation", "venue", "union", "period_from", "period_to",
            "due_on", "late_days", "total", "grade", "version",
        )  # fmt: skip


class ScoreShown(Plain):
    name = text("指标")
    weight = text("权重（%）")
    target = text("目标")
    actual = text("实际")
    points = text("得分")
    evidence = text("数据来源")


class SurveyAnswer(Plain):
    answer = text("回答")
    count = serializers.IntegerField(read_only=True, label="份数")


class EvaluationDetail(EvaluationRow):
    contract = ContractRef(read_only=True, label="合同")
    scheme = SchemeRef(read_only=True, label="考核方案")
    grade_of_total = WordField(Grade, label="按总分")
    gate_reasons = serializers.ListField(child=serializers.CharField(), label="降等原因")
    vetoes = serializers.ListField(child=WordField(Veto), label="一票否决")
    survey = SurveyAnswer(many=True, label="满意度问卷")
    scores = ScoreShown(many=True, source="score_table", label="各项得分")
    scored_by = name_of("scored_by", "打分人")
    confirmed_by = name_of("confirmed_by", "确认人")

    class Meta(EvaluationRow.Meta):
        fields = (
            *EvaluationRow.Meta.fields, "contract", "scheme", "population", "population_source",
            "survey", "satisfaction_index", "satisfied_rate", "scores", "grade_of_total",
            "gate_reasons", "vetoes", "achievements", "problems", "requirements", "scored_by",
            "scored_at", "confirmed_by", "confirmed_at",
        )  # fmt: skip


class EvaluationViewSet(ApiViewSet):
    """考核评价."""

    tag = "考核评价"
    keyset = "-planned_at"
    row_serializer, detail_serializer = EvaluationRow, EvaluationDetail
    conditions = EvaluationFilter

    def rows(self) -> QuerySet[Evaluation]:
        rows = selectors.evaluations_for(self.request.user)
        return rows.select_related("contract", "scheme", "scored_by", "confirmed_by")

    def dressed(self, rows: list) -> list:
        today = clock.today()
        for one in rows:
            one.late_days = selectors.late_days_of(one, today=today)
        return rows

    @extend_schema(summary="考核评价列表")
    @reads(Permission.EVALUATION_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一次评价：问卷、得分、等次及原因")
    @reads(Permission.EVALUATION_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        evaluation: Any = self.one(pk)
        evaluation.survey = [
            {"answer": answer, "count": count}
            for answer, count in selectors.survey_rows(evaluation)
        ]
        evaluation.score_table = selectors.score_rows(evaluation)
        return self.tagged(request, evaluation)
