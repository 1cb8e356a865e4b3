"""The route and its floor."""

import pytest

from approvals.enums import Stage
from approvals.rules.route import Route, below_floor, stage_after, stages_of

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


def test_a_route_is_pinned_and_read_back():
    assert Route.from_json(ROUTE.as_json()) == ROUTE


def floor(**changes) -> list[str]:
    row = {
        "plan_kind": "operation_plan", "is_major": None, "countersigners": FOUR,
        "bodies": ("party_group",), "days": (5, 5, 3), "fixed_by": "党组会议",
    }  # fmt: skip
    return [one.field for one in below_floor(**row | changes)]


def test_a_row_on_the_floor_stands():
    assert floor() == []
    assert floor(countersigners=(*FOUR, "office")) == []


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"fixed_by": "  "}, ["fixed_by"]),
        ({"countersigners": FOUR[:3]}, ["countersigners"]),
        ({"bodies": ()}, ["bodies"]),
        ({"bodies": (), "plan_kind": "overall_plan"}, ["bodies"]),
        ({"bodies": ("party_group", "party_group")}, ["bodies"]),
        ({"bodies": ("office",)}, ["bodies"]),
        ({"days": (5, 0, 3)}, ["formal_review_days"]),
    ],
)
def test_a_row_below_the_floor_is_refused(changes, fields):
    assert floor(**changes) == fields
