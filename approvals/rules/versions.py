"""Which earlier version a reader compares with.

Pure. An address may ask for any version; what it asks for wrongly is answered by the
usual one and a sentence, never by an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NONE = "0"


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier version that is offered, with why."""

    no: int
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The version to compare with, or None; `complaint` says what was asked for in vain."""

    no: int | None
    complaint: str = ""


def bases(current: int, own: int | None) -> tuple[Base, ...]:
    """The earlier versions worth offering: since the own last opinion, then the previous one."""
    if current < 2:
        return ()
    previous = current - 1
    if own is None or own >= current:
        return (Base(previous, "上一版"),)
    if own == previous:
        return (Base(own, "自我上次意见以来"),)
    return (Base(own, "自我上次意见以来"), Base(previous, "上一版"))


def chosen_base(asked: str | None, *, current: int, own: int | None) -> Choice:
    """What the review page compares with: as asked, else the first that is offered."""
    offered = bases(current, own)
    usual = offered[0].no if offered else None
    if asked in (None, ""):
        return Choice(usual)
    if asked == NONE:
        return Choice(None)
    no = _number(asked)
    if no is not None and 1 <= no < current:
        return Choice(no)
    if usual is None:
        return Choice(None, "本方案只报送过一版，没有可以对照的较早版本。")
    return Choice(usual, f"没有可以对照的“{_quoted(asked)}”版，现对照第 {usual} 版。")


def chosen_pair(
    earlier: str | None, later: str | None, numbers: Sequence[int]
) -> tuple[int, int, str]:
    """The two versions of the compare page, the earlier first, and what was asked for in vain."""
    usual = (numbers[-2], numbers[-1])
    asked = [earlier, later]
    found = [usual[at] if one in (None, "") else _number(one) for at, one in enumerate(asked)]
    for at, no in enumerate(found):
        if no not in numbers:
            return (
                *usual,
                f"没有“{_quoted(asked[at])}”版，现对比第 {usual[0]} 版和第 {usual[1]} 版。",
            )
    first, second = sorted(no for no in found if no is not None)
    if first == second:
        return first, second, f"两边都是第 {first} 版，请选择两个不同的版本。"
    return first, second, ""


def _number(text: str | None) -> int | None:
    """A version number typed by hand: plain digits, not longer than any version could be."""
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) <= 5
    return int(text) if is_number and text else None


def _quoted(text: str | None) -> str:
    words = (text or "").strip()
    return f"{words[:12]}……" if len(words) > 12 else words
