"""The accounts a demo offers on its login page.

The demo stands above accounts, so the need is turned around: it registers a reader when
the program starts, and nobody below imports it. Outside a demo database nothing is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAccount:
    """One account: how to log in, whose it is, what to try with it first."""

    username: str
    who: str
    try_first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Showcase:
    """The accounts by group of roles, and the one password of all."""

    password: str
    groups: Sequence[tuple[str, Sequence[ShownAccount]]]


class _Reader:
    path = ""


def register(path: str) -> None:
    """Name the function that answers the showcase, as `app.module.function`."""
    _Reader.path = path


def shown() -> Showcase | None:
    """What a demo's login page offers, or nothing where no demo registered."""
    return import_string(_Reader.path)() if _Reader.path else None
