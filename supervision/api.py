"""Periodic reports over HTTP (第十六条)."""

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
from core import clock
from core.api.fields import WordField
from core.api.shapes import Plain, Shown, name_of, text
from supervision import selectors
from supervision.enums import ReportKind, ReportState
from supervision.filters import ReportFilter
from supervision.models import PeriodicReport
from supervision.rules import QUESTIONS
from venues.api import VenueRef


class ReportRow(Shown):
    kind = WordField(ReportKind, label="类别")
    state = WordField(ReportState, label="状态")
    venue = VenueRef(read_only=True, label="阵地")
    union = UnionRef(read_only=True, label="主管工会")
    late_days = serializers.IntegerField(read_only=True, label="逾期天数")

    class Meta:
        model = PeriodicReport
        fields = (
            "id", "kind", "state", "venue", "union", "period_from", "period_to", "due_on",
            "late_days", "income", "received", "submitted_at", "version",
        )  # fmt: skip


class ReportAnswer(Plain):
    name = text("字段")
    label = text("项目")
    unit = text("单位；文字项为空")
    value = text("填写内容；金额为以元计、两位小数的文字")


class ReportDetail(ReportRow):
    answers = ReportAnswer(many=True, source="answer_list", label="内容")
    submitted_by = name_of("submitted_by", "报送人")
    reviewed_by = name_of("reviewed_by", "审核人")

    class Meta(ReportRow.Meta):
        fields = (
            *ReportRow.Meta.fields, "answers", "submitted_by", "reviewed_by", "reviewed_at",
            "review_note",
        )  # fmt: skip


class ReportViewSet(ApiViewSet):
    """定期报告."""

    tag = "定期报告"
    keyset = "-scheduled_at"
    row_serializer, detail_serializer = ReportRow, ReportDetail
    conditions = ReportFilter

    def rows(self) -> QuerySet[PeriodicReport]:
        rows = selectors.reports_for(self.request.user)
        return rows.select_related("submitted_by", "reviewed_by")

    def dressed(self, rows: list) -> list:
        today = clock.today()
        for one in rows:
            one.late_days = selectors.late_days_of(one, today=today)
        return rows

    @extend_schema(summary="定期报告列表")
    @reads(Permission.REPORT_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一份报告的内容")
    @reads(Permission.REPORT_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        report: Any = self.one(pk)
        report.answer_list = [
            {
                "name": one.name,
                "label": one.label,
                "unit": one.unit,
                "value": report.answers.get(one.name) or "",
            }
            for one in QUESTIONS[report.kind]
        ]
        return self.tagged(request, report)
