"""例外审批: only the rules that say 原则上 are offered."""

from django import forms

from approvals.forms.fields import LineField, PickField, PlanDayField, TextField
from approvals.rules.checks import EXCEPTIONABLE
from core.forms import ActForm
from regulation.register import RULES

HARD_RULE = (
    "这一条是硬性规定，任何人都不能批准例外；只有写明“原则上”的条款可以申请，请从列出的条款中选择。"
)


def soft_rules() -> list[tuple[str, str]]:
    """The eight rules with a door, in the order of the regulation."""
    return [
        (code, f"{rule.basis} {rule.title}")
        for code, rule in RULES.items()
        if code in EXCEPTIONABLE
    ]


class ExceptionTextForm(ActForm):
    """The case for setting a rule aside."""

    facts = TextField(label="事实", rows=3, help_text="本项目与该条款不一致的具体情况。")
    reason = TextField(label="理由", rows=3)
    risk = TextField(label="风险", rows=3)
    mitigation = TextField(label="缓释措施", rows=3)
    lawyer_opinion = TextField(label="律师意见", rows=3)
    valid_until = PlanDayField(label="有效期至", help_text="不超过合作终止日。")


class ExceptionForm(ExceptionTextForm):
    """A new exception: the rule, then the case for it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_code"] = PickField(
            label="申请例外的条款",
            choices=soft_rules(),
            error_messages={"invalid_choice": HARD_RULE, "required": "请选择条款。"},
        )
        self.order_fields(["rule_code"])


class SubmitForm(ActForm):
    """报送例外: nothing to type."""


class LegalReviewForm(ActForm):
    """主管工会法律审核意见."""

    opinion = TextField(label="法律审核意见", rows=4)
    is_cleared = forms.TypedChoiceField(
        label="结论",
        choices=[("yes", "可以上会"), ("no", "退回修改")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结论。", "invalid_choice": "请从列出的结论中选择。"},
    )


class RevokeForm(ActForm):
    """撤销例外."""

    reason = LineField(label="撤销理由", max_length=200)
