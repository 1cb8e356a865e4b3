"""Many hands at once on one PostgreSQL."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one of the racers got: a result or an exception."""

    result: Any = None
    error: BaseException | None = None


def race(*runners: Callable[[], Any], seconds: float = 60) -> list[Outcome]:
    """Run all callables at the same moment, each in its own thread and connection.

    Needs `@pytest.mark.postgres` and `django_db(transaction=True)`: inside a
    test's transaction the racers would not see the rows, and SQLite has no row locks.
    """
    assert connection.vendor == "postgresql", "races need row locks; mark the test `postgres`"
    assert not connection.in_atomic_block, "races need @pytest.mark.django_db(transaction=True)"
    outcomes: list[Outcome | None] = [None] * len(runners)
    start = threading.Barrier(len(runners))

    def run(index: int, runner: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=seconds)
            outcomes[index] = Outcome(result=runner())
        except BaseException as error:  # the racer's failure is the finding
            outcomes[index] = Outcome(error=error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(index, runner), daemon=True)
        for index, runner in enumerate(runners)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=seconds)
    assert all(outcomes), "a racer did not come back: deadlock, or a lock held too long"
    return [outcome for outcome in outcomes if outcome]


def raced(runner: Callable[[], Any], *, times: int) -> list[Outcome]:
    """Run the same callable `times` times at the same moment."""
    return race(*[runner] * times)
