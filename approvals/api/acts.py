"""Signing an opinion over HTTP, and what both acts are given and answer."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.access import writes
from accounts.api.viewsets import ApiViewSet
from approvals import permissions
from approvals.api.shapes import OpinionShown, VersionRow
from approvals.enums import NODE_PERMISSIONS, Node, Outcome, Stage
from approvals.forms.fields import TEXT_LENGTH
from approvals.forms.opinions import HASH_LENGTH, LINES_LENGTH
from approvals.forms.plans import PledgeForm
from approvals.models import Opinion, Proposal, Task
from approvals.services import opinions
from approvals.services.returns import TO_VENUE
from core import clock
from core.api.fields import Flag, Line, Lines, PickField, PledgeField, VersionField, WordField
from core.api.shapes import Shown

PLEDGE = PledgeForm.base_fields["is_true"]
MOST_LINES = 50


class SubmitBody(serializers.Serializer):
    version = VersionField(label="所见的方案 version")
    pledge = PledgeField(
        sentence=f"须为 true：{PLEDGE.label}",
        label=PLEDGE.label,
    )


class OpinionBody(serializers.Serializer):
    version = VersionField(label="所见的 tasks[].version")
    content_sha256 = Line(
        min_length=HASH_LENGTH, max_length=HASH_LENGTH, label="所见的 tasks[].content_sha256"
    )
    outcome = PickField(Outcome.choices, label="结论")
    text = Line(max_length=TEXT_LENGTH, required=False, allow_blank=True, default="", label="意见")
    points = Lines(
        longest=LINES_LENGTH, max_length=MOST_LINES, required=False, default=list, label="退回事项"
    )
    conditions = Lines(
        longest=LINES_LENGTH, max_length=MOST_LINES, required=False, default=list, label="条件"
    )
    return_to = PickField(
        [(TO_VENUE, "申报阵地"), *Node.choices],
        required=False,
        default=TO_VENUE,
        label="退回到：不写为申报阵地，或本方案已走过的环节",
    )
    is_direct = Flag(required=False, default=False, label="重新办理之后直送退回人")


class ProposalState(Shown):
    stage = WordField(Stage, label="阶段")

    class Meta:
        model = Proposal
        fields = ("id", "number", "stage", "version_no", "version")


class Submitted(VersionRow):
    proposal = ProposalState(read_only=True, label="报送后的方案")

    class Meta(VersionRow.Meta):
        fields = (*VersionRow.Meta.fields, "proposal")


class Signed(OpinionShown):
    proposal = ProposalState(read_only=True, label="签署后的方案")

    class Meta(OpinionShown.Meta):
        model = Opinion
        fields = (*OpinionShown.Meta.fields, "proposal")


class TaskViewSet(ApiViewSet):
    """办理环节."""

    tag = "办理环节"
    detail_serializer = Signed

    @extend_schema(summary="签署意见", request=OpinionBody, responses={201: Signed})
    @action(detail=True, methods=["post"])
    @writes(*NODE_PERMISSIONS.values())
    def opinion(self, request: Request, pk: UUID, *, command_id: UUID) -> Response:
        task = self._task(pk)
        permissions.require_seat(request.user, task)
        body = self.read(OpinionBody)
        signed = opinions.give_opinion(
            task=task, by=request.user, at=clock.now(), command_id=command_id, **body
        )
        proposal = Proposal.objects.get(pk=signed.proposal_id)
        signed.proposal = proposal
        place = reverse("api:proposal-detail", args=[proposal.pk])
        return self.done(Signed(signed), place=place)

    def _task(self, pk: UUID) -> Task:
        """The task, for whoever may see its plan; a foreign and a missing one are both 404."""
        rows = Task.objects.select_related("plan_version")
        task = get_object_or_404(rows, pk=pk)
        plans = Proposal.objects.visible_to(self.request.user)
        task.proposal = get_object_or_404(
            plans.select_related("venue", "supervising_union"), pk=task.proposal_id
        )
        return task
