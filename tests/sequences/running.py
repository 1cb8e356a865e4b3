"""Random sequences of commands on the services and on the model; `run` is what counts them."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from core import clock
from organizations.selectors import forget_working_days
from tests.sequences.choosing import next_command
from tests.sequences.driving import Broken, Command, Sequence
from tests.sequences.invariants import Watch, at_the_end
from tests.sequences.model import ENDED, MANAGER
from tests.sequences.shapes import LEADER, LEGAL, SHAPES
from tests.sequences.world import build_province

LENGTH = 14  # commands of a sequence, counted from where it starts
WORLD_LASTS = 240  # sequences on one world: what is rolled back still lies in the tables
STARTS = ("decided", "countersigning", "meeting")


@dataclass
class Report:
    """How many sequences and commands ran, and every one that broke something."""

    run: int = 0
    commands: int = 0
    refused: int = 0
    verbs: set[str] = field(default_factory=set)
    stages: set[str] = field(default_factory=set)
    violations: list[str] = field(default_factory=list)


@dataclass
class Start:
    """Where sequences begin: a plan on its route, with what is known of it so far."""

    one: Sequence
    watch: Watch

    def again(self) -> "Start":
        """The same place for one more sequence; the rows are rolled back to it."""
        one = deepcopy(self.one, {id(self.one.province): self.one.province})
        return Start(one, deepcopy(self.watch))

    def step(self, command: Command) -> str:
        """Do one command and hold every invariant against what stands; the refusal, or empty."""
        refusal = self.one.do(command)
        for what in self.watch.broken(self.one, refusal):
            raise Broken(what)
        return refusal

    def finish(self) -> None:
        self.one.lists()
        for what in at_the_end(self.one):
            raise Broken(what)


def run(
    count: int, seed: int, *, length: int = LENGTH, tell: Callable[[str], object] = str
) -> Report:
    """Run so many sequences and leave the database as it was found.

    Needs a migrated database without a matter in it. The same count and seed give the same
    sequences; a violation says its seed, and the fewest commands that still show it. Whoever
    waits is told what broke, and after each world how far the run is.
    """
    report = Report()
    for first in range(0, count, WORLD_LASTS):
        numbers = list(range(first, min(first + WORLD_LASTS, count)))
        with transaction.atomic():
            for place, start in enumerate(starts()):
                for number in numbers[place :: len(SHAPES) * len(STARTS)]:
                    done = one_sequence(start, f"{seed}-{number}", report, length=length)
                    if done:
                        report.violations[-1] += listed(shrunk(start, done))
                        tell(report.violations[-1])
            transaction.set_rollback(True)
        clock.forget()
        forget_working_days()
        tell(f"{report.run} sequences, {len(report.violations)} violations")
    return report


def starts() -> Iterator[Start]:
    """Every route at every place to start from, each on the rows of the one before."""
    province = build_province()
    for shape in SHAPES:
        start = Start(Sequence(province, shape), Watch())
        yield start
        start.step(Command("submit", MANAGER))
        _sign(start, "asset.officer")
        yield start
        while start.one.model.stage in ("countersigning", LEGAL, LEADER):
            _sign(start, "")
        yield start


def _sign(start: Start, by: str) -> None:
    """The first open desk agrees, by whoever may sign there; an empty one goes up."""
    model = start.one.model
    task = next(one for one in model.tasks if one.status == "open")
    able = [
        who for who in start.one.province.people
        if (seat := model.seat(who, task)) and not model.conflict(seat, task)
    ]  # fmt: skip
    if not able:
        start.step(Command("move_up", "asset.head", args={"task": task.no}))
        return _sign(start, by)
    words = {"task": task.no, "outcome": "agree", "is_long": True, "is_seen": True}
    start.step(Command("give", by or able[0], args=words))
    return None


def one_sequence(start: Start, seed: str, report: Report, *, length: int) -> list[Command]:
    """One sequence from its seed; what was done when something broke, else nothing."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    done: list[Command] = []
    broken = _attempt(start.again(), chance, done, report, length=length)
    report.run += 1
    report.commands += len(done)
    report.verbs |= {one.verb for one in done}
    if not broken:
        return []
    where = f"route {start.one.model.shape.name} from {start.one.model.stage}"
    report.violations.append(f"seed {seed}, {where}: {broken}{listed(done)}")
    return done


def listed(commands: list[Command]) -> str:
    return "".join(f"\n  {one}" for one in [*commands, "--"])


def _attempt(
    start: Start, chance: Random, done: list[Command], report: Report, *, length: int
) -> str:
    """Choose and do commands until the plan is closed; what broke, or empty."""
    try:
        with transaction.atomic():
            for _ in range(length):
                model = start.one.model
                if model.stage in ENDED and chance.random() < 0.6:
                    break
                done.append(next_command(model, chance))
                report.refused += bool(start.step(done[-1]))
                report.stages.add(model.stage)
            start.finish()
            transaction.set_rollback(True)
    except Exception as error:  # anything but a refusal is a finding
        return f"{type(error).__name__}: {error}"
    return ""


def replay(start: Start, commands: list[Command]) -> str:
    """Do a given list of commands; what broke, or empty."""
    start = start.again()
    try:
        with transaction.atomic():
            for command in commands:
                start.step(command)
            start.finish()
            transaction.set_rollback(True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def shrunk(start: Start, commands: list[Command]) -> list[Command]:
    """Leave out, from the end, every command without which something still breaks."""
    kept = list(commands)
    for place in range(len(kept) - 2, -1, -1):
        fewer = kept[:place] + kept[place + 1 :]
        if replay(start, fewer):
            kept = fewer
    return kept
