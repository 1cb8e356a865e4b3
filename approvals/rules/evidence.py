"""What a collective decision must show for itself: the signed record, scanned. Pure."""

from collections.abc import Iterator

from approvals.rules.facts import PlanFacts
from approvals.rules.findings import Finding


def venue_record_filed(facts: PlanFacts) -> Iterator[Finding]:
    """第十七条「实行集体决策」：the signed record is the evidence of it."""
    decision = facts.venue_decision
    if decision is not None and decision.is_passed and not decision.has_original:
        text = (
            "阵地集体决策还没有上传签字的会议记录或签到表扫描件，请在该次会议的“会议记录”页上传。"
        )
        yield Finding(text, "17-1", "venue_record")


def meetings_filed(facts: PlanFacts) -> Iterator[Finding]:
    """第十三条（三）「集体研究决定」：no reply without the signed record of each meeting."""
    for meeting in facts.unfiled_meetings:
        text = (
            f"{meeting}还没有上传签字的会议记录或签到表，不能签发批复。请会议秘书在会议记录页上传。"
        )
        yield Finding(text, "13-3-1")
