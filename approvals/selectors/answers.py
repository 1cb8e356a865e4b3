"""Answers in words: what a section says, as it is read on pages and papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from approvals.models import Proposal
from approvals.rules.fields import Field, Kind, SectionSpec, fields_of
from core import money

YES_NO = {"yes": "是", "no": "否"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it is read: its question, its text, or its rows."""

    name: str
    label: str
    rule: str
    text: str = ""
    is_question: bool = False  # answered in one word
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()

    @property
    def is_wide(self) -> bool:
        return bool(self.rows) or len(self.text) > 30


def words_of(one: Field, value: Any, names: Mapping[str, str] | None = None) -> str:
    """One kept answer as it is read; `names` says what a chosen row is called."""
    if value in (None, "", []):
        return ""
    if one.kind is Kind.WAN:
        return f"{money.format_wan(Decimal(value))} 万元"
    if one.kind is Kind.PERCENT:
        return f"{value}%"
    if one.kind is Kind.YES_NO:
        return YES_NO.get(value, "")
    if one.kind is Kind.CHOICE:
        return dict(one.choices).get(value, "")
    if one.kind is Kind.CHOICES:
        labels = dict(one.choices)
        return "、".join(labels.get(each, "") for each in value)
    if one.kind in (Kind.PARTNER, Kind.VENUE, Kind.CORE_BUSINESS):
        return (names or {}).get(one.name, "")
    return str(value)


def answers_of(
    spec: SectionSpec, *, kind: str, mode: str, data: Mapping, names: Mapping[str, str]
) -> tuple[Answer, ...]:
    """The answers of one section in words; `names` says what the chosen rows are called."""
    answers = []
    for one in fields_of(spec, kind, mode):
        rule = one.rule or spec.rule
        if not is_asked(one, data):
            continue
        if one.kind is Kind.ROWS:
            rows = tuple(
                tuple(
                    (column.label, words_of(column, row.get(column.name))) for column in one.columns
                )
                for row in data.get(one.name) or []
            )
            columns = tuple(column.label for column in one.columns)
            text = "" if rows else _nothing(one)
            answers.append(
                Answer(
                    name=one.name, label=one.label, rule=rule, text=text, columns=columns, rows=rows
                )
            )
            continue
        text = words_of(one, data.get(one.name), names)
        answers.append(
            Answer(
                name=one.name,
                label=one.label,
                rule=rule,
                text=text or _nothing(one),
                is_question=one.kind is Kind.YES_NO,
            )
        )
    return tuple(answers)


def is_asked(one: Field, data: Mapping) -> bool:
    """Whether a question that hangs on another is read: its answer is given, or asked for."""
    if one.rule != "18-6" or one.only_if is None or data.get(one.name):
        return True
    return data.get(one.only_if[0]) == one.only_if[1]


def _nothing(one: Field) -> str:
    return "（未填写）" if one.is_required else "—"


def names_of(proposal: Proposal) -> dict[str, str]:
    """What the rows chosen in a plan are called."""
    partner, counterpart = proposal.partner, proposal.counterpart_venue
    business = proposal.core_business
    return {
        "partner": f"{partner.name}（{partner.uscc}）" if partner else "",
        "counterpart_venue": counterpart.name if counterpart else "",
        "core_business": business.name if business else "",
    }
