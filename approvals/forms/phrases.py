"""添加常用语."""

from collections.abc import Iterable

from django import forms

from approvals.enums import Node
from approvals.forms.fields import LineField, PickField
from approvals.models.phrase import PHRASE_LENGTH
from core.forms import ActForm
from organizations.enums import DepartmentKind

LABELS = {**dict(Node.choices), **dict(DepartmentKind.choices)}


def desk_choices(desks: Iterable[str]) -> list[tuple[str, str]]:
    """For oneself, or for one of the desks one sits at."""
    return [("", "只有自己用"), *((desk, f"{LABELS[desk]}共用") for desk in desks)]


class PhraseForm(ActForm):
    """A phrase, and who is offered it."""

    text = LineField(label="常用语", max_length=PHRASE_LENGTH)
    desk = PickField(label="给谁用", required=False, choices=[], widget=forms.RadioSelect)

    def __init__(self, *args, desks: Iterable[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].choices = desk_choices(desks)
        self.fields["desk"].initial = ""
