"""The days of a cooperation in the order in which they must stand. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the chain: the first and the last day it was done, and where it is read."""

    label: str
    day: date | None
    url: str = ""
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A step as it is shown: green when nothing before it is later, red when something is."""

    label: str
    day: date | None
    url: str
    state: str
    words: str = ""


def links_of(steps: Sequence[Step]) -> list[Link]:
    """论证 ≤ 意见 ≤ 阵地决策 ≤ 报送 ≤ 主管工会会议 ≤ 批复 ≤ 签订 ≤ 生效: each against all before."""
    shown: list[Link] = []
    latest: Step | None = None
    for step in steps:
        if step.day is None:
            shown.append(Link(step.label, None, step.url, "todo"))
            continue
        before = latest and (latest.last or latest.day)
        if latest and before and step.day < before:
            words = f"早于{latest.label}（{before:%Y-%m-%d}）"
            shown.append(Link(step.label, step.day, step.url, "bad", words))
        else:
            shown.append(Link(step.label, step.day, step.url, "ok"))
        if latest is None or (step.last or step.day) >= (before or step.day):
            latest = step
    return shown
