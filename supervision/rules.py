"""What a report must say, and when it is late. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import Reason
from supervision.enums import ReportKind, ReportState


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


def figures_agree(kind: str, answers: Mapping[str, str]) -> Iterator[Reason]:
    """Figures that cannot be: more received than receivable is asked about."""
    if kind != ReportKind.ASSET_OPERATION:
        return
    receivable, received = answers.get("receivable"), answers.get("received")
    if receivable and received and Decimal(received) > Decimal(receivable):
        text = "合作收入实收大于应收，请核对两个数字。"
        yield Reason(text, "16-4", "received")


def late_days(state: str, due_on: date, *, submitted_on: date | None, today: date) -> int:
    """Calendar days past the due day; a returned report is late again until resubmitted."""
    if state in (ReportState.SUBMITTED, ReportState.ACCEPTED) and submitted_on:
        return max(0, (submitted_on - due_on).days)
    return max(0, (today - due_on).days)
