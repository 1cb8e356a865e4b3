"""What a question of a plan is: its kind, for which plans and ways of cooperation. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from approvals.enums import CooperationMode, PlanKind, SectionCode

EXTERNAL = frozenset({CooperationMode.EXTERNAL.value})
INTERNAL = frozenset({CooperationMode.INTERNAL.value})
UNDERTAKING = frozenset({CooperationMode.UNDERTAKING.value})
SPONSORSHIP = frozenset({CooperationMode.SPONSORSHIP.value})
OTHER = frozenset({CooperationMode.OTHER.value})
PARTNERED = EXTERNAL | OTHER  # a partner takes part in running the project
OVERALL = frozenset({PlanKind.OVERALL_PLAN.value})
OPERATION = frozenset({PlanKind.OPERATION_PLAN.value})
BOTH = OVERALL | OPERATION


class Kind(StrEnum):
    """What a field holds; in the JSON of a section everything but rows is text."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    WAN = "wan"  # typed in 万元, kept as yuan
    INTEGER = "integer"
    PERCENT = "percent"
    CHOICE = "choice"
    CHOICES = "choices"  # several
    YES_NO = "yes_no"  # must be answered; never defaulted
    ROWS = "rows"
    PARTNER = "partner"
    VENUE = "venue"
    CORE_BUSINESS = "core_business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a section."""

    name: str
    label: str
    kind: Kind = Kind.LONG
    rule: str = ""
    is_required: bool = True
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    modes: frozenset[str] | None = None
    plans: frozenset[str] = BOTH
    only_if: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSpec:
    """One section: its code, the rule it answers, its questions."""

    code: SectionCode
    rule: str
    fields: tuple[Field, ...]
    plans: frozenset[str] = BOTH
    modes: frozenset[str] | None = None
    intro: str = field(default="")
