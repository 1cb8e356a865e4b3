"""Counting against a plain reference: every order of every vote of up to six departments."""

from fractions import Fraction
from itertools import permutations, product

import pytest

from approvals.enums import Counting
from approvals.rules.counting import (
    Mark,
    SigningGroup,
    Verdict,
    spoken_after,
    standing_of,
    verdict_of,
)

SIZES = range(1, 7)
ENDED = (Verdict.PASSED, Verdict.DISPUTED)


def every_vote(size: int):
    """Every sequence of words, from none to everybody's, in every order."""
    for length in range(size + 1):
        yield from product(Mark, repeat=length)


def reaches(size: int, need: int, marks: tuple[Mark, ...]) -> bool:
    """赞成/应签 ≥ t as the design page says it, in fractions."""
    asked = size - marks.count(Mark.RECUSED)
    return asked > 0 and Fraction(marks.count(Mark.FOR), asked) >= Fraction(need, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("counting", Counting.WHOLE)
def test_all_wait_for_everybody(counting, size):
    for marks in every_vote(size):
        found = verdict_of(Counting(counting), size=size, need=0, marks=marks)
        if len(marks) < size:
            assert found is Verdict.OPEN
        else:
            assert found is (Verdict.DISPUTED if Mark.AGAINST in marks else Verdict.PASSED)


@pytest.mark.parametrize("size", SIZES)
def test_any_ends_with_the_first_decision(size):
    for marks in every_vote(size):
        decisions = [one for one in marks if one in (Mark.FOR, Mark.AGAINST)]
        if decisions:
            expected = Verdict.PASSED if decisions[0] is Mark.FOR else Verdict.DISPUTED
        else:
            expected = Verdict.OPEN if len(marks) < size else Verdict.DISPUTED
        assert verdict_of(Counting.ANY, size=size, need=0, marks=marks) is expected


@pytest.mark.parametrize("size", SIZES)
def test_a_share_passes_when_reached_and_fails_only_when_nobody_left_can_reach_it(size):
    """The reference tries every way in which the silent could still speak."""
    for need in range(1, size + 1):
        passing = {
            marks: reaches(size, need, marks) for marks in every_vote(size)
        }  # fmt: skip
        hopeful = {
            marks[:length]
            for marks, passes in passing.items()
            if passes
            for length in range(len(marks) + 1)
        }
        for marks, passes in passing.items():
            found = verdict_of(Counting.RATIO, size=size, need=need, marks=marks)
            if passes:
                assert found is Verdict.PASSED, (need, marks)
            elif marks in hopeful:
                assert found is Verdict.OPEN, (need, marks)
            else:
                assert found is Verdict.DISPUTED, (need, marks)


@pytest.mark.parametrize("size", range(1, 5))
@pytest.mark.parametrize("counting", [Counting.ALL, Counting.RATIO])
def test_the_order_of_the_same_words_changes_nothing_in_the_end(counting, size):
    need = size // 2 + 1
    for marks in product(Mark, repeat=size):
        ends = {
            verdict_of(counting, size=size, need=need, marks=[marks[place] for place in order])
            for order in permutations(range(size))
        }
        assert len(ends) == 1


NAMES = ("office", "rights", "publicity")


def test_in_sequence_one_speaks_after_another():
    group = SigningGroup(NAMES, Counting.SEQUENCE)

    assert standing_of(group, []).turns == ("office",)
    assert standing_of(group, [("office", Mark.AGAINST)]).turns == ("rights",)
    said = [(name, Mark.FOR) for name in NAMES]
    assert standing_of(group, said).verdict is Verdict.PASSED
    assert spoken_after(group, "office", said[:2])
    assert not spoken_after(group, "rights", said[:2])
    assert not spoken_after(SigningGroup(NAMES), "office", said)


def test_the_others_turn_is_over_when_one_decides():
    group = SigningGroup(NAMES, Counting.ANY)

    assert standing_of(group, [("rights", Mark.ABSTAIN)]).turns == ("office", "publicity")
    found = standing_of(group, [("rights", Mark.ABSTAIN), ("office", Mark.FOR)])
    assert (found.verdict, found.turns, found.over) == (Verdict.PASSED, (), ("publicity",))


def test_what_others_say_does_not_count_in_a_group():
    group = SigningGroup(NAMES, Counting.ANY)

    assert standing_of(group, [("finance", Mark.FOR)]).verdict is Verdict.OPEN
