"""Hostile input over all forms: no answer of 500, a sentence for every refusal, nothing lost.

Every address that takes a form is opened by a person who may send it, and the form is sent with
hostile values in its fields, with fields missing, doubled and invented, and with broken
bookkeeping. The sample is the same on every run.
"""

import logging
import re
from urllib.parse import urlencode

import pytest

from tests.access import oracle
from tests.access.addresses import address
from tests.access.homes import OWN, READERS
from tests.access.hostile import NOBODY, SCRIPT
from tests.access.hunter import Hunter, refusal_faults
from tests.access.routes import Route, all_routes, matrix
from tests.access.walker import Walker
from tests.harness.forms import forms_of

pytestmark = pytest.mark.django_db
LEAST_REQUESTS = 2_000
LEAST_ACCEPTED = 50
URLENCODED = "application/x-www-form-urlencoded"
# Bodies that no browser sends, with the type they claim to be.
BODIES = {
    "json": ("application/json", b'{"command_id": "x", "version": 1}'),
    "no type": ("", b"command_id=x"),
    "another alphabet": (f"{URLENCODED}; charset=utf-7", "name=甲".encode()),
    "not utf-8": (URLENCODED, b"command_id=%ff%fe&name=%c3%28&username=\xff\xfe"),
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "cut short": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG',
    ),
    "too many fields": (URLENCODED, b"&".join(b"f%d=1" % number for number in range(2_500))),
    "too large": (URLENCODED, b"name=" + b"x" * (6 * 1024 * 1024)),
    "too many files": (
        "multipart/form-data; boundary=x",
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f%d"; filename="a"\r\n\r\n1\r\n' % number
            for number in range(150)
        )
        + b"--x--\r\n",
    ),
}
SENT_TO = ("/login/", "/reports/new/", "/venues/new/", "/partners/new/", "/inbox/read/")
# What is put for a part of an address that is not a number or a key.
PARTS = ("%00", "%FF", "x" * 5_000, "..%2F..%2Fetc", "%3Cscript%3E", "9" * 40, "0", "-1")
# What people type behind the question mark, and what they find there.
QUERIES = ("page", "cursor", "after", "sort", "tab", "show", "q", "text", "kind", "size", "body",
           "contract", "proposal", "venue", "item", "rule", "user", "next", "a", "b")  # fmt: skip
ASKED = ("\0", "-1", "9" * 400, NOBODY, NOBODY[:-1], SCRIPT, "'; --", "2027-02-30", "长" * 5_000,
         "NaN", "", "//evil.example.cn")  # fmt: skip


def pages() -> list[Route]:
    """Every address but the API's, which answers hostile input with problems, not with pages.

    The API is held against its description by tests/api/test_conformance.py.
    """
    return [route for route in all_routes() if not route.name.startswith("api:")]


@pytest.fixture(autouse=True)
def _no_noise():
    """Each refusal is logged; thousands of them say nothing."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_no_form_can_be_broken(homes):
    hunter, known = Hunter(homes), matrix()
    for route in pages():
        if route.name in known and route.access.writes:
            hunter.hunt(route, known[route.name])
    bag = hunter.bag
    print(f"\nhostile: {bag}", *bag.faults, sep="\n")

    assert hunter.walker.report.crashed == []
    assert bag.faults == []
    assert bag.formless == []
    assert bag.requests >= LEAST_REQUESTS
    assert len(bag.accepted) >= LEAST_ACCEPTED


@pytest.mark.parametrize("name", BODIES)
def test_a_broken_request_is_answered_with_a_sentence(homes, name):
    kind, body = BODIES[name]
    walker, officer = Walker(homes, READERS.values()), READERS["asset.officer"]
    faults = []
    for target in SENT_TO:
        answer = walker.ask(officer, "POST", target, body, content_type=kind)
        faults += [f"{target} {answer.status}: {fault}" for fault in refusal_faults(answer)]

    assert walker.report.crashed == []
    assert faults == []


def test_addresses_typed_by_hand_are_answered_with_a_page(homes):
    """Every word and number of an address, replaced by what does not belong there."""
    known, walker, asked, faults = matrix(), Walker(homes, READERS.values()), 0, []
    for route in pages():
        policy = known.get(route.name)
        if policy is None:
            continue
        readers = [one for one in READERS.values() if policy.allows(one.role, "GET")]
        for url in _mistyped(address(route, policy, homes[OWN.key])):
            asked += 1
            answer = walker.ask(readers[-1], "GET", url)
            if answer.status not in (302, 404):
                faults.append(f"{url[:90]}: answered {answer.status}")
            elif answer.status == 404:
                faults += [f"{url[:90]}: {fault}" for fault in refusal_faults(answer)]
    print(f"\nhostile: {asked} addresses")

    assert walker.report.crashed == []
    assert faults == []
    assert asked >= 400


def _mistyped(url: str) -> list[str]:
    """The address with each part that names something replaced, a few at a time."""
    path = url.partition("?")[0]
    parts = path.split("/")
    named = [place for place, part in enumerate(parts) if re.search(r"\d|-.*-", part)]
    return [
        "/".join(
            [
                *parts[:place],
                PARTS[(place * 3 + turn + len(path)) % len(PARTS)],
                *parts[place + 1 :],
            ]
        )
        for place in named
        for turn in range(4)
    ]


def test_whatever_is_asked_of_a_page_it_helps(homes):
    """Filters, pages and sort orders typed by hand: the page comes, or says what it lacks."""
    known, walker, asked, faults = matrix(), Walker(homes, READERS.values()), 0, []
    for place, route in enumerate(pages()):
        policy = known.get(route.name)
        if policy is None or route.access.writes:
            continue
        readers = [
            one
            for one in READERS.values()
            if policy.allows(one.role, "GET") and oracle.finds(one, OWN, policy.kind)
        ]
        url = address(route, policy, homes[OWN.key])
        page = walker.ask(readers[0], "GET", url)
        names = set(QUERIES).union(*(form.fields for form in forms_of(page.body or "<p></p>")))
        for turn in range(2):
            words = {
                name: ASKED[(place + turn * 5 + number) % len(ASKED)]
                for number, name in enumerate(sorted(names))
            }
            asked += 1
            answer = walker.ask(readers[0], "GET", f"{url.partition('?')[0]}?{urlencode(words)}")
            if answer.status not in (200, 302, 404):
                faults.append(f"{route.name}: answered {answer.status} to {words}"[:300])
            if "<script>alert(1)" in answer.body or "evil.example.cn" in answer.location:
                faults.append(f"{route.name}: repeated what was asked")
    print(f"\nhostile: {asked} questions")

    assert walker.report.crashed == []
    assert faults == []
