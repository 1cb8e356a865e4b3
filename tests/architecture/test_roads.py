"""Every record that goes from state to state has its table, and a page made from it."""

import re

import pytest

from approvals.enums import Stage
from approvals.rules import procedure as plan
from approvals.rules.detours import passed_nodes, reaches_back
from approvals.rules.route import Route
from contracts.enums import ContractState
from contracts.rules import procedure as contract
from tests.architecture.roads import roads, states
from tests.architecture.tree import ROOT

STATES = tuple(states())
PAGES = sorted((ROOT / "docs/procedures").glob("*.md"))
# Their tables came before `core.procedure` and are of their own kind.
OF_THEIR_OWN = {Stage: plan.PROCEDURE, ContractState: contract.PROCEDURE}
# The end of a contract is not on the road yet.
AHEAD = {ContractState: {"terminating", "expired", "terminated"}}
ROUTE = Route(
    countersigners=(), bodies=("party_group",), formal_review_days=1, countersign_days=1,
    legal_review_days=1, fixed_by="", leader_days=1,
)  # fmt: skip


def rows_of(text: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^\| (\S+) \(`(\w+)`\) \|", text, re.MULTILINE))


def rows_for(enum) -> set[tuple[str, str]]:
    return {(one.label, one.value) for one in enum if one.value not in AHEAD.get(enum, ())}


def test_the_enums_are_found():
    names = {one.__name__ for one in states()}

    assert {"Stage", "TaskStatus", "ResolutionState", "ConditionState", "AmendmentState"} < names


@pytest.mark.parametrize("enum", STATES, ids=lambda enum: enum.__name__)
def test_every_state_enum_has_a_table(enum):
    assert enum in {road.states for road in roads()} | set(OF_THEIR_OWN)


@pytest.mark.parametrize("enum", STATES, ids=lambda enum: enum.__name__)
def test_every_state_enum_has_a_page(enum):
    assert [page.stem for page in PAGES if rows_of(page.read_text()) == rows_for(enum)] != []


def test_a_page_that_lacks_a_state_is_none():
    text = (ROOT / "docs/procedures/condition.md").read_text()
    (enum,) = (one for one in states() if one.__name__ == "ConditionState")

    assert rows_of(text) == rows_for(enum)
    assert rows_of(text.replace("(`met`)", "`met`")) != rows_for(enum)


def test_a_plan_goes_back_to_the_desks_it_has_passed():
    assert passed_nodes(ROUTE, Stage.FORMAL_REVIEW) == []
    assert passed_nodes(ROUTE, Stage.LEGAL_REVIEW) == ["formal_review", "countersignature"]
    assert passed_nodes(ROUTE, Stage.RETURNED) == []


@pytest.mark.parametrize(
    ("stage", "node", "reaches"),
    [
        (Stage.FORMAL_REVIEW, "formal_review", True),
        (Stage.COUNTERSIGNING, "formal_review", True),
        (Stage.LEGAL_REVIEW, "formal_review", False),
        (Stage.PARTY_GROUP, "leader_signoff", True),
        (Stage.REPLYING, "leader_signoff", False),
        (Stage.RETURNED, "formal_review", False),
    ],
)
def test_an_opinion_is_taken_back_from_the_next_step_at_most(stage, node, reaches):
    assert reaches_back(ROUTE, stage, node) is reaches


@pytest.mark.parametrize(
    "arrow",
    [
        "legal_review --> countersigning: 退回已走过的环节（逐级重走或者直送）",
        "countersigning --> legal_review: 重新办理后直送退回人",
        "party_group --> leader_signoff: 取回分管领导签批意见",
        "replying --> suspended: 中止办理",
        "suspended --> replying: 恢复办理",
    ],
)
def test_the_page_of_a_plan_draws_the_ways_off_the_road(arrow):
    assert f"    {arrow}\n" in (ROOT / "docs/procedures/plan.md").read_text()


def test_nothing_goes_back_to_a_desk_that_is_ahead():
    text = (ROOT / "docs/procedures/plan.md").read_text()

    assert "countersigning --> legal_review: 退回" not in text
    assert (
        "upward --> legal_review: 退回" not in text
    )  # what the higher union says goes to the venue
