"""Many clients press at the same moment on one plan, each in a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice

from accounts.models import User
from accounts.roles import Role
from approvals.enums import Counting, Node, Outcome, Stage, TaskStatus
from approvals.models import Proposal, Task
from approvals.rules.counting import SigningGroup
from approvals.services import common, matrix, opinions, withdrawing
from core.errors import DomainError
from tests.approvals import builders, walk
from tests.approvals.builders import World, appoint, fresh, moment
from tests.harness.racing import Outcome as Finish
from tests.harness.racing import race

FOUR = ("personnel", "discipline", "finance", "fund_review")
PAIR = ("office", "rights")
AT = moment("2026-11-03 09:00")


@dataclass
class Raced:
    """How many clients won a round at most and at least, and what did not add up."""

    winners: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def winners_max(self) -> int:
        return max(self.winners)

    @property
    def winners_min(self) -> int:
        return min(self.winners)


def races(world: World, *, clients: int, rounds: int, is_guarded: bool = True) -> Raced:
    """Let the clients press at once, round after round, each on a plan of its own.

    So many rounds in which the officer accepts what the venue withdraws, and as many in which
    two departments of one 或签 decide, in turn. Commits what it does: needs a database of its
    own, with a world just built. The guard is the lock on the plan's row and the version that
    was seen.
    """
    _let_two_decide(world)
    found = Raced()
    for number, prepare in enumerate(KINDS * rounds):
        plan, presses, holds = prepare(world, f"第 {number} 轮")
        hands = list(islice(cycle(presses), clients))
        if is_guarded:
            finishes = race(*hands)
        else:
            with unguarded(clients):
                finishes = race(*hands)
        found.winners.append(sum(one.error is None for one in finishes))
        if is_guarded:
            found.faults += [f"{number}: {text}" for text in _faults(plan, finishes, holds)]
    return found


def _faults(
    plan: Proposal, finishes: list[Finish], holds: Callable[[Proposal], bool]
) -> Iterator[str]:
    """Who lost was told so in a sentence, and the plan says the same as the winner."""
    for one in finishes:
        if one.error and not isinstance(one.error, DomainError):
            yield f"{type(one.error).__name__}: {one.error}"
    if not holds(fresh(plan)):
        yield f"the plan is left at {fresh(plan).stage}"


@contextmanager
def unguarded(hands: int) -> Iterator[None]:
    """The same services with a lock that neither waits nor compares versions.

    Every hand reads the plan before any of them writes: what the row lock forbids.
    """
    together, arrived = threading.Barrier(hands), threading.local()

    def look(rows, *, pk, version=None):
        queryset = rows._default_manager.all() if isinstance(rows, type) else rows
        row = queryset.get(pk=pk)
        if not hasattr(arrived, "once"):
            arrived.once = True
            together.wait(timeout=30)
        return row

    modules = (opinions, common)
    locks = [module.lock for module in modules]
    try:
        for module in modules:
            module.lock = look
        yield
    finally:
        for module, lock in zip(modules, locks, strict=True):
            module.lock = lock


def _let_two_decide(world: World) -> None:
    """办公室 and 权保 sign beside the statutory four; the first word of the two is enough."""
    for kind in PAIR:
        name = f"cosign.{kind}"
        world.people[name] = appoint(
            name, f"{kind}经办", Role.COUNTERSIGNER, world.xian, department_kind=kind
        )
    matrix.add_row(
        union=world.xian, plan_kind="operation_plan", mode="external", is_major=True,
        countersigners=[], groups=[SigningGroup(FOUR), SigningGroup(PAIR, Counting.ANY)],
        bodies=["party_group", "chairs_office"], formal_review_days=5, countersign_days=5,
        legal_review_days=3, fixed_by="西安市总工会党组", fixed_session="2026年第9次会议",
        fixed_on=moment("2026-10-30 09:00").date(), valid_from=AT.date().replace(day=1),
        by=world["asset.head"], at=moment("2026-11-01 09:00"),
    )  # fmt: skip
    builders.publish_matrix(world, "2026-11-01 10:00")


def _submitted(world: World, title: str) -> Proposal:
    plan = builders.complete(world, builders.new_plan(world, title=title))
    builders.submit(world, builders.decide(world, plan))
    return fresh(plan)


def _accept_or_withdraw(world: World, title: str):
    """The officer accepts the plan, its venue takes it back."""
    plan = _submitted(world, title)
    task = walk.open_task(plan, Node.FORMAL_REVIEW)
    officer, manager = _ready(world["asset.officer"]), _ready(world["venue.manager"])

    def withdraw():
        return withdrawing.withdraw_proposal(
            proposal=plan, reason="需补充。", version=plan.version, by=manager, at=AT
        )

    def holds(left: Proposal) -> bool:
        is_accepted = left.stage == Stage.COUNTERSIGNING
        has_work = left.tasks.filter(status=TaskStatus.OPEN).exists()
        is_one = is_accepted == left.opinions.exists() == has_work
        return is_one and left.stage in (Stage.COUNTERSIGNING, Stage.WITHDRAWN)

    return plan, (_signing(task, officer), withdraw), holds


def _either_of_two(world: World, title: str):
    """Two departments decide a 或签 at once: one word, the other's turn is over."""
    plan = walk.accept(world, _submitted(world, title))
    presses = [
        _signing(walk.open_task(plan, Node.COUNTERSIGNATURE, kind), _ready(world[f"cosign.{kind}"]))
        for kind in PAIR
    ]

    def holds(left: Proposal) -> bool:
        tasks = left.tasks.filter(department_kind__in=PAIR)
        statuses = sorted(tasks.values_list("status", flat=True))
        words = left.opinions.filter(task__department_kind__in=PAIR).count()
        return (words, statuses) == (1, [TaskStatus.DONE, TaskStatus.OVER])

    return plan, presses, holds


# What is raced; a round of each in turn.
KINDS = (_accept_or_withdraw, _either_of_two)


def _signing(task: Task, by: User) -> Callable[[], object]:
    def press():
        return opinions.give_opinion(
            task=task, outcome=Outcome.AGREE, text="", version=task.version,
            content_sha256=task.plan_version.sha256, by=by, at=AT,
        )  # fmt: skip

    return press


def _ready(user: User) -> User:
    user.posts()  # read before the race, as the request would
    return user
