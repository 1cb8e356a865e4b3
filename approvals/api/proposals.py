"""方案 over HTTP: the list, one plan, its frozen versions, and submitting it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.access import reads, writes
from accounts.api.viewsets import ApiViewSet
from accounts.enums import Permission
from accounts.permissions import require
from approvals.api.acts import SubmitBody, Submitted
from approvals.api.content import content_shown, file_shown
from approvals.api.shapes import ProposalDetail, ProposalRow, VersionDetail
from approvals.enums import Stage
from approvals.filters import PlanFilter
from approvals.models import Proposal
from approvals.rules.procedure import DESKS
from approvals.selectors import lists
from approvals.selectors.snapshot import content_of
from approvals.services import submission
from core import clock

READ_WITH = (
    "venue",
    "supervising_union",
    "supervisor",
    "cooperation",
    "partner",
    "counterpart_venue",
    "core_business",
    "drafted_by",
    "submitted_by",
)
NO = OpenApiParameter("no", int, OpenApiParameter.PATH, description="报送版本")


class ProposalViewSet(ApiViewSet):
    """方案."""

    tag = "方案"
    keyset = "-created_at"
    row_serializer, detail_serializer = ProposalRow, ProposalDetail
    conditions = PlanFilter

    def rows(self) -> QuerySet[Proposal]:
        return lists.plans_for(self.request.user).select_related(*READ_WITH)

    def dressed(self, rows: list) -> list:
        for one in rows:
            one.holder = DESKS[Stage(one.stage)]
        return rows

    @extend_schema(summary="方案列表")
    @reads(Permission.PROPOSAL_READ)
    def list(self, request: Request) -> Response:
        return self.page_of_list(request)

    @extend_schema(summary="一个方案：内容、历次报送、意见和待办环节")
    @reads(Permission.PROPOSAL_READ)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        proposal = self.one(pk)
        versions = list(proposal.versions.select_related("submitted_by").order_by("no"))
        current = next((one for one in versions if one.no == proposal.version_no), None)
        proposal.all_versions = versions
        proposal.content_sha256 = current.sha256 if current else None
        content = content_of(proposal, current)
        proposal.content = content_shown(content, today=clock.today())
        proposal.file = file_shown(request.user, proposal)
        return self.tagged(request, proposal)

    @extend_schema(summary="一次报送固定的内容", parameters=[NO], responses=VersionDetail)
    @action(detail=True, url_path="versions/<int:no>")
    @reads(Permission.PROPOSAL_READ)
    def version(self, request: Request, pk: UUID, no: int) -> Response:
        proposal = self.one(pk)
        found: Any = get_object_or_404(proposal.versions.select_related("submitted_by"), no=no)
        found.content = content_shown(content_of(proposal, found), today=clock.today())
        return self.tagged(request, found, VersionDetail)

    @extend_schema(summary="报送方案", request=SubmitBody, responses={201: Submitted})
    @action(detail=True, methods=["post"])
    @writes(Permission.PROPOSAL_SUBMIT)
    def submit(self, request: Request, pk: UUID, *, command_id: UUID) -> Response:
        proposal = self.one(pk)
        require(request.user, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id)
        body = self.read(SubmitBody)
        frozen = submission.submit_proposal(
            proposal=proposal,
            version=body["version"],
            by=request.user,
            at=clock.now(),
            command_id=command_id,
        )
        place = reverse("api:proposal-version", args=[proposal.pk, frozen.no])
        return self.done(Submitted(frozen), place=place)
