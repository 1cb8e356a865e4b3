"""The machine of the approval against a plain model, by random sequences of every verb."""

import pytest
from django.db import connection, transaction

from approvals import permissions
from approvals.services import common, countersigning
from tests.sequences.running import Report, one_sequence, run, starts

pytestmark = pytest.mark.django_db
SEED = 20261128
OFTEN = {
    "submit", "give", "consult", "answer", "assign", "report", "transfer", "take_back", "place",
    "conclude", "urge", "delegate",
}  # fmt: skip


@pytest.mark.databases
def test_random_sequences_agree_with_the_model_and_break_no_invariant():
    """A hundred on each database, not the same ones: two hundred in script/test."""
    told: list[str] = []
    report = run(100, SEED + len(connection.vendor), length=8, tell=told.append)

    assert "\n".join(report.violations) == ""
    assert report.run == 100
    assert told == ["100 sequences, 0 violations"]
    assert report.verbs >= OFTEN
    assert {"countersigning", "returned", "party_group", "chairs_office"} <= report.stages


FORGETFUL = {
    "one person at two desks": (permissions, "conflict_of", lambda seat, task: ""),
    "work that a return cancels": (common, "cancel_open_tasks", lambda proposal, at: None),
    "whose turn it is": (countersigning, "follow", lambda proposal, version, at: None),
}


def test_a_service_that_forgets_something_is_found(monkeypatch):
    """Sequences from every start with a guard off, until model or invariant has seen it."""
    missed = dict(FORGETFUL)
    with transaction.atomic():
        for start in starts():
            for number, what in enumerate([*missed] * 4):
                if what in missed and _is_found(
                    monkeypatch, start, f"{what} {number}", *missed[what]
                ):
                    del missed[what]
        transaction.set_rollback(True)

    assert list(missed) == []


def _is_found(monkeypatch, start, seed, module, name, broken) -> bool:
    report = Report()
    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken)
        one_sequence(start, seed, report, length=10)
    return bool(report.violations)
