"""The count beside the bell."""

from django.http import HttpRequest

from notifications import selectors


def inbox(request: HttpRequest) -> dict:
    """How many notices wait; asked once for a request, however many templates it renders."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_count": 0}
    if not hasattr(request, "unread_count"):
        request.unread_count = selectors.unread_count(user)
    return {"unread_count": request.unread_count}
