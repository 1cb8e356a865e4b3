"""All that the rules may know about a plan: frozen facts, no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from approvals.enums import PlanKind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertFact:
    """One lawyer or expert engaged."""

    kind: str
    name: str
    has_conflict: bool | None
    opinion: str
    opined_on: date | None
    is_answered: bool
    is_ended: bool = False  # the engagement is over; what was said without a conflict still counts

    @property
    def counts(self) -> bool:
        """Whether the opinion may be relied on: given, and by somebody without a conflict."""
        return bool(self.opinion) and self.has_conflict is False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiligenceFact:
    """One of the six conditions of 第十条 as found for this partner."""

    finding: str  # met, unmet, unverified
    is_expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallFact:
    """The overall plan above an operation plan."""

    stage: Stage = Stage.APPROVED  # in force, halted or ended
    modes: tuple[str, ...] = ()
    max_term_years: int | None = None
    partner_kinds: tuple[str, ...] = ()
    max_area: Decimal | None = None
    used_area: Decimal = Decimal(0)  # of the other plans under it that are in force

    @property
    def is_in_force(self) -> bool:
        return self.stage is Stage.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFact:
    """The supervising union started or agreed to an exploration (第十四条第二款)."""

    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueDecisionFact:
    """The venue's own meeting on the plan."""

    held_on: date
    is_passed: bool
    is_current: bool  # the plan is still what the meeting decided on
    has_original: bool  # the signed record or attendance list is scanned


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan as the rules see it on a day."""

    today: date
    kind: str
    mode: str = ""
    stage: Stage = Stage.DRAFT
    sections: Mapping[str, Mapping] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    is_venue_ready: bool = False
    phases_left: int = 0  # of the phased plan its union made for the venue (第十一条)
    missing_union_plans: tuple[tuple[str, str], ...] = ()  # rule and name
    has_supervisor: bool = False
    has_asset_department: bool = False
    route_refusal: str = ""  # why no row of the authority matrix fits
    overall: OverallFact | None = None
    replaced_stage: Stage | None = None  # of the plan that an amendment replaces
    initiative: InitiativeFact | None = None
    route_bodies: tuple[str, ...] = ()
    is_core_business: bool = True  # what was chosen is in the venue's own list
    venue_area: Decimal | None = None
    partner_area: Decimal = Decimal(0)  # given to this partner by other plans in force
    unknown_counterparts: tuple[str, ...] = ()
    partner_subject_refusal: str = ""
    partner_kind: str = ""
    has_partner: bool = False
    diligence: Mapping[str, DiligenceFact] = field(default_factory=dict)
    diligence_concluded: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    joined_starts_on: date | None = None
    partner_investment: Decimal | None = None
    has_partner_fixed_investment: bool | None = None

    experts: tuple[ExpertFact, ...] = ()
    guided_on: date | None = None
    venue_decision: VenueDecisionFact | None = None
    active_exceptions: frozenset[str] = frozenset()
    ancillary_kinds: tuple[str, ...] = ()  # 配套服务 the union admits (18-6); asked when offered
    ancillary_area_cap: Decimal = Decimal(0)  # in per cent of the venue's building area
    cleared_signs: tuple[str, ...] = ()  # of the disguised-lease screen, by the union's meeting

    unanswered_points: int = 0
    unresolved_objections: tuple[str, ...] = ()
    open_conditions: tuple[str, ...] = ()
    missing_countersigners: tuple[str, ...] = ()
    unfiled_meetings: tuple[str, ...] = ()  # passed this plan; their signed record is not scanned

    @property
    def is_operation(self) -> bool:
        return self.kind == PlanKind.OPERATION_PLAN

    def answer(self, section: str, name: str) -> str:
        """One answer of a section, empty when not given."""
        return self.sections.get(section, {}).get(name) or ""
