"""Experts: engaging them, their opinion, the answer to it; the union's guidance."""

from django import forms

from approvals.enums import ExpertActivity, ExpertConclusion, ExpertKind, InitiativeOrigin
from approvals.forms.fields import LineField, PickField, PlanDayField, TextField
from core.forms import ActForm
from documents.forms import UploadField


def _yes(value: str) -> bool:
    return value == "yes"


class BooleanPickField(forms.TypedChoiceField):
    """Two words of which one must be chosen by hand."""

    def __init__(self, *, yes: str, no: str, **kwargs) -> None:
        choices = [("yes", yes), ("no", no)]
        super().__init__(choices=choices, coerce=_yes, widget=forms.RadioSelect, **kwargs)
        self.error_messages["invalid_choice"] = f"请选择“{yes}”或“{no}”。"


class EngageForm(ActForm):
    """聘请律师、行业专家."""

    kind = PickField(label="类别", choices=ExpertKind.choices, widget=forms.RadioSelect)
    name = LineField(label="姓名", max_length=30)
    firm = LineField(label="所在单位", max_length=80)
    licence_no = LineField(label="执业证号或职称", max_length=40)
    activity = PickField(label="参与方式", choices=ExpertActivity.choices)
    username = LineField(
        label="平台账号",
        max_length=60,
        required=False,
        help_text="有专家账号的填写，由本人登录出具意见；没有的不填，由阵地录入签字的书面意见。",
    )
    access_from = PlanDayField(label="可阅看起", required=False)
    access_until = PlanDayField(label="可阅看止", required=False)
    letter = UploadField(label="聘请书扫描件", required=False)


class OpinionForm(ActForm):
    """利害关系声明和意见."""

    has_conflict = BooleanPickField(
        label="与合作方、阵地有无利害关系", yes="有利害关系", no="无利害关系"
    )
    conflict_statement = LineField(
        label="利害关系声明", max_length=500, help_text="写明声明内容；有利害关系的写明具体情形。"
    )
    opinion = TextField(label="意见", rows=6)
    conclusion = PickField(label="结论", choices=ExpertConclusion.choices, widget=forms.RadioSelect)
    opined_on = PlanDayField(label="意见日期")


class PaperOpinionForm(OpinionForm):
    """What the signed paper of somebody without an account says, with its scan."""

    paper = UploadField(label="签字的书面意见扫描件")


class AnswerForm(ActForm):
    """采纳情况."""

    is_adopted = BooleanPickField(label="是否采纳", yes="采纳", no="不采纳")
    answer = TextField(
        label="采纳情况说明",
        rows=3,
        max_length=2000,
        help_text="采纳的写明如何落实，不采纳的写明理由。",
    )


class EndForm(ActForm):
    """结束聘请."""

    reason = LineField(
        label="结束理由",
        max_length=200,
        help_text="结束后不再出具意见，有平台账号的立即看不到方案；已出具的意见和声明保留可查。",
    )


class GuidanceForm(ActForm):
    """主管工会指导记录."""

    content = TextField(label="指导内容", rows=6)
    guided_on = PlanDayField(label="指导日期")


class InitiativeForm(ActForm):
    """主管工会探索决定."""

    origin = PickField(label="来由", choices=InitiativeOrigin.choices, widget=forms.RadioSelect)
    decided_by = LineField(
        label="作出决定的会议",
        max_length=120,
        help_text="会议名称和次数，例如“主席办公会议2026年第8次”。",
    )
    decided_on = PlanDayField(label="决定日期")
    content = TextField(label="探索事项和要求", rows=5, max_length=2000)
