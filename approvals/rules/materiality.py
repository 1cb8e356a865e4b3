"""Which desk's opinion rests on which part of a plan, and which changes touch nothing. Pure.

The tables are the portal's own (系统默认): the regulation names the departments (第十六条),
not what each of them reads. Where a table is silent, every desk reads the part: a change
nobody thought of asks everybody again.
"""

from collections.abc import Mapping
from typing import Any

from approvals.enums import Node, SectionCode
from core.canonical import canonical_json

# Parts of a frozen plan beside its sections.
HEADING, VENUE, DILIGENCE = "heading", "venue", "diligence"
EXPERTS, EXCEPTIONS = "experts", "exceptions"
PART_LABELS: dict[str, str] = {
    **dict(SectionCode.choices),
    HEADING: "名称和方式",
    VENUE: "阵地基线",
    DILIGENCE: "六项条件核验",
    EXPERTS: "律师和专家意见",
    EXCEPTIONS: "例外审批",
}
LEGAL = Node.LEGAL_REVIEW.value

# 会签部门 by kind, 法律审核 by node. 形式审查 is not here: it looks at every version again.
READS: dict[str, frozenset[str]] = {
    "personnel": frozenset(
        {HEADING, "overview", "four_properties", "discounts", "roadmap", "safety"}
    ),
    "discipline": frozenset(
        {
            HEADING, "overview", "partner", "major_matter", "negative_list", "five_constants",
            VENUE, DILIGENCE, EXCEPTIONS,
        }
    ),
    "finance": frozenset(
        {
            HEADING, "overview", "partner", "appraisal", "contract_elements", "negative_list",
            "discounts", DILIGENCE, EXCEPTIONS,
        }
    ),
    "fund_review": frozenset(
        {
            HEADING, "overview", "appraisal", "contract_elements", "negative_list",
            "five_constants", VENUE, EXPERTS, EXCEPTIONS,
        }
    ),
    LEGAL: frozenset(
        {
            HEADING, "overview", "partner", "appraisal", "contract_elements", "major_matter",
            "negative_list", "five_constants", VENUE, DILIGENCE, EXPERTS, EXCEPTIONS,
        }
    ),
}  # fmt: skip
MAPPED = frozenset().union(*READS.values())

# What may be corrected without asking anybody again: names of people who answer for a step,
# of authors, and the letterhead of an expert. A file that is only added, a record of guidance
# and the answers to a return are no part at all.
IMMATERIAL_ANSWERS = frozenset({("appraisal", "authors")})
IMMATERIAL_COLUMNS = frozenset({("roadmap", "milestones", "owner")})
IMMATERIAL_OF_EXPERT = frozenset({"firm", "licence_no"})


def desk_of(node: str, department: str) -> str:
    """How the table names a desk: the department that countersigns, else the node."""
    return department or node


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts of the plan in which two frozen contents differ materially, in reading order."""
    old, new = _parts(before), _parts(after)
    found = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    found |= _parts_of_lost_files(before, after)
    known = [name for name in PART_LABELS if name in found]
    return (*known, *sorted(found - set(known)))


def touched(desk: str, changed: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the changed parts this desk's opinion rests on."""
    reads = READS.get(desk)
    return tuple(name for name in changed if reads is None or name in reads or name not in MAPPED)


def labels_of(parts: tuple[str, ...]) -> str:
    """The parts as they are called on the pages."""
    return "、".join(PART_LABELS.get(name, "其他内容") for name in parts)


def _parts(content: Mapping[str, Any]) -> dict[str, str]:
    """Every material part as one comparable text; a part that holds nothing is left out."""
    parts: dict[str, Any] = {
        code: _section(code, data) for code, data in content["sections"].items()
    }
    parts[HEADING] = [content[name] for name in ("kind", "mode", "title")]
    parts[VENUE] = content["venue"]
    parts[DILIGENCE] = content["diligence"]
    parts[EXCEPTIONS] = content["exceptions"]
    parts[EXPERTS] = [
        {name: value for name, value in one.items() if name not in IMMATERIAL_OF_EXPERT}
        for one in content["experts"]
    ]
    parts["partner"] = [parts.get("partner", {}), content["partner"]]
    parts["overview"] = [parts.get("overview", {}), content["core_business"]]
    return {name: canonical_json(_spaceless(value)) for name, value in parts.items()}


def _section(code: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _rows(code, name, value)
        for name, value in data.items()
        if (code, name) not in IMMATERIAL_ANSWERS and value not in ("", [], None)
    }


def _rows(code: str, name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {key: cell for key, cell in row.items() if (code, name, key) not in IMMATERIAL_COLUMNS}
        if isinstance(row, dict)
        else row
        for row in value
    ]


def _spaceless(value: Any) -> Any:
    """The same without blanks: an indent or a line break says nothing new."""
    if isinstance(value, str):
        return "".join(value.split())
    if isinstance(value, Mapping):
        return {key: _spaceless(one) for key, one in value.items()}
    return [_spaceless(one) for one in value] if isinstance(value, list | tuple) else value


def _parts_of_lost_files(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The parts whose files were taken away or replaced: what was read is no longer there."""
    kept = {(one["purpose"], one["sha256"]) for one in after["attachments"]}
    return {
        one["purpose"].removeprefix("section:")
        for one in before["attachments"]
        if (one["purpose"], one["sha256"]) not in kept
    }
