"""Opinions of the desks, and what follows from them."""

from django import forms

from approvals.enums import Node, Outcome
from approvals.forms.fields import PickField, TextField
from approvals.models import OpinionDraft, Task
from approvals.services.opinions import outcomes_for
from approvals.services.returns import TO_VENUE, passed_nodes
from core.forms import ActForm
from documents.forms import UploadField

HASH_LENGTH = 64
LINES_LENGTH = 4000


class OpinionForm(ActForm):
    """签署意见: the verdicts this desk may give, on the version that was seen."""

    content_sha256 = forms.CharField(max_length=HASH_LENGTH, widget=forms.HiddenInput)
    text = TextField(label="意见", rows=3, required=False)
    points = TextField(
        label="退回事项",
        rows=3,
        max_length=LINES_LENGTH,
        required=False,
        help_text="每行一条，阵地须逐条答复。以节名或问题开头（如“合同要素：……”），阵地可直接点到那里。",
    )
    conditions = TextField(
        label="条件",
        rows=3,
        max_length=LINES_LENGTH,
        required=False,
        help_text="每行一条，签约前须逐条落实。",
    )

    def __init__(self, *args, task: Task, draft: OpinionDraft | None = None, **kwargs) -> None:
        initial = {"version": task.version, "content_sha256": task.plan_version.sha256}
        if draft:
            names = ("outcome", "text", "points", "conditions")
            initial |= {name: getattr(draft, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.task = task
        allowed = outcomes_for(task)
        self.fields["outcome"] = PickField(
            label="结论",
            choices=[(one.value, one.label) for one in allowed],
            widget=forms.RadioSelect,
            error_messages={"required": "请选择结论。"},
        )
        self.fields["version"].required = True
        self.order_fields(["outcome", "text", "points", "conditions"])
        if Outcome.CONDITIONAL not in allowed:
            del self.fields["conditions"]
        if passed := passed_nodes(task.proposal):
            self._offer_return_to(passed)

    def _offer_return_to(self, passed: list[Node]) -> None:
        """A plan that has passed a desk can be sent back there as well as to the venue."""
        self.fields["return_to"] = forms.ChoiceField(
            label="退回到",
            required=False,
            choices=[(TO_VENUE, "申报阵地（补正后重新报送）")]
            + [(node.value, f"{node.label}（重新办理）") for node in passed],
            error_messages={"invalid_choice": "只能退回阵地，或退回本方案已经走过的环节。"},
        )
        self.fields["is_direct"] = forms.ChoiceField(
            label="重新办理之后",
            required=False,
            choices=[("", "逐级重走"), ("yes", "直送退回人")],
            help_text="退回阵地的，只有重新报送时没有实质修改才直送退回人，否则仍逐级重走。",
        )

    def given(self) -> dict:
        """What the service is told of the opinion itself."""
        cleaned = self.cleaned_data
        return {
            "return_to": cleaned.get("return_to", TO_VENUE),
            "is_direct": cleaned.get("is_direct") == "yes",
            "outcome": cleaned["outcome"],
            "text": cleaned["text"],
            "points": cleaned["points"].splitlines(),
            "conditions": cleaned.get("conditions", "").splitlines(),
            "version": cleaned["version"],
            "content_sha256": cleaned["content_sha256"],
        }


class DraftForm(OpinionForm):
    """暂存: nothing is required yet."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = False
        self.fields["content_sha256"].required = False
        self.fields["version"].required = False

    def typed(self) -> dict:
        """What is kept of an unfinished opinion."""
        names = ("outcome", "text", "points", "conditions")
        return {name: self.cleaned_data.get(name, "") for name in names}


class ResolutionForm(ActForm):
    """异议处理."""

    text = TextField(
        label="处理意见",
        rows=3,
        max_length=2000,
        help_text="写明采纳或不采纳的理由；没有书面处理不能上会。",
    )


class ConditionReportForm(ActForm):
    """报告条件落实情况."""

    note = TextField(label="落实情况", rows=3, max_length=1000)
    file = UploadField(label="证明材料")


class ConditionForm(ActForm):
    """确认条件落实, or not yet."""

    verdict = PickField(
        label="核对结果",
        choices=[("met", "已落实"), ("not_yet", "尚未落实，退回阵地补充")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核对结果。"},
    )
    note = TextField(label="核对情况", rows=3, max_length=1000)
