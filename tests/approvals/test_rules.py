"""The route, its floor, and which row of the matrix a plan goes by."""

from datetime import date
from decimal import Decimal

import pytest

from approvals.enums import Counting, RouteCode, Stage
from approvals.rules.counting import SigningGroup
from approvals.rules.floor import RowFacts, below_floor
from approvals.rules.route import Route, stage_after, stages_of
from approvals.rules.selecting import Matter, RowTest, choose, code_for, consider

FOUR = ("personnel", "discipline", "finance", "fund_review")
ROUTE = Route(
    countersigners=FOUR, bodies=("party_group", "chairs_office"), formal_review_days=5,
    countersign_days=5, legal_review_days=3, fixed_by="党组 2026 年第 2 次会议",
)  # fmt: skip


def test_the_stages_follow_the_bodies():
    assert stages_of(ROUTE) == (
        Stage.FORMAL_REVIEW,
        Stage.COUNTERSIGNING,
        Stage.LEGAL_REVIEW,
        Stage.PARTY_GROUP,
        Stage.CHAIRS_OFFICE,
        Stage.REPLYING,
    )
    assert stage_after(ROUTE, Stage.LEGAL_REVIEW) is Stage.PARTY_GROUP
    assert stage_after(ROUTE, Stage.REPLYING) is Stage.APPROVED


def test_the_leader_signs_before_the_meetings_and_the_higher_union_answers_after_them():
    route = Route.from_json(ROUTE.as_json() | {"leader_days": 2, "upward_days": 20})

    assert stage_after(route, Stage.LEGAL_REVIEW) is Stage.LEADER_SIGNOFF
    assert stage_after(route, Stage.LEADER_SIGNOFF) is Stage.PARTY_GROUP
    assert stage_after(route, Stage.CHAIRS_OFFICE) is Stage.UPWARD
    assert stage_after(route, Stage.UPWARD) is Stage.REPLYING


def test_a_route_is_pinned_and_read_back():
    groups = (SigningGroup(FOUR), SigningGroup(("office", "rights"), Counting.RATIO, 2))
    route = Route.from_json(ROUTE.as_json() | {"groups": [one.as_json() for one in groups]})

    assert Route.from_json(ROUTE.as_json()) == ROUTE
    assert route.groups == groups
    assert Route.from_json(route.as_json()) == route


def test_a_route_pinned_before_there_were_groups_is_still_read():
    names = (
        "countersigners", "bodies", "formal_review_days", "countersign_days",
        "legal_review_days", "fixed_by", "matrix_row",
    )  # fmt: skip
    kept = ROUTE.as_json()

    assert Route.from_json({name: kept[name] for name in names}) == ROUTE


ROW = {
    "plan_kind": "operation_plan", "is_major": None, "code": RouteCode.ORDINARY,
    "groups": (SigningGroup(FOUR),), "bodies": ("party_group", "chairs_office"),
    "one_body_reason": "", "days": (5, 5, 3), "has_record": True, "fixed_on": date(2026, 1, 5),
    "valid_from": date(2026, 1, 5),
}  # fmt: skip


def floor(**changes) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in below_floor(RowFacts(**ROW | changes))]


def groups(*added: SigningGroup) -> tuple[SigningGroup, ...]:
    return (SigningGroup(FOUR), *added)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"groups": (SigningGroup((*FOUR, "office")),)},
        {"groups": (SigningGroup(FOUR, Counting.SEQUENCE),)},
        {"groups": groups(SigningGroup(("office", "rights"), Counting.ANY))},
        {"groups": groups(SigningGroup(("office", "rights", "publicity"), Counting.RATIO, 2))},
        {"bodies": ("chairs_office", "party_group")},
        {"bodies": ("party_group",), "one_body_reason": "党组授权。"},
        {"amount_figure": "partner_investment", "amount_over": Decimal(10)},
        {"years_over": 3, "years_upto": 5},
        {"code": RouteCode.PROV_DIRECT_27, "is_major": True, "is_province": True},
    ],
)
def test_a_row_on_the_floor_stands(changes):
    assert floor(**changes) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"has_record": False}, [("fixed_by", "13-3-3")]),
        ({"valid_from": date(2026, 1, 4)}, [("valid_from", "13-3-3")]),
        ({"groups": (SigningGroup(FOUR[:3]),)}, [("countersigners", "16-1")]),
        (
            {"groups": (SigningGroup(FOUR[:3]), SigningGroup(FOUR[3:]), SigningGroup(FOUR[3:]))},
            [("group_departments", "16-1")],
        ),
        ({"groups": (SigningGroup(FOUR, Counting.ANY),)}, [("group_counting", "16-1")]),
        (
            {"groups": (SigningGroup(FOUR[:3]), SigningGroup((FOUR[3], "office"), Counting.ANY))},
            [("group_counting", "16-1")],
        ),
        ({"groups": groups(SigningGroup(("office",), Counting.ANY))}, [("group_departments", "16-1")]),
        ({"groups": groups(SigningGroup(()))}, [("group_departments", "16-1")]),
        (
            {"groups": groups(SigningGroup(("office", "rights"), Counting.RATIO, 1))},
            [("group_need", "16-1")],
        ),
        (
            {"groups": groups(SigningGroup(("office", "rights"), Counting.RATIO, 3))},
            [("group_need", "16-1")],
        ),
        ({"bodies": ()}, [("bodies", "18-3")]),
        ({"bodies": (), "plan_kind": "overall_plan"}, [("bodies", "13-3-2")]),
        ({"bodies": ("venue_board",)}, [("bodies", "13-3-1")]),
        ({"bodies": ("party_group", "party_group")}, [("bodies", "13-3-1")]),
        ({"bodies": ("party_group",)}, [("one_body_reason", "13-3-1")]),
        ({"days": (5, 0, 3)}, [("formal_review_days", "13-3-3")]),
        ({"amount_over": Decimal(10)}, [("amount_figure", "13-3-3")]),
        ({"amount_figure": "expected_income"}, [("amount_over", "13-3-3")]),
        (
            {
                "amount_figure": "expected_income", "amount_over": Decimal(10),
                "amount_upto": Decimal(10),
            },
            [("amount_upto", "13-3-3")],
        ),
        ({"years_over": 5, "years_upto": 5}, [("years_upto", "13-3-3")]),
        ({"code": RouteCode.PROV_DIRECT_27, "is_major": True}, [("code", "13-2-3")]),
        ({"code": RouteCode.PROV_DIRECT_27, "is_province": True}, [("is_major", "13-2-3")]),
    ],
)  # fmt: skip
def test_a_row_below_the_floor_is_refused(changes, found):
    assert floor(**changes) == found


def row(key: str, **conditions) -> RowTest:
    fields = {"plan_kind": "operation_plan", "valid_from": date(2026, 1, 1), "order": 1}
    return RowTest(key=key, **fields | conditions)


MATTER = Matter(
    plan_kind="operation_plan", mode="external", is_major=True,
    amounts={"partner_investment": Decimal(2_000_000), "expected_income": None},
    starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31),
)  # fmt: skip
OVER_100 = {"amount_figure": "partner_investment", "amount_over": Decimal(1_000_000)}


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({}, {"mode": "external"}),
        ({"mode": "external"}, {"mode": "external", "is_major": True}),
        ({"mode": "external"}, {"is_major": True, **OVER_100}),
        ({"mode": "external"}, {"is_major": True}),
        (OVER_100, {"is_major": True}),
        ({"years_over": 1}, OVER_100),
        ({"mode": "external"}, {"years_over": 1}),
        (OVER_100, OVER_100 | {"amount_over": Decimal(1_500_000)}),
        (OVER_100, OVER_100 | {"amount_upto": Decimal(3_000_000)}),
        ({"years_over": 1}, {"years_over": 2}),
        ({}, {"valid_from": date(2026, 2, 1)}),
        ({}, {"order": 2}),
    ],
)
def test_the_more_specific_row_wins_in_whichever_order_they_stand(less, more):
    rows = [row("less", **less), row("more", **more)]

    assert choose(rows, MATTER).key == "more"
    assert choose(rows[::-1], MATTER).key == "more"


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"mode": "internal"}, False),
        ({"is_major": False}, False),
        ({"plan_kind": "overall_plan"}, False),
        ({"code": RouteCode.PROV_DIRECT_27}, False),
        ({"amount_figure": "partner_investment", "amount_over": Decimal(2_000_000)}, False),
        ({"amount_figure": "partner_investment", "amount_over": Decimal("1999999.99")}, True),
        ({"amount_figure": "partner_investment", "amount_upto": Decimal(2_000_000)}, True),
        ({"amount_figure": "partner_investment", "amount_upto": Decimal("1999999.99")}, False),
        ({"amount_figure": "expected_income", "amount_over": Decimal(0)}, False),
        ({"years_over": 3}, False),  # three years to the day are not more than three
        ({"years_upto": 3}, True),
        ({"years_over": 2}, True),
        ({"years_upto": 2}, False),
    ],
)
def test_a_row_fits_or_says_which_condition_fails(conditions, fits):
    found = consider(row("one", **conditions), MATTER)

    assert found.fits is fits
    assert [one.is_met for one in found.points].count(False) == (0 if fits else 1)


def test_what_is_not_answered_fits_no_row_that_asks_for_it():
    unanswered = Matter(plan_kind="operation_plan", mode="external", is_major=None, amounts={})
    asking = ({"is_major": True}, {"is_major": False}, OVER_100, {"years_upto": 3})

    assert not any(consider(row("one", **asked), unanswered).fits for asked in asking)
    assert choose([row("one", **asked) for asked in asking], unanswered) is None


@pytest.mark.parametrize(
    ("direct", "major", "code"),
    [
        (True, True, RouteCode.PROV_DIRECT_27),
        (True, False, RouteCode.ORDINARY),
        (True, None, RouteCode.ORDINARY),
        (False, True, RouteCode.ORDINARY),
    ],
)
def test_only_a_major_matter_of_the_provinces_own_units_goes_by_article_27(direct, major, code):
    assert code_for(is_province_direct=direct, is_major=major) is code
