"""Partners over HTTP, each with the due diligence the caller's own scope made of it."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.access import reads
from accounts.api.viewsets import ApiViewSet
from accounts.enums import Permission
from core.api.fields import WordField
from core.api.shapes import Plain, Shown
from partners.enums import ConditionCode, DueDiligenceState, Finding, SubjectKind
from partners.filters import PartnerFilter
from partners.models import DueDiligence, DueDiligenceItem, Partner, PartnerWatch
from partners.selectors import watches_of


class PartnerRef(Shown):
    class Meta:
        model = Partner
        fields = ("id", "uscc", "name")


class PartnerRow(Shown):
    subject_kind = WordField(SubjectKind, label="主体类型")

    class Meta:
        model = Partner
        fields = ("id", "uscc", "name", "subject_kind", "business", "registered_at", "version")


class DueDiligenceItemShown(Shown):
    condition = WordField(ConditionCode, source="code", label="条件")
    finding = WordField(Finding, label="结论")

    class Meta:
        model = DueDiligenceItem
        fields = ("condition", "finding", "note", "source", "checked_on", "expires_on")


class InvestigatingVenue(Plain):
    id = serializers.UUIDField(source="venue_id", read_only=True, label="标识，供地址使用")
    name = serializers.CharField(source="venue_name", read_only=True, label="名称")


class DueDiligenceShown(Shown):
    venue = InvestigatingVenue(source="*", read_only=True, label="阵地")
    state = WordField(DueDiligenceState, label="状态")
    items = DueDiligenceItemShown(many=True, label="六项条件")

    class Meta:
        model = DueDiligence
        fields = ("id", "venue", "state", "started_at", "concluded_at", "items", "version")


class PartnerWatchShown(Shown):
    union = serializers.CharField(source="union.name", read_only=True, label="列入的工会")
    basis = serializers.CharField(read_only=True, label="依据的条款代码")

    class Meta:
        model = PartnerWatch
        fields = ("id", "union", "basis", "reason", "put_at")


class PartnerDetail(PartnerRow):
    watches = PartnerWatchShown(many=True, source="open_watches", label="重点关注")
    due_diligences = DueDiligenceShown(many=True, source="seen_diligences", label="尽职调查")

    class Meta(PartnerRow.Meta):
        fields = (
            *PartnerRow.Meta.fields, "legal_representative", "parent_uscc",
            "parent_authorisation", "watches", "due_diligences",
        )  # fmt: skip


class PartnerViewSet(ApiViewSet):
    """合作对象."""

    tag = "合作对象"
    keyset = "uscc"
    row_serializer, detail_serializer = PartnerRow, PartnerDetail
    conditions = PartnerFilter

    def rows(self) -> QuerySet[Partner]:
        return Partner.objects.visible_to(self.request.user)

    @extend_schema(summary="合作对象列表")
    @reads(Permission.PARTNER_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一个合作对象及尽职调查")
    @reads(Permission.PARTNER_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        partner: Any = self.one(pk)
        partner.open_watches = watches_of(partner)
        items = Prefetch("items", DueDiligenceItem.objects.order_by("code"))
        found = DueDiligence.objects.visible_to(request.user).filter(partner=partner)
        partner.seen_diligences = list(found.prefetch_related(items).order_by("-started_at", "-pk"))
        return self.tagged(request, partner)
