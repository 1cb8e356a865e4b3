"""Answers as a reader meets them: short labels, days as one range, changes marked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from approvals.rules import reading
from approvals.rules.fields import SectionSpec
from approvals.rules.redline import (
    Mark,
    MarkedRow,
    Run,
    Runs,
    changes_in,
    plain,
    plain_rows,
    redline,
    redline_rows,
)
from approvals.selectors.answers import Answer

UNANSWERED = ("（未填写）", "—")
LONGEST_HALF = 15  # a longer answer takes the whole line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer: its label, its text in runs, or its rows, and how many changes they hold."""

    label: str
    runs: Runs
    columns: tuple[str, ...] = ()
    rows: tuple[MarkedRow, ...] = ()
    changes: int = 0
    is_question: bool = False

    @property
    def is_wide(self) -> bool:
        return bool(self.rows) or sum(len(run.text) for run in self.runs) > LONGEST_HALF

    def only_changed(self) -> "Reading":
        return replace(self, rows=tuple(row for row in self.rows if row.is_changed))


def readings_of(
    spec: SectionSpec, now: Iterable[Answer], before: Iterable[Answer] | None
) -> tuple[Reading, ...]:
    """The answers of a section; with an earlier version, what changed since."""
    answers = _as_read(spec, now)
    if before is None:
        return tuple(_plain(spec, one) for one in answers)
    was = {one.name: one for one in _as_read(spec, before)}
    found = [_marked(spec, one, was.pop(one.name, None)) for one in answers]
    return tuple(found + [_gone(spec, one) for one in was.values() if _said(one) or one.rows])


def _as_read(spec: SectionSpec, answers: Iterable[Answer]) -> list[Answer]:
    code, found = spec.code.value, list(answers)
    if code in reading.RANGES:
        found = _joined(found, *reading.RANGES[code])
    return [replace(one, label=reading.short_label(code, one.name, one.label)) for one in found]


def _joined(answers: list[Answer], first: str, last: str, label: str) -> list[Answer]:
    """First and last day as one answer, in the place of the first."""
    by_name = {one.name: one for one in answers}
    if first not in by_name or last not in by_name:
        return answers
    start, end = by_name[first], by_name[last]
    text = f"{start.text} 至 {end.text}" if _said(start) or _said(end) else start.text
    joined = replace(start, label=label, text=text)
    return [joined if one is start else one for one in answers if one is not end]


def _said(answer: Answer) -> str:
    """What was answered; what stands in for no answer is not compared."""
    return "" if answer.text in UNANSWERED else answer.text


def _plain(spec: SectionSpec, answer: Answer) -> Reading:
    return Reading(
        label=answer.label,
        runs=plain(answer.text),
        columns=answer.columns,
        rows=plain_rows(answer.rows),
        is_question=spec.code in reading.QUESTIONNAIRES and answer.is_question,
    )


def _marked(spec: SectionSpec, answer: Answer, was: Answer | None) -> Reading:
    earlier = _said(was) if was else ""
    runs = redline(earlier, _said(answer)) or plain("" if answer.rows else answer.text)
    rows = redline_rows(was.rows if was else (), answer.rows)
    return Reading(
        label=answer.label,
        runs=runs,
        columns=answer.columns,
        rows=rows,
        changes=changes_in(runs) + sum(row.is_changed for row in rows),
        is_question=spec.code in reading.QUESTIONNAIRES and answer.is_question,
    )


def _gone(spec: SectionSpec, was: Answer) -> Reading:
    """An answer the later version is no longer asked for."""
    rows = redline_rows(was.rows, ())
    runs = (Run(Mark.GONE, _said(was)),) if _said(was) else ()
    return Reading(
        label=was.label,
        runs=runs,
        columns=was.columns,
        rows=rows,
        changes=len(runs) + len(rows),
        is_question=spec.code in reading.QUESTIONNAIRES and was.is_question,
    )
