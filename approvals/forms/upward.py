"""登记上级工会批复."""

from django import forms

from approvals.enums import UpwardOutcome
from approvals.forms.fields import LineField, PickField, PlanDayField, TextField
from core.forms import ActForm
from documents.forms import UploadField


class UpwardForm(ActForm):
    """What the higher union's paper says."""

    outcome = PickField(label="结论", choices=UpwardOutcome.choices, widget=forms.RadioSelect)
    number = LineField(label="批复文号", max_length=60)
    replied_on = PlanDayField(label="批复日期")
    text = TextField(label="批复意见", rows=3, max_length=2000, required=False)
    points = TextField(
        label="退回事项",
        rows=3,
        max_length=4000,
        required=False,
        help_text="退回时每行一条，阵地须逐条答复。",
    )
    file = UploadField(label="批复文件")

    def facts(self) -> dict:
        """What the service is told."""
        given = self.act
        return given | {
            "upload": given.pop("file"),
            "points": given["points"].splitlines(),
            "version": self.cleaned_data["version"],
        }
