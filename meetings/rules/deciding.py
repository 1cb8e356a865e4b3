"""One decision: quorum, majority, speaking order, conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Reason
from meetings.enums import AttendanceStatus, Choice, Conclusion
from meetings.rules.terms import MAJORITY_RULE

UNION_MEETING = "13-3-1"  # 第十三条（三）：经党组会议、主席办公会议集体研究决定
VENUE_MEETING = "17-1"  # 第十七条：按照“三重一大”要求实行集体决策
PASSING = (Conclusion.PASSED, Conclusion.PASSED_WITH_CHANGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Whether one member came, as it is to be registered."""

    member: int
    status: str
    reason: str = ""
    written_opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One member who is present at the meeting."""

    member: int
    name: str
    is_principal: bool = False
    is_chair: bool = False

    @property
    def speaks_last(self) -> bool:
        return self.is_principal or self.is_chair


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteMark:
    """What one present member said on one item, as it is to be recorded."""

    member: int
    choice: str = ""
    is_recused: bool = False
    recusal_reason: str = ""
    opinion: str = ""
    speaking_order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes on one item, counted."""

    agree: int = 0
    disagree: int = 0
    abstain: int = 0
    defer: int = 0

    @property
    def cast(self) -> int:
        return self.agree + self.disagree + self.abstain + self.defer


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that the rules may know about the decision on one item.

    `ballot` is the announced count of a secret ballot; in an open vote it is None and
    the count is taken from the votes.
    """

    members: int
    seats: tuple[Seat, ...]
    quorum: tuple[int, int]
    votes: tuple[VoteMark, ...]
    conclusion: str
    keeps_recused: bool = True
    resolution: str = ""
    required_changes: str = ""
    has_confirmer: bool = False
    ballot: Tally | None = None
    basis: str = UNION_MEETING

    @property
    def present(self) -> int:
        return len(self.seats)

    @property
    def recused(self) -> int:
        return sum(vote.is_recused for vote in self.votes)

    @property
    def base(self) -> int:
        """应到 on this item: the recused leave it only where the body's terms say so."""
        return self.members - (0 if self.keeps_recused else self.recused)

    @property
    def seated(self) -> int:
        """Those present who count towards the quorum of this item."""
        return self.present - (0 if self.keeps_recused else self.recused)

    @property
    def tally(self) -> Tally:
        return self.ballot or count_votes(self.votes)


def count_votes(votes: Sequence[VoteMark]) -> Tally:
    """Count an open vote; the recused have none."""
    said = [vote.choice for vote in votes if not vote.is_recused]
    return Tally(
        agree=said.count(Choice.AGREE),
        disagree=said.count(Choice.DISAGREE),
        abstain=said.count(Choice.ABSTAIN),
        defer=said.count(Choice.DEFER),
    )


def present_needed(members: int, numerator: int, denominator: int) -> int:
    """到会下限：the fewest who make the body fit to decide.

    More than half is a floor that no setting lowers (「双过半」).
    """
    share = -(-numerator * members // denominator)
    return max(share, members // 2 + 1)


def quorum_met(present: int, members: int, numerator: int, denominator: int) -> bool:
    """「按照民主集中制原则」：enough of 应到 are present. 2/3 of 7 is 5, of 8 and of 9 is 6."""
    return present >= present_needed(members, numerator, denominator)


def agree_needed(members: int) -> int:
    """The fewest votes that are more than half of 应到."""
    return members // 2 + 1


def majority_of_members(agree: int, members: int) -> bool:
    """赞成票超过应到成员的半数：of 应到, not of those present."""
    return 2 * agree > members


def quorum_reason(decision: Decision) -> Reason | None:
    """Without quorum nothing is decided; the meeting closes as 未形成结论."""
    if quorum_met(decision.seated, decision.base, *decision.quorum):
        return None
    needed = present_needed(decision.base, *decision.quorum)
    outside = decision.members - decision.base
    without = f"（{outside} 人回避，不计入应到）" if outside else ""
    return Reason(
        f"实到 {decision.seated} 人，应到 {decision.base} 人{without}，未达到到会下限 {needed} 人，"
        "不能形成结论。请以“未形成结论”结束本次会议，议题自动退回议程，另行上会。",
        code=decision.basis,
    )


def attendance_reasons(rows: Sequence[Presence], roster: dict[int, str]) -> list[Reason]:
    """实到＋请假＋缺席＝应到：each member on the roster is registered once."""
    marked = [row.member for row in rows]
    reasons = [
        Reason(f"请选择{name}的到会情况：实到、请假或缺席。", field=f"status_{member}")
        for member, name in roster.items()
        if member not in marked
    ]
    if set(marked) - roster.keys() or len(marked) != len(set(marked)):
        reasons.append(Reason("到会名单与应到成员不一致，请刷新页面后重新登记。"))
        return reasons
    for row in rows:
        reasons += _presence_reasons(row, roster[row.member])
    return reasons


def _presence_reasons(row: Presence, name: str) -> list[Reason]:
    if row.status not in AttendanceStatus.values:
        text = f"请选择{name}的到会情况：实到、请假或缺席。"
        return [Reason(text, field=f"status_{row.member}")]
    if row.status == AttendanceStatus.LEAVE and not row.reason.strip():
        return [Reason(f"{name}请假，请写明原因。", field=f"reason_{row.member}")]
    if row.status == AttendanceStatus.PRESENT and row.written_opinion.strip():
        return [
            Reason(
                f"{name}已到会，应当面表态；书面意见只记录未到会成员的意见，且不计票。",
                field=f"written_{row.member}",
            )
        ]
    return []


def vote_reasons(decision: Decision) -> list[Reason]:
    """逐人表态：各项票数之和＝实到－回避，回避须说明原因。"""
    seats = {seat.member: seat.name for seat in decision.seats}
    marked = [vote.member for vote in decision.votes]
    if set(marked) != seats.keys() or len(marked) != len(set(marked)):
        return [Reason("表态名单与实到成员不一致：未到会的成员不表决，每人只记一次。")]
    reasons = [
        reason
        for vote in decision.votes
        for reason in _vote_reasons(vote, seats[vote.member], decision)
    ]
    voters = decision.present - decision.recused
    if decision.tally.cast != voters:
        reasons.append(
            Reason(
                f"票数不符：实到 {decision.present} 人，回避 {decision.recused} 人，"
                f"应有 {voters} 票，现为同意 {decision.tally.agree}、不同意 "
                f"{decision.tally.disagree}、弃权 {decision.tally.abstain}、缓议 "
                f"{decision.tally.defer}，合计 {decision.tally.cast} 票。请逐人核对。",
                code=decision.basis,
            )
        )
    return reasons


def _vote_reasons(vote: VoteMark, name: str, decision: Decision) -> list[Reason]:
    field = f"choice_{vote.member}"
    if vote.is_recused:
        if not vote.recusal_reason.strip():
            return [Reason(f"{name}回避，请写明原因。", field=f"recusal_{vote.member}")]
        if vote.choice or vote.speaking_order:
            return [Reason(f"{name}已回避，不发言、不表决，请清空其表态和次序。", field=field)]
        return []
    if decision.ballot is not None:
        if vote.choice:
            return [Reason("无记名投票不登记个人表态，请只填写唱票结果。", field=field)]
    elif vote.choice not in Choice.values:
        return [Reason(f"请登记{name}的表态。", field=field)]
    return []


def speaking_reasons(decision: Decision) -> list[Reason]:
    """The order is written down as it was: each who votes has a turn of their own."""
    names = {seat.member: seat.name for seat in decision.seats}
    voting = _speakers(decision)
    reasons = [
        Reason(f"请填写{names[vote.member]}的发言次序（从 1 开始）。", field=f"order_{vote.member}")
        for vote in voting
        if not vote.speaking_order or vote.speaking_order < 1
    ]
    if reasons:
        return reasons
    if len(voting) != len({vote.speaking_order for vote in voting}):
        return [Reason("有两人的发言次序相同，请按实际先后逐人填写。")]
    return []


def _speakers(decision: Decision) -> list[VoteMark]:
    seated = {seat.member for seat in decision.seats}
    return [vote for vote in decision.votes if not vote.is_recused and vote.member in seated]


def spoke_last(decision: Decision) -> bool:
    """主要负责人（主持人）末位表态: nobody else spoke after them.

    What happened is written down as it happened: another order is marked on the page and
    on the papers, not refused.
    """
    last = {seat.member for seat in decision.seats if seat.speaks_last}
    turns = [(vote.speaking_order or 0, vote.member in last) for vote in _speakers(decision)]
    others = [turn for turn, is_last in turns if not is_last]
    return all(turn > max(others, default=0) for turn, is_last in turns if is_last)


def conclusion_reasons(decision: Decision) -> list[Reason]:
    """The conclusion says what the votes say: 通过 needs more than half of 应到."""
    conclusion, agree = decision.conclusion, decision.tally.agree
    has_majority = majority_of_members(agree, decision.base)
    figures = (
        f"赞成 {agree} 票，应到 {decision.base} 人，"
        f"须超过半数（至少 {agree_needed(decision.base)} 票）"
    )
    if conclusion not in Conclusion.values or conclusion == Conclusion.NO_CONCLUSION:
        text = "请选择结论。“未形成结论”只在到会人数不足、结束会议时产生。"
        return [Reason(text, code=decision.basis, field="conclusion")]
    if conclusion in PASSING and not has_majority:
        text = f"不符合“{MAJORITY_RULE}”规则：{figures}，不能记为“{Conclusion(conclusion).label}”。"
        return [Reason(text, code=decision.basis, field="conclusion")]
    if conclusion not in PASSING and has_majority:
        text = (
            f"与“{MAJORITY_RULE}”规则不一致：{figures}，已过半数，"
            f"不能记为“{Conclusion(conclusion).label}”。"
        )
        return [Reason(text, code=decision.basis, field="conclusion")]
    return []


def wording_reasons(decision: Decision) -> list[Reason]:
    """The resolution is written; 修改后通过 says what to change and who confirms it."""
    reasons = []
    if not decision.resolution.strip():
        reasons.append(Reason("请填写决议内容。", field="resolution"))
    if decision.conclusion == Conclusion.PASSED_WITH_CHANGES:
        if not decision.required_changes.strip():
            reasons.append(Reason("修改后通过，请逐条写明须修改的内容。", field="required_changes"))
        if not decision.has_confirmer:
            text = "修改后通过，须指定一名确认人；经其确认修改到位后才算通过。"
            reasons.append(Reason(text, code=decision.basis, field="confirmer"))
    elif decision.required_changes.strip() or decision.has_confirmer:
        text = "只有结论为“修改后通过”时才填写须修改内容和确认人，请清空或改选结论。"
        reasons.append(Reason(text, field="required_changes"))
    return reasons


def decision_reasons(decision: Decision) -> list[Reason]:
    """Every reason why the item cannot be concluded so; empty when it can.

    Lack of quorum stands alone: then nothing else matters. A conclusion is held
    against the votes only when the votes themselves add up.
    """
    if missing := quorum_reason(decision):
        return [missing]
    votes = vote_reasons(decision)
    reasons = votes + speaking_reasons(decision)
    if not votes:
        reasons += conclusion_reasons(decision)
    return reasons + wording_reasons(decision)
