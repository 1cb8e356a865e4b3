"""Forms of schemes, plans and evaluations: shape only, meaning is in the rules."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from core.forms import ActForm, DayField, LongTextField, RowFormSet
from evaluations.enums import Answer, EvaluationKind, IndicatorKind, Veto
from evaluations.models import Evaluation, Indicator, KpiScheme, Score
from evaluations.rules import IndicatorEntry, PlannedEvaluation
from evaluations.services import IndicatorFact
from organizations.models import TradeUnion
from venues.enums import VenueKind

PEOPLE_LIMIT = 100_000_000
MOST_ROWS = 20
CHOOSE = ("", "请选择")
TOO_LARGE = "数字过大，请核对单位。"
TOO_LONG = "文字过长：最多 %(limit_value)d 字，现有 %(show_value)d 字，请精简。"


class TextField(forms.CharField):
    """One line of text with its own sentence for too much of it."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG


class FigureField(forms.DecimalField):
    """A figure, not negative, of a size that can be kept."""

    def __init__(self, *, max_digits: int, decimal_places: int, **kwargs) -> None:
        kwargs.setdefault("min_value", Decimal(0))
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, **kwargs)
        self.widget.attrs.update({"step": "any", "inputmode": "decimal"})
        self.error_messages |= {
            "invalid": "请填写数字，例如 1150 或 0.92。",
            "min_value": "不能为负数，请填写 0 或正数。",
            "max_digits": TOO_LARGE,
            "max_whole_digits": TOO_LARGE,
            "max_decimal_places": f"最多保留 {decimal_places} 位小数。",
        }


class RatioField(FigureField):
    """A share between nought and one."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_digits=5, decimal_places=4, max_value=Decimal(1), **kwargs)
        for code in ("max_value", "max_digits", "max_whole_digits"):
            self.error_messages[code] = "完成率填 0 到 1 之间的小数，例如百分之九十二填 0.92。"


class CountField(forms.IntegerField):
    """A number of people or of answers."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=0, max_value=PEOPLE_LIMIT, **kwargs)
        self.error_messages |= {
            "invalid": "请填写整数，例如 120。",
            "min_value": "不能为负数，请填写 0 或正整数。",
            "max_value": TOO_LARGE,
        }


class KindForm(forms.Form):
    """For which kind of venue a scheme is written."""

    kind = forms.ChoiceField(label="阵地类别", choices=VenueKind.choices)


class SchemeForm(ActForm):
    """The head of a scheme."""

    union = forms.ModelChoiceField(
        TradeUnion.objects.none(), label="发布工会", empty_label=None,
        error_messages={"invalid_choice": "请选择您所在的工会。"},
    )  # fmt: skip
    venue_kind = forms.ChoiceField(label="阵地类别", choices=VenueKind.choices)
    name = TextField(label="方案名称", max_length=80)
    valid_from = DayField(label="生效日")

    def __init__(self, *args, unions: Sequence[TradeUnion], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = TradeUnion.objects.filter(pk__in=[union.pk for union in unions])
        self.fields["union"].queryset = rows.order_by("path")


class IndicatorRow(forms.Form):
    """One indicator of a scheme; an empty row is left out."""

    name = TextField(label="指标", max_length=60)
    kind = forms.ChoiceField(label="计分方式", choices=[CHOOSE, *IndicatorKind.choices])
    weight = FigureField(label="权重", max_digits=5, decimal_places=2, max_value=Decimal(100))
    unit = TextField(label="单位", max_length=12, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"].error_messages["max_value"] = "权重不超过 100。"
        for name in ("name", "weight"):
            label = self.fields[name].label
            self.fields[name].error_messages["required"] = (
                f"请填写“{label}”，不用的行请清空或删除。"
            )


class PlanRow(forms.Form):
    """One evaluation of a plan."""

    kind = forms.ChoiceField(label="类别", choices=[CHOOSE, *EvaluationKind.choices])
    period_from = DayField(label="评价期起")
    period_to = DayField(label="评价期止")
    due_on = DayField(label="评价期限")


class RowSet(RowFormSet):
    """Rows that can be added and taken away; what a browser cannot have sent is told so."""

    default_error_messages = {
        "too_many_forms": f"行数过多，最多 {MOST_ROWS} 行。",
        "too_few_forms": "请至少填写一行。",
    }

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.empty_permitted = True  # a row that was emptied counts as taken away
        for field in form.fields.values():
            text = f"请填写“{field.label}”；不用的行请整行清空或删除。"
            field.error_messages["required"] = text
        form.fields["DELETE"].label = "删除这一行"

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The rows that were filled and not taken away."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE") and form.has_changed()
        ]


def _rows_of(form: type[forms.Form], *, extra: int) -> type[RowSet]:
    return forms.formset_factory(
        form,
        formset=RowSet,
        extra=extra,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS * 2,
        validate_max=True,
        can_delete=True,
    )


IndicatorRows = _rows_of(IndicatorRow, extra=2)
PlanRows = _rows_of(PlanRow, extra=1)


def indicator_entries(rows: Iterable[dict[str, Any]]) -> list[IndicatorEntry]:
    """The rows of the formset as the service takes them."""
    return [
        IndicatorEntry(
            name=row["name"],
            kind=IndicatorKind(row["kind"]),
            weight=row["weight"],
            unit=row["unit"],
        )
        for row in rows
    ]


def planned_entries(rows: Iterable[dict[str, Any]]) -> list[PlannedEvaluation]:
    """The rows of the formset as the service takes them."""
    return [
        PlannedEvaluation(
            kind=EvaluationKind(row["kind"]),
            period_from=row["period_from"],
            period_to=row["period_to"],
            due_on=row["due_on"],
        )
        for row in rows
    ]


class PlanForm(ActForm):
    """By which scheme a cooperation is evaluated."""

    scheme = forms.ModelChoiceField(
        KpiScheme.objects.none(), label="考核方案", empty_label=None,
        error_messages={"invalid_choice": "请选择列出的考核方案。"},
    )  # fmt: skip

    def __init__(self, *args, schemes, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes
        self.fields["scheme"].label_from_instance = lambda one: (
            f"{one.name}（{one.union.short_name}，{one.valid_from:%Y-%m-%d} 起）"
        )


class ScoreForm(ActForm):
    """The survey's counts, each indicator's facts, vetoes, findings and words."""

    population = CountField(
        label="服务职工人数", help_text="评价期内接受服务的职工人数（不重复计算）。"
    )
    population_source = TextField(
        label="人数来源", max_length=200, help_text="例如：会员卡刷卡记录、预约系统导出。"
    )
    vetoes = forms.MultipleChoiceField(
        label="一票否决情形",
        choices=Veto.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有的不勾选；勾选任何一项即为不合格。",
    )
    has_serious_finding = forms.BooleanField(label="有未整改的严重问题", required=False)
    achievements = LongTextField(label="成效", required=False)
    problems = LongTextField(label="问题", required=False, help_text="评为不合格的须填写。")
    requirements = LongTextField(label="整改要求", required=False, help_text="评为不合格的须填写。")

    def __init__(self, *args, evaluation: Evaluation, **kwargs) -> None:
        kwargs["initial"] = initial_scores(evaluation)
        super().__init__(*args, **kwargs)
        self.indicators = [
            one
            for one in evaluation.scheme.indicators.order_by("order")
            if one.kind != IndicatorKind.SATISFACTION
        ]
        for answer in Answer:
            self.fields[f"answer_{answer.value}"] = CountField(label=answer.label)
        for indicator in self.indicators:
            self.fields |= _indicator_fields(indicator)

    def answer_fields(self):
        return [self[f"answer_{answer.value}"] for answer in Answer]

    def indicator_rows(self) -> list[dict[str, Any]]:
        """Each indicator with its bound fields, for the page."""
        parts = ("target", "actual", "evidence")
        return [
            {
                "indicator": one,
                "fields": [self[f"{part}_{one.pk}"] for part in parts if self._has(part, one)],
            }
            for one in self.indicators
        ]

    def _has(self, part: str, indicator: Indicator) -> bool:
        return f"{part}_{indicator.pk}" in self.fields

    @property
    def act(self) -> dict[str, Any]:
        """What the service is given."""
        typed = self.cleaned_data
        texts = ("population_source", "achievements", "problems", "requirements")
        return {
            "population": typed["population"],
            "answers": {answer.value: typed[f"answer_{answer.value}"] for answer in Answer},
            "facts": {one.pk: self._fact_of(one) for one in self.indicators},
            "vetoes": [Veto(code).label for code in typed["vetoes"]],
            "has_serious_finding": typed["has_serious_finding"],
            **{name: typed[name] for name in texts},
        }

    def _fact_of(self, indicator: Indicator) -> IndicatorFact:
        return IndicatorFact(
            target=self.cleaned_data.get(f"target_{indicator.pk}"),
            actual=self.cleaned_data[f"actual_{indicator.pk}"],
            evidence=self.cleaned_data[f"evidence_{indicator.pk}"],
        )


def _indicator_fields(indicator: Indicator) -> dict[str, forms.Field]:
    required = {"required": "请填写这一项。"}
    evidence = TextField(label="数据来源", max_length=200, error_messages=required)
    if indicator.kind == IndicatorKind.RATIO:
        actual = RatioField(label="完成率（0—1）")
        actual.error_messages |= required
        return {f"actual_{indicator.pk}": actual, f"evidence_{indicator.pk}": evidence}
    unit = f"（{indicator.unit}）" if indicator.unit else ""
    fields = {}
    for part, label in (("target", "目标"), ("actual", "实际")):
        fields[f"{part}_{indicator.pk}"] = FigureField(
            label=f"{label}{unit}", max_digits=14, decimal_places=4, error_messages=required
        )
        fields[f"{part}_{indicator.pk}"].error_messages |= required
    return {**fields, f"evidence_{indicator.pk}": evidence}


def initial_scores(evaluation: Evaluation) -> dict[str, Any]:
    """What was entered before, for the form that enters it again."""
    labels = {veto.label: veto.value for veto in Veto}
    names = ("population", "population_source", "has_serious_finding")
    texts = ("achievements", "problems", "requirements")
    found = {name: getattr(evaluation, name) for name in (*names, *texts, "version")}
    found["vetoes"] = [labels[label] for label in evaluation.vetoes if label in labels]
    for answer in Answer:
        found[f"answer_{answer.value}"] = evaluation.answers.get(answer.value, 0)
    for score in Score.objects.filter(evaluation=evaluation).order_by("pk"):
        found[f"target_{score.indicator_id}"] = _typed(score.target)
        found[f"actual_{score.indicator_id}"] = _typed(score.actual)
        found[f"evidence_{score.indicator_id}"] = score.evidence
    return found


def _typed(figure: Decimal | None) -> str:
    """A stored figure as a person would type it."""
    if figure is None:
        return ""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
