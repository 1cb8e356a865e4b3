"""A draft made from an earlier plan: 变更 of an overall plan in force."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from approvals import permissions
from approvals.enums import Stage
from approvals.models import Proposal, Section
from approvals.services import common, drafting
from core.errors import ActionBlocked, Reason
from venues.models import Venue


@transaction.atomic
def amend_plan(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """变更: the venue's next overall plan, begun from the text of the one in force.

    It goes the whole road, the union's meeting included; until it is approved the present
    plan holds. Appraisal files, experts and guidance are its own: they are not carried over.
    """
    permissions.require_drafter(by, proposal)
    Venue.objects.select_for_update(of=("self",)).get(pk=proposal.venue_id)
    earlier = common.lock_proposal(proposal, version)
    if earlier.is_operation_plan:
        text = "已批准的具体运作方案不在这里变更；合作内容的改变随合同办理，或另报一份方案。"
        raise ActionBlocked(Reason(text, "13-3-2"))
    if earlier.stage not in Stage.STANDING:
        text = f"方案现处于“{earlier.get_stage_display()}”，只有实施中的总体方案可以变更。"
        raise ActionBlocked(Reason(text, "13-3-2"))
    drafting.refuse_second(earlier.venue)
    draft = _begun_from(earlier, reason, by=by, at=at)
    draft.replaces = earlier
    draft.save()
    _copy_sections(earlier, draft, by=by, at=at)
    title = f"起草变更方案，变更 {earlier.number}：{draft.cited_reason}"
    common.note(draft, "proposal.drafted", title, by=by, at=at, command_id=command_id)
    title = f"起草变更方案：{draft.cited_reason}"
    common.note(earlier, "standing.amending", title, by=by, at=at)
    return draft


def _begun_from(earlier: Proposal, reason: str, *, by: User, at: datetime) -> Proposal:
    if not reason.strip():
        raise ActionBlocked(Reason("请写明理由。", field="reason"))
    venue = Venue.objects.select_related("supervising_union", "supervisor").get(pk=earlier.venue_id)
    draft = drafting.new_plan(venue, earlier.kind, earlier.mode, earlier.title, by, at)
    draft.cited_reason = reason.strip()
    return draft


def _copy_sections(earlier: Proposal, draft: Proposal, *, by: User, at: datetime) -> None:
    """The answers as they stand in the earlier plan, and the columns that follow them."""
    for one in earlier.sections.order_by("pk"):
        section = Section(
            proposal=draft, code=one.code, data=one.data, version=0, updated_by=by, updated_at=at
        )
        section.save_new_version()
        drafting.follow_columns(draft, section)
    draft.save_new_version()
