"""决策权限清单 and its filters."""

from django import forms

from approvals.enums import CooperationMode, PlanKind
from approvals.forms.fields import LineField, PickField, PlanDayField, SeveralField
from approvals.rules.route import STATUTORY_COUNTERSIGNERS
from core.forms import ActForm
from meetings.enums import DecisionBodyKind
from organizations.enums import DepartmentKind

MOST_DAYS = 60
BODIES = [(one.value, one.label) for one in DecisionBodyKind if one != DecisionBodyKind.VENUE_BOARD]
MAJOR = [("", "不区分"), ("yes", "重大事项"), ("no", "非重大事项")]


class WorkingDaysField(forms.IntegerField):
    """A limit in working days."""

    def __init__(self, **kwargs) -> None:
        super().__init__(min_value=1, max_value=MOST_DAYS, **kwargs)
        self.error_messages |= {
            "invalid": "请填写整数工作日，例如 5。",
            "min_value": "办理时限须至少 1 个工作日。",
            "max_value": f"办理时限最多 {MOST_DAYS} 个工作日。",
        }


class MatrixRowForm(ActForm):
    """决策权限清单的一行."""

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
    countersigners = SeveralField(
        label="会签部门",
        choices=DepartmentKind.choices,
        initial=list(STATUTORY_COUNTERSIGNERS),
        help_text="组织人事、党委（纪委）、财务、经审四个部门必须会签；可以增加，不能减少。",
    )
    bodies = SeveralField(
        label="决策会议",
        choices=BODIES,
        required=False,
        help_text="按先后顺序：党组会议在前，主席办公会议在后。",
    )
    formal_review_days = WorkingDaysField(label="形式审查（工作日）", initial=5)
    countersign_days = WorkingDaysField(label="会签（工作日）", initial=5)
    legal_review_days = WorkingDaysField(label="法律审核（工作日）", initial=5)
    fixed_by = LineField(
        label="确定本条目的会议",
        max_length=120,
        required=False,
        help_text="写明会议名称、次数、日期，例如“西安市总工会党组 2026 年第 2 次会议”。",
    )
    valid_from = PlanDayField(label="生效日")

    def row(self) -> dict:
        """What the service is told of the row."""
        act = self.act
        act["is_major"] = {"yes": True, "no": False}.get(act["is_major"])
        return act
