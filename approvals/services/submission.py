"""The venue decides, submits and answers."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals import permissions
from approvals.enums import Action, Stage
from approvals.models import Proposal, ProposalVersion, VenueDecision
from approvals.rules.checks import CONTENT_CHECKS, findings
from approvals.rules.clearing import needs_inspection
from approvals.rules.route import Route
from approvals.rules.screening import lease_screen
from approvals.selectors.facts import facts_of, material_sha256
from approvals.selectors.routes import route_to_pin, why_no_route
from approvals.selectors.snapshot import snapshot_of
from approvals.services import common, course
from approvals.services.major import forget_other_answer
from approvals.services.notices import tell_other_unions
from approvals.services.versions import is_material, settle_opinions
from core.canonical import canonical_json, sha256_of
from core.errors import ActionBlocked, Reason
from documents.enums import NumberKind
from documents.services import Series, take_number
from meetings import selectors as meeting_selectors
from meetings import services as meeting_services
from meetings.enums import Conclusion


@transaction.atomic
def record_venue_decision(
    *, proposal: Proposal, meeting: Mapping, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> VenueDecision:  # fmt: skip
    """Record the venue's own meeting on the plan (第十七、十八条).

    `meeting` holds what `meetings.services.hold_meeting` takes. Only a plan that lacks
    nothing else may be decided on; a meeting that does not pass it leaves the draft.
    """
    require(by, Permission.VENUE_DECISION_RECORD, venue_id=proposal.venue_id)
    proposal = common.lock_proposal(proposal, version)
    common.ensure_allowed(proposal, Action.RECORD_VENUE_DECISION, today=at.date())
    body = meeting_selectors.venue_body(proposal.venue_id)
    if body is None:
        raise ActionBlocked("本阵地尚未登记班子会议名册，请先在“会议”中登记。")
    sha256 = material_sha256(proposal)
    item = meeting_services.hold_meeting(
        body=body,
        subject_kind="venue_decision",
        subject_id=proposal.pk,
        case_id=proposal.case_id,
        title=proposal.title,
        url=common.page_of(proposal),
        version_no=proposal.version_no + 1,
        content_sha256=sha256,
        by=by,
        at=at,
        **meeting,
    )
    decision = VenueDecision.objects.create(
        proposal=proposal, item=item, content_sha256=sha256, by=by, at=at
    )
    _ensure_after_opinions(proposal, at=at)
    passed = item.conclusion == Conclusion.PASSED
    if passed and proposal.stage == Stage.DRAFT:
        proposal.stage = Stage.VENUE_DECIDED
    proposal.updated_at = at
    proposal.save_new_version()
    title = f"阵地集体决策：{Conclusion(item.conclusion).label}（同意 {item.agree} / 应到 {item.members}）"
    common.note(proposal, "venue.decided", title, by=by, at=at, command_id=command_id)
    return decision


def _ensure_after_opinions(proposal: Proposal, *, at: datetime) -> None:
    found = [
        one
        for one in findings(facts_of(proposal, today=at.date()), CONTENT_CHECKS)
        if one.section == "venue_decision"
    ]
    if found:
        raise ActionBlocked([Reason(one.text, one.code, "starts_at") for one in found])


@transaction.atomic
def submit_proposal(
    *, proposal: Proposal, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> ProposalVersion:
    """Freeze the plan, give it its number, pin its route, open the formal review.

    A resubmission freezes the next version: the formal review looks again, and of the
    other desks those whose opinion rests on what changed (`rules.materiality`); every
    earlier opinion stays readable with the version it saw. Where who returned it asked for
    that and nothing material was changed, it goes straight back there. A version submitted to
    carry out the changes a meeting required waits for the named person first, unless it has
    become a plan that goes another way: that one goes the whole of it.
    """
    require(by, Permission.PROPOSAL_SUBMIT, venue_id=proposal.venue_id)
    proposal = common.lock_proposal(proposal, version)
    stage = Stage(proposal.stage)
    common.ensure_allowed(proposal, Action.SUBMIT, today=at.date())
    _give_number(proposal, by=by, at=at)
    forget_other_answer(proposal)
    is_rerouted = _pin_route(proposal, on=at.date())
    proposal.version_no += 1
    proposal.submitted_by, proposal.submitted_at = by, at
    proposal.shared_at = proposal.shared_at or at
    proposal.supervisor = proposal.venue.supervisor
    screened = lease_screen(facts_of(proposal, today=at.date()))
    proposal.needs_inspection = needs_inspection(screened)
    frozen = _freeze(proposal, by=by, at=at)
    title = f"报送第 {proposal.version_no} 版{'，改动后改走其他路由' if is_rerouted else ''}"
    common.note(
        proposal, "proposal.submitted", title, by=by, at=at, command_id=command_id,
        body={"matrix_row": proposal.route["matrix_row"], "pinned_on": proposal.route["pinned_on"]},
        snapshot_sha256=frozen.sha256,
    )  # fmt: skip
    # Before a desk opens: a word that no longer stands keeps nobody from it.
    to = _back_to(proposal, frozen, is_rerouted=is_rerouted)
    is_direct = to is not Stage.FORMAL_REVIEW
    settle_opinions(proposal, frozen, by=by, at=at, is_direct=is_direct)
    if stage is Stage.CHANGES_PENDING and not is_rerouted:
        common.move(proposal, stage, at=at)
        _ask_confirmer(proposal, at=at)
    else:
        course.enter_stage(proposal, to, by=by, at=at)
    tell_other_unions(proposal, "已报送审批", key="submitted", by=by, at=at)
    return frozen


def _pin_route(proposal: Proposal, *, on: date) -> bool:
    """Pin the route; say whether the plan has become one that goes another way than before."""
    route = route_to_pin(proposal, today=on)
    if route is None:
        raise ActionBlocked(why_no_route(proposal))
    before = proposal.route
    proposal.route = route.as_json()
    return bool(before) and Route.from_json(before).steps != route.steps


def _back_to(proposal: Proposal, frozen: ProposalVersion, *, is_rerouted: bool) -> Stage:
    """Where a resubmission goes: through the formal review, or straight to who returned it.

    直送退回人 is for a version in which nothing material was changed; what the formal review
    found of the same text stands.
    """
    asked, proposal.direct_to = proposal.direct_to, ""
    is_direct = bool(asked) and not is_rerouted and not is_material(proposal, frozen)
    return Stage(asked) if is_direct else Stage.FORMAL_REVIEW


def _freeze(proposal: Proposal, *, by: User, at: datetime) -> ProposalVersion:
    snapshot = canonical_json(snapshot_of(proposal))
    return ProposalVersion.objects.create(
        proposal=proposal,
        no=proposal.version_no,
        snapshot=snapshot,
        sha256=sha256_of(snapshot),
        submitted_by=by,
        submitted_at=at,
    )


def _give_number(proposal: Proposal, *, by: User, at: datetime) -> None:
    if proposal.number:
        return
    prefix = "HZ" if proposal.is_operation_plan else "ZT"
    proposal.number = take_number(
        series=Series(code=prefix, kind=NumberKind.PLAN, form=prefix + "-{year}-{no:04d}"),
        year=at.year, title=proposal.title, case_id=proposal.case_id,
        union=proposal.supervising_union, venue_id=proposal.venue_id, by=by, at=at,
    )  # fmt: skip
    if proposal.cooperation:
        proposal.cooperation.code = proposal.number
        proposal.cooperation.title = proposal.title
        proposal.cooperation.save_new_version()


def _ask_confirmer(proposal: Proposal, *, at: datetime) -> None:
    decision = proposal.decisions.order_by("-at", "-pk").first()
    if decision and decision.item.confirmer:
        common.tell(
            [decision.item.confirmer], proposal, "请确认修改是否到位",
            key=f"confirm:{proposal.version_no}", at=at,
        )  # fmt: skip


@transaction.atomic
def answer_return_points(
    *, proposal: Proposal, answers: Mapping[int, str], version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """Answer the points of the last return, each by its own text."""
    permissions.require_drafter(by, proposal)
    proposal = common.lock_proposal(proposal, version)
    if proposal.stage not in (Stage.RETURNED, Stage.DEFERRED):
        raise ActionBlocked("方案没有待答复的退回意见。")
    points = proposal.return_points.filter(plan_version__no=proposal.version_no)
    for point in points.order_by("no", "pk"):
        text = answers.get(point.pk, "").strip()
        if text and text != point.answer:
            point.answer, point.answered_at = text, at
            point.save(update_fields=["answer", "answered_at"])
    proposal.updated_at = at
    proposal.save_new_version()
    common.note(
        proposal, "return_points.answered", "答复退回意见", by=by, at=at, command_id=command_id
    )
    return proposal
