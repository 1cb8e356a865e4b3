"""One figure: what was measured, what it is held to, and how it is printed."""

import json
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
}
WIDTHS = (11, 26, 12, 12, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value against its bar. A void one was disturbed: it shows nothing."""

    group: str
    figure: str
    value: float
    op: str
    bar: float
    unit: str
    note: str = ""
    is_void: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bar is kept; a void measurement keeps none."""
        return not self.is_void and OPERATORS[self.op](self.value, self.bar)

    def to_json(self) -> str:
        """The figure as one line."""
        line: dict[str, Any] = {
            "group": self.group,
            "figure": self.figure,
            "value": _rounded(self.value),
            "bar": _rounded(self.bar),
            "op": self.op,
            "holds": self.holds,
            "unit": self.unit,
            "note": self.note,
        }
        if self.is_void:
            line["void"] = True
        return json.dumps(line, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Figure":
        """Read the line of another process; a line that is none raises ValueError."""
        line = json.loads(text)
        names = ("group", "figure", "value", "op", "bar", "unit", "note")
        return cls(**{name: line[name] for name in names}, is_void=line.get("void", False))

    def to_row(self) -> str:
        """The figure as a line of the table for people."""
        verdict = "void" if self.is_void else "holds" if self.holds else "FAILS"
        bar = f"{self.op} {_rounded(self.bar):,}"
        cells = (self.group, self.figure, f"{_rounded(self.value):,}", bar, verdict)
        return _row(cells, f"{self.unit}; {self.note}" if self.note else self.unit)


def heading() -> str:
    """The head of the table for people."""
    return _row(("group", "figure", "value", "bar", ""), "unit; note")


def _row(cells: tuple[str, ...], rest: str) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
    return f"{' '.join(padded)} {rest}"


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 3)
