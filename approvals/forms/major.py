"""重大事项清单 and the determination of one plan."""

from collections.abc import Iterable

from approvals.enums import AmountFigure, CooperationMode, MajorTest
from approvals.forms.fields import (
    LineField,
    PickField,
    PlanDayField,
    SeveralField,
    TextField,
    WanField,
    YesNoField,
)
from approvals.forms.matrix import YearsField
from approvals.rules.major import Met
from core.forms import ActForm


class MajorEntryForm(ActForm):
    """One entry of the catalogue, as a meeting fixed it."""

    code = LineField(
        label="编号",
        max_length=10,
        help_text="与系统默认条目编号相同（如 ZD-1）的，取代该默认条目。",
    )
    title = LineField(label="事项", max_length=200)
    test = PickField(label="认定依据", choices=MajorTest.choices)
    mode = PickField(label="合作方式", choices=CooperationMode.choices, required=False)
    amount_figure = PickField(label="金额口径", choices=AmountFigure.choices, required=False)
    amount_over = WanField(label="金额超过（万元）", required=False)
    years_over = YearsField(label="期限超过（年）")
    fixed_by = LineField(label="确定本条的会议（名称、次数）", max_length=120)
    fixed_on = PlanDayField(label="会议日期")
    valid_from = PlanDayField(label="生效日")


class EntryEndingForm(ActForm):
    """终止一条."""

    valid_to = PlanDayField(label="失效日")


class DeterminationForm(ActForm):
    """重大事项认定: entry by entry what a person judges, the answer, the reason."""

    judged = SeveralField(label="由您判断的条目：符合的请勾选", choices=[], required=False)
    is_major = YesNoField(label="属于须报批的重大事项")
    reason = TextField(
        label="理由",
        rows=3,
        max_length=2000,
        required=False,
        help_text="符合清单条目而认定为非重大事项的，或者与阵地的认定不同的，须写明理由。",
    )

    def __init__(self, *args, found: Iterable[Met], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_entries = [one.entry for one in found if one.is_met is None]
        self.fields["judged"].choices = [
            (one.code, f"{one.code} {one.title}") for one in open_entries
        ]
        if not open_entries:
            del self.fields["judged"]

    def given(self) -> dict:
        """What the service is told."""
        cleaned = self.cleaned_data
        return {
            "is_major": cleaned["is_major"] == "yes",
            "judged": cleaned.get("judged", []),
            "reason": cleaned["reason"],
            "version": cleaned["version"],
        }
