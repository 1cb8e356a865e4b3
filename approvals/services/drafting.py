"""Making a plan and writing its sections."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import require
from approvals import permissions
from approvals.enums import CooperationMode, Duty, PlanKind, Stage
from approvals.models import Cooperation, Proposal, Section
from approvals.rules.fields import fields_of, section_spec, sections_of
from approvals.selectors.facts import material_sha256
from approvals.services import common
from approvals.services.involving import take_duty
from core.errors import ActionBlocked, Reason, StaleVersion
from core.models import STALE
from documents.enums import Audience
from documents.services import store_upload
from partners.models import Partner
from venues.models import CoreBusiness, Venue

Chosen = TypeVar("Chosen", bound=Model)

# The columns of a plan that a saved section may change.
FOLLOWING = (
    "starts_on",
    "ends_on",
    "core_business_id",
    "partner_id",
    "counterpart_venue_id",
    "partner_investment",
    "expected_income",
    "has_partner_fixed_investment",
    "is_major",
    "stage",
)


@transaction.atomic
def create_overall_plan(
    *, venue: Venue, title: str, by: User, at: datetime, command_id: UUID | None = None
) -> Proposal:
    """Open the draft of a venue's overall plan; a venue has one that is not closed (2.1)."""
    require(by, Permission.PROPOSAL_WRITE, venue_id=venue.pk)
    Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    others = Proposal.objects.filter(venue=venue, kind=PlanKind.OVERALL_PLAN)
    if others.filter(stage__in=Stage.STANDING).exists():
        text = "本阵地已有一份总体方案在实施，不能另起一份；要调整的，请在该方案页办理“变更”。"
        raise ActionBlocked(Reason(text, "13-3-2"))
    refuse_second(venue)
    proposal = new_plan(venue, PlanKind.OVERALL_PLAN, "", title, by, at)
    proposal.save()
    common.note(proposal, "proposal.drafted", "起草总体方案", by=by, at=at, command_id=command_id)
    return proposal


@transaction.atomic
def create_operation_plan(
    *, venue: Venue, title: str, mode: str, by: User, at: datetime, command_id: UUID | None = None
) -> Proposal:
    """Open the draft of an operation plan, and the cooperation it belongs to."""
    require(by, Permission.PROPOSAL_WRITE, venue_id=venue.pk)
    if mode not in CooperationMode.values:
        raise ActionBlocked(Reason("请选择合作方式（第十四条）。", "14-2-1", "mode"))
    proposal = new_plan(venue, PlanKind.OPERATION_PLAN, mode, title, by, at)
    open_case(proposal)
    proposal.save()
    common.note(
        proposal, "proposal.drafted", "起草具体运作方案", by=by, at=at, command_id=command_id
    )
    return proposal


def open_case(proposal: Proposal) -> None:
    """The cooperation a new operation plan belongs to, under the overall plan in force."""
    proposal.cooperation = Cooperation(
        title=proposal.title,
        mode=proposal.mode,
        venue=proposal.venue,
        supervising_union=proposal.supervising_union,
        created_at=proposal.created_at,
    )
    proposal.cooperation.place_like(proposal.venue)
    proposal.cooperation.save()
    drafter, at = proposal.drafted_by, proposal.created_at
    take_duty(proposal.cooperation.pk, [drafter], Duty.DRAFTER, "起草方案", at=at)
    proposal.overall_plan = overall_plan_of(proposal.venue)


def refuse_second(venue: Venue) -> None:
    """Raise ActionBlocked while another overall plan of the venue is written or reviewed."""
    rows = Proposal.objects.filter(venue=venue, kind=PlanKind.OVERALL_PLAN)
    found = rows.exclude(stage__in=(*Stage.DROPPED, *Stage.STANDING)).first()
    if found:
        text = (
            f"本阵地已有一份总体方案在办理（{found.get_stage_display()}），办结之前不能另起一份。"
        )
        raise ActionBlocked(Reason(text, "13-3-2"))


def overall_plan_of(venue: Venue) -> Proposal | None:
    """The venue's overall plan that is in force."""
    plans = Proposal.objects.filter(venue=venue, kind=PlanKind.OVERALL_PLAN)
    return plans.filter(stage=Stage.APPROVED).first()


def new_plan(venue: Venue, kind: str, mode: str, title: str, by: User, at: datetime) -> Proposal:
    proposal = Proposal(
        kind=kind,
        mode=mode,
        title=title,
        venue=venue,
        supervising_union=venue.supervising_union,
        supervisor=venue.supervisor,
        drafted_by=by,
        created_at=at,
        updated_at=at,
    )
    proposal.place_like(venue)
    return proposal


@transaction.atomic
def save_section(
    *, proposal: Proposal, code: str, data: Mapping, version: int, by: User, at: datetime,
    upload: UploadedFile | None = None, command_id: UUID | None = None,
) -> Section:  # fmt: skip
    """Keep the answers of one section as typed; meaning is checked on the check page.

    `version` is the section's version as it was opened, 0 for one not written yet.
    Somebody else's newer text is never overwritten: StaleVersion. The form that saved last,
    known by its command id, may save again: its answer may have been lost on the way. What
    is stored already is not stored again. A change of what the venue's meeting decided on
    sends a decided plan back to its draft.
    """
    permissions.require_drafter(by, proposal)
    proposal = common.lock_proposal(proposal, None)
    if not (proposal.is_writable or proposal.stage == Stage.VENUE_DECIDED):
        raise ActionBlocked(f"方案现处于“{proposal.get_stage_display()}”，内容不能修改。")
    section = Section.objects.select_for_update().filter(proposal=proposal, code=code).first()
    answers = _answers_asked(proposal, code, data)
    if section is None:
        section = Section(proposal=proposal, code=code, version=0)
    is_news = section.version == 0 or section.data != answers
    if is_news:
        _refuse_stale(section, version, by=by, command_id=command_id)
        section.data, section.updated_by, section.updated_at = answers, by, at
        section.updated_with = command_id
        section.save_new_version()
        _follow(proposal, section, by=by, at=at)
    if upload is not None:
        _attach(proposal, code, upload, by=by, at=at)
    return section


@transaction.atomic
def autosave_section(
    *, proposal: Proposal, code: str, data: Mapping, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> Section:  # fmt: skip
    """Keep what is being typed, without being asked.

    A plan the venue's meeting has decided on is left alone: there a change may undo the
    decision, so it takes the person's own hand.
    """
    permissions.require_drafter(by, proposal)
    if common.lock_proposal(proposal, None).stage == Stage.VENUE_DECIDED:
        raise ActionBlocked("方案已经阵地集体决策，不自动保存；确需修改的，请按“保存”。")
    return save_section(
        proposal=proposal, code=code, data=data, version=version, by=by, at=at,
        command_id=command_id,
    )  # fmt: skip


def _answers_asked(proposal: Proposal, code: str, data: Mapping) -> dict:
    """The answers to the questions this plan is asked, and no others."""
    spec = section_spec(code)
    if spec not in sections_of(proposal.kind, proposal.mode):
        raise ActionBlocked("本方案没有这一节。")
    names = {one.name for one in fields_of(spec, proposal.kind, proposal.mode)}
    return {name: value for name, value in data.items() if name in names}


def _refuse_stale(section: Section, version: int, *, by: User, command_id: UUID | None) -> None:
    is_own = (
        command_id is not None
        and section.updated_with == command_id
        and section.updated_by_id == by.pk
    )
    if section.version != version and not is_own:
        raise StaleVersion(STALE)


def _follow(proposal: Proposal, section: Section, *, by: User, at: datetime) -> None:
    """Let the plan's own row follow a saved section, one version up.

    The row history keeps what is counted and compared; a save that changed only words adds
    no row to it.
    """
    before = {name: getattr(proposal, name) for name in FOLLOWING}
    follow_columns(proposal, section)
    _reopen_if_decided(proposal, by=by, at=at)
    proposal.updated_at = at
    if any(getattr(proposal, name) != value for name, value in before.items()):
        proposal.save_new_version()
    else:
        proposal.version += 1
        row = Proposal.objects.filter(pk=proposal.pk)
        row.update(version=proposal.version, updated_at=at)


def _attach(proposal: Proposal, code: str, upload: UploadedFile, *, by: User, at: datetime) -> None:
    store_upload(
        upload=upload,
        name=upload.name or "",
        by=by,
        at=at,
        union=proposal.supervising_union,
        venue_id=proposal.venue_id,
        case_id=proposal.pk,
        purpose=f"section:{code}",
        audience=Audience.MATTER,  # a draft is its venue's own: only the plan's page serves it
    )


def follow_columns(proposal: Proposal, section: Section) -> None:
    """Set the typed columns from the section they follow."""
    data = section.data
    if section.code == "overview":
        proposal.starts_on = _day(data.get("starts_on"))
        proposal.ends_on = _day(data.get("ends_on"))
        businesses = CoreBusiness.objects.filter(venue=proposal.venue)
        proposal.core_business = _chosen(businesses, data.get("core_business"))
    elif section.code == "partner":
        others = Venue.objects.exclude(pk=proposal.venue_id)
        proposal.partner = _chosen(Partner.objects.all(), data.get("partner"))
        proposal.counterpart_venue = _chosen(others, data.get("counterpart_venue"))
        _tell_cooperation(proposal)
    elif section.code == "contract_elements":
        proposal.partner_investment = _amount(data.get("partner_investment"))
        proposal.expected_income = _amount(data.get("expected_income_amount"))
        proposal.has_partner_fixed_investment = _answer(data.get("has_partner_fixed_investment"))
    elif section.code == "undertaking":
        proposal.expected_income = _amount(data.get("amount"))
    elif section.code == "sponsorship":
        proposal.expected_income = _amount(data.get("value"))
    elif section.code == "major_matter":
        proposal.is_major = _answer(data.get("is_major"))


def _tell_cooperation(proposal: Proposal) -> None:
    cooperation = proposal.cooperation
    if cooperation is None:
        return
    chosen = (proposal.partner_id, proposal.counterpart_venue_id)
    if (cooperation.partner_id, cooperation.counterpart_venue_id) != chosen:
        cooperation.partner_id, cooperation.counterpart_venue_id = chosen
        cooperation.save_new_version()


def _reopen_if_decided(proposal: Proposal, *, by: User, at: datetime) -> None:
    if proposal.stage != Stage.VENUE_DECIDED:
        return
    decision = proposal.venue_decisions.order_by("-pk").first()
    if decision and decision.content_sha256 != material_sha256(proposal):
        proposal.stage = Stage.DRAFT
        common.note(
            proposal,
            "proposal.reopened",
            "集体决策后又修改了实质内容，须重新集体决策",
            by=by,
            at=at,
        )


@transaction.atomic
def share_for_guidance(
    *, proposal: Proposal, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Proposal:  # fmt: skip
    """Ask the supervising union for its guidance (13(一)); from now on it may read the draft."""
    permissions.require_drafter(by, proposal)
    proposal = common.lock_proposal(proposal, version)
    if proposal.shared_at is not None:
        raise ActionBlocked("已经提请主管工会指导，不必重复提请。")
    proposal.shared_at = at
    proposal.updated_at = at
    proposal.save_new_version()
    common.note(
        proposal, "proposal.shared", "提请主管工会指导论证", by=by, at=at, command_id=command_id
    )
    people = common.holders(Permission.GUIDANCE_RECORD, proposal=proposal, today=at.date())
    page = reverse("approvals:guidance", args=[proposal.pk])
    common.tell(people, proposal, "阵地提请指导论证", key="shared", at=at, url=page)
    return proposal


def _chosen(rows: QuerySet[Chosen], pk: str | None) -> Chosen | None:
    return rows.filter(pk=pk).first() if pk else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _answer(text: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(text or "")
