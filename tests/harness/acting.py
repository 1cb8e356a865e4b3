"""Acting through the test client as a browser would: hidden fields come from the form."""

import uuid
from html.parser import HTMLParser

from django.test import Client


class _HiddenFields(HTMLParser):
    """Collect the hidden inputs of each form of a page, with the form's action."""

    def __init__(self):
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._in_form = False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self._in_form = True
            self.forms.append((attributes.get("action") or "", {}))
        elif self._in_form and tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1][1][attributes.get("name") or ""] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._in_form = False


def hidden_fields(html: str, *, action: str) -> dict[str, str]:
    """Return the hidden fields of the form that posts to `action` (an empty action is this page)."""
    parser = _HiddenFields()
    parser.feed(html)
    path = action.partition("?")[0]
    for form_action, fields in parser.forms:
        if form_action.partition("?")[0] in ("", path) and "command_id" in fields:
            return fields
    return {}


def post_act(
    client: Client, url: str, data: dict | None = None, *, page: str | None = None, **extra
):
    """Post one act: `command_id`, `version` and `content_sha256` as the page's form carries them.

    `page` is where the form stands (default: the same address). A page that
    answers no form gives a fresh `command_id` alone. Values in `data` win.
    """
    hidden: dict[str, str] = {}
    shown = client.get(page or url)
    if shown.status_code == 200:
        hidden = hidden_fields(shown.content.decode(), action=url)
        hidden.pop("csrfmiddlewaretoken", None)
    body = {"command_id": str(uuid.uuid4()), **hidden, **(data or {})}
    return client.post(url, body, **extra)
