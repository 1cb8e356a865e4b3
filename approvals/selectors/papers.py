"""What the papers of a plan print: plain values in reading order, never live objects."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from approvals.models import (
    Condition,
    Opinion,
    Proposal,
    ProposalVersion,
    Reply,
    ReturnPoint,
    RuleException,
)
from documents.enums import DocumentStatus
from documents.models import IssuedDocument
from documents.rules import format_day, printable
from documents.selectors import documents_of
from meetings.models import AgendaItem, Meeting
from meetings.selectors import items_of
from regulation.register import RULES

REGULATION = "《陕西省总工会推动职工服务阵地社会化市场化运作实施细则》"
NOTHING = "—"
RETURN_NOTICE = "return_notice"


def lines_of(text: str) -> list[str]:
    """The lines somebody typed, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sitting_of(meeting: Meeting) -> str:
    """西安市总工会党组2026年第12次会议; 主席办公会议（2026年第5次）."""
    if meeting.body.name.endswith("会议"):
        return f"{meeting.body.name}（{meeting.session}）"
    return f"{meeting}会议"


def votes_of(item: AgendaItem) -> str:
    """The count of the votes; never who said what."""
    recused = f"、回避 {item.recused} 人" if item.recused else ""
    return (
        f"应到 {item.members} 人、实到 {item.present} 人{recused}；同意 {item.agree} 票、"
        f"不同意 {item.disagree} 票、弃权 {item.abstain} 票、缓议 {item.defer} 票"
    )


def held_on(meeting: Meeting) -> str:
    """The civil day of a meeting as papers write it."""
    return format_day(localdate(meeting.starts_at))


def reply_context(
    proposal: Proposal, reply: Reply, version: ProposalVersion, *, marks: list[str]
) -> dict[str, Any]:
    """批复 in GB/T 9704 layout: what is approved, on what conditions, what is asked.

    `marks` are the exceptions and late entries of the plan (`paper_marks`).
    """
    union = proposal.supervising_union
    parts = (
        ("同意事项", reply.approved_matters),
        ("条件", reply.conditions),
        ("要求", reply.requirements),
    )
    typed = [(heading, lines_of(text)) for heading, text in parts if text.strip()]
    numbers = "一二三"
    return {
        "letterhead": f"{union.name}文件",
        "signature": union.name,
        "printed_by": union.name,
        "addressee": proposal.venue.name,
        "opening": _opening(proposal, version),
        "parts": [
            {"heading": f"{numbers[place]}、{heading}", "lines": lines}
            for place, (heading, lines) in enumerate(typed)
        ],
        "copy_to": f"{union.name}资产监管部门，各会签部门",
        "marks": marks,
    }


def _opening(proposal: Proposal, version: ProposalVersion) -> str:
    day = format_day(localdate(version.submitted_at))
    decided = proposal.decisions.select_related("item__meeting__body").order_by("at", "pk")
    sittings = [
        f"{sitting_of(one.item.meeting)}{'（补录）' if one.item.meeting.is_late_entry else ''}"
        for one in decided
        if one.is_valid and one.item.counts and one.item.meeting
    ]
    by_whom = f"经{'、'.join(sittings)}集体研究，" if sittings else ""
    return (
        f"你单位{day}报来的《{proposal.title}》（{proposal.number}，第{version.no}版）收悉。"
        f"根据{REGULATION}第十三条，{by_whom}现批复如下："
    )


def return_points_due(proposal: Proposal) -> list[ReturnPoint]:
    """The points of the last return, in their order."""
    rows = proposal.return_points.filter(plan_version__no=proposal.version_no)
    return list(rows.select_related("plan_version", "raised_by").order_by("no", "pk"))


def notices_in_force(proposal: Proposal) -> QuerySet[IssuedDocument]:
    """The 退回补正通知 of a plan that are not void, newest first."""
    rows = documents_of(proposal.case_id, RETURN_NOTICE)
    return rows.filter(status=DocumentStatus.IN_FORCE)


def return_notice_title(proposal: Proposal) -> str:
    return f"关于{proposal.title}（第{proposal.version_no}版）退回补正的通知"


def is_noticed(proposal: Proposal, notices: list[IssuedDocument]) -> bool:
    """Whether the venue holds a notice, not void, of the version that was returned."""
    title = return_notice_title(proposal)
    return any(one.title == title and one.status == DocumentStatus.IN_FORCE for one in notices)


def return_notice_context(proposal: Proposal, points: list[ReturnPoint]) -> dict[str, Any]:
    """退回补正通知: every point at once, so that the venue is not sent home twice."""
    union, version = proposal.supervising_union, points[0].plan_version
    day = format_day(localdate(version.submitted_at))
    return {
        "letterhead": f"{union.name}文件",
        "signature": union.name,
        "printed_by": union.name,
        "addressee": proposal.venue.name,
        "opening": (
            f"你单位{day}报来的《{proposal.title}》（{proposal.number}，第{version.no}版）收悉。"
            f"根据{REGULATION}第十三条（二）规范程序的要求，经审查，须补正{len(points)}项，现一次性告知如下："
        ),
        "points": [" ".join(lines_of(one.text)) for one in points],
        "closing": "请逐条答复并修改方案，经本单位集体决策后重新报送；已修改的内容须对应到相应章节。",
    }


def exception_context(exception: RuleException) -> dict[str, Any]:
    """例外审批表: the rule in its own words, the case for setting it aside, who decided."""
    proposal, rule = exception.proposal, RULES[exception.rule_code]
    item = exception.item
    return {
        "rows": [
            ("项目", f"{proposal.number or '未编号'}　{proposal.title}"),
            ("申报阵地", proposal.venue.name),
            ("主管工会", proposal.supervising_union.name),
            ("条款", f"{rule.basis}（{rule.code}）"),
            ("条款原文", rule.quotation),
            ("事实", exception.facts),
            ("理由", exception.reason),
            ("风险", exception.risk),
            ("缓释措施", exception.mitigation),
            ("律师意见", exception.lawyer_opinion),
            ("有效期至", printable(exception.valid_until)),
        ],
        "state": exception.shown.label,
        "drafted_by": exception.drafted_by.name,
        "submitted_at": printable(exception.submitted_at) or NOTHING,
        "legal_opinion": exception.legal_opinion or NOTHING,
        "legal_by": exception.legal_by.name if exception.legal_by else NOTHING,
        "legal_at": printable(exception.legal_at) or NOTHING,
        "decision": decision_of(item) if item and item.is_voted else None,
    }


def decision_of(item: AgendaItem) -> dict[str, str]:
    """One concluded item as a paper prints it."""
    meeting = item.meeting
    changes = f"\n须修改：{item.required_changes}" if item.required_changes else ""
    confirmed = ""
    if item.confirmer:
        when = printable(item.confirmed_at) if item.confirmed_at else "尚未确认，暂不作数"
        confirmed = f"{item.confirmer.name}　{when}"
    return {
        "kind": item.body.kind,
        "body": item.body.name,
        "sitting": sitting_of(meeting) if meeting else NOTHING,
        "held_on": held_on(meeting) if meeting else NOTHING,
        "conclusion": item.get_conclusion_display(),
        "votes": votes_of(item) if item.is_voted else _absent(item),
        "resolution": f"{item.resolution or NOTHING}{changes}",
        "confirmed": confirmed,
        "late": "补录" if meeting and meeting.is_late_entry else "",
        "version": str(item.version_no),
    }


def _absent(item: AgendaItem) -> str:
    return f"应到 {item.members} 人、实到 {item.present} 人，未达到到会下限"


def decisions_of(proposal: Proposal) -> list[dict[str, str]]:
    """Every conclusion of every body on the plan, oldest first."""
    return [decision_of(item) for item in items_of(proposal.pk) if item.conclusion]


def _standing(opinion: Opinion) -> str:
    """On which version it was said when that is not the last one, or why it no longer counts."""
    if opinion.taken_back_at:
        return "已取回"
    if opinion.void_reason:
        return f"已失效：{opinion.void_reason}"
    if opinion.is_valid and opinion.carried_to:
        no = opinion.plan_version.no
        return f"对应第{no}版，所依据的内容至第{opinion.carried_to}版未变"
    return ""


def _met(condition: Condition) -> str:
    """Where a condition stands, and on whose word."""
    if condition.met_at and condition.met_by:
        when = printable(condition.met_at)
        return f"{condition.met_by.name}{when}确认落实：{condition.met_note}"
    if condition.reported_at:
        return f"阵地{printable(condition.reported_at)}报告落实情况，尚未确认"
    return "尚未落实"


def opinion_of(opinion: Opinion) -> dict[str, Any]:
    """One opinion as a paper prints it, with its conditions and the answer to it."""
    resolution = getattr(opinion, "resolution", None)
    return {
        "desk": opinion.task.get_department_kind_display() or opinion.task.get_node_display(),
        "outcome": opinion.get_outcome_display(),
        "text": opinion.text or NOTHING,
        "by": opinion.signer,
        "position": opinion.position,
        "at": printable(opinion.at),
        "standing": _standing(opinion),
        "conditions": [
            {
                "text": one.text,
                "met": _met(one),
            }
            for one in opinion.listed_conditions
        ],
        "resolution": f"{resolution.text}（{resolution.by.name}，{resolution.position}，"
        f"{printable(resolution.at)}）"
        if resolution
        else "",
    }
