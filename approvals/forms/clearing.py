"""解除疑似认定: the venue's request with its lawyer's opinion, and what 纪委 and 经审 say."""

from django import forms

from approvals.forms.fields import LineField, PlanDayField, TextField
from core.forms import ActForm


class ClearanceForm(ActForm):
    """Why the plan is no lease, in the venue's words and its lawyer's."""

    reason = TextField(
        label="阵地说明", rows=4, help_text="逐条对照下面的迹象，写明为什么不是出租承包。"
    )
    lawyer = LineField(label="出具意见的律师", max_length=30)
    firm = LineField(label="律师事务所", max_length=60)
    opined_on = PlanDayField(label="意见日期")
    opinion = TextField(label="律师书面意见", rows=5, help_text="摘录结论和理由，至少 30 个字。")
    upload = forms.FileField(
        label="意见书扫描件",
        error_messages={"empty": "文件是空的，请重新选择。", "invalid": "请选择文件。"},
    )


class ConcurForm(ActForm):
    """纪委 or 经审."""

    agrees = forms.TypedChoiceField(
        label="意见",
        choices=[("yes", "同意解除"), ("no", "不同意解除")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择意见。", "invalid_choice": "请从列出的意见中选择。"},
    )
    text = TextField(label="理由", rows=4)
