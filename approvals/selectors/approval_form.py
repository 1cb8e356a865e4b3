"""合作项目审批表: every field in its order, from the frozen version and the acts on it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from approvals.enums import CooperationMode, Node, SectionCode
from approvals.models import Opinion, Proposal, ProposalVersion, Reply
from approvals.rules.ancillary import listed
from approvals.rules.checks import DILIGENCE_TITLES
from approvals.rules.facts import PlanFacts
from approvals.rules.fields import Kind, fields_of, section_spec
from approvals.rules.term import MAX_YEARS, TermVerdict, judge_term
from approvals.selectors import beside_form, chapters
from approvals.selectors.desks import opinions_of
from approvals.selectors.paper_marks import paper_marks
from approvals.selectors.papers import NOTHING, decision_of, decisions_of, opinion_of
from approvals.selectors.snapshot import content_of
from core.money import format_yuan
from documents.rules import format_day, printable
from organizations.enums import DepartmentKind
from partners.enums import Finding
from partners.selectors import watches_of
from regulation.register import RULES

ARTICLE_OF_MODE: dict[str, str] = {
    CooperationMode.INTERNAL: "第十四条（一）",
    CooperationMode.EXTERNAL: "第十四条（二）",
    CooperationMode.UNDERTAKING: "第十四条（三）",
    CooperationMode.SPONSORSHIP: "第十四条（四）",
    CooperationMode.OTHER: "第十四条第二款",
}
YES_NO = {"yes": "是", "no": "否"}
SHORT_HASH = 8
SHORT_ANSWERS = {SectionCode.FIVE_CONSTANTS}


def approval_form_context(
    proposal: Proposal, version: ProposalVersion, *, today: date
) -> dict[str, Any]:
    """All that the form prints; empty fields print 「—」."""
    content = content_of(proposal, version)
    facts = chapters.facts_of_content(content, today=today)
    opinions = list(opinions_of(proposal))
    current = [one for one in opinions if one.is_valid]
    earlier = [one for one in opinions if not one.is_valid]
    return {
        "version": f"第{version.no}版，{printable(version.submitted_at)}报送",
        "submitted_by": version.submitted_by.name,
        "sha256": version.sha256,
        "basics": _filled(_basics(proposal, content, facts)),
        "appraisal": _filled(_appraisal(content, facts)),
        "experts": chapters.expert_rows(content),
        "guidance": [
            f"{_printed_day(one['guided_on'])}　{one['content']}（{one['by']}）"
            for one in content["guidance"]
        ],
        "diligence": _diligence(content),
        "watches": _watches(proposal),
        "pledges": _filled(_pledges(content, facts)),
        "exceptions": _exceptions(proposal),
        "clearances": beside_form.clearances(proposal),
        "recorded": [one.text for one in beside_form.recorded(proposal, facts)],
        "initiative": beside_form.initiative(proposal),
        "major": beside_form.determination(proposal),
        "venue_decisions": [
            decision_of(one.item)
            for one in proposal.venue_decisions.select_related(
                "item__body", "item__meeting", "item__confirmer"
            ).order_by("at", "pk")
        ],
        "formal_review": _of_node(current, Node.FORMAL_REVIEW),
        "countersignatures": _countersignatures(proposal, current),
        "legal_review": _of_node(current, Node.LEGAL_REVIEW),
        "signs_off": "leader_days" in proposal.route and bool(proposal.route["leader_days"]),
        "signoff": _of_node(current, Node.LEADER_SIGNOFF),
        "earlier": [opinion_of(one) | {"version": one.plan_version.no} for one in earlier],
        "heads": _filled(_heads(proposal, current)),
        "decisions": _decisions(proposal),
        "reply": _reply(proposal),
        "attachments": [
            f"{one['name']}　{one['pages'] or NOTHING} 页　{one['sha256'][:SHORT_HASH]}"
            for one in content["attachments"]
        ],
        "marks": paper_marks(proposal, today=today),
    }


def _filled(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, text or NOTHING) for label, text in rows]


def _basics(
    proposal: Proposal, content: Mapping[str, Any], facts: PlanFacts
) -> list[tuple[str, str]]:
    venue, partner = content["venue"], content["partner"]
    mode = proposal.get_mode_display() if facts.mode else proposal.get_kind_display()
    article = ARTICLE_OF_MODE.get(facts.mode, "")
    investment = format_yuan(facts.partner_investment)
    income = facts.answer("contract_elements", "expected_income_amount")
    return [
        ("项目编号", proposal.number or ""),
        ("项目名称", content["title"]),
        (
            "阵地",
            f"{venue['name']}（{venue['kind']}；主管工会：{proposal.supervising_union.name}；"
            f"{venue['affiliation']}）",
        ),
        ("合作方", _partner(partner)),
        ("合作方式", f"{mode}{f'，{article}' if article else ''}"),
        ("主责主业", content["core_business"]),
        ("合作期限", _term(facts, content)),
        ("投资来源和金额", _joined(facts, "investment_source", f"合作方投资 {investment} 元")),
        (
            "预期收益",
            _joined(
                facts,
                "expected_income",
                f"工会方预期年收益 {format_yuan(Decimal(income) if income else None)} 元",
            ),
        ),
        ("收入分配", facts.answer("contract_elements", "income_distribution")),
        ("资产评估", ""),
    ]


def _partner(partner: Mapping[str, str]) -> str:
    if not partner:
        return ""
    code = f"；统一社会信用代码 {partner['uscc']}" if partner["uscc"] else ""
    return f"{partner['name']}（{partner['kind']}{code}）"


def _joined(facts: PlanFacts, name: str, figure: str) -> str:
    text = facts.answer("contract_elements", name)
    return f"{text}\n{figure}" if text else ""


def _term(facts: PlanFacts, content: Mapping[str, Any]) -> str:
    if not facts.starts_on or not facts.ends_on:
        return ""
    is_over = judge_term(facts.starts_on, facts.ends_on) is TermVerdict.OVER
    numbers = "、".join(one["number"] for one in content["exceptions"] if one["rule"] == "13-4-4")
    over = (
        f"超过 {MAX_YEARS} 年，例外 {numbers or NOTHING}" if is_over else f"不超过 {MAX_YEARS} 年"
    )
    days = f"{format_day(facts.starts_on)}至{format_day(facts.ends_on)}"
    return f"{days}，累计{chapters.term_of(facts)}，{over}"


def _appraisal(content: Mapping[str, Any], facts: PlanFacts) -> list[tuple[str, str]]:
    names = (("必要性", "necessity"), ("可行性", "feasibility"), ("操作性", "operability"))
    rows = [(label, facts.answer("appraisal", name)) for label, name in names]
    rows.append(("论证结论", facts.answer("appraisal", "conclusion")))
    return rows


def _diligence(content: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "title": DILIGENCE_TITLES[one["code"]],
            "finding": Finding(one["finding"]).label,
            "source": one["source"] or NOTHING,
            "checked_on": _printed_day(one["checked_on"]),
        }
        for one in content["diligence"]
    ]


def _printed_day(text: str) -> str:
    return format_day(date.fromisoformat(text)) if text else NOTHING


def _answers(facts: PlanFacts, code: str) -> str:
    """The answers of a section of questions, one per line."""
    spec = section_spec(code)
    lines = []
    for one in fields_of(spec, facts.kind, facts.mode):
        answer = facts.answer(code, one.name)
        text = YES_NO.get(answer, answer) or NOTHING
        unit = "%" if answer and one.kind is Kind.PERCENT else ""
        lines.append(f"{one.label.removesuffix('（%）')}：{text}{unit}")
    return "；".join(lines) if spec.code in SHORT_ANSWERS else "\n".join(lines)


def _pledges(content: Mapping[str, Any], facts: PlanFacts) -> list[tuple[str, str]]:
    lease = chapters.lease_result(facts)
    hits = "".join(f"\n{hit['code']} {hit['sentence']}：{hit['evidence']}" for hit in lease["hits"])
    mark = "，列入加强检查" if lease["inspect"] else ""
    asked = [
        f"{one.label}：{YES_NO.get(facts.answer('negative_list', one.name), NOTHING)}"
        for one in fields_of(section_spec("negative_list"), facts.kind, facts.mode)
        if one.kind is Kind.YES_NO
    ]
    return [
        ("四性", _answers(facts, "four_properties")),
        ("五不变", _answers(facts, "five_constants")),
        ("负面清单", "；".join(asked)),
        *_ancillary(facts),
        ("变相出租承包筛查", f"{lease['label']}（{lease['score']} 分）{mark}{hits}"),
        ("职工优惠", _answers(facts, "discounts")),
        ("重大事项", _answers(facts, "major_matter")),
    ]


def _ancillary(facts: PlanFacts) -> list[tuple[str, str]]:
    """配套服务清单 (18-6), where the plan offers any."""
    lines = listed(dict(facts.sections.get("negative_list", {})))
    return [("配套服务清单", "\n".join(lines))] if lines else []


def _watches(proposal: Proposal) -> list[str]:
    """重点关注 of the partner as it stands today: by whom, since when, why, by which article."""
    return [
        f"{one.union.name}资产监管部门{format_day(one.put_at)}列为重点关注"
        f"（{RULES[one.basis].basis}）：{one.reason}"
        for one in watches_of(proposal.partner)
    ]


def _exceptions(proposal: Proposal) -> list[dict[str, Any]]:
    rows = proposal.exceptions.exclude(submitted_at=None)
    rows = rows.select_related("item__body", "item__meeting", "item__confirmer")
    return [
        {
            "number": one.number or NOTHING,
            "basis": RULES[one.rule_code].basis,
            "state": one.shown.label,
            "facts": one.facts,
            "reason": one.reason,
            "risk": one.risk,
            "mitigation": one.mitigation,
            "lawyer_opinion": one.lawyer_opinion,
            "legal_opinion": one.legal_opinion or NOTHING,
            "valid_until": printable(one.valid_until),
            "decision": decision_of(one.item) if one.item and one.item.is_voted else None,
        }
        for one in rows.order_by("rule_code", "pk")
    ]


def _of_node(opinions: list[Opinion], node: Node) -> dict[str, Any] | None:
    return next((opinion_of(one) for one in opinions if one.task.node == node), None)


def _countersignatures(proposal: Proposal, opinions: list[Opinion]) -> list[dict[str, Any]]:
    """One cell per department of the pinned route, signed or not."""
    signed = {
        one.task.department_kind: opinion_of(one)
        for one in opinions
        if one.task.node == Node.COUNTERSIGNATURE
    }
    kinds = proposal.route.get("countersigners", [])
    return [{"label": DepartmentKind(kind).label, "opinion": signed.get(kind)} for kind in kinds]


def _heads(proposal: Proposal, opinions: list[Opinion]) -> list[tuple[str, str]]:
    """部长、分管领导: what each of them signed on this plan."""
    answered = [opinion_of(one)["resolution"] for one in opinions if hasattr(one, "resolution")]
    confirmed = [
        f"确认修改到位（{one.item.confirmer.name}，{printable(one.item.confirmed_at)}）"
        for one in proposal.decisions.select_related("item__confirmer").order_by("at", "pk")
        if one.item.confirmer and one.item.confirmed_at
    ]
    reply = _issued(proposal)
    if reply and reply.issued_by and reply.issued_on:
        confirmed.append(f"签发批复（{reply.issued_by.name}，{format_day(reply.issued_on)}）")
    return [
        ("资产监管部门负责人意见", "\n".join(answered)),
        ("分管领导意见", "\n".join(confirmed)),
    ]


def _issued(proposal: Proposal) -> Reply | None:
    return Reply.objects.filter(proposal=proposal, issued_on__isnull=False).first()


def _decisions(proposal: Proposal) -> list[dict[str, Any]]:
    """The two bodies in order; a body that has not met prints 「—」."""
    found = decisions_of(proposal)
    bodies = {"party_group": "党组会议决定", "chairs_office": "主席办公会议决定"}
    rows = []
    for kind in proposal.route.get("bodies", []):
        mine = [one for one in found if one["kind"] == kind]
        rows.append({"label": bodies[kind], "decisions": mine})
    return rows


def _reply(proposal: Proposal) -> str:
    reply = _issued(proposal)
    if reply is None or reply.issued_on is None:
        return NOTHING
    return f"{reply.document_number}，{format_day(reply.issued_on)}"
