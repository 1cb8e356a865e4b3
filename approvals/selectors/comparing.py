"""Two frozen versions of a plan beside each other: versions to choose from, and the tables."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from approvals.enums import CooperationMode, PlanKind, SectionCode
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.rules.redline import MarkedRow, Row, plain, redline, redline_rows
from approvals.selectors.chapters import diligence_rows, expert_rows
from approvals.selectors.readings import Reading
from regulation.register import RULES

FILE_PLACES = dict(SectionCode.choices) | {
    "expert:letter": "聘请书",
    "expert:paper": "律师、专家书面意见",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A structured part of the content, row by row; the redline of its rows."""

    key: str
    title: str
    rule: str
    rows: tuple[MarkedRow, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(label for label, _runs in self.rows[0].cells) if self.rows else ()

    @property
    def changes(self) -> int:
        return sum(row.is_changed for row in self.rows)

    def only_changed(self) -> "Table":
        return replace(self, rows=tuple(row for row in self.rows if row.is_changed))


def versions_of(proposal: Proposal) -> list[ProposalVersion]:
    """Every submitted version, the first first, without its content."""
    rows = proposal.versions.select_related("submitted_by").defer("snapshot")
    return list(rows.order_by("no"))


def frozen_content(proposal: Proposal, no: int) -> dict[str, Any]:
    """The content one version froze."""
    return json.loads(proposal.versions.values_list("snapshot", flat=True).get(no=no))


def last_opinion_version(user_id: Any, opinions: Iterable[Opinion]) -> int | None:
    """The version this person's own last opinion hangs on."""
    mine = [one.plan_version.no for one in opinions if one.by_id == user_id]
    return max(mine, default=None)


def tables_of(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Table]:
    """What stands beside the sections: experts, diligence, files, exceptions, answers."""
    makers = (
        ("diligence", "六项条件核验", "10-0", _diligence),
        ("experts", "律师和专家意见", "13-1-2", _experts),
        ("guidance", "主管工会指导", "13-1-2", _guidance),
        ("files", "附件", "13-1-1", _files),
        ("exceptions", "例外审批", "13-4-4", _exceptions),
        ("answers", "退回意见及答复", "13-2-1", _answers),
    )
    return {
        key: Table(key=key, title=title, rule=rule, rows=redline_rows(rows(before), rows(now)))
        for key, title, rule, rows in makers
    }


def heading_of(now: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[Reading, ...]:
    """Name, kind and way of the plan: what no section holds."""
    pairs = [
        ("方案名称", before["title"], now["title"]),
        ("方案类别", PlanKind(before["kind"]).label, PlanKind(now["kind"]).label),
        ("合作方式", _mode(before), _mode(now)),
        ("申报阵地", before["venue"]["name"], now["venue"]["name"]),
    ]
    return tuple(
        Reading(label=label, runs=redline(was, text) or plain("—"), changes=int(was != text))
        for label, was, text in pairs
    )


def _mode(content: Mapping[str, Any]) -> str:
    return CooperationMode(content["mode"]).label if content["mode"] else ""


def _diligence(content: Mapping[str, Any]) -> list[Row]:
    return [
        (
            ("条件", one["title"]),
            ("结论", one["finding"]),
            ("来源", one["source"]),
            ("核验日期", one["checked_on"]),
            ("有效至", one["expires_on"]),
            ("说明", one["note"]),
        )
        for one in diligence_rows(content, {})
    ]


def _experts(content: Mapping[str, Any]) -> list[Row]:
    return [
        (
            ("人员", f"{one['kind']} {one['name']}"),
            ("单位和证号", f"{one['firm']} {one['licence_no']}".strip()),
            ("利害关系", " ".join(filter(None, (one["conflict"], one["conflict_statement"])))),
            ("意见", " ".join(filter(None, (one["conclusion"], one["opined_on"], one["opinion"])))),
            ("采纳情况", "：".join(filter(None, (one["adopted"], one["answer"])))),
        )
        for one in expert_rows(content)
    ]


def _guidance(content: Mapping[str, Any]) -> list[Row]:
    return [
        (("指导", f"{one['guided_on']} {one['by']}"), ("内容", one["content"]))
        for one in content["guidance"]
    ]


def _files(content: Mapping[str, Any]) -> list[Row]:
    return [
        (
            ("文件", one["name"]),
            ("所属", FILE_PLACES.get(one["purpose"].removeprefix("section:"), "其他")),
            ("页数", str(one["pages"] or "")),
            ("内容指纹", one["sha256"][:8]),
        )
        for one in content["attachments"]
    ]


def _exceptions(content: Mapping[str, Any]) -> list[Row]:
    return [
        (
            ("编号", one["number"]),
            ("条款", RULES[one["rule"]].basis if one["rule"] in RULES else one["rule"]),
            ("理由", one["reason"]),
            ("有效期至", one["valid_until"]),
        )
        for one in content["exceptions"]
    ]


def _answers(content: Mapping[str, Any]) -> list[Row]:
    return [(("问题", one["text"]), ("答复", one["answer"])) for one in content["answers"]]
