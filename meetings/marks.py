"""What everybody who decides on an item must see beside it, without following a link.

Meetings know nothing of plans: the app that brings the matters registers a reader when it
starts, and nobody below imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.module_loading import import_string

if TYPE_CHECKING:  # the app that registers does so before any model may be imported
    from collections.abc import Iterable

    from meetings.models import AgendaItem

Marks = dict[UUID, list["Mark"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that hangs on a matter: a word, what it is, where it stands, its rule."""

    label: str
    tone: str
    title: str
    text: str = ""
    url: str = ""
    basis: str = ""


class _Reader:
    path = ""


def register(path: str) -> None:
    """Name the function that answers `marks_of`, as `app.module.function`."""
    _Reader.path = path


def marks_of(items: Iterable[AgendaItem]) -> Marks:
    """By matter, what hangs on each item still to be decided; one question for all of them.

    What was decided is not marked: the marks are those of today, the decision is not.
    """
    waiting = [item for item in items if not item.conclusion]
    if not waiting or not _Reader.path:
        return {}
    return import_string(_Reader.path)(waiting)
