"""Random commands on the approval and on a plain model of it: they agree, and nothing breaks."""

import sys
from collections.abc import Iterator

from django.test import override_settings

from bench.figures import Figure
from tests.sequences.running import run

SEQUENCES, SEED = 10_000, 20261128
# Nobody logs in here; the slow hash would only make people slow to appoint.
FAST_HASH = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def measure(database: str) -> Iterator[Figure]:
    """Ten thousand sequences from one seed; another seed on the other database."""
    with override_settings(PASSWORD_HASHERS=FAST_HASH):
        report = run(SEQUENCES, SEED + len(database), tell=_tell)
    first = f"; first: {report.violations[0][:300]}" if report.violations else ""
    note = f"{database}: {report.commands} commands, {report.refused} of them refused"
    yield Figure(
        group="sequences", figure="run", value=report.run, op=">=", bar=SEQUENCES,
        unit="sequences", note=note,
    )  # fmt: skip
    yield Figure(
        group="sequences", figure="violations", value=len(report.violations), op="==", bar=0,
        unit="sequences", note=f"{note}{first}",
    )  # fmt: skip


def _tell(what: str) -> None:
    """At once: the run takes an hour, and what broke should not wait for its end."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()
