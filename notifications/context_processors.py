"""The count beside the bell."""

from django.http import HttpRequest

from notifications import selectors


def inbox(request: HttpRequest) -> dict:
    """How many notices wait for the person who asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_count": 0}
    return {"unread_count": selectors.unread_count(user)}
