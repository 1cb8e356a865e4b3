"""The road of a record as a table: its acts, whose turn it is, the steps its page shows. Pure.

One table per kind of record answers three questions: a service asks whether an act may be
done now, a page asks what is next and who holds it, the documents draw the diagram.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices


class Side(TextChoices):
    """Who does an act, as pages say it."""

    VENUE = "venue", "阵地"
    DEPARTMENT = "department", "资产监管部门"
    SECOND = "second", "资产监管部门另一位负责人"
    COUNTERSIGNERS = "countersigners", "会签部门"
    COUNSEL = "counsel", "法律顾问"
    SECRETARY = "secretary", "会议秘书"
    LEADER = "leader", "分管领导"
    DESK = "desk", "办理环节"
    ASKING_DESK = "asking_desk", "提出条件的部门"
    ASKED = "asked", "被征求人、被委派人"
    OWNER = "owner", "责任部门或者阵地"
    OPENER = "opener", "提出人或者资产监管部门"
    PRINCIPAL = "principal", "委托人"
    PUBLISHER = "publisher", "分管领导或者另一位部长"
    ANYONE = "anyone", "有关各方"
    SYSTEM = "system", "系统"
    NOBODY = "nobody", "无待办"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: from which states, to which, by whom, and the checks it is held against."""

    name: str
    label: str
    sources: tuple[TextChoices, ...]
    targets: tuple[TextChoices, ...]
    side: Side
    checks: tuple[Callable[..., Any], ...] = ()
    is_turn: bool = True  # someone is waited for; otherwise it may be done and need not


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One step of the road as a page draws it, and the states in which it is being done."""

    label: str
    states: tuple[TextChoices, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is next and whose it is."""

    label: str
    side: Side

    def who(self, *, venue: str, union: str) -> str:
        """Whose turn it is, with the names of the venue and of its union."""
        return venue if self.side is Side.VENUE else f"{union}{self.side.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The whole road of one kind of record."""

    states: type[TextChoices]
    acts: tuple[Act, ...]
    stops: tuple[Stop, ...]
    failed: frozenset[str] = frozenset()  # states in which the last step has gone wrong

    def allows(self, name: str, state: str) -> bool:
        """Whether the act may be done in this state; an act the table lacks is a mistake."""
        found = [act for act in self.acts if act.name == name]
        if not found:
            raise LookupError(name)
        return any(state in act.sources for act in found)

    def turn(self, state: str) -> Turn | None:
        """The act this state waits for, or None when it waits for nobody."""
        for act in self.acts:
            if act.is_turn and state in act.sources:
                return Turn(label=act.label, side=act.side)
        return None

    def ends(self) -> Collection[str]:
        """States that wait for nobody."""
        return [one.value for one in self.states if self.turn(one.value) is None]

    def steps(self, state: str) -> list[dict[str, str]]:
        """The steps for `<c-steps>`: done before the present one, to do after it."""
        here = next((n for n, stop in enumerate(self.stops) if state in stop.states), 0)
        present = "bad" if state in self.failed else "done" if state in self.ends() else "now"
        return [
            {"label": stop.label, "state": "done" if n < here else "todo" if n > here else present}
            for n, stop in enumerate(self.stops)
        ]

    def arrows(self) -> Iterable[tuple[str, str, str]]:
        """Every transition: source, target, what the act is called."""
        for act in self.acts:
            for source in act.sources:
                for target in act.targets:
                    yield source.value, target.value, act.label
