"""What a meeting asked for, and what became of it."""

from django import forms

from core.forms import ActForm, DayField, LongTextField
from documents.forms import UploadField
from meetings.forms.fields import NOT_OFFERED, LineField, PickField
from meetings.models import AgendaItem, Meeting
from organizations.enums import DepartmentKind


class DecidedItemField(forms.ModelChoiceField):
    default_error_messages = {"invalid_choice": NOT_OFFERED}

    def label_from_instance(self, obj: AgendaItem) -> str:
        return f"{obj.order}. {obj.title}"


class ResolutionForm(ActForm):
    """登记议定事项."""

    text = LongTextField(label="事项", rows=3, max_length=500)
    owner = LineField(label="责任人", max_length=60)
    due_on = DayField(label="办理时限")

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        decided = meeting.items.exclude(conclusion="").order_by("order", "pk")
        self.fields["item"] = DecidedItemField(
            label="出自议题", queryset=decided, required=False, empty_label="不限于一项议题"
        )
        if meeting.venue_id is None:
            self.fields["department_kind"] = PickField(
                label="责任部门", choices=DepartmentKind.choices
            )


class ReportForm(ActForm):
    """报告落实."""

    report = LongTextField(label="落实情况", rows=4, max_length=2000)
    file = UploadField(label="证明材料")


class ExtendForm(ActForm):
    """延长办理时限."""

    due_on = DayField(label="新的办理时限")
    reason = LongTextField(label="延期理由", rows=2, max_length=200)


class SettleForm(ActForm):
    """销号或退回."""

    is_done = PickField(
        label="核对结果",
        choices=[("yes", "已落实，销号"), ("no", "未落实，退回继续办理")],
        widget=forms.RadioSelect,
    )
    remark = LongTextField(label="核对意见", rows=2, max_length=500, required=False)
