"""13.4-4: five years by the calendar, both days included."""

from datetime import date

import pytest

from approvals.rules.term import Term, TermVerdict, joined_term, judge_term, whole_years


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "verdict"),
    [
        ("2024-03-01", "2029-02-28", TermVerdict.WITHIN),
        ("2024-02-29", "2029-02-27", TermVerdict.WITHIN),  # clamped to 28 February
        ("2025-01-01", "2029-12-31", TermVerdict.WITHIN),
        ("2024-03-01", "2029-03-01", TermVerdict.WITHIN_BY_CORRESPONDING_DAY),
        ("2024-02-29", "2029-02-28", TermVerdict.WITHIN_BY_CORRESPONDING_DAY),
        ("2025-01-01", "2030-01-01", TermVerdict.WITHIN_BY_CORRESPONDING_DAY),
        ("2024-03-01", "2029-03-02", TermVerdict.OVER),
        ("2024-02-29", "2029-03-01", TermVerdict.OVER),
        ("2025-01-01", "2030-01-02", TermVerdict.OVER),
        ("2025-01-01", "2025-01-01", TermVerdict.WITHIN),
    ],
)
def test_five_years_are_counted_by_the_calendar(starts_on, ends_on, verdict):
    assert judge_term(date.fromisoformat(starts_on), date.fromisoformat(ends_on)) is verdict


def test_a_shorter_limit_counts_alike():
    day = date(2026, 12, 1)

    assert judge_term(day, date(2029, 11, 30), max_years=3) is TermVerdict.WITHIN
    assert judge_term(day, date(2029, 12, 2), max_years=3) is TermVerdict.OVER


def term(starts_on: str, ends_on: str) -> Term:
    return Term(date.fromisoformat(starts_on), date.fromisoformat(ends_on))


def test_renewals_add_up():
    first, second = term("2020-01-01", "2022-12-31"), term("2023-01-01", "2025-12-31")

    joined = joined_term(term("2026-01-01", "2026-12-31"), [first, second])

    assert joined == term("2020-01-01", "2026-12-31")
    assert judge_term(joined.starts_on, joined.ends_on) is TermVerdict.OVER


def test_a_gap_of_a_day_does_not_join():
    earlier = term("2020-01-01", "2025-12-30")

    assert joined_term(term("2026-01-01", "2026-12-31"), [earlier]).starts_on == date(2026, 1, 1)


def test_a_long_contract_joins_though_a_shorter_one_ends_between():
    long, short = term("2020-01-01", "2025-12-31"), term("2021-01-01", "2021-12-31")

    joined = joined_term(term("2026-01-01", "2026-12-31"), [short, long])

    assert joined.starts_on == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2026-12-01", "2029-11-30", "3年"),
        ("2024-02-29", "2029-02-27", "5年"),
        ("2025-01-01", "2029-06-30", "4年6个月"),
        ("2025-01-01", "2028-01-20", "3年（另20天）"),
        ("2025-01-01", "2025-01-10", "10天"),
    ],
)
def test_a_term_in_words(starts_on, ends_on, words):
    assert whole_years(date.fromisoformat(starts_on), date.fromisoformat(ends_on)) == words
