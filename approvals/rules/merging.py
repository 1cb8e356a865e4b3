"""Two people wrote in one section: what each of them changed, and the marks between two texts.

Pure. A form carries a digest of every answer it showed (`seen`). When the section was saved by
somebody else meanwhile, each answer is compared three ways: what was seen, what is stored now,
what was typed. Only an answer that both changed, differently, must be chosen by a person.
"""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from approvals.rules.redline import Mark, Runs, redline
from core.canonical import sha256_of

DIGEST_LENGTH = 12
SEEN = re.compile(r"([a-z_]+):([0-9a-f]{12})")


class Changed(StrEnum):
    """Who changed an answer since the form was opened."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def _plain(value: Any) -> Any:
    return "" if value in (None, "", [], {}) else value


def digest(value: Any) -> str:
    """A short fingerprint of one kept answer; nothing typed is one answer, however written."""
    return sha256_of([_plain(value)])[:DIGEST_LENGTH]


def seen_of(names: Iterable[str], stored: Mapping[str, Any]) -> str:
    """What a form shows, as one line a hidden field can carry."""
    return " ".join(f"{name}:{digest(stored.get(name))}" for name in names)


def read_seen(text: str) -> dict[str, str]:
    """The digests by question; what cannot be read is left out, so it counts as not seen."""
    return dict(SEEN.findall(text or ""))


def changes_between(
    names: Iterable[str], *, seen: Mapping[str, str], stored: Mapping, typed: Mapping
) -> dict[str, Changed]:
    """Who changed each answer; one that was never seen counts as changed by both."""
    changed = {}
    for name in names:
        theirs, mine = digest(stored.get(name)), digest(typed.get(name))
        base = seen.get(name)
        if theirs == mine:
            changed[name] = Changed.NOBODY
        elif base == theirs:
            changed[name] = Changed.MINE
        elif base == mine:
            changed[name] = Changed.THEIRS
        else:
            changed[name] = Changed.BOTH
    return changed


def merged(stored: Mapping, typed: Mapping, *, theirs: Iterable[str]) -> dict[str, Any]:
    """The typed answers, with those in `theirs` as they are stored."""
    return dict(typed) | {name: stored.get(name, "") for name in theirs}


def marks_between(theirs: str, mine: str) -> tuple[Runs, Runs]:
    """Both texts, each with what only it has marked."""
    runs = redline(theirs, mine)
    in_theirs = tuple(run for run in runs if run.mark is not Mark.COME)
    in_mine = tuple(run for run in runs if run.mark is not Mark.GONE)
    return in_theirs, in_mine
