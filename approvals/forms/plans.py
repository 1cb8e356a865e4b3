"""Starting a plan, finding one, submitting, answering and withdrawing it."""

from django import forms

from approvals.enums import CooperationMode, PlanKind
from approvals.forms.fields import LineField, PickField, TextField
from approvals.models import ReturnPoint
from core.forms import ActForm

KINDS = (
    (PlanKind.OVERALL_PLAN.value, PlanKind.OVERALL_PLAN.label),
    *CooperationMode.choices,
)


class NewPlanForm(ActForm):
    """Which of the two plans, and its title."""

    choice = forms.ChoiceField(
        label="方案类别",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请从列出的方案中选择一种。"},
    )
    title = LineField(label="方案名称", help_text="例如“职工羽毛球馆合作运营方案”。")

    def __init__(self, *args, venues: list, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].error_messages["required"] = "请选择方案类别和合作方式。"
        if len(venues) > 1:
            choices = [(str(venue.pk), venue.name) for venue in venues]
            self.fields["venue"] = PickField(label="阵地", choices=choices)

    @property
    def mode(self) -> str:
        choice = self.cleaned_data["choice"]
        return "" if choice == PlanKind.OVERALL_PLAN else choice


class PledgeForm(ActForm):
    """The venue stands by what it submits."""

    is_true = forms.BooleanField(
        label="我代表本阵地承诺：方案内容真实、准确、完整，没有隐瞒；实施中严格遵守负面清单和“五不变”。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_true"].error_messages["required"] = "请先勾选承诺，再报送。"


class ReasonForm(ActForm):
    """Why a submitted plan is taken back."""

    reason = LineField(label="撤回原因", max_length=200)


class WithdrawalForm(ActForm):
    """申请撤回."""

    reason = TextField(label="申请理由", rows=3, max_length=500)


class WithdrawalAnswerForm(ActForm):
    """答复撤回申请."""

    verdict = PickField(
        label="答复",
        choices=[("granted", "同意撤回"), ("refused", "不同意撤回")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是否同意撤回。"},
    )
    answer = TextField(
        label="说明", rows=3, required=False, max_length=500, help_text="不同意撤回的，须写明理由。"
    )


class AnswersForm(ActForm):
    """退回意见逐条答复: one text for each point, saved as far as it is written."""

    def __init__(self, *args, points: list[ReturnPoint], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            self.fields[f"answer_{point.pk}"] = TextField(
                label=f"第 {point.no} 条的答复",
                required=False,
                initial=point.answer,
                rows=3,
                max_length=2000,
            )

    def answers(self) -> dict[int, str]:
        return {point.pk: self.cleaned_data[f"answer_{point.pk}"] for point in self.points}

    def fields_in_order(self) -> list[forms.BoundField]:
        return [self[f"answer_{point.pk}"] for point in self.points]
