"""Where a plan goes next on its route, and what opens there."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import User
from approvals import permissions
from approvals.enums import Node, Stage, TaskStatus
from approvals.models import Proposal, ProposalVersion
from approvals.rules.route import NODE_STAGES, Route, stage_after, stages_of
from approvals.selectors.countersigning import turns
from approvals.selectors.stuck import keepers_above
from approvals.services import common, countersigning, duties, seating
from core.errors import ActionBlocked, Refused
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from meetings.enums import DecisionBodyKind

BODY_OF_STAGE = {
    Stage.PARTY_GROUP: DecisionBodyKind.PARTY_GROUP,
    Stage.CHAIRS_OFFICE: DecisionBodyKind.CHAIRS_OFFICE,
}
# The stages of one desk, with the limit the route gives it.
DESK_STAGES = {
    Stage.FORMAL_REVIEW: (Node.FORMAL_REVIEW, "formal_review_days"),
    Stage.LEGAL_REVIEW: (Node.LEGAL_REVIEW, "legal_review_days"),
    Stage.LEADER_SIGNOFF: (Node.LEADER_SIGNOFF, "leader_days"),
}


def advance(proposal: Proposal, *, by: User, at: datetime) -> None:
    """Enter the next stage once every desk of the present one, and whom it asked, is done."""
    if proposal.stage == Stage.COUNTERSIGNING:
        version = proposal.versions.get(no=proposal.version_no)
        countersigning.follow(proposal, version, at=at)
    if proposal.tasks.filter(status__in=TaskStatus.UNFINISHED).exists():
        proposal.updated_at = at
        proposal.save_new_version()
        return
    following = stage_after(Route.from_json(proposal.route), Stage(proposal.stage))
    enter_stage(proposal, following, by=by, at=at)


def enter_stage(proposal: Proposal, stage: Stage, *, by: User, at: datetime) -> None:
    """Move the plan to the next stage of its route and open the desks of that stage.

    A stage whose desks have all spoken already, on what has not changed since, is passed;
    so is a meeting that lies before the stage the plan goes straight on to (`direct_to`).
    """
    route = Route.from_json(proposal.route)
    stages = stages_of(route)
    goes_on = stages.index(Stage(proposal.direct_to)) if proposal.direct_to else 0
    while _is_said(proposal, route, stage) or (
        stage in BODY_OF_STAGE and stages.index(stage) < goes_on
    ):
        stage = stage_after(route, stage)
    if stages.index(stage) >= goes_on:
        proposal.direct_to = ""
    version = proposal.versions.get(no=proposal.version_no)
    common.move(proposal, stage, at=at)
    if stage in DESK_STAGES:
        node, days = DESK_STAGES[stage]
        seating.open_task(proposal, version, node, days=getattr(route, days), at=at)
    elif stage is Stage.COUNTERSIGNING:
        countersigning.follow(proposal, version, at=at)
    elif stage in BODY_OF_STAGE:
        put_on_agenda(proposal, version, BODY_OF_STAGE[stage], by=by, at=at)
        duties.alarm_if_unmanned(proposal, at=at)
    elif stage is Stage.UPWARD:
        people = common.holders(Permission.REPLY_DRAFT, proposal=proposal, today=at.date())
        common.tell(people, proposal, "须报上级工会批复", key="upward", at=at)
        duties.alarm_if_unmanned(proposal, at=at)
    elif stage is Stage.REPLYING:
        people = common.holders(Permission.REPLY_DRAFT, proposal=proposal, today=at.date())
        common.tell(people, proposal, "待拟批复", key="reply", at=at)
        duties.alarm_if_unmanned(proposal, at=at)


def _is_said(proposal: Proposal, route: Route, stage: Stage) -> bool:
    """Whether the desks of a stage have nothing more to say; the formal review always has."""
    if stage is Stage.COUNTERSIGNING:
        return not turns(proposal, route)
    node = next((one for one, its_stage in NODE_STAGES.items() if its_stage is stage), None)
    if node in (None, Node.FORMAL_REVIEW):
        return False
    return proposal.opinions.filter(is_valid=True, task__node=node).exists()


def look_again(proposal: Proposal, passed: Stage, *, by: User, at: datetime) -> None:
    """After a meeting's changes are confirmed: the desks the changes touch, then straight on.

    The formal review looks at every version; of the other desks those that `settle_opinions`
    left without a word. The meeting has decided and is not asked again.
    """
    proposal.direct_to = stage_after(Route.from_json(proposal.route), passed)
    enter_stage(proposal, Stage.FORMAL_REVIEW, by=by, at=at)


def put_on_agenda(
    proposal: Proposal,
    version: ProposalVersion,
    body_kind: DecisionBodyKind,
    *,
    by: User,
    at: datetime,
) -> None:
    """Queue the plan's version for the meeting of a body of the supervising union.

    Where the union has no such body the plan stops here, and who keeps the procedure is told:
    what brought it here was said and stands.
    """
    body = meeting_selectors.body_of(proposal.supervising_union, body_kind)
    if body is None:
        _alarm_without_body(proposal, body_kind, at=at)
        return
    meeting_services.queue_item(
        body=body,
        subject_kind="proposal",
        subject_id=proposal.pk,
        case_id=proposal.case_id,
        title=proposal.title,
        url=common.page_of(proposal),
        version_no=version.no,
        content_sha256=version.sha256,
        union=proposal.supervising_union,
        venue_id=None,
        by=by,
        at=at,
    )
    people = common.holders(Permission.MEETING_WRITE, proposal=proposal, today=at.date())
    common.tell(people, proposal, f"议题待上会：{body.name}", key=f"agenda:{body_kind}", at=at)


def _alarm_without_body(proposal: Proposal, body_kind: DecisionBodyKind, *, at: datetime) -> None:
    keepers = keepers_above(proposal.supervising_union, today=localdate(at))
    common.tell(
        [post.user for post in keepers], proposal, f"不能上会：{body_kind.label}没有登记",
        key=f"no-body:{body_kind}", at=at, text=why_no_body(proposal, body_kind),
        url=reverse("approvals:proposal_queue", args=[proposal.pk]),
    )  # fmt: skip


def why_no_body(proposal: Proposal, body_kind: DecisionBodyKind) -> str:
    """What is wrong where a deciding body is not registered, and how it is mended."""
    return (
        f"{proposal.supervising_union.name}尚未登记{body_kind.label}（或代行机构），方案停在这里，"
        "不会自动通过（第十三条三项）。请会议秘书先登记机构和名册，再由流程管理的部长提请上会。"
    )


@transaction.atomic
def queue_again(
    *, proposal: Proposal, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> Proposal:
    """提请上会: put a plan before its body that stands at a meeting without being on any agenda."""
    proposal = common.lock_proposal(proposal, version)
    if not permissions.keeps_procedure(by, proposal):
        raise Refused("提请上会由本级或上级工会流程管理的部长办理。")
    if reason := why_not_queued(proposal):
        raise ActionBlocked(reason)
    kind = BODY_OF_STAGE[Stage(proposal.stage)]
    put_on_agenda(proposal, proposal.versions.get(no=proposal.version_no), kind, by=by, at=at)
    proposal.updated_at = at
    proposal.save_new_version()
    title = f"提请{kind.label}审议"
    common.note(proposal, "proposal.queued", title, by=by, at=at, command_id=command_id)
    return proposal


def why_not_queued(proposal: Proposal) -> str:
    """Why a plan is not put before its body now; empty when it can be."""
    stage = Stage(proposal.stage)
    if stage not in BODY_OF_STAGE:
        return f"方案现处于“{stage.label}”，不在待上会的阶段，不需要提请上会。"
    if meeting_selectors.open_items_of(proposal.pk).exists():
        return "方案已经在会议议程上，不需要再次提请。"
    kind = BODY_OF_STAGE[stage]
    if meeting_selectors.body_of(proposal.supervising_union, kind) is None:
        return why_no_body(proposal, kind)
    return ""
