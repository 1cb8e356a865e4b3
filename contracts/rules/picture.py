"""The term of a contract as a bar: where it begins, where five years end, where today is. Pure."""

from dataclasses import dataclass
from datetime import date

from approvals.rules.term import MAX_YEARS, ONE_DAY, add_years, whole_years

WIDTH, MARK = 1000, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TermBar:
    """Places on a line of a thousand parts, and the words that say the same."""

    length: int
    five_years: int
    today: int | None  # None before the first day and after the last one shown
    starts_on: date
    ends_on: date
    five_years_on: date
    years: str
    is_over: bool
    countdown: str
    tone: str


def term_bar(starts_on: date, ends_on: date, *, today: date, is_running: bool) -> TermBar:
    """Draw a term against five years; an end on the corresponding day counts as five."""
    limit = add_years(starts_on, MAX_YEARS)
    shown = max(ends_on, limit)
    span = (shown - starts_on).days or 1

    def place(day: date) -> int:
        return min(round((day - starts_on).days * WIDTH / span), WIDTH - MARK)

    words, tone = _countdown(ends_on, today=today, is_running=is_running)
    return TermBar(
        length=WIDTH if ends_on == shown else max(place(ends_on), MARK),
        five_years=place(limit),
        today=place(today) if starts_on <= today <= shown else None,
        starts_on=starts_on,
        ends_on=ends_on,
        five_years_on=limit - ONE_DAY,
        years=whole_years(starts_on, ends_on),
        is_over=ends_on > limit,
        countdown=words,
        tone=tone,
    )


def _countdown(ends_on: date, *, today: date, is_running: bool) -> tuple[str, str]:
    left = (ends_on - today).days
    if not is_running:
        return "未在履行", "idle"
    if left < 0:
        return f"已到期 {-left} 天", "bad"
    return f"还有 {left} 天到期", "bad" if left <= 30 else "warn" if left <= 180 else "ok"
