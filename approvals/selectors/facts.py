"""Gather all that the rules may know of a plan, and the content that is frozen and hashed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from approvals.enums import (
    ClearanceState,
    CooperationMode,
    ExceptionState,
    Outcome,
    Stage,
)
from approvals.models import Proposal, RuleException, UnionInitiative
from approvals.rules.ancillary import SEPARATOR
from approvals.rules.checks import Finding, findings
from approvals.rules.facts import (
    DiligenceFact,
    ExpertFact,
    InitiativeFact,
    PlanFacts,
    VenueDecisionFact,
)
from approvals.rules.route import Route
from approvals.rules.screening import texts_of
from approvals.selectors.conditions import open_conditions
from approvals.selectors.countersigning import unheard
from approvals.selectors.in_force import (
    NO_AREA,
    areas_in_use,
    joined_start_of,
    overall_fact,
    term_of,
)
from approvals.selectors.routes import route_to_pin, why_no_route
from core.canonical import sha256_of
from meetings.selectors import signed_original, unfiled_meetings
from organizations.enums import DepartmentKind
from organizations.models import Department
from organizations.selectors import parameter
from partners.models import Partner
from partners.rules import subject_is_capable
from partners.selectors import due_diligence_facts, due_diligence_of
from planning.selectors import duties_unmet, steps_left
from venues.models import Venue
from venues.selectors import readiness_in_force

MATERIAL_SECTIONS = ("contract_elements", "negative_list", "five_constants")
SECTIONS_OF_A_WAY = ("undertaking", "sponsorship", "control")
MATERIAL_COLUMNS = [
    "title",
    "mode",
    "partner_id",
    "counterpart_venue_id",
    "core_business_id",
    "starts_on",
    "ends_on",
    "partner_investment",
    "expected_income",
    "has_partner_fixed_investment",
    "is_major",
]


def sections_of_plan(proposal: Proposal) -> dict[str, dict]:
    """The answers of every section, by section code."""
    return {one.code: one.data for one in proposal.sections.order_by("code")}


def material_sha256(proposal: Proposal) -> str:
    """The hash of what a meeting decides on: a change of it asks for a new decision."""
    sections = sections_of_plan(proposal)
    return sha256_of(
        {
            "columns": {name: _text(getattr(proposal, name)) for name in MATERIAL_COLUMNS},
            "sections": {code: sections.get(code, {}) for code in MATERIAL_SECTIONS}
            | {code: sections[code] for code in SECTIONS_OF_A_WAY if code in sections},
            "appraisal": sections.get("appraisal", {}),
            "scope": _scope_of(proposal, sections.get("overview", {})),
        }
    )


def _scope_of(proposal: Proposal, overview: Mapping[str, Any]) -> dict[str, Any]:
    """How much of the venue is decided on: of an 总体方案 all that binds the plans under it."""
    if not proposal.is_operation_plan:
        return dict(overview)
    return {name: overview.get(name, "") for name in ("space", "area")}


# A desk's own opinion, or that of somebody bindingly consulted; an advisory one is only read.
COUNTED = Q(task__parent=None) | Q(task__is_binding=True)
# What must be answered in writing before the meeting.
AGAINST = Q(outcome=Outcome.DISAGREE) | Q(fails_group=True)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def active_exceptions(proposal: Proposal, *, on: date) -> frozenset[str]:
    """The rules set aside for this plan by an approved exception still valid."""
    return frozenset(
        RuleException.objects.filter(
            proposal=proposal, state=ExceptionState.APPROVED, valid_until__gte=on
        ).values_list("rule_code", flat=True)
    )


def cleared_signs(proposal: Proposal) -> tuple[str, ...]:
    """What the union's meeting held to be no sign of a lease; empty without a clearance."""
    rows = proposal.clearances.filter(state=ClearanceState.CLEARED, contract_id=None)
    found = rows.order_by("-decided_at", "-pk").values_list("signs", flat=True).first()
    return tuple(found or ())


def facts_of(proposal: Proposal, *, today: date) -> PlanFacts:
    """The plan as the rules see it today."""
    sections = sections_of_plan(proposal)
    diligence = due_diligence_of(proposal.partner, proposal.venue_id) if proposal.partner else None
    asset = Department.objects.filter(union=proposal.supervising_union, kind=DepartmentKind.ASSET)
    bodies = _bodies_on_the_route(proposal, today)
    used = areas_in_use(proposal, sections, on=today)
    return PlanFacts(
        today=today,
        kind=proposal.kind,
        mode=proposal.mode,
        stage=Stage(proposal.stage),
        sections=sections,
        texts=texts_of(proposal.kind, proposal.mode, proposal.title, sections),
        is_venue_ready=readiness_in_force(proposal.venue, today) is not None,
        phases_left=_phases_left(proposal),
        missing_union_plans=_missing_union_plans(proposal, today),
        has_supervisor=proposal.venue.supervisor_id is not None,
        has_asset_department=asset.exists(),
        route_refusal="" if bodies is not None else why_no_route(proposal),
        route_bodies=bodies or (),
        overall=overall_fact(proposal, used),
        replaced_stage=Stage(proposal.replaces.stage) if proposal.replaces else None,
        initiative=_initiative_fact(proposal),
        is_core_business=_is_own_business(proposal, sections),
        venue_area=proposal.venue.building_area,
        partner_area=used.get(proposal.partner_id, NO_AREA) if proposal.partner_id else NO_AREA,
        unknown_counterparts=_unknown_counterparts(proposal, sections),
        partner_kind=proposal.partner.subject_kind if proposal.partner else "",
        partner_subject_refusal=_subject_refusal(proposal.partner),
        has_partner=proposal.partner is not None,
        diligence=_diligence_facts(diligence, today),
        diligence_concluded=bool(diligence and diligence.concluded_at),
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        joined_starts_on=joined_start_of(proposal, term_of(proposal), on=today),
        partner_investment=proposal.partner_investment,
        has_partner_fixed_investment=proposal.has_partner_fixed_investment,
        experts=_expert_facts(proposal),
        guided_on=_guided_on(proposal),
        venue_decision=_venue_decision_fact(proposal),
        active_exceptions=active_exceptions(proposal, on=today),
        **_ancillary(proposal, sections, today),
        cleared_signs=cleared_signs(proposal),
        unanswered_points=_unanswered_points(proposal),
        unresolved_objections=_objections(proposal),
        open_conditions=open_conditions(proposal),
        missing_countersigners=_missing_countersigners(proposal),
        unfiled_meetings=_unfiled_meetings(proposal),
    )


def _unanswered_points(proposal: Proposal) -> int:
    points = proposal.return_points.filter(plan_version__no=proposal.version_no)
    return points.filter(answer="").count()


def _ancillary(proposal: Proposal, sections: Mapping[str, dict], today: date) -> dict[str, Any]:
    """The limits of 配套服务, read only where a plan offers any."""
    if sections.get("negative_list", {}).get("unrelated_business") != "yes":
        return {}
    union = proposal.supervising_union
    kinds = parameter("ancillary_kinds", union=union, on=today).value
    cap = parameter("ancillary_area_cap", union=union, on=today).value
    return {
        "ancillary_kinds": tuple(str(kinds).split(SEPARATOR)),
        "ancillary_area_cap": Decimal(cap),
    }


def _guided_on(proposal: Proposal) -> date | None:
    guidance = proposal.guidance.order_by("-guided_on", "-pk").first()
    return guidance.guided_on if guidance else None


def _phases_left(proposal: Proposal) -> int:
    return 0 if proposal.is_operation_plan else steps_left(proposal.venue_id)


def _missing_union_plans(proposal: Proposal, today: date) -> tuple[tuple[str, str], ...]:
    if proposal.is_operation_plan:
        return ()
    union = proposal.supervising_union
    return tuple((kind.rule, kind.label) for kind in duties_unmet(union, on=today))


def _subject_refusal(partner: Partner | None) -> str:
    if partner is None:
        return ""
    return subject_is_capable(partner.subject_kind, partner.uscc) or ""


def _expert_facts(proposal: Proposal) -> tuple[ExpertFact, ...]:
    return tuple(
        ExpertFact(
            kind=one.kind,
            name=one.name,
            has_conflict=one.has_conflict,
            opinion=one.opinion,
            opined_on=one.opined_on,
            is_answered=one.is_adopted is not None,
            is_ended=one.ended_at is not None,
        )
        for one in proposal.engagements.order_by("pk")
    )


def _diligence_facts(diligence, today: date) -> dict[str, DiligenceFact]:
    if diligence is None:
        return {}
    return {
        code: DiligenceFact(finding=fact.finding, is_expired=fact.is_expired)
        for code, fact in due_diligence_facts(diligence, today).items()
    }


def _bodies_on_the_route(proposal: Proposal, today: date) -> tuple[str, ...] | None:
    """The bodies that decide; None when no row fits what the plan says now.

    Of a plan under way by its pinned route, of one being written by what its submission pins.
    """
    if proposal.route and not proposal.is_writable:
        return Route.from_json(proposal.route).bodies
    route = route_to_pin(proposal, today=today)
    return route.bodies if route else None


def _initiative_fact(proposal: Proposal) -> InitiativeFact | None:
    if proposal.mode != CooperationMode.OTHER:
        return None
    found = UnionInitiative.objects.filter(proposal=proposal).first()
    return InitiativeFact(decided_on=found.decided_on) if found else None


def _is_own_business(proposal: Proposal, sections: Mapping[str, dict]) -> bool:
    """The column is only set to a business of the venue's own list."""
    chosen = sections.get("overview", {}).get("core_business")
    return not chosen or proposal.core_business_id is not None


def _unknown_counterparts(proposal: Proposal, sections: Mapping[str, dict]) -> tuple[str, ...]:
    rows = sections.get("partner", {}).get("other_counterparts") or []
    names = list(dict.fromkeys(row["name"] for row in rows if row.get("name")))
    if proposal.mode != CooperationMode.INTERNAL or not names:
        return ()
    venues = Venue.objects.filter(name__in=names).exclude(pk=proposal.venue_id)
    known = set(venues.order_by().values_list("name", flat=True))
    return tuple(name for name in names if name not in known)


def _venue_decision_fact(proposal: Proposal) -> VenueDecisionFact | None:
    decisions = proposal.venue_decisions.select_related("item__meeting").order_by("-at", "-pk")
    decision = decisions.annotate(has_original=signed_original("item__meeting_id")).first()
    if decision is None or decision.item.meeting is None:
        return None
    return VenueDecisionFact(
        held_on=localdate(decision.item.meeting.starts_at),
        is_passed=decision.item.counts,
        is_current=decision.content_sha256 == material_sha256(proposal),
        has_original=decision.has_original,
    )


def _objections(proposal: Proposal) -> tuple[str, ...]:
    opinions = proposal.opinions.filter(
        COUNTED, AGAINST, is_valid=True, resolution__isnull=True
    ).select_related("task")
    return tuple(one.task.desk_label for one in opinions.order_by("pk"))


def _unfiled_meetings(proposal: Proposal) -> tuple[str, ...]:
    if proposal.stage != Stage.REPLYING:
        return ()  # asked when the reply is issued
    return tuple(unfiled_meetings(proposal.case_id))


def _missing_countersigners(proposal: Proposal) -> tuple[str, ...]:
    return tuple(DepartmentKind(kind).label for kind in unheard(proposal))


def missing_of(proposal: Proposal, *, today: date) -> list[Finding]:
    """The live list of what stands between the draft and its submission."""
    return findings(facts_of(proposal, today=today))
