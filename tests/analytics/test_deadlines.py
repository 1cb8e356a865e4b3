"""Deadlines as a list and as a month: one's own scope, what is late, no query that breaks."""

import re
from datetime import date, datetime

import pytest

from core.clock import SHANGHAI
from notifications import services
from notifications.enums import Topic, topic_of
from organizations import months
from organizations.months import month_of
from organizations.rules import Calendar
from tests.approvals.builders import TODAY

AT = datetime(2026, 11, 1, 9, tzinfo=SHANGHAI)


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def set_deadline(world, number: int, due_on: date, *, kind="contracts.expiry", title="合同到期"):
    return services.set_deadline(
        kind=kind, subject_id=f"00000000-0000-0000-0000-{number:012d}", case_id=None,
        title=f"{title}{number}", url="/contracts/", due_on=due_on, union=world.xian,
        venue_id=world.venue.pk, alerts=[], recipients=[], at=AT,
    )  # fmt: skip


@pytest.fixture
def due(world):
    """Yesterday, today, the ninetieth day and the day after it."""
    for number, day in enumerate(
        (date(2026, 11, 19), TODAY, date(2027, 2, 18), date(2027, 2, 19)), start=1
    ):
        set_deadline(world, number, day)
    return world


def titles(answer) -> list[str]:
    return [row["title"] for row in answer.context["page"].object_list]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 3]),
        ({"within": "all"}, [1, 2, 3, 4]),
        ({"within": "90", "state": "ahead"}, [2, 3]),
        ({"within": "all", "state": "late"}, [1]),
        ({"on": "2026-11-20"}, [2]),
        ({"text": "到期3"}, [3]),
        ({"topic": "contracts"}, [1, 2, 3]),
        ({"topic": "evaluations"}, []),
        ({"within": "x", "state": "y", "topic": "z", "on": "2026-02-30"}, [1, 2, 3]),
        ({"text": "\0"}, [1, 2, 3]),
        ({"text": "长" * 61}, [1, 2, 3]),
        ({"page": "9" * 30}, [1, 2, 3]),
    ],
)
def test_deadlines_are_found(due, log_in, query, found):
    answer = log_in(due["venue.staff"]).get("/deadlines/", query)

    assert answer.status_code == 200
    assert titles(answer) == [f"合同到期{number}" for number in found]


def test_a_foreign_city_sees_none(due, log_in):
    client = log_in(due["baoji.officer"])

    assert titles(client.get("/deadlines/?within=all")) == []
    assert "合同到期" not in words(client.get("/deadlines/?view=month&month=2026-11"))


@pytest.mark.parametrize("count", [10, 50])
@pytest.mark.parametrize("url", ["/deadlines/?within=all", "/deadlines/?view=month&month=2026-11"])
def test_deadlines_cost_the_same_for_ten_and_fifty(
    world, log_in, django_assert_num_queries, count, url
):
    for number in range(count):
        set_deadline(world, number, date(2026, 11, 1 + number % 28))
    client = log_in(world["venue.staff"])
    client.get(url)

    # session, account, posts, bell, calendar; a list also counts its rows
    with django_assert_num_queries(4 if "month" in url else 5):
        client.get(url)


def test_the_month_shows_each_day_with_what_is_late(due, log_in):
    answer = log_in(due["venue.staff"]).get("/deadlines/?view=month&month=2026-11")

    page = answer.content.decode()
    assert re.search(r'class="late"[^>]*title="合同到期1"', page)
    assert re.search(r'class=""[^>]*title="合同到期2"', page)
    assert "合同到期3" not in page
    assert (answer.context["before"], answer.context["after"]) == ("2026-10", "2026-12")


def test_a_full_day_leads_to_its_list(world, log_in):
    for number in range(1, 6):
        set_deadline(world, number, date(2026, 11, 25))
    client = log_in(world["venue.staff"])

    assert "还有 2 项" in words(client.get("/deadlines/?view=month"))
    assert len(titles(client.get("/deadlines/?on=2026-11-25"))) == 5


@pytest.mark.parametrize(
    "month", ["", "2026-13", "0000-01", "9999-12", "20261", "２０２６-11", "\0"]
)
def test_an_unknown_month_is_the_present_one(due, log_in, month):
    answer = log_in(due["venue.staff"]).get("/deadlines/", {"view": "month", "month": month})

    assert (answer.status_code, answer.context["first"]) == (200, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-01", date(2026, 1, 1)), ("1900-01", date(1900, 1, 1)), ("2200-12", date(2200, 12, 1))],
)
def test_a_month_is_read(text, first):
    assert month_of(text, default=TODAY) == first


def test_the_grid_runs_from_monday_to_sunday():
    # 1 November 2026 is a Sunday: its week begins on 26 October.
    assert months.month_range(date(2026, 11, 1)) == (date(2026, 10, 26), date(2026, 12, 6))
    assert months.previous_month(date(2026, 1, 1)) == date(2025, 12, 1)
    assert months.next_month(date(2026, 12, 1)) == date(2027, 1, 1)


def test_a_day_says_when_it_differs_from_its_weekday():
    # 2026-10-01 is a holiday on a Thursday; suppose the Saturday after it is worked.
    calendar = Calendar({date(2026, 10, 1): False, date(2026, 10, 10): True})

    grid = months.weeks(date(2026, 10, 1), [], calendar, today=TODAY)

    marks = {cell.day: cell.mark for week in grid for cell in week if cell.mark}
    assert marks == {date(2026, 10, 1): "休", date(2026, 10, 10): "班"}


@pytest.mark.parametrize(
    ("kind", "topic"),
    [
        ("approvals.countersignature", Topic.APPROVALS),
        ("contracts.expiry", Topic.CONTRACTS),
        ("supervision.report", Topic.REPORTS),
        ("supervision.rectification", Topic.RECTIFICATIONS),
        ("evaluations.evaluation", Topic.EVALUATIONS),
        ("disclosure.update", Topic.DISCLOSURE),
        ("venues.readiness", Topic.READINESS),
        ("accounts.password.reset", Topic.ACCOUNT),
        ("contractsx", None),
    ],
)
def test_every_kind_has_its_topic(kind, topic):
    assert topic_of(kind) is topic
