"""Working days by the State Council's notices, and the parameter defaults."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from organizations import services
from organizations.rules import PARAMETERS, Calendar, published_years
from regulation.register import RULES


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    with (Path(services.REFERENCE) / "cn_calendar_exceptions.csv").open(encoding="utf-8") as file:
        days = {
            date.fromisoformat(row["date"]): row["is_off"] == "0" for row in csv.DictReader(file)
        }
    return Calendar(days, published_years(days))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2024, 9, 26), 10, date(2024, 10, 15)),
        (date(2025, 1, 22), 10, date(2025, 2, 11)),
        (date(2025, 9, 26), 5, date(2025, 10, 10)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 9, 30), 10, date(2026, 10, 20)),
        (date(2023, 9, 28), 1, date(2023, 10, 7)),
    ],
)
def test_add_over_holidays(calendar, start, count, due):
    answer = calendar.add(start, count)

    assert (answer.day, answer.is_published, answer.note) == (due, True, "")
    assert calendar.between(start, due) == count
    assert calendar.between(due, start) == -count


@pytest.mark.parametrize(("year", "count"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(calendar, year, count):
    assert calendar.between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_add_into_an_unpublished_year_counts_weekdays_and_says_so(calendar):
    answer = calendar.add(date(2026, 12, 31), 15)

    assert answer.day == date(2027, 1, 21)
    assert answer.note == "节假日安排未公布"


def test_add_on_the_last_day_of_an_unpublished_year_is_published(calendar):
    assert calendar.add(date(2022, 12, 31), 1).day == date(2023, 1, 3)
    assert calendar.add(date(2022, 12, 31), 1).is_published


def test_add_nothing_stays_on_the_day(calendar):
    assert calendar.add(date(2026, 10, 1), 0).day == date(2026, 10, 1)


def test_add_refuses_a_negative_length(calendar):
    with pytest.raises(ValueError, match="negative"):
        calendar.add(date(2026, 1, 1), -1)


def test_published_years_need_the_notice_not_one_local_day(calendar):
    local = {**calendar.exceptions, date(2027, 3, 1): False}

    assert published_years(local) == {2023, 2024, 2025, 2026}


def test_between_agrees_with_counting_one_by_one(calendar):
    start = date(2023, 1, 1)

    for length in range(0, 800, 37):
        end = start + timedelta(days=length)
        counted = sum(calendar.is_workday(start + timedelta(days=n + 1)) for n in range(length))
        assert calendar.between(start, end) == counted


def test_between_counts_decades_by_weeks_as_one_by_one(calendar):
    start, end = date(1972, 3, 1), date(2026, 11, 20)
    days = (end - start).days
    counted = sum(calendar.is_workday(start + timedelta(days=n + 1)) for n in range(days))

    assert calendar.between(start, end) == counted
    assert calendar.between(end, start) == -counted


@pytest.mark.parametrize("default", PARAMETERS.values(), ids=lambda default: default.code)
def test_parameter_defaults_read_their_own_text_and_serve_a_known_rule(default):
    assert default.parse(str(default.value)) == default.value
    assert default.basis in RULES
    assert default.note == "系统默认（可由主管工会调整）"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("filing_days", "十"),
        ("filing_days", "2.5"),
        ("quorum", "0.66"),
        ("quorum", "3/2"),
        ("quorum", "0/2"),
        ("ancillary_kinds", ""),
        ("ancillary_kinds", "文印、、停车"),
        ("satisfaction_min_weight", "NaN"),
        ("satisfaction_min_weight", "四十"),
    ],
)
def test_parameter_refuses_a_value_of_another_kind(code, text):
    with pytest.raises(ValueError, match=r".*"):
        PARAMETERS[code].parse(text)


def test_parameter_values_are_the_published_defaults():
    figures = {code: default.value for code, default in PARAMETERS.items()}

    assert figures == {
        "formal_review_days": 5,
        "countersign_days": 5,
        "legal_review_days": 5,
        "meeting_days": 10,
        "reply_days": 5,
        "correction_days": 10,
        "confirmation_days": 5,
        "filing_days": 10,
        "materials_days": 1,
        "report_due_days": 15,
        "late_entry_days": 5,
        "quorum": "2/3",
        "credit_check_days": 30,
        "valuation_valid_years": 1,
        "approval_valid_months": 12,
        "disclosure_stale_days": 180,
        "rectification_days": 30,
        "satisfaction_min_weight": Decimal(40),
        "grade_excellent": Decimal(90),
        "grade_good": Decimal(80),
        "grade_pass": Decimal(60),
        "si_gate_fail": Decimal(60),
        "si_gate_pass": Decimal(70),
        "si_gate_good": Decimal(80),
        "si_gate_excellent": Decimal(85),
        "ancillary_area_cap": Decimal(10),
        "exception_alert_days": 30,
        "ancillary_kinds": "便民餐饮、饮品零食、日用品零售、文印、寄存租借、停车",
        "min_opinion_length": 10,
    }


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 10, 8), date(2026, 9, 30)),
        (date(2023, 10, 8), date(2023, 10, 7)),
    ],
)
def test_before_is_the_last_working_day(calendar, day, last):
    assert calendar.before(day) == last
