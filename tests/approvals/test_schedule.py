"""When a submitted plan should be through: working days counted by hand."""

from datetime import date
from decimal import Decimal

from approvals.enums import Stage
from approvals.rules.route import Route
from approvals.rules.schedule import legs_of, stops_of
from organizations.rules import SYSTEM_DEFAULT, Calendar, ParameterValue

NEW_YEAR = Calendar({date(2027, 1, 1): False}, frozenset({2026, 2027}))
ROUTE = Route(
    countersigners=("personnel", "discipline", "finance", "fund_review"),
    bodies=("party_group", "chairs_office"),
    formal_review_days=5,
    countersign_days=5,
    legal_review_days=3,
    fixed_by="党组 2026 年第 2 次会议",
)


def days(value, source=SYSTEM_DEFAULT):
    return ParameterValue(
        code="x", label="", value=value, unit="个工作日", basis="13-3-1", source=source
    )


def test_each_step_follows_the_one_before():
    """Submitted on Friday 2026-11-20.

    5 → Fri 11-27, 5 → Fri 12-04, 3 → Wed 12-09, 10 → Wed 12-23, 10 with New Year's Day off
    → Thu 2027-01-07, 5 → Thu 01-14.
    """
    legs = legs_of(ROUTE, meeting=days(10), reply=days(5))

    stops = stops_of(legs, start=date(2026, 11, 20), calendar=NEW_YEAR)

    assert [(stop.leg.label, stop.day.isoformat()) for stop in stops] == [
        ("形式审查", "2026-11-27"),
        ("会签", "2026-12-04"),
        ("法律审核", "2026-12-09"),
        ("党组会议", "2026-12-23"),
        ("主席办公会议", "2027-01-07"),
        ("批复", "2027-01-14"),
    ]


def test_only_what_nobody_fixed_is_called_a_default():
    legs = legs_of(ROUTE, meeting=days(10), reply=days(3, "西安市总工会 2026 年 8 号文"))

    assert {leg.stage: leg.is_default for leg in legs} == {
        Stage.FORMAL_REVIEW: False,
        Stage.COUNTERSIGNING: False,
        Stage.LEGAL_REVIEW: False,
        Stage.PARTY_GROUP: True,
        Stage.CHAIRS_OFFICE: True,
        Stage.REPLYING: False,
    }


def test_a_route_with_one_meeting_is_shorter():
    one = Route.from_json(ROUTE.as_json() | {"bodies": ["party_group"]})

    stops = stops_of(
        legs_of(one, meeting=days(Decimal(10)), reply=days(5)),
        start=date(2026, 11, 20),
        calendar=NEW_YEAR,
    )

    assert stops[-1].day == date(2026, 12, 30)


def test_a_year_whose_holidays_are_not_known_is_said():
    unknown = Calendar({}, frozenset({2026}))

    stops = stops_of(
        legs_of(ROUTE, meeting=days(10), reply=days(5)), start=date(2026, 11, 20), calendar=unknown
    )

    assert [bool(stop.note) for stop in stops] == [False, False, False, False, True, True]
    assert stops[-1].note == "节假日安排未公布"
