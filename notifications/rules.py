"""When something is due, when to try again, what an alert says. Pure."""

from datetime import date, timedelta

LEASE = timedelta(seconds=60)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
MAX_ATTEMPTS = 8
CLOCK_WENT_BACK = timedelta(hours=1)  # a lease that ends later than this was taken by another clock


def retry_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: one minute doubling, at most an hour."""
    return min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)


def is_given_up(attempts: int) -> bool:
    """Whether no further attempt is made by itself."""
    return attempts >= MAX_ATTEMPTS


def relevant_days(days: list[date], *, today: date) -> list[date]:
    """The alert days that still mean something when a deadline is set today.

    Of the days already past only the last one is kept, and fires at once: a contract
    entered 40 days before its end needs the word of day 60, not those of 180 and 90.
    """
    past = [day for day in days if day < today]
    return sorted({day for day in days if day >= today} | ({max(past)} if past else set()))


def days_left(due_on: date, *, today: date) -> str:
    """The distance to the due day in words; the due day itself still counts."""
    left = (due_on - today).days
    if left > 0:
        return f"距到期还有 {left} 天"
    return "今天到期" if left == 0 else f"已超期 {-left} 天"
