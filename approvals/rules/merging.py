"""Two people wrote in one section: what each of them changed, and the marks between two texts.

Pure. A form carries a digest of every answer it showed (`seen`). When the section was saved by
somebody else meanwhile, each answer is compared three ways: what was seen, what is stored now,
what was typed. Only an answer that both changed, differently, must be chosen by a person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from core.canonical import sha256_of

DIGEST_LENGTH = 12
SEEN = re.compile(r"([a-z_]+):([0-9a-f]{12})")
# Beyond this a comparison by character costs too much; then it goes by sentence.
LONGEST_BY_CHARACTER = 1500
SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+$")
SHORTEST_COMMON = 2  # one shared character between two changes only makes them hard to read


class Changed(StrEnum):
    """Who changed an answer since the form was opened."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class Mark(StrEnum):
    """What one piece of a text is to the other text."""

    SAME = "same"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters and whether the other text has it too."""

    text: str
    mark: Mark

    @property
    def is_marked(self) -> bool:
        return self.mark is Mark.ONLY


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


def marks_between(theirs: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts cut into pieces, each marked when the other text has no such piece."""
    left, right = _units(theirs, mine)
    turns = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    in_theirs: list[Piece] = []
    in_mine: list[Piece] = []
    for place, (tag, a, b, c, d) in enumerate(turns):
        here, there = "".join(left[a:b]), "".join(right[c:d])
        is_inside = 0 < place < len(turns) - 1
        is_chance = is_inside and len(here) < SHORTEST_COMMON
        mark = Mark.SAME if tag == "equal" and not is_chance else Mark.ONLY
        _append(in_theirs, here, mark)
        _append(in_mine, there, mark)
    return in_theirs, in_mine


def _units(theirs: str, mine: str) -> tuple[list[str], list[str]]:
    if max(len(theirs), len(mine)) <= LONGEST_BY_CHARACTER:
        return list(theirs), list(mine)
    return SENTENCE.findall(theirs), SENTENCE.findall(mine)


def _append(pieces: list[Piece], text: str, mark: Mark) -> None:
    if not text:
        return
    if pieces and pieces[-1].mark is mark:
        text = pieces.pop().text + text
    pieces.append(Piece(text, mark))
