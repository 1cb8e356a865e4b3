"""How far the writing of a plan is: the state of a section, the groups of the task list. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from approvals.enums import SectionCode
from approvals.rules.checks import Finding
from approvals.rules.fields import SectionSpec, fields_of


class SectionState(StrEnum):
    """未开始, 填写中, 需补正, 已完成."""

    UNTOUCHED = "未开始"
    WRITING = "填写中"
    TO_MEND = "需补正"
    DONE = "已完成"

    @property
    def tone(self) -> str:
        return STATE_TONES[self]


STATE_TONES = {
    SectionState.UNTOUCHED: "idle",
    SectionState.WRITING: "info",
    SectionState.TO_MEND: "bad",
    SectionState.DONE: "ok",
}

# The order is that of the sections; a group is what a person sits down to write at one go.
GROUPS: tuple[tuple[str, frozenset[SectionCode]], ...] = (
    (
        "项目和论证",
        frozenset(
            {
                SectionCode.OVERVIEW,
                SectionCode.PARTNER,
                SectionCode.UNDERTAKING,
                SectionCode.SPONSORSHIP,
                SectionCode.CONTROL,
                SectionCode.APPRAISAL,
            }
        ),
    ),
    ("权利义务", frozenset({SectionCode.CONTRACT_ELEMENTS, SectionCode.MAJOR_MATTER})),
    (
        "底线和公益",
        frozenset(
            {
                SectionCode.NEGATIVE_LIST,
                SectionCode.FIVE_CONSTANTS,
                SectionCode.FOUR_PROPERTIES,
                SectionCode.DISCOUNTS,
            }
        ),
    ),
    ("实施", frozenset({SectionCode.ROADMAP, SectionCode.SAFETY})),
)
AFTER_A_PLACE = re.compile(r"^\s*([^：:\n]{2,40})[：:]")


def state_of(
    *, is_written: bool, has_open_point: bool, found: Iterable[Finding], unanswered: set[Finding]
) -> SectionState:
    """The state of one section.

    `found` is what the checks say of it, `unanswered` those findings that only say a question
    is still empty. A point of a return that nobody has answered outweighs everything.
    """
    found = list(found)
    if has_open_point:
        return SectionState.TO_MEND
    if not is_written:
        return SectionState.UNTOUCHED
    if not found:
        return SectionState.DONE
    if all(one in unanswered for one in found):
        return SectionState.WRITING
    return SectionState.TO_MEND


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a plan a remark belongs: a section, perhaps one of its questions."""

    section: str
    field: str = ""


def place_of(text: str, specs: Iterable[SectionSpec], *, kind: str, mode: str) -> Place | None:
    """Where a point of a return belongs, when its writer begins with the name of the place.

    「合同要素：……」names a section, 「退出机制：……」one question of the plan.
    """
    head = AFTER_A_PLACE.match(text)
    if head is None:
        return None
    name = head.group(1).strip(' “”「」"')
    for spec in specs:
        if spec.code.label == name:
            return Place(spec.code.value)
        for one in fields_of(spec, kind, mode):
            if one.label == name:
                return Place(spec.code.value, one.name)
    return None
