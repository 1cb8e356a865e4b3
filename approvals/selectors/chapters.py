"""The content of a plan as it is read: one card per section, from what a version froze."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.enums import ExpertActivity, ExpertConclusion, ExpertKind, SectionCode
from approvals.rules import checks, mode_checks
from approvals.rules.checks import DILIGENCE_TITLES, Finding, findings
from approvals.rules.clearing import can_be_cleared, needs_inspection
from approvals.rules.facts import DiligenceFact, ExpertFact, PlanFacts
from approvals.rules.fields import SectionSpec, sections_of
from approvals.rules.lease import LeaseVerdict
from approvals.rules.screening import lease_screen, texts_of
from approvals.rules.term import whole_years
from approvals.selectors.answers import Answer, answers_of
from approvals.selectors.readings import Reading, readings_of
from core import money
from partners.enums import Finding as DiligenceFinding
from regulation.articles import chinese_number

# What can be judged from the frozen content alone.
CONTENT = (
    checks.sections_answered,
    checks.appraised_in_three_parts,
    checks.experts_engaged,
    checks.partner_qualified,
    checks.visited_by_two,
    checks.fixed_assets_settled,
    checks.term_within_five_years,
    mode_checks.commission_proven,
    mode_checks.sponsorship_is_no_trade,
    mode_checks.control_kept,
    checks.negative_list_clear,
    checks.not_a_disguised_lease,
    checks.constants_kept,
    checks.milestones_within_term,
)
LEASE_WORDS = {
    LeaseVerdict.CLEAR: ("ok", "未见变相出租承包迹象"),
    LeaseVerdict.WATCH: ("warn", "有需要关注的迹象"),
    LeaseVerdict.SUSPECT: ("bad", "疑似变相出租承包"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One section on the review page: its number, its answers, what is wrong with it."""

    spec: SectionSpec
    title: str
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...]
    figures: tuple[dict[str, str], ...] = ()

    @property
    def anchor(self) -> str:
        return f"section-{self.spec.code.value}"

    @property
    def tone(self) -> str:
        return "warn" if self.findings else "ok"

    @property
    def badge(self) -> str:
        return f"{len(self.findings)} 处须核对" if self.findings else ""

    @property
    def changes(self) -> int:
        """How many places of the answers changed since the version compared with."""
        return sum(one.changes for one in self.readings)

    @property
    def changed(self) -> tuple[Reading, ...]:
        return tuple(one.only_changed() for one in self.readings if one.changes)


def facts_of_content(content: Mapping[str, Any], *, today: date) -> PlanFacts:
    """What the rules may know of a frozen content."""
    columns, sections = content["columns"], content["sections"]
    return PlanFacts(
        today=today,
        kind=content["kind"],
        mode=content["mode"],
        sections=sections,
        texts=texts_of(content["kind"], content["mode"], content["title"], sections),
        has_partner=bool(columns["partner_id"]),
        is_core_business=bool(content["core_business"])
        or not sections.get("overview", {}).get("core_business"),
        diligence={
            one["code"]: DiligenceFact(finding=one["finding"]) for one in content["diligence"]
        },
        diligence_concluded=bool(content["diligence"]),
        starts_on=_day(columns["starts_on"]),
        ends_on=_day(columns["ends_on"]),
        partner_investment=_amount(columns["partner_investment"]),
        has_partner_fixed_investment={"True": True, "False": False}.get(
            columns["has_partner_fixed_investment"]
        ),
        experts=tuple(_expert_fact(one) for one in content["experts"]),
        guided_on=max(
            (_day(one["guided_on"]) or today for one in content["guidance"]), default=None
        ),
        active_exceptions=frozenset(
            one["rule"] for one in content["exceptions"] if one["valid_until"] >= f"{today}"
        ),
    )


def _expert_fact(one: Mapping[str, Any]) -> ExpertFact:
    return ExpertFact(
        kind=one["kind"],
        name=one["name"],
        has_conflict=one["has_conflict"],
        opinion=one["opinion"],
        opined_on=_day(one["opined_on"]),
        is_answered=one["is_adopted"] is not None,
    )


def chapters_of(
    content: Mapping[str, Any], facts: PlanFacts, *, base: Mapping[str, Any] | None = None
) -> list[Chapter]:
    """Every section with its answers in words and what the checks say of it.

    With the content of an earlier version as `base`, what changed since is marked.
    """
    found: dict[str, list[Finding]] = {}
    for one in findings(facts, CONTENT):
        found.setdefault(one.section, []).append(one)
    chapters = []
    for number, spec in enumerate(sections_of(facts.kind, facts.mode), start=1):
        before = answers_in(spec, base) if base else None
        chapters.append(
            Chapter(
                spec=spec,
                title=f"{chinese_number(number)}、{spec.code.label}",
                readings=readings_of(spec, answers_in(spec, content), before),
                findings=tuple(found.get(spec.code.value, ())),
                figures=_figures(facts) if spec.code == SectionCode.OVERVIEW else (),
            )
        )
    return chapters


def answers_in(spec: SectionSpec, content: Mapping[str, Any]) -> tuple[Answer, ...]:
    """The answers of one section of a frozen content, in words."""
    return answers_of(
        spec,
        kind=content["kind"],
        mode=content["mode"],
        data=content["sections"].get(spec.code.value, {}),
        names=names_in(content),
    )


def names_in(content: Mapping[str, Any]) -> dict[str, str]:
    """What the rows chosen in a frozen content are called."""
    partner = content["partner"]
    code = f"（{partner['uscc']}）" if partner.get("uscc") else ""
    name = f"{partner['name']}{code}" if partner else ""
    return {
        "partner": name,
        "counterpart_venue": name,
        "core_business": content["core_business"],
    }


def _figures(facts: PlanFacts) -> tuple[dict[str, str], ...]:
    income = _amount(facts.answer("contract_elements", "expected_income_amount"))
    share = facts.answer("four_properties", "welfare_share")
    years = facts.answer("overview", "max_term_years")
    found = [
        ("合作期限", term_of(facts)),
        ("单个项目最长年限", f"{years} 年" if years else ""),
        ("工会方预期年收益", _wan(income)),
        ("合作方投资", _wan(facts.partner_investment)),
        ("公益服务时段", f"{share}%" if share else ""),
    ]
    return tuple({"label": label, "value": _spaced(value)} for label, value in found if value)


def _spaced(value: str) -> str:
    """A figure set apart from its unit: 2 年."""
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])", " ", value)


def term_of(facts: PlanFacts) -> str:
    """The length of the term in words; empty when the days are missing or out of order."""
    if not facts.starts_on or not facts.ends_on or facts.ends_on < facts.starts_on:
        return ""
    return whole_years(facts.starts_on, facts.ends_on)


def _wan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{money.format_wan(amount)} 万元"


def diligence_rows(content: Mapping[str, Any], files: Mapping[str, list]) -> list[dict[str, Any]]:
    """The six conditions of 第十条 as they were found, with the evidence behind each."""
    return [
        {
            "code": one["code"],
            "title": DILIGENCE_TITLES[one["code"]],
            "finding": DiligenceFinding(one["finding"]).label,
            "tone": DiligenceFinding(one["finding"]).tone,
            "source": one["source"],
            "note": one["note"],
            "checked_on": one["checked_on"],
            "expires_on": one["expires_on"],
            "files": [
                file
                for purpose, found in files.items()
                if f"{purpose}:".startswith(f"due_diligence:{one['code']}:")
                for file in found
            ],
        }
        for one in content["diligence"]
    ]


def diligence_counts(rows: list[dict[str, Any]]) -> str:
    """5 项符合 · 1 项不符合."""
    labels = [row["finding"] for row in rows]
    return " · ".join(f"{labels.count(label)} 项{label}" for label in dict.fromkeys(labels))


def expert_rows(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Lawyers and experts with statement, opinion and the answer to it, in words."""
    conflicts = {True: "有利害关系，意见不采用", False: "无利害关系", None: "尚未声明"}
    adopted = {True: "采纳", False: "不采纳", None: "尚未答复"}
    return [
        {
            "kind": ExpertKind(one["kind"]).label,
            "name": one["name"],
            "firm": one["firm"],
            "licence_no": one["licence_no"],
            "activity": ExpertActivity(one["activity"]).label,
            "conflict": conflicts[one["has_conflict"]],
            "conflict_statement": one["conflict_statement"],
            "opinion": one["opinion"],
            "opined_on": one["opined_on"],
            "conclusion": ExpertConclusion(one["conclusion"]).label if one["conclusion"] else "",
            "tone": {"agree": "ok", "amend": "warn", "oppose": "bad"}.get(
                one["conclusion"], "idle"
            ),
            "adopted": adopted[one["is_adopted"]],
            "answer": one["answer"],
        }
        for one in content["experts"]
    ]


def lease_result(facts: PlanFacts) -> dict[str, Any]:
    """The disguised-lease screen with its reasons (第十八条)."""
    result = lease_screen(facts)
    tone, label = LEASE_WORDS[result.verdict]
    return {
        "tone": tone,
        "label": label,
        "score": result.score,
        "inspect": needs_inspection(result),
        "can_be_cleared": can_be_cleared(result),
        "hits": [
            {
                "code": hit.indicator.code,
                "sentence": hit.indicator.sentence,
                "rule": hit.indicator.rule,
                "evidence": hit.evidence,
            }
            for hit in result.hits
        ],
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
