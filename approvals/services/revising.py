"""A draft made from an earlier plan (变更, 重新申报), and a draft that is given up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from approvals import allowed, permissions
from approvals.enums import Stage
from approvals.models import Proposal, Section
from approvals.services import common, drafting, keeping
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


@transaction.atomic
def refile_plan(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """重新申报: a matter that was not approved, taken up anew in a draft of its own that cites it.

    It has its own case and number and goes the whole road; the plan that was refused stays as
    it was decided on.
    """
    permissions.require_drafter(by, proposal)
    Venue.objects.select_for_update(of=("self",)).get(pk=proposal.venue_id)
    earlier = common.lock_proposal(proposal, version)
    allowed.ensure(allowed.why_not_refiled(by, earlier))
    if earlier.refilings.exclude(stage__in=Stage.DROPPED).exists():
        raise ActionBlocked("这份方案已经重新申报，请在那份方案上继续办理。")
    draft = _begun_from(earlier, reason, by=by, at=at)
    draft.refiles = earlier
    if earlier.is_operation_plan:
        drafting.open_case(draft)
    else:
        _refile_overall(earlier, draft)
    draft.save()
    _copy_sections(earlier, draft, by=by, at=at)
    title = f"重新申报 {earlier.number}：{draft.cited_reason}"
    common.note(draft, "proposal.drafted", title, by=by, at=at, command_id=command_id)
    title = f"阵地重新申报：{draft.cited_reason}"
    common.note(earlier, "proposal.refiled", title, by=by, at=at)
    return draft


def _refile_overall(earlier: Proposal, draft: Proposal) -> None:
    """An amendment filed anew changes the plan in force now; a first plan needs that there is none."""
    drafting.refuse_second(earlier.venue)
    plans = Proposal.objects.filter(venue=earlier.venue, kind=earlier.kind)
    draft.replaces = plans.filter(stage__in=Stage.STANDING).first()
    if draft.replaces and not earlier.replaces_id:
        text = "本阵地已有一份总体方案在实施，不能重新申报；要调整的，请在该方案页办理“变更”。"
        raise ActionBlocked(Reason(text, "13-3-2"))


@transaction.atomic
def give_up_plan(
    *, proposal: Proposal, reason: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """放弃: the venue ends a plan that lies with it. A number it was given is kept as 作废.

    What the venue's meeting decided on, or the union has returned, its head gives up.
    """
    proposal = common.lock_proposal(proposal, version)
    allowed.ensure(allowed.why_not_given_up(by, proposal))
    if not reason.strip():
        raise ActionBlocked(Reason("请写明放弃的理由。", field="reason"))
    was_submitted = bool(proposal.number)
    keeping.end_as_void(proposal, reason, by=by, at=at)
    title = f"阵地放弃：{reason.strip()}"
    common.note(proposal, "proposal.given_up", title, by=by, at=at, command_id=command_id)
    if was_submitted:
        people = common.holders(Permission.FORMAL_REVIEW, proposal=proposal, today=at.date())
        common.tell(people, proposal, "阵地放弃了方案", key="given_up", at=at, text=reason)
    return proposal


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
