"""效力核查: whether a decision stands, rule by rule, each by its name."""

from dataclasses import dataclass
from datetime import date

from meetings.enums import Conclusion
from meetings.rules.deciding import PASSING, agree_needed, present_needed
from meetings.rules.terms import MAJORITY_RULE, MATERIALS_RULE, QUORUM_RULE, Terms

PASS, WARN, FAIL, OPEN = "pass", "warn", "fail", "open"
TONES = {PASS: "ok", WARN: "warn", FAIL: "bad", OPEN: "info"}
LABELS = {PASS: "符合", WARN: "注明", FAIL: "不符合", OPEN: "待补"}


@dataclass(frozen=True, slots=True)
class Check:
    """One rule, whether it was kept, and the figures behind the answer."""

    rule: str
    state: str
    text: str

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> str:
        return LABELS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """All that the verdict may know about one decided item."""

    terms: Terms
    conclusion: str
    members: int
    present: int
    recused: int
    agree: int
    cast: int
    held_on: date
    materials_sent_on: date | None
    materials_due_on: date
    spoke_last: bool | None
    is_late_entry: bool
    has_original: bool

    @property
    def base(self) -> int:
        """应到 on this item: the recused leave it only where the body's terms say so."""
        return self.members - (0 if self.terms.keeps_recused else self.recused)

    @property
    def seated(self) -> int:
        return self.present - (0 if self.terms.keeps_recused else self.recused)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every rule with its answer, and what follows from them together."""

    checks: tuple[Check, ...]

    @property
    def failing(self) -> list[str]:
        return [check.rule for check in self.checks if check.state == FAIL]

    @property
    def is_valid(self) -> bool:
        return not self.failing

    @property
    def tone(self) -> str:
        states = {check.state for check in self.checks}
        return next(TONES[state] for state in (FAIL, WARN, OPEN, PASS) if state in states)

    @property
    def label(self) -> str:
        if self.failing:
            return f"不能作为决策依据：{'、'.join(self.failing)}"
        notes = [check.rule for check in self.checks if check.state == WARN]
        waits = [check.rule for check in self.checks if check.state == OPEN]
        label = f"有效，注明：{'、'.join(notes)}" if notes else "有效"
        return f"{label}；待补：{'、'.join(waits)}" if waits else label


def verdict_of(held: Held) -> Verdict:
    """The verdict on one item that has a conclusion."""
    checks = [_quorum(held), _materials(held)]
    if held.conclusion != Conclusion.NO_CONCLUSION:
        checks += [_sum(held), _majority(held), _recusal(held), _last_word(held)]
    checks += [_entry(held), _original(held)]
    return Verdict(tuple(checks))


def _quorum(held: Held) -> Check:
    needed = present_needed(held.base, *held.terms.quorum)
    text = (
        f"应到 {held.base} 人，实到 {held.seated} 人，至少 {needed} 人（{held.terms.quorum_text}）"
    )
    return Check(QUORUM_RULE, PASS if held.seated >= needed else FAIL, text)


def _materials(held: Held) -> Check:
    if held.materials_sent_on is None:
        state = FAIL if held.terms.materials_days else WARN
        return Check(MATERIALS_RULE, state, "没有登记材料送达日")
    in_time = held.materials_sent_on <= held.materials_due_on
    text = f"{held.materials_sent_on} 送达，最迟 {held.materials_due_on}（{held.terms.materials_text}）"
    return Check(MATERIALS_RULE, PASS if in_time else FAIL, text)


def _sum(held: Held) -> Check:
    voters = held.present - held.recused
    text = f"实到 {held.present} － 回避 {held.recused} ＝ {voters}，各项票数合计 {held.cast}"
    return Check("票数相符", PASS if held.cast == voters else FAIL, text)


def _majority(held: Held) -> Check:
    needed = agree_needed(held.base)
    text = f"同意 {held.agree} 票，应到 {held.base} 人，过半数为 {needed} 票"
    stands = (held.conclusion in PASSING) == (held.agree >= needed)
    return Check(
        MAJORITY_RULE, PASS if stands else FAIL, f"{text}，结论与票数一致" if stands else text
    )


def _recusal(held: Held) -> Check:
    if not held.recused:
        return Check("回避", PASS, "没有成员回避")
    text = f"{held.recused} 人回避并离席，{held.terms.recusal_text}"
    return Check("回避", PASS, text)


def _last_word(held: Held) -> Check:
    if held.spoke_last:
        return Check("主要负责人末位表态", PASS, "主要负责人（主持人）在其他成员之后表态")
    text = "登记的发言次序中，主要负责人（主持人）不在最后"
    if held.spoke_last is None:
        text = "没有登记发言次序"
    return Check("主要负责人末位表态", WARN, text)


def _entry(held: Held) -> Check:
    limit = f"会后 {held.terms.late_entry_days} 个工作日以内"
    if held.is_late_entry:
        return Check("按时登记", WARN, f"补录：没有在{limit}登记")
    return Check("按时登记", PASS, limit)


def _original(held: Held) -> Check:
    if held.has_original:
        return Check("签字原件", PASS, "已上传签字的会议记录或签到表")
    return Check("签字原件", OPEN, "尚未上传签字的会议记录或签到表，后续环节不能办理")
