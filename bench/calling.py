"""Asking the portal as its web server does, without the test client around it."""

from collections.abc import Callable
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from accounts.models import User

BACKEND = "accounts.backends.PostedBackend"


def cookie_of(user: User) -> str:
    """The cookie of a session the person is logged in with."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def asking(handler: WSGIHandler, path: str, *, cookie: str = "") -> Callable[[], bytes]:
    """A call that asks for one page and returns its body; anything but 200 raises RuntimeError."""

    def ask() -> bytes:
        environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie}
        setup_testing_defaults(environ)
        statuses: list[str] = []
        response = handler(environ, lambda status, _headers: statuses.append(status))
        try:
            body = b"".join(response)
        finally:
            response.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{path} answered {statuses[0]}")
        return body

    return ask
