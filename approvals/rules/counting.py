"""How the countersignatures of a group of departments are counted. Pure.

All: everybody speaks, at once or one after another. Any (或签): the first decision wins, the
others' turn is over. Ratio (票签): so many of the group agree; it fails early only when the
share can no longer be reached. Who abstains (保留意见) stays in the denominator, who stands
aside (回避) leaves it. Completed is not approved: a group that ends otherwise is disputed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from approvals.enums import Counting


class Mark(StrEnum):
    """What one department's word counts as."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    RECUSED = "recused"


class Verdict(StrEnum):
    """How a group stands."""

    OPEN = "open"
    PASSED = "passed"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class SigningGroup:
    """Departments that sign together, and how their words are counted."""

    departments: tuple[str, ...]
    counting: Counting = Counting.ALL
    need: int = 0  # of a ratio: so many of all

    def as_json(self) -> dict:
        return {
            "departments": list(self.departments),
            "counting": self.counting.value,
            "need": self.need,
        }

    @classmethod
    def from_json(cls, kept: dict) -> "SigningGroup":
        return cls(tuple(kept["departments"]), Counting(kept["counting"]), kept["need"])


def verdict_of(counting: Counting, *, size: int, need: int, marks: Sequence[Mark]) -> Verdict:
    """How a group of `size` stands after these words, in the order they were given."""
    if counting is Counting.ANY:
        return _first_decision(size, marks)
    if counting is Counting.RATIO:
        return _share(size, need, marks)
    if len(marks) < size:
        return Verdict.OPEN
    return Verdict.DISPUTED if Mark.AGAINST in marks else Verdict.PASSED


def _first_decision(size: int, marks: Sequence[Mark]) -> Verdict:
    for mark in marks:
        if mark is Mark.FOR:
            return Verdict.PASSED
        if mark is Mark.AGAINST:
            return Verdict.DISPUTED
    return Verdict.OPEN if len(marks) < size else Verdict.DISPUTED


def _share(size: int, need: int, marks: Sequence[Mark]) -> Verdict:
    """赞成/应签 ≥ need/size, in whole numbers.

    Nobody who has not spoken helps more than by agreeing: standing aside lowers the
    denominator by one, agreeing raises the share at least as much.
    """
    agreed = marks.count(Mark.FOR)
    asked = size - marks.count(Mark.RECUSED)
    left = size - len(marks)
    if asked and agreed * size >= need * asked:
        return Verdict.PASSED
    if not asked or (agreed + left) * size < need * asked:
        return Verdict.DISPUTED
    return Verdict.OPEN


@dataclass(frozen=True, slots=True)
class Standing:
    """A group after what was said so far: whose turn it is, whose turn is over without a word."""

    verdict: Verdict
    turns: tuple[str, ...]
    over: tuple[str, ...]


def standing_of(group: SigningGroup, spoken: Sequence[tuple[str, Mark]]) -> Standing:
    """How a group stands; `spoken` is who said what, in order. Words of others do not count."""
    own = [(who, mark) for who, mark in spoken if who in group.departments]
    verdict = verdict_of(
        group.counting,
        size=len(group.departments),
        need=group.need,
        marks=[mark for _, mark in own],
    )
    silent = tuple(one for one in group.departments if one not in dict(own))
    if verdict is not Verdict.OPEN:
        return Standing(verdict, (), silent)
    return Standing(verdict, silent[:1] if group.counting is Counting.SEQUENCE else silent, ())


def spoken_after(group: SigningGroup, who: str, spoken: Sequence[tuple[str, Mark]]) -> bool:
    """Whether somebody later in a sequence has already spoken on the strength of this word."""
    if group.counting is not Counting.SEQUENCE or who not in group.departments:
        return False
    later = group.departments[group.departments.index(who) + 1 :]
    return any(one in later for one, _ in spoken)
