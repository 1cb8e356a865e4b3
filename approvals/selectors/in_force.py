"""What the plans of a venue that are in force already fix: the overall plan, areas, terms."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, When

from approvals.enums import PlanKind, Stage
from approvals.models import Proposal, Section
from approvals.rules.facts import OverallFact
from approvals.rules.scope import area_of
from approvals.rules.term import Term, joined_term

NO_AREA = Decimal(0)


def areas_in_use(
    proposal: Proposal, sections: Mapping[str, dict], *, on: date
) -> dict[UUID | None, Decimal]:
    """The square metres other running plans of the venue have given away, by partner.

    A plan whose approval lapsed or whose term is over has none any more.
    """
    if not proposal.is_operation_plan or not sections.get("overview", {}).get("area"):
        return {}
    plans = Proposal.objects.running(on).filter(
        venue_id=proposal.venue_id, kind=PlanKind.OPERATION_PLAN
    )
    rows = Section.objects.filter(code="overview", proposal__in=plans.exclude(pk=proposal.pk))
    used: dict[UUID | None, Decimal] = {}
    for partner_id, data in rows.order_by("pk").values_list("proposal__partner_id", "data"):
        used[partner_id] = used.get(partner_id, NO_AREA) + area_of(data.get("area") or "")
    return used


def _overview_of(plan: Proposal) -> dict:
    section = plan.sections.filter(code="overview").first()
    return section.data if section else {}


def overall_plan_over(venue_id: UUID) -> Proposal | None:
    """The venue's overall plan in force or halted; without one the last that was ended."""
    rows = Proposal.objects.filter(
        venue_id=venue_id, kind=PlanKind.OVERALL_PLAN, stage__in=(*Stage.STANDING, Stage.ENDED)
    )
    is_over = Case(When(stage=Stage.ENDED, then=1), default=0)
    return rows.order_by(is_over, "-decided_at", "pk").first()


def is_overall_plan_halted(venue_id: UUID) -> bool:
    """Whether the supervising union has halted the venue's overall plan."""
    rows = Proposal.objects.filter(venue_id=venue_id, kind=PlanKind.OVERALL_PLAN)
    return rows.filter(stage=Stage.HALTED).exists()


def overall_fact(proposal: Proposal, used: Mapping[UUID | None, Decimal]) -> OverallFact | None:
    if proposal.kind == PlanKind.OVERALL_PLAN:
        return None
    plan = overall_plan_over(proposal.venue_id)
    if plan is None:
        return None
    overview = _overview_of(plan)
    years, area = overview.get("max_term_years"), overview.get("max_area")
    return OverallFact(
        stage=Stage(plan.stage),
        modes=tuple(overview.get("allowed_modes") or ()),
        max_term_years=int(years) if years else None,
        partner_kinds=tuple(overview.get("partner_kinds") or ()),
        max_area=area_of(area) if area else None,
        used_area=sum(used.values(), NO_AREA),
    )


def term_of(proposal: Proposal) -> Term | None:
    if proposal.starts_on and proposal.ends_on:
        return Term(proposal.starts_on, proposal.ends_on)
    return None


def joined_start_of(proposal: Proposal, term: Term | None, *, on: date) -> date | None:
    """The start of the chain of approved terms with the same partner that runs into a term.

    Terms that are over count, they were performed; one that lapsed unsigned never was.
    """
    if not (proposal.partner_id and term):
        return None
    earlier = Proposal.objects.in_force(on).filter(
        venue_id=proposal.venue_id, partner_id=proposal.partner_id, starts_on__lt=term.starts_on
    )
    terms = [
        Term(one.starts_on, one.ends_on)
        for one in earlier.exclude(pk=proposal.pk).order_by("pk")
        if one.ends_on
    ]
    return joined_term(term, terms).starts_on
