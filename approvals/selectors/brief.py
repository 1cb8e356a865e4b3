"""一页纸: what a leader must know before they sign, on one page, from the frozen version."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from approvals.enums import Node, Outcome, PlanKind, Stage, desk_label
from approvals.models import Opinion, Proposal, ProposalVersion
from approvals.rules.procedure import DESKS
from approvals.rules.term import MAX_YEARS, TermVerdict, judge_term
from approvals.selectors import chapters
from approvals.selectors.beside_form import clearances
from approvals.selectors.conditions import conditions_of
from approvals.selectors.desks import opinions_of
from approvals.selectors.paper_marks import paper_marks
from approvals.selectors.papers import NOTHING, decisions_of
from approvals.selectors.snapshot import content_of
from core.money import format_wan
from documents.rules import format_day
from organizations.enums import DepartmentKind
from partners.selectors import watches_of
from regulation.register import RULES

SHORT, SHORTER = 100, 44
MOST_COMPARED, MOST_LISTED = 3, 5
ASKED = {
    Stage.LEADER_SIGNOFF: "请分管领导签批。",
    Stage.PARTY_GROUP: "提请党组会议审议。",
    Stage.CHAIRS_OFFICE: "提请主席办公会议审议。",
    Stage.REPLYING: "请拟写、签发批复。",
    Stage.APPROVED: "已经批准，仅供阅知。",
}


def brief_context(
    user: User, proposal: Proposal, version: ProposalVersion, *, today: date
) -> dict[str, Any]:
    """All that the page and the paper print, in the order a leader asks."""
    content = content_of(proposal, version)
    facts = chapters.facts_of_content(content, today=today)
    lease = chapters.lease_result(facts)
    opinions = [one for one in opinions_of(proposal) if one.is_valid]
    conditions = list(conditions_of(proposal))
    return {
        "asked": _asked(proposal),
        "version": f"第{version.no}版",
        "basics": [
            ("事项", f"{content['title']}（{proposal.number or '未编号'}）"),
            ("内容", _short(facts.answer("overview", _content_field(content)) or NOTHING)),
            ("在哪里", f"{content['venue']['name']}；{_short(facts.answer('overview', 'space'), SHORTER)}"),
            ("与谁合作", _partner(content, proposal)),
            ("钱", _money(facts, content)),
            ("期限", _term(facts)),
        ],
        "risk": _short(facts.answer("contract_elements", "risk_assessment") or NOTHING),
        "lease": {"label": lease["label"], "tone": lease["tone"], "score": lease["score"]},
        "hits": "、".join(one["sentence"] for one in lease["hits"]) or "没有命中",
        "clearances": [_cleared(one) for one in clearances(proposal)],
        "marks": paper_marks(proposal, today=today),
        "opinions": _opinions(proposal, opinions),
        "conditions": [
            {"text": _short(one.text, SHORTER), "state": one.state.label, "tone": one.state.tone}
            for one in conditions[:MOST_LISTED]
        ],
        "more_conditions": max(0, len(conditions) - MOST_LISTED),
        "decisions": [
            f"{one['sitting']}（{one['held_on']}）：{one['conclusion']}，{one['votes']}"
            for one in decisions_of(proposal)[-2:]
        ],
        "compared": _compared(user, proposal),
    }  # fmt: skip


def _cleared(one: dict[str, Any]) -> str:
    """A request to clear the plan of a suspected lease, in one line with who decided."""
    by = one["decision"]
    return f"{one['head']}{'；' + by['sitting'] + by['conclusion'] if by else ''}"


def _content_field(content: dict[str, Any]) -> str:
    return "purpose" if content["kind"] == PlanKind.OVERALL_PLAN else "content"


def _short(text: str, length: int = SHORT) -> str:
    """One page is one page: what is longer stands in the plan."""
    text = " ".join(text.split())
    return f"{text[: length - 2]}……" if len(text) > length else text


def _asked(proposal: Proposal) -> str:
    stage = Stage(proposal.stage)
    if stage in ASKED:
        return ASKED[stage]
    return f"现由{DESKS[stage].label}办理：{stage.label}。"


def _partner(content: dict[str, Any], proposal: Proposal) -> str:
    partner = content["partner"]
    mode = proposal.get_mode_display() if content["mode"] else ""
    if not partner:
        return mode or NOTHING
    code = f"，{partner['uscc']}" if partner["uscc"] else ""
    watched = "".join(
        f"；{RULES[one.basis].basis}，{one.words}" for one in watches_of(proposal.partner)
    )
    return f"{partner['name']}（{partner['kind']}{code}）；{mode}{watched}"


def _money(facts: Any, content: dict[str, Any]) -> str:
    income = content["columns"].get("expected_income")
    amounts = [
        f"合作方投资 {_wan(facts.partner_investment)}",
        f"工会方预期年收益 {_wan(Decimal(income) if income else None)}",
    ]
    shares = _short(facts.answer("contract_elements", "income_distribution"), SHORTER)
    return "；".join([*amounts, *([shares] if shares else [])])


def _wan(amount: Decimal | None) -> str:
    return NOTHING if amount is None else f"{format_wan(amount)} 万元"


def _term(facts: Any) -> str:
    if not facts.starts_on or not facts.ends_on:
        return NOTHING
    is_over = judge_term(facts.starts_on, facts.ends_on) is TermVerdict.OVER
    over = f"，超过 {MAX_YEARS} 年，须有例外" if is_over else ""
    days = f"{format_day(facts.starts_on)}至{format_day(facts.ends_on)}"
    return f"{days}，共{chapters.term_of(facts)}{over}"


def _opinions(proposal: Proposal, opinions: Iterable[Opinion]) -> list[dict[str, str]]:
    """Every desk of the route with what it said, or that it has not spoken."""
    said = {(one.task.node, one.task.department_kind): one for one in opinions if one.task.is_desk}
    kinds = proposal.route.get("countersigners", [])
    desks = [
        (Node.FORMAL_REVIEW, ""),
        *((Node.COUNTERSIGNATURE, kind) for kind in kinds),
        (Node.LEGAL_REVIEW, ""),
    ]
    return [_opinion(node, kind, said.get((node, kind))) for node, kind in desks]


def _opinion(node: Node, kind: str, opinion: Opinion | None) -> dict[str, str]:
    label = DepartmentKind(kind).label if kind else desk_label(node, kind)
    if opinion is None:
        return {"desk": label, "outcome": "未签署", "tone": "idle", "text": "", "by": ""}
    seen = f"（第{opinion.plan_version.no}版）" if opinion.carried_to else ""
    return {
        "desk": label,
        "outcome": f"{opinion.get_outcome_display()}{seen}",
        "tone": Outcome(opinion.outcome).tone,
        "text": _short(opinion.text, SHORTER),
        "by": opinion.signer,
    }


def _compared(user: User, proposal: Proposal) -> list[dict[str, str]]:
    """Approved plans of the same way in the reader's scope, the nearest in investment first."""
    rows = Proposal.objects.visible_to(user).filter(
        stage=Stage.APPROVED, kind=proposal.kind, mode=proposal.mode
    )
    rows = rows.exclude(pk=proposal.pk).select_related("venue", "partner")
    wanted = proposal.partner_investment or Decimal()
    found = sorted(
        rows.order_by("-decided_at", "pk")[:200],
        key=lambda one: abs((one.partner_investment or Decimal()) - wanted),
    )
    return [
        {
            "title": _short(one.title, 30),
            "venue": one.venue.name,
            "partner": one.partner.name if one.partner else NOTHING,
            "term": f"{one.starts_on} 至 {one.ends_on}" if one.starts_on and one.ends_on else NOTHING,
            "investment": _wan(one.partner_investment),
            "income": _wan(one.expected_income),
        }
        for one in found[:MOST_COMPARED]
    ]  # fmt: skip
