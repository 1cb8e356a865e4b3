"""What a report must say, and when it is late. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core.errors import Reason
from core.procedure import Act, Procedure, Side, Stop
from supervision.enums import RectificationState, ReportKind, ReportState

LARGEST = Decimal(10) ** 12
LONGEST_PERIOD = 366
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a report: a figure (with its unit) or a text."""

    name: str
    label: str
    unit: str = ""  # empty for a text; 元, 天, 场, 人次, 小时 for a figure

    @property
    def is_money(self) -> bool:
        return self.unit == "元"


QUESTIONS: dict[str, tuple[Question, ...]] = {
    ReportKind.ASSET_OPERATION: (
        Question("asset_total", "资产总额", "元"),
        Question("open_days", "开放天数", "天"),
        Question("sessions", "活动场次", "场"),
        Question("income", "本期收入", "元"),
        Question("expense", "本期支出", "元"),
        Question("receivable", "合作收入应收", "元"),
        Question("received", "合作收入实收", "元"),
        Question("welfare_hours", "公益服务时长", "小时"),
        Question("served", "服务职工人次", "人次"),
        Question("discount", "优惠减免额", "元"),
        Question("risks", "风险事项"),
        Question("changes", "重大变化"),
        Question("constants", "五不变情况说明"),
        Question("next_steps", "下期安排"),
    ),
    ReportKind.SPECIAL_WORK: (
        Question("progress", "推进情况"),
        Question("plans", "方案、合同、评价进度"),
        Question("problems", "问题与整改"),
        Question("lessons", "经验"),
        Question("proposals", "建议"),
    ),
}


def missing_answers(kind: str, answers: Mapping[str, str]) -> Iterator[Reason]:
    """第十六条：「定期向主管工会提交专项工作报告」：an empty field is no report."""
    for question in QUESTIONS[kind]:
        if answers.get(question.name, "") in ("", None):
            yield Reason(f"尚未填写“{question.label}”。", "16-4", question.name)


def figures_agree(kind: str, answers: Mapping[str, str], *, days: int) -> Iterator[Reason]:
    """Figures that cannot be: more received than receivable, more open days than days."""
    if kind != ReportKind.ASSET_OPERATION:
        return
    receivable, received = answers.get("receivable"), answers.get("received")
    if receivable and received and Decimal(received) > Decimal(receivable):
        text = "合作收入实收大于应收，请核对两个数字。"
        yield Reason(text, "16-4", "received")
    if Decimal(answers.get("open_days") or 0) > days:
        yield Reason(f"开放天数多于报告期间的 {days} 天，请核对。", "16-4", "open_days")


def figures_in_range(kind: str, answers: Mapping[str, str]) -> Iterator[Reason]:
    """A figure is a plain number, not negative, of a size that can be kept."""
    for question in QUESTIONS[kind]:
        text = answers.get(question.name)
        if question.unit and text and not _is_figure(text, is_money=question.is_money):
            text = f"“{question.label}”须填写 0 或正数，且不超过万亿。"
            yield Reason(text, "16-4", question.name)


def _is_figure(text: str, *, is_money: bool) -> bool:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return False
    if not figure.is_finite() or not 0 <= figure < LARGEST:
        return False
    return figure == figure.quantize(Decimal("0.01") if is_money else Decimal(1))


def period_faults(period_from: date, period_to: date) -> Iterator[Reason]:
    """A period is in order, at most a year, in years that can be meant."""
    if period_to < period_from:
        yield Reason("期间止日不能早于起日。", "16-4", "period_to")
    elif (period_to - period_from).days >= LONGEST_PERIOD:
        yield Reason("一期报告的期间不超过一年，请核对起止日期。", "16-4", "period_to")
    if not (period_from.year >= FIRST_YEAR and period_to.year <= LAST_YEAR):
        text = f"日期须在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间，请核对年份。"
        yield Reason(text, "16-4", "period_from")


def late_days(state: str, due_on: date, *, submitted_on: date | None, today: date) -> int:
    """Calendar days past the due day; a returned report is late again until resubmitted."""
    if state in (ReportState.SUBMITTED, ReportState.ACCEPTED) and submitted_on:
        return max(0, (submitted_on - due_on).days)
    return max(0, (today - due_on).days)


R = ReportState
REPORTING = Procedure(
    states=R,
    acts=(
        Act(
            name="submit", label="填写并报送", sources=(R.DUE, R.RETURNED), targets=(R.SUBMITTED,),
            side=Side.VENUE, checks=(missing_answers, figures_agree, figures_in_range),
        ),
        Act(
            name="review", label="审核受理", sources=(R.SUBMITTED,), targets=(R.ACCEPTED,),
            side=Side.DEPARTMENT,
        ),
        Act(
            name="review", label="退回补正", sources=(R.SUBMITTED,), targets=(R.RETURNED,),
            side=Side.DEPARTMENT,
        ),
    ),
    stops=(
        Stop(label="布置"),
        Stop(label="填写报送", states=(R.DUE, R.RETURNED)),
        Stop(label="审核", states=(R.SUBMITTED,)),
        Stop(label="受理", states=(R.ACCEPTED,)),
    ),
)  # fmt: skip

X = RectificationState
RECTIFYING = Procedure(
    states=X,
    acts=(
        Act(
            name="report", label="报告整改情况", sources=(X.ORDERED,), targets=(X.REPORTED,),
            side=Side.VENUE,
        ),
        Act(
            name="review", label="复核", sources=(X.REPORTED,), targets=(X.PASSED, X.FAILED),
            side=Side.DEPARTMENT,
        ),
    ),
    stops=(
        Stop(label="下达通知"),
        Stop(label="整改并报告", states=(X.ORDERED,)),
        Stop(label="复核", states=(X.REPORTED,)),
        Stop(label="结论", states=(X.PASSED, X.FAILED)),
    ),
    failed=frozenset({X.FAILED.value}),
)  # fmt: skip
