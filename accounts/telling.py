"""How accounts, below notifications, has a person told something.

The app that keeps messages registers its writer when it starts, and nobody below imports it.
"""

from collections.abc import Callable

from django.utils.module_loading import import_string


class _Writer:
    path = ""


def register(path: str) -> None:
    """Name the function that writes messages, as `app.module.function`."""
    _Writer.path = path


def teller() -> Callable:
    """The function that writes messages: keyword arguments as notifications.services.notify."""
    return import_string(_Writer.path)
