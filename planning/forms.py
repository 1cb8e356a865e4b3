"""Forms of the plans of unions: shape only, meaning is in the rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.forms import ActForm, DayField, LongTextField, RowFormSet
from meetings.models import Body
from organizations.models import TradeUnion
from planning.enums import UnionPlanKind
from planning.models import PlanStep, UnionPlan
from planning.rules import MAX_STEPS, STEP_LABELS, TEXTS, Step
from venues.models import Venue

CONTROL_CHARACTERS = "文字中夹有看不见的控制字符，请删去后重新粘贴。"
NOT_OFFERED = "请从列出的选项中选择。"


class LineField(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = (
            "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"
        )
        self.error_messages["null_characters_not_allowed"] = CONTROL_CHARACTERS


class BodyText(LongTextField):
    """Several lines of text, allowed to be empty in a draft."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)
        self.error_messages["null_characters_not_allowed"] = CONTROL_CHARACTERS


class NewForm(ActForm):
    """What kind of plan, whose, and for which venue where it is a phased one."""

    kind = forms.ChoiceField(
        label="类别", choices=UnionPlanKind.choices, widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_OFFERED},
    )  # fmt: skip
    union = forms.ModelChoiceField(
        label="制定工会", queryset=TradeUnion.objects.none(), empty_label="请选择",
        error_messages={"invalid_choice": NOT_OFFERED},
    )  # fmt: skip
    title = LineField(label="名称", max_length=120)
    venue = forms.ModelChoiceField(
        label="阵地", queryset=Venue.objects.none(), required=False, empty_label="不针对单个阵地",
        help_text="只有具体工作方案须选择：直接实施有困难、需要分步实施的阵地。",
        error_messages={"invalid_choice": "请从本级工会主管的阵地中选择。"},
    )  # fmt: skip

    def __init__(self, *args, unions: Sequence[TradeUnion], venues, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = TradeUnion.objects.filter(pk__in=[one.pk for one in unions]).order_by("path")
        self.fields["union"].queryset = rows
        self.fields["venue"].queryset = venues
        if len(unions) == 1:
            self.fields["union"].initial = unions[0].pk


class ContentForm(ActForm):
    """The texts of one plan, by its kind."""

    title = LineField(label="名称", max_length=120)
    starts_on = DayField(label="起始日期", required=False)
    ends_on = DayField(label="终止日期", required=False)

    def __init__(self, *args, plan: UnionPlan, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.specs = TEXTS[plan.kind]
        for spec in self.specs:
            self.fields[spec.name] = BodyText(label=spec.label, help_text=spec.hint, rows=4)
        self.fields["upload"] = forms.FileField(
            label="方案文本", required=False, error_messages={"empty": "文件是空的，请重新选择。"}
        )

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the name of the text."""
        return {spec.name: self.cleaned_data[spec.name] for spec in self.specs}

    @property
    def text_fields(self) -> list[Any]:
        """The bound fields of the texts, in their order."""
        return [self[spec.name] for spec in self.specs]


class StepForm(forms.Form):
    """One task or step."""

    content = LineField(label="内容", max_length=300, required=False)
    criteria = LineField(label="完成标准", max_length=300, required=False)
    owner = LineField(label="责任人", max_length=60, required=False)
    due_on = DayField(label="完成时限", required=False)


class StepFormSet(RowFormSet):
    """The steps in their order."""

    def steps(self) -> list[Step]:
        """The rows that are filled and not struck out."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        names = ("content", "criteria", "owner", "due_on")
        filled = [{name: row.get(name) for name in names} for row in rows]
        return [
            Step(
                **{name: value or ("" if name != "due_on" else None) for name, value in row.items()}
            )
            for row in filled
            if any(row.values())
        ]


StepRows = forms.formset_factory(
    StepForm, formset=StepFormSet, extra=2, max_num=MAX_STEPS, validate_max=True,
    absolute_max=MAX_STEPS + 5, can_delete=True,
)  # fmt: skip


def content_forms(
    plan: UnionPlan, steps: Iterable[PlanStep], posted: QueryDict | None, files=None
) -> tuple[ContentForm, StepFormSet]:
    """The two parts of the page on which a plan is written."""
    initial = {
        "title": plan.title, "starts_on": plan.starts_on, "ends_on": plan.ends_on,
        **plan.texts, "version": plan.version,
    }  # fmt: skip
    rows = [
        {"content": one.content, "criteria": one.criteria, "owner": one.owner, "due_on": one.due_on}
        for one in steps
    ]
    form = ContentForm(posted, files, plan=plan, initial=initial)
    # A posted row equal to what it was would count as untouched and be lost.
    return form, StepRows(posted, prefix="steps", initial=None if posted else rows)


def step_label(plan: UnionPlan) -> str:
    """任务 or 步骤."""
    return STEP_LABELS[plan.kind_enum]


class SubmitForm(ActForm):
    """Before which body of the union the plan goes."""

    body = forms.ModelChoiceField(
        label="提请哪一会议决定", queryset=Body.objects.none(), empty_label="请选择",
        help_text="细则没有规定由哪一会议决定，由主管工会确定（系统默认：党组会议）。",
        error_messages={"invalid_choice": NOT_OFFERED},
    )  # fmt: skip

    def __init__(self, *args, bodies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        first = next((one for one in bodies if one.kind == "party_group"), None)
        if first:
            self.fields["body"].initial = first.pk


class StepDoneForm(ActForm):
    """What was done for one step."""

    result = LongTextField(
        label="完成情况", rows=3, max_length=2000, help_text="对照完成标准写明。",
        error_messages={"null_characters_not_allowed": CONTROL_CHARACTERS},
    )  # fmt: skip
