"""What a meeting's conclusion does to a plan or an exception, in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from approvals import permissions
from approvals.enums import Action, Duty, ExceptionState, Stage
from approvals.models import Decision, Proposal, ReturnPoint, RuleException
from approvals.rules.excepting import EXCEPTING
from approvals.rules.route import BODY_STAGES, Route, stage_after
from approvals.selectors.snapshot import is_as_frozen
from approvals.services import clearing, common, course, duties, side_clocks
from approvals.services.expiring import watch_end
from approvals.services.involving import note_votes, take_duty
from core.errors import ActionBlocked, Refused, StaleVersion
from core.models import lock
from meetings import services as meeting_services
from meetings.enums import Conclusion
from meetings.models import AgendaItem
from meetings.services.topics import TOPIC
from planning import services as planning
from planning.selectors import SUBJECT as UNION_PLAN

ACTION_OF_STAGE = {
    Stage.PARTY_GROUP: Action.DECIDE_PARTY_GROUP,
    Stage.CHAIRS_OFFICE: Action.DECIDE_CHAIRS_OFFICE,
}
# Matters that are no plan of a venue, each with what its conclusion does.
CONCLUDING = {
    UNION_PLAN: planning.conclude_plan,
    clearing.SUBJECT: clearing.conclude_clearance,
    TOPIC: meeting_services.conclude_topic,
}


@transaction.atomic
def conclude_agenda_item(
    *, item: AgendaItem, version: int, by: User, at: datetime, command_id: UUID | None = None,
    **result,
) -> AgendaItem:  # fmt: skip
    """Record votes and conclusion of one item, and move what it decides on.

    `result` is what `meetings.services.conclude_item` takes: votes, conclusion,
    resolution, required_changes, confirmer.
    """
    if conclude := CONCLUDING.get(item.subject_kind):
        return conclude(item=item, version=version, by=by, at=at, command_id=command_id, **result)
    if item.subject_kind == "exception":
        return _conclude_exception(item, version, result, by=by, at=at, command_id=command_id)
    proposal = common.lock_proposal(Proposal.objects.get(pk=item.subject_id), None)
    frozen = proposal.versions.get(no=item.version_no)
    if item.version_no != proposal.version_no or item.content_sha256 != frozen.sha256:
        raise StaleVersion("议题对应的方案版本已经变化，请把现行版本重新列入议程。")
    stage = Stage(proposal.stage)
    if stage not in ACTION_OF_STAGE or course.BODY_OF_STAGE[stage] != item.body.kind:
        raise StaleVersion(f"方案现处于“{stage.label}”，本次会议不能再作出决定。")
    conclusion = Conclusion(result["conclusion"])
    if conclusion in (Conclusion.PASSED, Conclusion.PASSED_WITH_CHANGES):
        common.ensure_allowed(proposal, ACTION_OF_STAGE[stage], today=at.date())
    if item.meeting is None:
        raise ActionBlocked("议题尚未列入会议，请会议秘书先列入会议议程。")
    if proposal.submitted_at and item.meeting.starts_at < proposal.submitted_at:
        raise ActionBlocked("会议时间早于方案报送时间，须先报送、后上会（第十三条三项）。")
    item = meeting_services.conclude_item(item=item, version=version, by=by, at=at, **result)
    Decision.objects.create(proposal=proposal, plan_version=frozen, item=item, by=by, at=at)
    note_votes(proposal.cooperation_id, item, at=at)
    _follow_conclusion(proposal, item, conclusion, by=by, at=at)
    votes = f"同意 {item.agree}、不同意 {item.disagree}、弃权 {item.abstain}、应到 {item.members}"
    common.note(
        proposal, "meeting.concluded", f"{item.meeting}：{conclusion.label}（{votes}）",
        by=by, at=at, command_id=command_id, snapshot_sha256=frozen.sha256,
    )  # fmt: skip
    return item


def _follow_conclusion(
    proposal: Proposal, item: AgendaItem, conclusion: Conclusion, *, by: User, at: datetime
) -> None:
    people = common.venue_people(proposal, today=at.date())
    key = f"item:{item.pk}"
    if conclusion is Conclusion.PASSED:
        route = Route.from_json(proposal.route)
        course.enter_stage(proposal, stage_after(route, Stage(proposal.stage)), by=by, at=at)
    elif conclusion is Conclusion.PASSED_WITH_CHANGES:
        common.move(proposal, Stage.CHANGES_PENDING, at=at)
        duties.alarm_if_unmanned(proposal, at=at)
        text = item.required_changes
        common.tell(
            people, proposal, "会议要求修改后通过，请按要求修改报送", key=key, at=at, text=text
        )
    elif conclusion is Conclusion.DEFERRED:
        version = proposal.versions.get(no=proposal.version_no)
        ReturnPoint.objects.create(
            proposal=proposal, plan_version=version, no=1, text=item.resolution,
            raised_by=by, raised_at=at,
        )  # fmt: skip
        common.move(proposal, Stage.DEFERRED, at=at)
        common.tell(people, proposal, "会议缓议，请答复所提问题", key=key, at=at)
    elif conclusion is Conclusion.REJECTED:
        common.move(proposal, Stage.REJECTED, at=at)
        common.tell(people, proposal, "方案未获批准", key=key, at=at, text=item.resolution)


def _conclude_exception(
    item: AgendaItem, version: int, result: dict, *, by: User, at: datetime, command_id: UUID | None
) -> AgendaItem:
    exception = lock(RuleException, pk=item.subject_id)
    if not EXCEPTING.allows("decide", exception.state) or exception.item_id != item.pk:
        current = AgendaItem.objects.filter(subject_id=exception.pk).order_by("-queued_at").first()
        if current is None or current.pk != item.pk:
            raise StaleVersion("这件例外不在待上会状态，请刷新页面查看。")
    conclusion = Conclusion(result["conclusion"])
    if conclusion is Conclusion.PASSED_WITH_CHANGES:
        raise ActionBlocked("例外审批只有通过、缓议、不通过三种结论；需要修改的请缓议后重新报送。")
    item = meeting_services.conclude_item(item=item, version=version, by=by, at=at, **result)
    note_votes(exception.proposal.cooperation_id, item, at=at)
    exception.item = item
    exception.state = {
        Conclusion.PASSED: ExceptionState.APPROVED,
        Conclusion.REJECTED: ExceptionState.REJECTED,
        Conclusion.DEFERRED: ExceptionState.DRAFT,
    }.get(conclusion, exception.state)
    exception.decided_at = at if conclusion is not Conclusion.DEFERRED else None
    side_clocks.begin(exception, exception.proposal, at=at)
    exception.save_new_version()
    if exception.state == ExceptionState.APPROVED:
        watch_end(exception, at=at)
    proposal = exception.proposal
    title = f"例外审批（{exception.rule_code}）：{item.meeting} {conclusion.label}"
    common.note(proposal, "exception.decided", title, by=by, at=at, command_id=command_id)
    people = common.venue_people(proposal, today=at.date())
    common.tell(
        people, proposal, f"例外审批：{conclusion.label}", key=f"exception:{item.pk}", at=at
    )
    return item


@transaction.atomic
def confirm_changes(
    *, proposal: Proposal, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Proposal:
    """The named person confirms that the changes are made: only now the decision counts.

    What is confirmed is the version that was submitted: the venue could write on since.
    """
    proposal = common.lock_proposal(proposal, version)
    decision = proposal.decisions.select_related("item__body").order_by("-at", "-pk").first()
    if proposal.stage != Stage.CHANGES_PENDING or decision is None:
        raise StaleVersion("方案不在待确认修改状态，请刷新页面查看。")
    if decision.item.confirmer_id != by.pk:
        raise Refused(f"修改应由会议指定的{decision.item.confirmer}确认。")
    if proposal.version_no <= decision.plan_version.no:
        raise ActionBlocked("阵地尚未报送修改后的版本，不能确认。")
    permissions.require_duty(by, Permission.CHANGES_CONFIRM, proposal)
    permissions.refuse_own_part(by, proposal)
    if not is_as_frozen(proposal, proposal.versions.get(no=proposal.version_no)):
        raise ActionBlocked(
            f"第 {proposal.version_no} 版报送之后阵地又有修改，请阵地重新报送后再确认。"
        )
    meeting_services.confirm_changes(item=decision.item, by=by, at=at)
    take_duty(proposal.cooperation_id, [by], Duty.APPROVER, "确认修改到位", at=at)
    title = f"确认修改到位：{decision.item.meeting}"
    common.note(proposal, "changes.confirmed", title, by=by, at=at, command_id=command_id)
    course.look_again(proposal, BODY_STAGES[decision.item.body.kind], by=by, at=at)
    return proposal
