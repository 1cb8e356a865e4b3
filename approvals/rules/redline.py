"""Two frozen texts beside each other: what went out and what came in.

Pure. Sentences are compared first; inside a sentence that changed, characters are, with
numbers, days, ratios and codes as whole tokens: “2032-11-30” turned “2031-11-30” is one
change a reader takes in at a glance, not a struck digit in the middle of a day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*|[。；！？\n]+")
TOKEN = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}"  # a day
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d+(?:[:：]\d+)+"  # a ratio, an hour
    r"|\d*[A-Za-z][A-Za-z0-9_-]*"  # a word, a code
    r"|\d[\d,]*(?:\.\d+)?[%％‰]?"  # a number
    r"|[〇零一二三四五六七八九十百千两]+"  # 三七, 二十四
    r"|\s+|."
)
ISLAND = 1  # what stayed between two changes and is no longer than this is read with them
LEAST_ALIKE = 0.34  # below it two sentences are two sentences, not one that was changed


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "del"
    COME = "ins"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one fate."""

    mark: Mark
    text: str


Runs = tuple[Run, ...]
Row = tuple[tuple[str, str], ...]  # (column, text) of each cell


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """One row of a table: new, gone, or with marked cells."""

    mark: Mark
    cells: tuple[tuple[str, Runs], ...]
    is_changed: bool

    @property
    def tone(self) -> str:
        return {Mark.COME: "ins", Mark.GONE: "del"}.get(self.mark, "")

    @property
    def word(self) -> str:
        return {Mark.COME: "新增", Mark.GONE: "删去"}.get(self.mark, "")


def plain(text: str) -> Runs:
    """A text nothing was compared with."""
    return (Run(Mark.SAME, text),) if text else ()


def plain_rows(rows: Iterable[Row]) -> tuple[MarkedRow, ...]:
    """Rows nothing was compared with."""
    return tuple(
        MarkedRow(Mark.SAME, tuple((label, plain(text)) for label, text in row), is_changed=False)
        for row in rows
    )


def redline(before: str, after: str) -> Runs:
    """What has to be struck out of the earlier text and put in to make the later one."""
    if before == after:
        return plain(after)
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    found: list[Run] = []
    for what, start, end, at, to in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = old[start:end], new[at:to]
        if what == "equal":
            found.append(Run(Mark.SAME, "".join(come)))
        else:
            found += _changed(gone, come)
    return _joined(found)


def changes_in(runs: Runs) -> int:
    """How many places changed; a word struck out for another counts once."""
    marks = [run.mark for run in runs]
    return sum(
        mark is not Mark.SAME and (at == 0 or marks[at - 1] is Mark.SAME)
        for at, mark in enumerate(marks)
    )


def redline_rows(before: Sequence[Row], after: Sequence[Row]) -> tuple[MarkedRow, ...]:
    """The rows of the later table, with those that are gone where they stood."""
    found: list[MarkedRow] = []
    for what, start, end, at, to in SequenceMatcher(None, before, after).get_opcodes():
        if what == "equal":
            found += plain_rows(after[at:to])
        else:
            found += _changed_rows(list(before[start:end]), after[at:to])
    return tuple(found)


def _changed(old: list[str], new: list[str]) -> list[Run]:
    """A stretch of sentences that were changed, struck out or added."""
    if len(old) == len(new):
        pairs = [_inside(*pair) for pair in zip(old, new, strict=True)]
        if all(pairs):
            return [run for pair in pairs for run in pair]
    gone, come = "".join(old), "".join(new)
    return _inside(gone, come) or _whole(gone, come)


def _whole(old: str, new: str) -> list[Run]:
    return [run for run in (Run(Mark.GONE, old), Run(Mark.COME, new)) if run.text]


Tokens = list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the earlier tokens to the later ones."""

    old: Tokens
    new: Tokens
    is_same: bool

    @property
    def size(self) -> int:
        return max(len("".join(self.old)), len("".join(self.new)))


def _inside(old: str, new: str) -> list[Run]:
    """The changes inside a sentence by token; nothing when the two have too little in common."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    steps = [
        Step(before[start:end], after[at:to], what == "equal")
        for what, start, end, at, to in SequenceMatcher(None, before, after).get_opcodes()
    ]
    steps = _without_islands(_in_place(steps))
    kept = sum(len(step.new) for step in steps if step.is_same)
    if 2 * kept < LEAST_ALIKE * (len(before) + len(after)):
        return []
    found: list[Run] = []
    for step in steps:
        gone, come = "".join(step.old), "".join(step.new)
        found += [Run(Mark.SAME, come)] if step.is_same else _whole(gone, come)
    return found


def _in_place(steps: list[Step]) -> list[Step]:
    """Read “600 课时” turned “800 课时，其中早场 90 课时” as one figure changed and words added.

    The longest match may lie at the end of what was added; the word then stands changed far
    from where it stood. Where what came in begins like the old words went on, it is split there.
    """
    found: list[Step] = []
    for at, step in enumerate(steps):
        after = steps[at + 1] if at + 1 < len(steps) else None
        if step.is_same or not step.old or after is None:
            found.append(step)
            continue
        head, tail = step.new[: len(step.old)], step.new[len(step.old) :]
        shared = 0
        while shared < min(len(after.new), len(tail)) and after.new[shared] == tail[shared]:
            shared += 1
        if len("".join(tail[:shared]).strip()) < 2:
            found.append(step)
            continue
        common = tail[:shared]
        found += [Step(step.old, head, is_same=False), Step(common, common, is_same=True)]
        found.append(Step([], tail[shared:] + common, is_same=False))
        steps[at + 1] = Step(after.old[shared:], after.new[shared:], is_same=True)
    return [step for step in found if step.old or step.new]


def _without_islands(steps: list[Step]) -> list[Step]:
    """Read a character that happened to stay between two changes as part of them."""
    found: list[Step] = []
    for step in steps:
        found.append(step)
        while len(found) > 2 and _is_island(*found[-3:]):
            gone = [token for one in found[-3:] for token in one.old]
            come = [token for one in found[-3:] for token in one.new]
            found[-3:] = [Step(gone, come, is_same=False)]
    return found


def _is_island(left: Step, middle: Step, right: Step) -> bool:
    if left.is_same or not middle.is_same or right.is_same:
        return False
    return middle.size <= min(ISLAND, left.size, right.size)


def _joined(runs: list[Run]) -> Runs:
    """Neighbours of one fate as one run."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].mark is run.mark:
            found[-1] = Run(run.mark, found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _changed_rows(old: list[Row], new: Sequence[Row]) -> list[MarkedRow]:
    """Rows that changed beside what they were; the rest came in or went out."""
    found = []
    for row in new:
        twin = _twin(row, old)
        if twin is None:
            found.append(_row(Mark.COME, row))
        else:
            old.remove(twin)
            found.append(_beside(twin, row))
    return found + [_row(Mark.GONE, row) for row in old]


def _twin(row: Row, candidates: list[Row]) -> Row | None:
    """The earlier row under the same name, or else one that shares half of the cells."""
    named = [one for one in candidates if one[:1] == row[:1]]
    alike = [one for one in candidates if 2 * len(set(one) & set(row)) >= len(row)]
    return next(iter(named + alike), None)


def _row(mark: Mark, row: Row) -> MarkedRow:
    cells = tuple((label, (Run(mark, text),) if text else ()) for label, text in row)
    return MarkedRow(mark, cells, is_changed=True)


def _beside(old: Row, new: Row) -> MarkedRow:
    was = dict(old)
    cells = tuple((label, redline(was.get(label, ""), text)) for label, text in new)
    return MarkedRow(Mark.SAME, cells, is_changed=True)
