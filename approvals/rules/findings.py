"""What a check of a plan finds. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from approvals.rules.facts import PlanFacts


class Severity(StrEnum):
    """Whether a finding blocks, and whether an exception can set it aside."""

    HARD = "hard"
    SOFT = "soft"
    RECORD = "record"  # 记录: shown as missing, blocks nothing


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing missing or wrong: the sentence, the rule, the section and field to mend."""

    text: str
    code: str
    section: str = ""
    field: str = ""
    severity: Severity = Severity.HARD

    def __str__(self) -> str:
        return self.text


Check = Callable[[PlanFacts], Iterator[Finding]]


def day_of(text: str | None) -> date | None:
    """A kept answer as a day; None when it is empty or no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
