"""Finding every form of the portal, and what is thrown at it."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, Resolver404, resolve

from tests.access.addresses import address, is_addressed, stand_in
from tests.access.homes import OWN, READERS, Reader
from tests.access.routes import Policy, Route
from tests.access.walker import Answer, Walker
from tests.access.world import Case
from tests.hostile.forms import Form, forms_of
from tests.hostile.values import EVERYWHERE, SCRIPT, values_for

# The same kind of object in the other states of its matter: other states show other forms.
STATES = {
    "proposal": ("submitted", "reviewed", "approved", "draft"),
    "approved": ("approved", "contracting"),
    "contract": ("contract", "contract_draft"),
    "meeting": ("meeting", "open_meeting"),
    "disclosure": ("disclosure", "published"),
}
HERE = tuple(
    reader
    for reader in READERS.values()
    if reader.venue_of == OWN.key
    or reader.union == OWN.union
    or reader.role in ("expert", "system_admin", "security_admin", "anonymous")
)
PER_FIELD = 4
HOSTILE_FILES = (
    ("x.pdf", b"no pdf at all"),
    ("../../x.pdf", b"%PDF-1.7\n"),
    ("x.exe", b"MZ"),
    ("长" * 300 + ".png", b"\x89PNG\r\n\x1a\n"),
    ("empty.pdf", b""),
)


@dataclass(slots=True)
class Found:
    """One form with the person for whom it was shown and the page it stood on."""

    reader: Reader
    page: str
    form: Form
    route: str


@dataclass(slots=True)
class Faults:
    """What went wrong, one line each."""

    posts: int = 0
    lines: list[str] = field(default_factory=list)


def pages(ways: Iterable[tuple[Route, Policy]], case: Case) -> Iterator[tuple[Policy, str]]:
    """The addresses of every page at one home, in every state that was built."""
    for route, policy in ways:
        kept = case.objects.get(stand_in(route, policy))
        yield policy, address(route, policy, case)
        for state in STATES.get(policy.kind, ()) if is_addressed(route) and kept else ():
            if route.parameters == ("pk",):
                other = Case(case.home, case.world, dict(case.objects))
                other.objects[stand_in(route, policy)] = case.objects[state]
                yield policy, address(route, policy, other)


def forms_everywhere(
    walker: Walker, ways: Iterable[tuple[Route, Policy]], case: Case
) -> tuple[list[Found], list[Found]]:
    """Every posting form and every filter, each once."""
    posting: dict[tuple, Found] = {}
    filters: dict[tuple, Found] = {}
    for policy, url in pages(ways, case):
        for reader in HERE:
            if not policy.allows(reader.role, "GET"):
                continue
            answer = walker.ask(reader, "GET", url)
            if answer.status != 200 or "<form" not in answer.body:
                continue
            for form in forms_of(answer.body, page=url):
                key = (_name_of(form.action), tuple(sorted(form.fields)))
                kept = posting if form.method == "post" else filters
                kept.setdefault(key, Found(reader, url, form, key[0]))
    return list(posting.values()), list(filters.values())


def _name_of(action: str) -> str:
    try:
        return resolve(action.partition("?")[0]).view_name
    except (Resolver404, NoReverseMatch):
        return f"nowhere: {action}"


def honest(form: Form) -> dict[str, Any]:
    """What a browser would send after somebody filled the form in good faith."""
    data = {
        one.name: one.plausible
        for one in form.fields.values()
        if one.kind != "file" and (one.is_sent or one.kind == "radio")
    }
    data.pop("csrfmiddlewaretoken", None)
    if "command_id" in form.fields:
        data["command_id"] = str(uuid.uuid4())
    return data


def attacks(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every body that is tried on a form, with a word on what it is."""
    base = honest(form)
    free = [name for name in form.fields if name not in ("command_id", "csrfmiddlewaretoken")]
    for value in EVERYWHERE:
        yield f"everywhere {value[:20]!r}", base | dict.fromkeys(free, value)
    for number, name in enumerate(free):
        for value in _tried(form, name, number):
            yield f"{name}={value[:20]!r}", base | {name: value}
    yield "lists", base | {name: [base.get(name, "a"), "b", "c"] for name in free}
    yield "nothing", {"command_id": base.get("command_id", str(uuid.uuid4()))}
    for name in free[:12]:
        yield f"without {name}", {key: value for key, value in base.items() if key != name}
    for value in ("", "abc", "\x00", "9" * 40):
        yield f"command_id={value[:10]!r}", base | {"command_id": value}
    yield from _files(form, base)


def _tried(form: Form, name: str, number: int) -> Iterator[str]:
    """A few values for one field, others for the next; of versions all."""
    kind = form.fields[name].kind
    values = () if kind == "file" else values_for(kind, name)
    count = len(values) if name == "version" else min(PER_FIELD, len(values))
    for step in range(count):
        yield values[(number * PER_FIELD + step) % len(values)]


def _files(form: Form, base: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [one.name for one in form.fields.values() if one.kind == "file"]
    for file_name, content in HOSTILE_FILES if names else ():
        files = {
            name: SimpleUploadedFile(file_name[-200:], content, "application/pdf") for name in names
        }
        yield f"file {file_name[:20]}", base | files


def judge(found: Found, what: str, answer: Answer) -> Iterator[str]:
    """The faults of one answer to one hostile post."""
    where = f"{found.route} as {found.reader.username}: {what}"
    if answer.status >= 500:
        yield f"{where}: {answer.status}"
    elif answer.status >= 400 and answer.changed:
        yield f"{where}: refused with {answer.status}, yet changed {sorted(answer.changed)}"
    elif answer.status not in (200, 302, 400, 401, 403, 404, 409, 413, 422):
        yield f"{where}: {answer.status}"
    if SCRIPT in answer.body:
        yield f"{where}: the script came back as it was sent"
