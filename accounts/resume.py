"""A session that ends while somebody writes loses no text.

The form that arrives without a session is kept, signed, inside the login page; after
login it is shown again, ready to be sent with one click. Nothing is stored for a
person who is not logged in.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from accounts.gate import login_page

SALT = "accounts.resume"
MAX_AGE_SECONDS = 12 * 3600
BOOKKEEPING = {"csrfmiddlewaretoken", "password", "resume"}


def typed_of(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, field by field, without the bookkeeping fields."""
    hidden = BOOKKEEPING | {"command_id", "version", "content_sha256"}
    return [
        (key, value)
        for key, values in request.POST.lists()
        if key not in hidden and "password" not in key
        for value in values
        if value.strip()
    ]


def seal(request: HttpRequest) -> str:
    """The posted form as a signed text, to travel through the login page."""
    fields = [
        (key, value)
        for key, values in request.POST.lists()
        if key not in BOOKKEEPING and "password" not in key
        for value in values
    ]
    return signing.dumps(
        {"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True
    )


def unseal(text: str) -> dict | None:
    """The form that was sealed, or None when the text is forged or too old."""
    try:
        return signing.loads(text, salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the login page; a posted form is carried along."""
    if request.method == "POST" and request.POST:
        return login_page(request, resume=seal(request), has_files=bool(request.FILES), status=401)
    return redirect(f"/login/?{urlencode({'next': request.get_full_path()})}")
