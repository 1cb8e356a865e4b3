"""转办、加签、委派、取回、催办、传阅、中止、作废、代理."""

from django import forms

from accounts.models import User
from approvals.enums import NODE_PERMISSIONS, PLAN_KINDS, ConsultPlace, Node, Outcome
from approvals.forms.fields import (
    LineField,
    PickField,
    PlanDayField,
    SeveralField,
    TextField,
    YesNoField,
)
from approvals.models import Proposal, Task
from approvals.selectors.people import Choices
from core.forms import ActForm

HASH_LENGTH = 64
REASON_LENGTH = 500
ALL_PLANS, SOME_KINDS, SOME_PLANS = "all", "kinds", "plans"
SCOPES = [
    (ALL_PLANS, "全部方案"),
    (SOME_KINDS, "选定类别的方案"),
    (SOME_PLANS, "指定的在办方案"),
]


def _people(keys: list[str]) -> list[User]:
    found = {str(one.pk): one for one in User.objects.filter(pk__in=[key for key in keys if key])}
    return [found[key] for key in keys if key in found]


class PersonForm(ActForm):
    """A form that names one person of those offered, or several."""

    several = False
    person_label = "人员"

    def __init__(self, *args, people: Choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kind = SeveralField if self.several else PickField
        self.fields["people"] = kind(label=self.person_label, choices=people)
        self.fields["people"].error_messages["required"] = f"请选择{self.person_label}。"
        self.order_fields(["people"])

    @property
    def chosen(self) -> list[User]:
        picked = self.cleaned_data["people"]
        return _people(picked if self.several else [picked])


class TransferForm(PersonForm):
    """转办."""

    person_label = "接办人"
    reason = TextField(label="转办理由", rows=2, max_length=REASON_LENGTH)


class HandOverForm(PersonForm):
    """离岗交接."""

    person_label = "接替人"
    reason = LineField(label="交接原因", max_length=200)


class ConsultForm(PersonForm):
    """加签."""

    several = True
    person_label = "征求对象"
    question = TextField(label="征求什么", rows=3, max_length=1000)
    placed = PickField(
        label="方式", choices=ConsultPlace.choices, widget=forms.RadioSelect,
        help_text="签署前：先等答复；同时：各办各的，都办完才往下走；签署后：您签署之后由对方接着签。",
    )  # fmt: skip
    is_binding = YesNoField(
        label="意见有约束力",
        help_text="有约束力的“不同意”须书面处理后才能上会；供参考的只作阅看。",
    )


class AssignForm(PersonForm):
    """委派."""

    person_label = "承办人"
    question = TextField(label="委派事项", rows=3, max_length=1000)


class AnswerForm(ActForm):
    """答复征求意见."""

    content_sha256 = forms.CharField(max_length=HASH_LENGTH, widget=forms.HiddenInput)
    outcome = PickField(
        label="答复",
        choices=[
            (one.value, one.label) for one in (Outcome.AGREE, Outcome.RESERVE, Outcome.DISAGREE)
        ],
        widget=forms.RadioSelect,
    )
    text = TextField(label="意见", rows=3, required=False, max_length=2000)

    def __init__(self, *args, task: Task, **kwargs) -> None:
        initial = {"version": task.version, "content_sha256": task.plan_version.sha256}
        super().__init__(*args, initial=initial, **kwargs)


class ReportForm(ActForm):
    """委派事项办理情况."""

    report = TextField(label="办理情况", rows=4, max_length=3000)


class ReasonedForm(ActForm):
    """An act that needs nothing but its reason."""

    reason = TextField(label="理由", rows=3, max_length=REASON_LENGTH)


class EndPlanForm(ReasonedForm):
    """终止实施 of an overall plan, as a meeting decided."""

    decided_by = LineField(
        label="作出决定的会议", max_length=120, help_text="例如“市总党组 2026 年第 12 次会议”。"
    )
    decided_on = PlanDayField(label="会议决定日")


class UrgeForm(ActForm):
    """催办."""

    text = LineField(label="附言", required=False, max_length=200)


class CirculateForm(PersonForm):
    """传阅."""

    several = True
    person_label = "传阅对象"
    note = LineField(label="传阅说明", required=False, max_length=200)


class ReadForm(ActForm):
    """已阅."""

    remark = LineField(label="阅示意见", required=False, max_length=REASON_LENGTH)


class DelegationForm(PersonForm):
    """代理."""

    person_label = "代理人"
    node = PickField(
        label="代理环节", choices=[(one.value, Node(one).label) for one in NODE_PERMISSIONS]
    )
    valid_from = PlanDayField(label="代理起")
    valid_to = PlanDayField(label="代理止")
    includes_waiting = YesNoField(label="包括已有的待办")
    reason = LineField(label="理由", max_length=200)

    scope = PickField(
        label="代理范围",
        required=False,
        choices=SCOPES,
        widget=forms.RadioSelect,
        initial=ALL_PLANS,
    )
    kinds = SeveralField(
        label="方案类别",
        required=False,
        choices=PLAN_KINDS,
        help_text="代理范围选“选定类别的方案”时勾选。",
    )
    plans = SeveralField(
        label="指定方案", required=False, choices=[], help_text="代理范围选“指定的在办方案”时勾选。"
    )

    def __init__(self, *args, nodes: Choices, away: Choices, plans: Choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [("", "请选择"), *nodes]
        if away:
            self.fields["principal"] = PickField(
                label="委托人", required=False, choices=[("", "本人"), *away],
                help_text="本人不在岗、不能自己委托的，由流程管理的部长代为委托；双方都会收到通知。",
            )  # fmt: skip
            self.order_fields(["principal", "people"])
        if plans:
            self.fields["plans"].choices = plans
        else:
            del self.fields["plans"]
            self.fields["scope"].choices = SCOPES[:2]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        for scope, name in ((SOME_KINDS, "kinds"), (SOME_PLANS, "plans")):
            if cleaned.get("scope") == scope and not cleaned.get(name):
                self.add_error(name if name in self.fields else None, "请至少选择一项。")
        return cleaned

    def given(self) -> dict:
        """What the service is told of the delegation itself."""
        cleaned = self.cleaned_data
        named = cleaned.get("plans", []) if cleaned["scope"] == SOME_PLANS else []
        return {
            "agent": self.chosen[0],
            "principal": next(iter(_people([cleaned.get("principal") or ""])), None),
            "kinds": cleaned["kinds"] if cleaned["scope"] == SOME_KINDS else [],
            "plans": list(Proposal.objects.filter(pk__in=named)),
            "includes_waiting": cleaned["includes_waiting"] == "yes",
            **{name: cleaned[name] for name in ("valid_from", "valid_to", "reason")},
        }
