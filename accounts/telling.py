"""How accounts, below notifications, has a person told something, and hears what they have not read.

The app that keeps messages registers its writer and its count when it starts, and nobody below
imports it.
"""

from collections.abc import Callable

from django.db.models.expressions import Combinable
from django.utils.module_loading import import_string


class _Messages:
    writer = ""
    unread = ""


def register(writer: str, *, unread: str) -> None:
    """Name the functions that write messages and count the unread, as `app.module.function`."""
    _Messages.writer, _Messages.unread = writer, unread


def teller() -> Callable:
    """The function that writes messages: keyword arguments as notifications.services.notify."""
    return import_string(_Messages.writer)


def unread_of_a_post() -> Combinable:
    """How many messages the person of a post has not read, as a column of posts."""
    return import_string(_Messages.unread)()
