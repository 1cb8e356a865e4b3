"""What is inserted into an opinion helps to write it and never stands in for it."""

import pytest

from approvals.enums import Node, Outcome
from approvals.rules.phrases import (
    CLAUSES,
    PHRASES,
    USUAL_CLAUSES,
    USUAL_PHRASES,
    clauses_for,
    own_words,
    phrases_for,
)
from core.errors import ActionBlocked
from organizations.enums import DepartmentKind
from regulation.register import RULES
from tests.approvals import walk

DESKS = {*Node.values, *DepartmentKind.values}


def test_every_offer_is_of_a_desk_and_every_clause_of_the_register():
    assert set(CLAUSES) | set(PHRASES) <= DESKS
    assert {code for codes in (*CLAUSES.values(), USUAL_CLAUSES) for code in codes} <= set(RULES)


def test_a_department_without_its_own_list_is_offered_the_usual_one():
    assert clauses_for(Node.COUNTERSIGNATURE, "publicity") == USUAL_CLAUSES
    assert phrases_for(Node.COUNTERSIGNATURE, "publicity") == USUAL_PHRASES
    assert phrases_for(Node.LEGAL_REVIEW, "") == PHRASES[Node.LEGAL_REVIEW]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("（第十三条（四））", ""),
        ("（第十七条）测算依据须补充：", ""),
        ("（第十八条第二款）\n廉政风险点在于：", ""),
        ("测算依据须补充：第三年客流没有依据。", "第三年客流没有依据。"),
        ("依照（第十三条（四））重写退出条款。", "依照重写退出条款。"),
    ],
)
def test_only_the_own_words_count(text, own):
    assert own_words(text) == own


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_citation_of_any_clause_is_known_as_one(rule):
    assert own_words(f"（{rule.basis}）") == ""


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.DISAGREE])
def test_phrases_alone_are_no_reason(world, submitted, outcome):
    walk.accept(world, submitted)
    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
    inserted = "".join(phrases_for(task.node, "finance")) + "（第十三条（四））" * 3

    with pytest.raises(ActionBlocked, match="不计入字数"):
        walk.sign(world, task, "cosign.finance", outcome, text=inserted, points=["补测算"])

    walk.sign(
        world, task, "cosign.finance", outcome, text=f"{inserted}第三年客流没有依据。",
        points=["补测算"],
    )  # fmt: skip


def test_agreeing_in_a_phrase_is_enough(world, submitted):
    walk.accept(world, submitted, text=PHRASES[Node.FORMAL_REVIEW][0])


def test_every_list_begins_with_agreeing():
    assert all("同意" in phrases[0] for phrases in (*PHRASES.values(), USUAL_PHRASES))
