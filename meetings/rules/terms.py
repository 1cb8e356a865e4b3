"""议事规则: what a body fixed for itself, and what nobody may lower."""

from dataclasses import dataclass
from datetime import date

from core.errors import Reason
from organizations.rules import SYSTEM_DEFAULT, Calendar

MAJORITY_RULE = "赞成票超过应到半数"
QUORUM_RULE = "到会下限"
MATERIALS_RULE = "材料会前送达"
MOST_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures by which a body decides, and the document that fixed them."""

    quorum_numerator: int = 2
    quorum_denominator: int = 3
    keeps_recused: bool = True
    materials_days: int = 0
    late_entry_days: int = 5
    source: str = SYSTEM_DEFAULT

    @property
    def quorum(self) -> tuple[int, int]:
        return self.quorum_numerator, self.quorum_denominator

    @property
    def quorum_text(self) -> str:
        return f"应到成员的 {self.quorum_numerator}/{self.quorum_denominator}"

    @property
    def recusal_text(self) -> str:
        return "回避成员计入应到" if self.keeps_recused else "回避成员不计入应到"

    @property
    def materials_text(self) -> str:
        if not self.materials_days:
            return "会前送达（不限提前天数）"
        return f"会前 {self.materials_days} 个工作日"


def terms_reasons(terms: Terms, *, basis: str) -> list[Reason]:
    """到会下限必须超过半数: the floor no body lowers; days within reason."""
    reasons = []
    share, whole = terms.quorum
    if not whole < 2 * share <= 2 * whole:
        text = "到会下限必须超过应到成员的半数，且不超过全体，例如 2/3。"
        reasons.append(Reason(text, code=basis, field="quorum"))
    if not 0 <= terms.materials_days <= MOST_DAYS:
        text = f"材料提前送达的工作日为 0 至 {MOST_DAYS}。"
        reasons.append(Reason(text, field="materials_days"))
    if not 1 <= terms.late_entry_days <= MOST_DAYS:
        text = f"补录界限为 1 至 {MOST_DAYS} 个工作日。"
        reasons.append(Reason(text, field="late_entry_days"))
    return reasons


def materials_due(meeting_day: date, days: int, calendar: Calendar) -> date:
    """The last day on which papers may be sent: so many working days back from the meeting."""
    due = meeting_day
    for _ in range(days):
        due = calendar.before(due)
    return due


def materials_reason(title: str, sent_on: date | None, due: date, terms: Terms) -> Reason | None:
    """A meeting is not held on papers its members did not have in time."""
    if terms.materials_days and sent_on is None:
        text = f"《{title}》没有登记材料送达日，不符合“{MATERIALS_RULE}”规则（{terms.materials_text}）。"
        return Reason(text, field="materials_sent_on")
    if sent_on is None or sent_on <= due:
        return None
    text = (
        f"《{title}》的材料 {sent_on} 才送达，不符合“{MATERIALS_RULE}”规则："
        f"本机构要求{terms.materials_text}，最迟 {due}。请改期开会，或改列下一次会议。"
    )
    return Reason(text, field="materials_sent_on")
