"""批复."""

from approvals.forms.fields import TextField
from core.forms import ActForm


class ReplyForm(ActForm):
    """拟批复: each line becomes a paragraph of the paper."""

    approved_matters = TextField(label="同意事项", rows=6, help_text="每行一段。")
    conditions = TextField(
        label="条件", rows=4, required=False, help_text="会签、法律审核所附条件，每行一条。"
    )
    requirements = TextField(label="要求", rows=6, help_text="每行一段。")


class IssueForm(ActForm):
    """签发批复: nothing to type."""
