"""Forms of reports and rectifications: shape only, meaning is in the rules."""

from collections.abc import Sequence

from django import forms

from core.forms import ActForm, DayField, LongTextField, YuanField
from supervision.enums import ReportKind
from supervision.models import PeriodicReport
from supervision.rules import QUESTIONS, Question
from supervision.selectors import shown_answer
from venues.models import Venue

ALL = "all"
COUNT_LIMIT = 1_000_000_000
TOO_LARGE = "数字过大，请核对单位。"


class CountField(forms.IntegerField):
    """A whole number of days, sessions, hours or people."""

    default_error_messages = {"invalid": "请填写整数，例如 120。"}

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, max_value=COUNT_LIMIT, **kwargs)
        self.error_messages["min_value"] = "不能为负数，请填写 0 或正整数。"
        self.error_messages["max_value"] = TOO_LARGE


class ScheduleForm(ActForm):
    """Which venues are asked for which report on which period."""

    venue = forms.ChoiceField(label="阵地")
    kind = forms.ChoiceField(label="报告类别", choices=ReportKind.choices, widget=forms.RadioSelect)
    period_from = DayField(label="期间起")
    period_to = DayField(label="期间止")

    def __init__(self, *args, venues: Sequence[Venue], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.venues = {str(venue.pk): venue for venue in venues}
        every = [(ALL, f"本级全部阵地（{len(venues)} 个）")] if len(venues) > 1 else []
        self.fields["venue"].choices = [
            *every,
            *((key, venue.name) for key, venue in self.venues.items()),
        ]

    @property
    def chosen(self) -> list[Venue]:
        chosen = self.cleaned_data["venue"]
        return list(self.venues.values()) if chosen == ALL else [self.venues[chosen]]


class ReportForm(ActForm):
    """One report, a field for each of its questions; an empty field is allowed in a draft."""

    def __init__(
        self, *args, report: PeriodicReport, before: PeriodicReport | None = None, **kwargs
    ) -> None:
        kwargs["initial"] = {**report.answers, "version": report.version}
        super().__init__(*args, **kwargs)
        for question in QUESTIONS[report.kind]:
            self.fields[question.name] = _field_of(question, before)
        self.names = [question.name for question in QUESTIONS[report.kind]]

    @property
    def answers(self) -> dict[str, str]:
        """What was typed, as it is kept: text, money with two places."""
        found = {name: self.cleaned_data[name] for name in self.names}
        return {name: "" if value is None else str(value).strip() for name, value in found.items()}


def _field_of(question: Question, before: PeriodicReport | None) -> forms.Field:
    if not question.unit:
        return LongTextField(label=question.label, required=False, rows=3)
    hint = f"上期：{shown_answer(question, before.answers)}" if before else ""
    kind = YuanField if question.is_money else CountField
    return kind(label=f"{question.label}（{question.unit}）", required=False, help_text=hint)


class ReviewForm(ActForm):
    """The asset department's answer to a report."""

    is_accepted = forms.TypedChoiceField(
        label="审核结论",
        choices=[("1", "受理"), ("0", "退回")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = LongTextField(
        label="审核意见", max_length=2000, required=False, help_text="退回的须写明需要修改之处。"
    )


class RectificationReportForm(ActForm):
    """What the venue did."""

    report = LongTextField(label="整改情况", rows=8, help_text="逐项写明措施、完成时间和佐证。")


class RectificationReviewForm(ActForm):
    """Whether what was done is enough."""

    has_passed = forms.TypedChoiceField(
        label="复核结论",
        choices=[("1", "整改合格"), ("0", "整改不合格")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    note = LongTextField(label="复核情况和依据", max_length=2000)
