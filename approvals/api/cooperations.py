"""合作项目 over HTTP."""

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
from approvals.enums import CooperationMode, PlanKind, Stage
from approvals.filters import CooperationFilter
from approvals.models import Cooperation, Proposal
from approvals.selectors import matters
from audit.models import Event
from audit.selectors import events_of
from core.api.fields import WordField
from core.api.shapes import Shown
from documents.models import IssuedDocument
from documents.selectors import documents_of
from partners.api import PartnerRef
from venues.api import VenueRef


class CooperationRow(CooperationRef):
    mode = WordField(CooperationMode, label="合作方式")
    venue = VenueRef(read_only=True, label="阵地")
    counterpart_venue = VenueRef(read_only=True, allow_null=True, label="对内合作的另一阵地")
    partner = PartnerRef(read_only=True, allow_null=True, label="合作方")
    supervising_union = UnionRef(read_only=True, label="主管工会")
    plan_stage = WordField(Stage, label="方案阶段")
    starts_on = serializers.DateField(read_only=True, allow_null=True, label="起始日")
    ends_on = serializers.DateField(read_only=True, allow_null=True, label="终止日")

    class Meta(CooperationRef.Meta):
        fields = (
            *CooperationRef.Meta.fields, "title", "mode", "venue", "counterpart_venue", "partner",
            "supervising_union", "plan_stage", "starts_on", "ends_on", "created_at", "version",
        )  # fmt: skip


class PlanOfCooperation(Shown):
    kind = WordField(PlanKind, label="类别")
    stage = WordField(Stage, label="阶段")

    class Meta:
        model = Proposal
        fields = ("id", "number", "title", "kind", "stage", "version_no")


class PaperShown(Shown):
    class Meta:
        model = IssuedDocument
        fields = ("kind", "number", "title", "issued_at")


class EventShown(Shown):
    class Meta:
        model = Event
        fields = ("at", "actor_name", "position", "code", "title")


class CooperationDetail(CooperationRow):
    plans = PlanOfCooperation(many=True, source="seen_plans", label="方案")
    documents = PaperShown(many=True, source="papers", label="已出具文件")
    events = EventShown(many=True, label="办理过程")

    class Meta(CooperationRow.Meta):
        fields = (*CooperationRow.Meta.fields, "plans", "documents", "events")


class CooperationViewSet(ApiViewSet):
    """合作项目."""

    tag = "合作项目"
    keyset = "-created_at"
    row_serializer, detail_serializer = CooperationRow, CooperationDetail
    conditions = CooperationFilter

    def rows(self) -> QuerySet[Cooperation]:
        return matters.cooperations_for(self.request.user)

    @extend_schema(summary="合作项目列表")
    @reads(Permission.CONTRACT_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一个合作项目及其方案、文件、办理过程")
    @reads(Permission.CONTRACT_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        found: Any = self.one(pk)
        plans = Proposal.objects.visible_to(request.user).filter(cooperation=found)
        found.seen_plans = list(plans.order_by("created_at", "pk"))
        found.papers = list(documents_of(found.pk))
        found.events = list(events_of(found.pk))
        return self.tagged(request, found)
