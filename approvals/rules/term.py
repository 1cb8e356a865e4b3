"""The term of a cooperation (第十三条（四）「合作协议期限原则上不超过 5 年」). Pure.

Years are counted by the calendar, never as 365 × 5 days.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MAX_YEARS = 5
ONE_DAY = timedelta(days=1)


class TermVerdict(StrEnum):
    """How a term stands to five years."""

    WITHIN = "within"
    WITHIN_BY_CORRESPONDING_DAY = "within_by_corresponding_day"
    OVER = "over"


def add_years(day: date, years: int) -> date:
    """The corresponding day; 29 February is clamped to the last day of February."""
    year = day.year + years
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def judge_term(starts_on: date, ends_on: date, *, max_years: int = MAX_YEARS) -> TermVerdict:
    """Hold a term, whose last day is included, against the limit.

    2024-03-01 to 2029-02-28 is five years. Ending on the corresponding day itself
    (2024-03-01 to 2029-03-01) is still counted as five years, with a note, because
    the first day of a period is not counted.
    """
    corresponding = add_years(starts_on, max_years)
    if ends_on <= corresponding - ONE_DAY:
        return TermVerdict.WITHIN
    if ends_on == corresponding:
        return TermVerdict.WITHIN_BY_CORRESPONDING_DAY
    return TermVerdict.OVER


@dataclass(frozen=True, slots=True)
class Term:
    """One contract's days, both included."""

    starts_on: date
    ends_on: date


def joined_term(term: Term, earlier: Iterable[Term]) -> Term:
    """The term together with those of the same venue, partner and space that run into it.

    A contract that ends on the eve or later joins; renewals therefore add up.
    """
    start = term.starts_on
    for before in sorted(earlier, key=lambda one: one.ends_on, reverse=True):
        if before.starts_on < start <= before.ends_on + ONE_DAY:
            start = before.starts_on
    return Term(start, term.ends_on)


def whole_years(starts_on: date, ends_on: date) -> str:
    """A term in words: `3年`, `4年6个月`, `3年（另20天）`."""
    end = ends_on + ONE_DAY
    months = (end.year - starts_on.year) * 12 + end.month - starts_on.month
    if add_months(starts_on, months) > end:
        months -= 1
    days = (end - add_months(starts_on, months)).days
    years, months = divmod(months, 12)
    words = f"{years}年" * bool(years) + f"{months}个月" * bool(months)
    return f"{words}（另{days}天）" if days and words else words or f"{days}天"


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months on, clamped to the last day of its month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
