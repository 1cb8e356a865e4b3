"""报上级: what the higher union answered, recorded by who sent the plan up."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from approvals import permissions
from approvals.enums import Action, Stage, UpwardOutcome
from approvals.models import Proposal, ReturnPoint, UpwardReply
from approvals.rules.route import Route, stage_after
from approvals.services import common, course
from core.errors import ActionBlocked, Reason
from documents.enums import Audience
from documents.services import store_upload


@transaction.atomic
def record_upward_reply(
    *, proposal: Proposal, outcome: UpwardOutcome, number: str, replied_on: date, text: str,
    upload: UploadedFile, version: int, by: User, at: datetime, points: Sequence[str] = (),
    command_id: UUID | None = None,
) -> UpwardReply:  # fmt: skip
    """Record the higher union's paper: its number, day and file, and move the plan.

    同意 lets the own reply be written; 退回 goes to the venue with its points; 不同意 ends
    the plan. Nobody records it who had a part in making the plan.
    """
    proposal = common.lock_proposal(proposal, version)
    union = proposal.supervising_union
    post = permissions.require_duty(by, Permission.REPLY_DRAFT, proposal)
    permissions.refuse_own_part(by, proposal)
    common.ensure_allowed(proposal, Action.RECORD_UPWARD_REPLY, today=at.date())
    outcome = UpwardOutcome(outcome)
    points = [point.strip() for point in points if point.strip()]
    _ensure_complete(proposal, outcome, text, points, replied_on, at=at)
    parent = union.get_parent()
    frozen = proposal.versions.get(no=proposal.version_no)
    reply = UpwardReply.objects.create(
        proposal=proposal,
        plan_version=frozen,
        outcome=outcome,
        union_name=parent.name if parent else union.name,
        number=number.strip(),
        replied_on=replied_on,
        text=text.strip(),
        file=store_upload(
            upload=upload, name=upload.name or "", by=by, at=at, union=union,
            venue_id=proposal.venue_id, case_id=proposal.pk, purpose="上级工会批复",
            audience=Audience.MATTER,
        ),
        by=by,
        position=post.full_title,
        at=at,
    )  # fmt: skip
    _follow(proposal, reply, points, by=by, at=at)
    title = f"登记上级工会批复 {reply.number}：{outcome.label}"
    common.note(
        proposal, "upward.recorded", title, by=by, at=at, command_id=command_id,
        snapshot_sha256=frozen.sha256,
    )  # fmt: skip
    return reply


def _ensure_complete(
    proposal: Proposal, outcome: UpwardOutcome, text: str, points: Sequence[str],
    replied_on: date, *, at: datetime,
) -> None:  # fmt: skip
    if proposal.supervising_union.get_parent() is None:
        raise ActionBlocked("本级工会在系统中没有上级工会，不能登记上级批复。")
    if replied_on > localdate(at):
        raise ActionBlocked(Reason("批复日期不能晚于今天。", "13-3-1", "replied_on"))
    decision = proposal.decisions.filter(is_valid=True).order_by("-at", "-pk").first()
    if decision and decision.item.meeting:
        met_on = localdate(decision.item.meeting.starts_at)
        if replied_on < met_on:
            early = f"批复日期早于本级会议日期（{met_on}），须先集体研究、后报上级。"
            raise ActionBlocked(Reason(early, "13-3-1", "replied_on"))
    if outcome is not UpwardOutcome.APPROVED and not text.strip():
        raise ActionBlocked(Reason("退回、不同意须写明上级工会的意见。", "", "text"))
    if outcome is UpwardOutcome.RETURNED and not points:
        raise ActionBlocked(Reason("退回时须逐条列出需要补正的问题。", "", "points"))


def _follow(
    proposal: Proposal, reply: UpwardReply, points: Sequence[str], *, by: User, at: datetime
) -> None:
    people = common.venue_people(proposal, today=at.date())
    key = f"upward:{reply.pk}"
    if reply.outcome == UpwardOutcome.APPROVED:
        route = Route.from_json(proposal.route)
        course.enter_stage(proposal, stage_after(route, Stage.UPWARD), by=by, at=at)
    elif reply.outcome == UpwardOutcome.RETURNED:
        for no, point in enumerate(points, start=1):
            ReturnPoint.objects.create(
                proposal=proposal, plan_version=reply.plan_version, no=no, text=point,
                raised_by=by, raised_at=at,
            )  # fmt: skip
        common.move(proposal, Stage.RETURNED, at=at)
        title = "上级工会退回，请逐条答复后重新报送"
        common.tell(people, proposal, title, key=key, at=at, text=reply.text)
    else:
        common.move(proposal, Stage.REJECTED, at=at)
        common.tell(people, proposal, "上级工会不同意", key=key, at=at, text=reply.text)
