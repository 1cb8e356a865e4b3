"""Two hundred clients press at once on one plan: one of them wins, and without the guard more.

Approving against withdrawing, and two departments of one 或签: so many rounds of each.
"""

from collections.abc import Iterator, Sequence

from django.core.management import call_command
from django.db import transaction

from bench.figures import Figure
from bench.measuring import LEAST_SPIN, best_spin_gain
from tests.approvals.builders import grant_overall_plan
from tests.approvals.conftest import build_world
from tests.approvals.races import Raced, races

CLIENTS, ROUNDS = 200, 50
UNGUARDED_ROUNDS = 3


def measure(_database: str) -> Iterator[Figure]:
    """With the lock and the version that was seen, then with the guard taken away."""
    gain = best_spin_gain()
    found = _raced(ROUNDS, is_guarded=True)
    yield _figure("winners_max", found.winners_max, "==", 1, ROUNDS, gain)
    yield _figure("rounds_amiss", len(found.faults), "==", 0, ROUNDS, gain, found.faults)
    call_command("flush", interactive=False, verbosity=0)
    bare = _raced(UNGUARDED_ROUNDS, is_guarded=False)
    yield _figure("guard_off_winners_max", bare.winners_max, ">", 1, UNGUARDED_ROUNDS, gain)


def _raced(rounds: int, *, is_guarded: bool) -> Raced:
    with transaction.atomic():
        world = build_world()
        grant_overall_plan(world)
    return races(world, clients=CLIENTS, rounds=rounds, is_guarded=is_guarded)


def _figure(
    name: str, value: int, op: str, bar: int, rounds: int, gain: float, faults: Sequence[str] = ()
) -> Figure:
    first = f"; first: {faults[0]}" if faults else ""
    return Figure(
        group="races", figure=name, value=value, op=op, bar=bar,
        unit="faults" if name == "rounds_amiss" else "clients", is_void=gain < LEAST_SPIN,
        note=f"{CLIENTS} clients, {rounds} rounds of each kind; two processes do {gain:.2f} times the work "
        f"of one{first}",
    )  # fmt: skip
