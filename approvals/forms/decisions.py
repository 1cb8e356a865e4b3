"""What a named person does about a decision."""

from core.forms import ActForm


class ConfirmForm(ActForm):
    """确认修改到位: nothing to type."""
