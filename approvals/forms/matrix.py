"""决策权限清单: a row in words people fill in, its ending, its amendment."""

from django import forms

from approvals.enums import AmountFigure, CooperationMode, Counting, PlanKind, RouteCode
from approvals.forms.fields import LineField, PickField, PlanDayField, SeveralField, WanField
from approvals.rules.counting import SigningGroup
from approvals.rules.route import STATUTORY_COUNTERSIGNERS
from approvals.selectors.routes import items_that_fix
from core.forms import ActForm
from meetings.enums import DecisionBodyKind
from organizations.enums import DepartmentKind
from organizations.models import TradeUnion

MOST_DAYS = 60
MOST_YEARS = 70
MAJOR = [("", "不区分"), ("yes", "重大事项"), ("no", "非重大事项")]
PARTY, CHAIRS = DecisionBodyKind.PARTY_GROUP.value, DecisionBodyKind.CHAIRS_OFFICE.value
BODIES = [
    (f"{PARTY},{CHAIRS}", "两个会议都经过：党组会议在先，主席办公会议在后（默认）"),
    (f"{CHAIRS},{PARTY}", "两个会议都经过：主席办公会议在先，党组会议在后"),
    (PARTY, "只经党组会议（须写明依据）"),
    (CHAIRS, "只经主席办公会议（须写明依据）"),
]
ORDERS = [
    (Counting.ALL.value, Counting.ALL.label),
    (Counting.SEQUENCE.value, Counting.SEQUENCE.label),
]
SEPARATORS = str.maketrans({"，": "、", ",": "、", " ": "、", "；": "、"})


class WorkingDaysField(forms.IntegerField):
    """A limit in working days."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=1, max_value=MOST_DAYS, **kwargs)
        self.error_messages |= {
            "invalid": "请填写整数工作日，例如 5。",
            "min_value": "办理时限须至少 1 个工作日。",
            "max_value": f"办理时限最多 {MOST_DAYS} 个工作日。",
        }


class YearsField(forms.IntegerField):
    """A term in whole years."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=1, max_value=MOST_YEARS, required=False, **kwargs)
        self.error_messages |= {
            "invalid": "请填写整数年，例如 5。",
            "min_value": "期限须至少 1 年；不区分的请留空。",
            "max_value": f"期限最多 {MOST_YEARS} 年。",
        }


class MatrixRowForm(ActForm):
    """决策权限清单的一行."""

    code = PickField(label="路由", choices=RouteCode.choices, initial=RouteCode.ORDINARY.value)
    plan_kind = PickField(label="方案类别", choices=PlanKind.choices)
    mode = PickField(
        label="合作方式",
        choices=CooperationMode.choices,
        required=False,
        help_text="不选表示适用于各种方式。",
    )
    is_major = forms.ChoiceField(
        label="重大事项",
        choices=MAJOR,
        required=False,
        error_messages={"invalid_choice": "请从列出的选项中选择。"},
    )
    amount_figure = PickField(
        label="按金额区分",
        choices=AmountFigure.choices,
        required=False,
        help_text="不选表示不论金额。",
    )
    amount_over = WanField(label="金额超过（万元）", required=False)
    amount_upto = WanField(label="金额不超过（万元）", required=False)
    years_over = YearsField(label="期限超过（年）", help_text="留空表示不论期限。")
    years_upto = YearsField(label="期限不超过（年）")
    countersigners = SeveralField(
        label="会签部门",
        choices=DepartmentKind.choices,
        initial=list(STATUTORY_COUNTERSIGNERS),
        help_text="组织人事、党委（纪委）、财务、经审四个部门必须会签；可以增加，不能减少。",
    )
    order = PickField(label="签署方式", choices=ORDERS, initial=Counting.ALL.value)
    sequence = LineField(
        label="依次签署的先后",
        required=False,
        help_text="依次签署时填写，用顿号隔开，例如：财务部门、经审部门、组织人事部门、党委（纪委）。",
    )
    group_departments = SeveralField(
        label="另设一组部门",
        choices=[one for one in DepartmentKind.choices if one[0] not in STATUTORY_COUNTERSIGNERS],
        required=False,
        help_text="这一组可以按或签、票签计算；法定四个部门不在其中。",
    )
    group_counting = PickField(label="这一组怎样计算", choices=Counting.choices, required=False)
    group_need = forms.IntegerField(
        label="票签须几个部门同意",
        required=False,
        min_value=1,
        max_value=len(DepartmentKind),
        error_messages={
            "invalid": "请填写整数，例如 2。",
            "min_value": "须至少 1 个部门同意。",
            "max_value": "不能超过部门数。",
        },
    )
    bodies = PickField(
        label="决策会议", choices=BODIES, initial=BODIES[0][0], widget=forms.RadioSelect
    )
    one_body_reason = LineField(
        label="只经一个会议的依据",
        max_length=200,
        required=False,
        help_text="写明哪次会议怎样决定只经这一个会议。",
    )
    formal_review_days = WorkingDaysField(label="形式审查（工作日）", initial=5)
    countersign_days = WorkingDaysField(label="会签（工作日）", initial=5)
    legal_review_days = WorkingDaysField(label="法律审核（工作日）", initial=5)
    leader_days = WorkingDaysField(
        label="分管领导签批（工作日）", required=False, help_text="留空表示不设这一环节。"
    )
    meeting_days = WorkingDaysField(
        label="每个会议（工作日）", required=False, help_text="留空按系统参数。"
    )
    upward_days = WorkingDaysField(
        label="上级工会批复（工作日）", required=False, help_text="留空表示不报上级工会。"
    )
    reply_days = WorkingDaysField(
        label="批复（工作日）", required=False, help_text="留空按系统参数。"
    )
    fixed_item = PickField(
        label="确定本条目的议题",
        choices=[],
        required=False,
        help_text="会议秘书登记为“其他议题”、会议已通过的议题；没有登记的，填写下面三项。",
    )
    fixed_by = LineField(label="会议名称", required=False)
    fixed_session = LineField(label="次数", max_length=40, required=False)
    fixed_on = PlanDayField(label="会议日期", required=False)
    valid_from = PlanDayField(label="生效日")

    def __init__(self, *args, union: TradeUnion, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(one.pk): one for one in items_that_fix(union)}
        labels = [(pk, f"{one.meeting} · {one.title}") for pk, one in self.items.items()]
        self.fields["fixed_item"].choices = [("", "未登记，另行写明"), *labels]

    def clean_sequence(self) -> list[str]:
        """Names of departments, in order, as their kinds."""
        labels = {label: kind for kind, label in DepartmentKind.choices}
        text = self.cleaned_data["sequence"].translate(SEPARATORS)
        names = [name for name in text.split("、") if name]
        if unknown := [name for name in names if name not in labels]:
            raise forms.ValidationError(
                f"不认识“{unknown[0]}”，请按上面列出的部门名称填写，用顿号隔开。"
            )
        return [labels[name] for name in names]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        named, chosen = cleaned.get("sequence"), cleaned.get("countersigners", [])
        is_named = named is not None and sorted(named) == sorted(chosen)
        if cleaned.get("order") == Counting.SEQUENCE and not is_named:
            self.add_error("sequence", "依次签署的，请把所选会签部门逐个写明先后，不多不少。")
        departments, counting = cleaned.get("group_departments"), cleaned.get("group_counting")
        if departments and not counting:
            self.add_error("group_counting", "请选择这一组怎样计算。")
        return cleaned

    def row(self) -> dict:
        """What the service is told of the row."""
        act = self.act
        order, sequence = act.pop("order"), act.pop("sequence")
        departments, counting = act.pop("group_departments"), act.pop("group_counting")
        need = act.pop("group_need")
        whole = sequence if order == Counting.SEQUENCE else act["countersigners"]
        groups = [SigningGroup(tuple(whole), Counting(order))]
        if departments:
            is_ratio = counting == Counting.RATIO
            groups.append(
                SigningGroup(tuple(departments), Counting(counting), (need or 0) if is_ratio else 0)
            )
        days = ("leader_days", "meeting_days", "upward_days", "reply_days")
        return act | {
            "groups": groups,
            "bodies": act["bodies"].split(","),
            "is_major": {"yes": True, "no": False}.get(act["is_major"]),
            "fixed_item": self.items.get(act["fixed_item"]),
            **{name: act[name] or 0 for name in days},
        }


class RowEndingForm(ActForm):
    """终止一个条目."""

    valid_to = PlanDayField(label="失效日", help_text="这一天仍然有效，次日起不再适用。")
    reason = LineField(label="终止依据", max_length=200, help_text="写明哪次会议怎样决定终止。")
