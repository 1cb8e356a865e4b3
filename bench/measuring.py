"""Costs side by side: floor and product in turns in one run, medians, and the floor against itself."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUNDS = 5
LEAST_ROUNDS = 5
ATTEMPTS = 3
MOST_DRIFT = 1.10
LEAST_SPIN = 1.7
SPIN = """
import sys, time
end = time.monotonic() + float(sys.argv[1])
turns = 0
while time.monotonic() < end:
    for _ in range(1000):
        pass
    turns += 1
print(turns)
"""
Cost = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The product beside its floor: medians of one turn in seconds, and how far the floor drifted."""

    floor: float
    product: float
    drift: float  # the floor against itself, the larger over the smaller
    is_void: bool = False

    @property
    def ratio(self) -> float:
        return self.product / self.floor

    @property
    def speed(self) -> float:
        """The floor's cost over the product's: how much of the floor's throughput is left."""
        return self.floor / self.product


def compare(floor: Cost, product: Cost, *, rounds: int = ROUNDS) -> Comparison:
    """Measure A B A B for every round; a run in which A differs from A is repeated, then void.

    Each call answers with what it cost.
    """
    if rounds < LEAST_ROUNDS:
        raise ValueError(f"a median of {rounds} rounds says nothing; at least {LEAST_ROUNDS}")
    for _ in range(ATTEMPTS):
        found = _compared(floor, product, rounds)
        if not found.is_void:
            break
    return found


def _compared(floor: Cost, product: Cost, rounds: int) -> Comparison:
    first, again, found = [], [], []
    for _ in range(rounds):
        first.append(floor())
        found.append(product())
        again.append(floor())
        found.append(product())
    halves = median(first), median(again)
    drift = max(halves) / min(halves)
    return Comparison(median(first + again), median(found), drift, drift > MOST_DRIFT)


def cost_of(
    act: Callable[[], object], *, times: int, clock: Callable[[], float] = time.process_time
) -> Cost:
    """The cost of one `act` by the clock, as the mean of `times` in a row."""

    def cost() -> float:
        gc.collect()
        start = clock()
        for _ in range(times):
            act()
        return (clock() - start) / times

    return cost


def cpu_of(*pids: int | str) -> float:
    """The seconds these processes have computed so far, by the kernel's own count."""
    texts = (Path(f"/proc/{pid}/schedstat").read_text() for pid in pids)
    return sum(int(text.split()[0]) for text in texts) / 1e9


def spin_gain(*, seconds: float = 1.0) -> float:
    """How much more two spinning processes do than one: below 1.7 nothing parallel is measured."""
    alone = _spun(1, seconds)
    return _spun(2, seconds) / alone


def _spun(processes: int, seconds: float) -> int:
    started = [
        subprocess.Popen([sys.executable, "-c", SPIN, str(seconds)], stdout=subprocess.PIPE)
        for _ in range(processes)
    ]
    return sum(int(one.communicate()[0]) for one in started)


def best_spin_gain() -> float:
    """The gain of the first of three tries that is good enough, else the best of them."""
    best = 0.0
    for _ in range(ATTEMPTS):
        best = max(best, spin_gain())
        if best >= LEAST_SPIN:
            break
    return best
