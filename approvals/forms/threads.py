"""批注: a question about a section, an answer, and the act that settles."""

import uuid

from django import forms

from approvals.enums import SectionCode
from approvals.forms.fields import TextField
from approvals.models.thread import COMMENT_LENGTH
from core.forms import ActForm

# Where the writer was: "" is the review page, "edit" the venue's own, otherwise a file beside it.
BACK_LENGTH = 40


class ReplyForm(ActForm):
    """回复批注."""

    text = TextField(label="内容", rows=3, max_length=COMMENT_LENGTH)
    back = forms.CharField(max_length=BACK_LENGTH, required=False, widget=forms.HiddenInput)


class ThreadForm(ReplyForm):
    """提出批注: to which section, and to which question of it."""

    section = forms.ChoiceField(choices=SectionCode.choices, widget=forms.HiddenInput)
    field = forms.CharField(max_length=40, required=False)


class SettleForm(ActForm):
    """标记已解决、重新打开: on the thread as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    back = forms.CharField(max_length=BACK_LENGTH, required=False, widget=forms.HiddenInput)


def file_in(back: str) -> uuid.UUID | None:
    """The file beside which the form was written, or None."""
    try:
        return uuid.UUID(back)
    except ValueError:
        return None
