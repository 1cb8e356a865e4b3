"""The text of a policy document, as 省总资产监管部 enters it."""

from django import forms

from core.forms import ActForm, DayField
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument


class PolicyForm(ActForm):
    """Which slot is filled, and what the text itself says of its origin."""

    policy = forms.ModelChoiceField(
        label="文件", queryset=PolicyDocument.objects.none(), empty_label="请选择"
    )
    issuer = forms.CharField(label="制定机关", max_length=100, help_text="照录原文。")
    document_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="照录原文；原文没有文号的留空。"
    )
    issued_on = DayField(label="印发日期", help_text="以原文落款为准。")
    file = forms.FileField(label="原文")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        slots = PolicyDocument.objects.filter(status=PolicyStatus.AWAITED).order_by("title", "pk")
        self.fields["policy"].queryset = slots
