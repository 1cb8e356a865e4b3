"""Venues over HTTP: the register and one venue, as their pages show them."""

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
from core.api.shapes import Shown, name_of
from venues import selectors
from venues.enums import LegalForm, ReadinessState, VenueKind, VenueStatus
from venues.filters import VenueFilter
from venues.models import CoreBusiness, Readiness, Venue


class VenueRef(Shown):
    class Meta:
        model = Venue
        fields = ("id", "code", "name")


class VenueRow(Shown):
    kind = WordField(VenueKind, label="类别")
    status = WordField(VenueStatus, label="状态")
    supervising_union = UnionRef(read_only=True, label="主管工会")
    supervisor = name_of("supervisor", "监管责任人")

    class Meta:
        model = Venue
        fields = (
            "id", "code", "name", "kind", "status", "supervising_union", "supervisor",
            "division_code", "address", "version",
        )  # fmt: skip


class CoreBusinessShown(Shown):
    class Meta:
        model = CoreBusiness
        fields = ("name", "description")


class ReadinessShown(Shown):
    state = WordField(ReadinessState, label="状态")

    class Meta:
        model = Readiness
        fields = (
            "state",
            "started_at",
            "submitted_at",
            "reviewed_at",
            "review_note",
            "valid_until",
        )


class VenueDetail(VenueRow):
    legal_form = WordField(LegalForm, label="法律形式")
    core_businesses = CoreBusinessShown(many=True, source="businesses", label="主责主业")
    readiness = ReadinessShown(source="last_readiness", allow_null=True, label="最近一次条件自评")
    is_ready = serializers.BooleanField(read_only=True, label="条件自评有效")

    class Meta(VenueRow.Meta):
        fields = (
            *VenueRow.Meta.fields, "kind_note", "legal_form", "uscc", "land_area",
            "building_area", "ownership_certificate", "affiliation", "service_functions",
            "staff_quota", "opened_on", "is_directly_affiliated", "safety_officer",
            "core_businesses", "readiness", "is_ready",
        )  # fmt: skip


class VenueViewSet(ApiViewSet):
    """服务阵地."""

    tag = "服务阵地"
    keyset = "code"
    row_serializer, detail_serializer = VenueRow, VenueDetail
    conditions = VenueFilter

    def rows(self) -> QuerySet[Venue]:
        return selectors.register_for(self.request.user)

    @extend_schema(summary="服务阵地列表")
    @reads(Permission.VENUE_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一个服务阵地")
    @reads(Permission.VENUE_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        venue: Any = self.one(pk)
        venue.businesses = list(venue.core_businesses.order_by("order", "pk"))
        venue.last_readiness = selectors.latest_readiness(venue)
        venue.is_ready = selectors.readiness_in_force(venue, clock.today()) is not None
        return self.tagged(request, venue)
