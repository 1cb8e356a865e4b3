"""Waiting times, relevant days, words."""

from datetime import date, timedelta

import pytest

from notifications import rules


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60)]
)
def test_retry_waits_double_up_to_an_hour(attempts, minutes):
    assert rules.retry_after(attempts) == timedelta(minutes=minutes)


def test_the_eighth_attempt_is_the_last():
    assert [n for n in range(1, 10) if rules.is_given_up(n)] == [8, 9]


def test_of_past_days_only_the_last_is_relevant():
    days = [date(2026, 7, 1), date(2026, 10, 1), date(2026, 11, 20), date(2027, 1, 1)]

    kept = rules.relevant_days(days, today=date(2026, 11, 20))

    assert kept == [date(2026, 10, 1), date(2026, 11, 20), date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 19), "距到期还有 1 天"),
        (date(2026, 11, 20), "今天到期"),
        (date(2026, 11, 21), "已超期 1 天"),
    ],
)
def test_days_left_counts_the_due_day_as_still_in_time(today, words):
    assert rules.days_left(date(2026, 11, 20), today=today) == words
