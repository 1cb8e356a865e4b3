"""The walk: every address as every person at every home, held against the oracle."""

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from http.cookies import SimpleCookie
from io import BytesIO
from zlib import crc32

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from tests.access import oracle
from tests.access.addresses import address, is_addressed, missing_address
from tests.access.canaries import heard
from tests.access.homes import (
    ADMINISTRATORS,
    BEILIN,
    HOMES,
    OTHER_CITY,
    OWN,
    SECOND_CHILD,
    SECOND_VENUE,
    Home,
    Reader,
)
from tests.access.routes import Policy, Route
from tests.access.world import Case
from tests.harness.calling import give_token

API = "/api/"
BACKEND = "accounts.backends.PostedBackend"
# Tables in which an answer may leave a trace without anything having been done.
BOOKKEEPING = ("core_command", "django_session", "axes_")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
# Same role, same union as a reader before them: they go home and to another city only.
TWINS = frozenset({"cosign.discipline", "cosign.finance", "cosign.audit"})
# Papers printed on demand cost a second each: few readers, two homes.
PRINTED = frozenset(
    {
        "approvals:exception_form",
        "approvals:reply_preview",
        "approvals:approval_form",
        "approvals:brief_pdf",
        "disclosure:public_board",
        "planning:union_plan_pdf",
        "meetings:minutes_pdf",
        "meetings:record_pdf",
    }
)
READS_PAPERS = frozenset({"", "sysadmin", "expert", "venue.staff", "county.officer", "auditor"})
# What the public pages exist to tell.
TOLD_TO_ALL = frozenset({"place", "title", "public", "partner"})
TOLD_BY = {"documents:verify": frozenset({"paper"})}
# A scheme of the union above binds those below, who may know who published it.
NAMES_PUBLISHERS = "evaluations:scheme_list"
# Opened by a secret the walk does not hold: everybody gets the same nothing.
BY_SECRET = frozenset({"notifications:calendar_feed"})
# Where the administrators of accounts must name the venue of a post.
NAMES_PLACES = frozenset({"accounts:post_list", "accounts:post_new", "accounts:post_end"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and which business tables were written on the way."""

    status: int
    body: str
    location: str
    written: frozenset[str]
    changed: frozenset[str]

    @property
    def shape(self) -> str:
        """The body without what differs between any two requests."""
        return TOKEN.sub("", UUID.sub("*", self.body))


@dataclass(slots=True)
class Report:
    """What the walk saw."""

    cells: int = 0
    statuses: Counter = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        figures = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"cells {self.cells}; leaks {len(self.leaks)}; wrong {len(self.wrong)}; "
            f"crashed {len(self.crashed)}; answers {figures}"
        )


class Walker:
    """The clients of all readers, and the questions they ask."""

    def __init__(self, cases: dict[str, Case], readers: Iterable[Reader]) -> None:
        self.cases = cases
        self.report = Report()
        self.clients = {reader.username: _client(reader) for reader in readers}
        self.cookies = {
            name: client.cookies.output(header="") for name, client in self.clients.items()
        }

    def ask(
        self, reader: Reader, method: str, url: str, data: dict | None = None, **extra
    ) -> Answer:
        """One request; whatever it wrote is taken back."""
        written: set[str] = set()
        with transaction.atomic():
            with connection.execute_wrapper(_listener(written)):
                response, status = self._send(self._client_of(reader), method, url, data, extra)
            business = {one for one in written if not one.startswith(BOOKKEEPING)}
            # What was done may have changed rows; what was refused must not have.
            after = {table: digest(table) for table in business} if status != 302 else {}
            transaction.set_rollback(True)
        changed = {table for table, then in after.items() if digest(table) != then}
        body = _text_of(response) if response else ""
        location = response.headers.get("Location", "") if response else ""
        return Answer(status, body, location, frozenset(business), frozenset(changed))

    def _client_of(self, reader: Reader) -> Client:
        """The reader's client with the cookies of its log-in: no answer changes them for long."""
        client = self.clients[reader.username]
        client.cookies = SimpleCookie(self.cookies[reader.username])
        return client

    def _send(
        self, client: Client, method: str, url: str, data: dict | None, extra: dict
    ) -> tuple[HttpResponseBase | None, int]:
        if method == "POST" and url.startswith(API):
            data, extra = "{}", extra | _json_act()
        elif method == "POST" and data is None and "content_type" not in extra:
            # `act` is what is posted to a list: its rows as CSV, so that their canaries are heard.
            data = {"command_id": str(uuid.uuid4()), "act": "csv"}
        try:
            with transaction.atomic():
                send = client.post if method == "POST" else client.get
                response = send(url, data, **extra)
        except (Exception, pytest.fail.Exception) as error:
            self.report.crashed.append(f"{method} {url}: {type(error).__name__}: {error}"[:400])
            return None, 500
        return response, response.status_code

    def walk(self, route: Route, policy: Policy, readers: Iterable[Reader]) -> None:
        """One address, all persons, all homes, reading and writing."""
        methods = ("GET", "POST") if route.access.writes else ("GET",)
        if not policy.reads:
            methods = ("POST",)  # an act of the API has no form to show
        for reader in readers:
            for method in methods:
                missing: list[Answer] = []
                for home in _homes(route, policy, reader, method):
                    self._cell(route, policy, reader, method, home, missing)

    def _cell(
        self, route: Route, policy: Policy, reader: Reader, method: str, home: Home | None,
        missing: list[Answer],
    ) -> None:  # fmt: skip
        case = self.cases[(home or HOMES["dongcheng"]).key]
        answer = self.ask(reader, method, address(route, policy, case))
        self.report.cells += 1
        self.report.statuses[answer.status] += 1
        where = f"{method} {route.name} as {reader.username or 'anonymous'} at {home and home.key}"
        self._hear(route, policy, reader, answer, where)
        for fault in self._faults(route, policy, reader, method, home, answer):
            self.report.wrong.append(f"{where}: {fault}")
        if answer.status == 404 and home is not None:
            self._like_missing(route, policy, reader, method, home, answer, missing, where)

    def _hear(
        self, route: Route, policy: Policy, reader: Reader, answer: Answer, where: str
    ) -> None:
        """No canary may sing to somebody who must not hear of its home."""
        for key, kind in heard(answer.body + answer.location):
            if policy.is_public and kind in TOLD_BY.get(route.name, TOLD_TO_ALL):
                continue
            if route.name in NAMES_PLACES and reader.role in ADMINISTRATORS and kind == "place":
                continue
            if route.name == NAMES_PUBLISHERS and kind == "person":
                kind = "scheme"
            if route.name == "accounts:event_list" and oracle.reads_trail(reader, kind):
                continue
            if not oracle.reads(reader, HOMES[key], kind):
                self.report.leaks.append(f"{where}: heard {key} {kind or 'text'}")

    def _faults(
        self, route: Route, policy: Policy, reader: Reader, method: str, home: Home | None,
        answer: Answer,
    ) -> Iterator[str]:  # fmt: skip
        status = answer.status
        if status >= 500:
            return
        if route.name in BY_SECRET:
            if status != 404 or answer.written:
                yield f"a secret nobody has was answered {status}"
            return
        if not policy.allows(reader.role, method):
            yield from _refused(reader, answer)
        elif home is not None and not oracle.finds(reader, home, policy.kind):
            if answer.status != 404:
                yield f"outside the scope, answered {answer.status}"
            if answer.changed:
                yield f"not found, yet changed {sorted(answer.changed)}"
        else:
            yield from _served(reader, method, home, policy, answer)

    def _like_missing(
        self, route: Route, policy: Policy, reader: Reader, method: str, home: Home,
        answer: Answer, missing: list[Answer], where: str,
    ) -> None:  # fmt: skip
        """A foreign object is answered word for word as one that does not exist."""
        if not missing:
            url = missing_address(route, policy, self.cases[home.key])
            missing.append(self.ask(reader, method, url))
        nobody = missing[0]
        if (nobody.status, nobody.shape) != (answer.status, answer.shape):
            self.report.wrong.append(f"{where}: foreign and missing differ ({nobody.status})")


def _homes(route: Route, policy: Policy, reader: Reader, method: str) -> Iterable[Home | None]:
    """Where a reader goes: everywhere; whoever lacks the role is refused at any one door."""
    if not is_addressed(route):
        return (None,)
    if route.name in PRINTED:
        return (OWN, OTHER_CITY) if reader.username in READS_PAPERS else ()
    if not policy.allows(reader.role, method):
        turn = crc32(f"{route.name} {reader.username}".encode())  # another door for each of them
        return (tuple(HOMES.values())[turn % len(HOMES)],)
    if reader.username in TWINS:
        return (OWN, OTHER_CITY)
    return [home for home in HOMES.values() if home not in _alike(reader)]


def _alike(reader: Reader) -> tuple[Home, ...]:
    """The homes that stand to a reader as another does, where they go already."""
    if reader.union == BEILIN:
        return (SECOND_VENUE,)  # the child's sibling is a relation of its own here
    if reader.union:
        return (SECOND_VENUE, SECOND_CHILD)
    return (SECOND_CHILD,) if reader.venue_of else ()


def _refused(reader: Reader, answer: Answer) -> Iterator[str]:
    expected = (302, 401) if reader.role == "anonymous" else (403,)
    if answer.status not in expected:
        yield f"must be refused, answered {answer.status}"
    elif answer.status == 302 and not answer.location.startswith("/login/"):
        yield f"must be sent to log in, sent to {answer.location}"
    if answer.written:
        yield f"refused, yet wrote {sorted(answer.written)}"


def _served(
    reader: Reader, method: str, home: Home | None, policy: Policy, answer: Answer
) -> Iterator[str]:
    acts = home is None or oracle.acts_on(reader, home, policy.kind)
    if answer.status == 404:
        yield "in scope, answered 404"
    elif method == "POST" and not acts and answer.status not in (403, 405, 409, 422):
        yield f"acts where no post stands, answered {answer.status}"
    elif method == "POST" and not acts and answer.changed:
        yield f"refused, yet changed {sorted(answer.changed)}"
    elif method == "GET" and answer.status == 403 and (acts or not policy.writes):
        yield "may read here, answered 403"
    elif method == "GET" and answer.written:
        yield f"reading wrote {sorted(answer.written)}"
    elif answer.status not in (200, 302, 403, 409, 422):
        yield f"answered {answer.status}"


def _client(reader: Reader) -> Client:
    """Logged in for the pages, with a token for the API."""
    if not reader.username:
        return Client()
    user = User.objects.get(username=reader.username)
    client = Client(headers={"Authorization": f"Bearer {give_token(user)}"})
    client.force_login(user, backend=BACKEND)
    return client


def _json_act() -> dict:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    return {"content_type": "application/json", "headers": headers}


def _listener(written: set[str]):
    def listen(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    return listen


def digest(table: str) -> str:
    """A fingerprint of every row of a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = f'"{table}"::text'
            cursor.execute(
                f"SELECT md5(string_agg({text}, E'\\n' ORDER BY {text})) FROM \"{table}\""  # noqa: S608
            )
            return str(cursor.fetchone()[0])
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the schema
        rows = sorted(map(repr, cursor.fetchall()))
    return sha256("\n".join(rows).encode()).hexdigest()


def business_tables() -> list[str]:
    """All tables but those of the bookkeeping."""
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return sorted(name for name in names if not name.startswith(BOOKKEEPING))


def _text_of(response: HttpResponseBase) -> str:
    content = b"".join(response) if response.streaming else response.content
    return _words_of(content) if content.startswith(b"%PDF") else content.decode(errors="replace")


@lru_cache(maxsize=200)
def _words_of(pdf: bytes) -> str:
    """What stands in a paper, which many may open."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return text.replace("-\n", "-")  # a line may end within a canary


@contextmanager
def everything_visible(model) -> Iterator[None]:
    """The guard taken away: every row is in everybody's scope."""
    guard = model.visible_to
    model.visible_to = lambda self, user: self.all()
    try:
        yield
    finally:
        model.visible_to = guard
