"""Sixteen processes that write at once, each on its own matter."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

from bench.measuring import Cost

SECONDS = 1.5
PATIENCE = 120


def cost_at_once(act: Callable[[Any], object], rows: Sequence[Any]) -> Cost:
    """The seconds for one act while a writer for each row acts as often as it can."""

    def cost() -> float:
        connections.close_all()  # a connection is not for two processes
        fork = multiprocessing.get_context("fork")
        start, done = fork.Barrier(len(rows)), fork.SimpleQueue()
        writers = [fork.Process(target=_write, args=(act, row, start, done)) for row in rows]
        for one in writers:
            one.start()
        acts = sum(done.get() for _ in writers)
        for one in writers:
            one.join()
        return SECONDS / acts

    return cost


def _write(act: Callable[[Any], object], row: Any, start: Any, done: Any) -> None:
    """Act until the time is over; say how often. Fewer than none says that it broke."""
    acts = 0
    try:
        act(row)
        start.wait(timeout=PATIENCE)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            act(row)
            acts += 1
    finally:
        connections.close_all()
        done.put(acts)
