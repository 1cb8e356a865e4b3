"""Hostile input over all forms and addresses: never a 500, never half a change.

The forms are found in the pages themselves, so a new page is covered the day it is reached.
"""

import logging
import uuid

import pytest

from tests.access.addresses import address
from tests.access.homes import OWN, READERS
from tests.access.routes import all_routes, matrix
from tests.access.walker import Walker
from tests.hostile.hunt import HERE, Faults, attacks, forms_everywhere, honest, judge
from tests.hostile.values import QUERY, QUERY_VALUES, SCRIPT

pytest_plugins = ["tests.access.conftest"]
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("hostile")]
LEAST_FORMS = 60
LEAST_FILTERS = 8


@pytest.fixture(autouse=True)
def _no_noise():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def ways():
    known = matrix()
    return [(route, known[route.name]) for route in all_routes() if route.name in known]


@pytest.fixture(scope="module")
def found(homes, ways):
    """The posting forms and the filters of every page."""
    walker = Walker(homes, HERE)
    posting, filters = forms_everywhere(walker, ways, homes[OWN.key])
    assert walker.report.crashed == []
    return walker, posting, filters


def test_the_forms_are_found(found):
    _walker, posting, filters = found
    nowhere = [one.route for one in posting if one.route.startswith("nowhere")]

    assert nowhere == []
    assert len(posting) >= LEAST_FORMS
    assert len(filters) >= LEAST_FILTERS


def test_no_form_breaks(found):
    walker, posting, _filters = found
    faults = Faults()
    for one in posting:
        for what, body in attacks(one.form):
            walker.report.crashed.clear()
            answer = walker.ask(one.reader, "POST", one.form.action, body)
            faults.posts += 1
            faults.lines += [f"{line} {walker.report.crashed}" for line in judge(one, what, answer)]
    print(f"\nhostile: {len(posting)} forms, {faults.posts} posts, {len(faults.lines)} faults")

    assert faults.lines == []


def test_bytes_that_are_no_text_break_nothing(found):
    walker, posting, _filters = found
    faults = []
    for one in posting:
        names = [name for name in one.form.fields if name != "command_id"]
        body = "&".join(f"{name}=%ff%fe%00%c3%28" for name in names)
        body += f"&command_id={uuid.uuid4()}"
        answer = walker.ask(
            one.reader, "POST", one.form.action, body.encode(),
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        faults += judge(one, "bytes", answer)

    assert faults == []


def test_filters_and_pages_by_hand(found, homes, ways):
    walker, _posting, filters = found
    known = {name for one in filters for name in one.form.fields}
    names = [*dict.fromkeys([*QUERY, *sorted(known)])]
    faults = []
    for route, policy in ways:
        readers = [one for one in HERE if policy.allows(one.role, "GET")][:1]
        url = address(route, policy, homes[OWN.key]).partition("?")[0]
        if url.endswith((".pdf", "/pdf/")):
            continue
        for reader in readers:
            for value in QUERY_VALUES:
                answer = walker.ask(reader, "GET", url, dict.fromkeys(names, value))
                if answer.status >= 500 or SCRIPT in answer.body:
                    faults.append(f"{route.name}?{value[:20]!r}: {answer.status}")

    assert faults == []
    assert walker.report.crashed == []


def test_a_page_beyond_the_last_helps(found, homes, ways):
    walker, _posting, _filters = found
    faults = []
    for route, policy in ways:
        if route.parameters or "_list" not in route.name:
            continue
        reader = next(one for one in HERE if policy.allows(one.role, "GET"))
        for value in ("-1", "0", "999999", "abc", ""):
            answer = walker.ask(
                reader, "GET", address(route, policy, homes[OWN.key]), {"page": value}
            )
            if answer.status not in (200, 404):
                faults.append(f"{route.name}?page={value}: {answer.status}")

    assert faults == []


def test_the_same_command_is_done_once(found):
    """The second arrival is led where the first was; another body with its id is refused."""
    walker, posting, _filters = found
    officer = READERS["asset.officer"]
    form = next(one for one in posting if one.route == "partners:partner_add").form
    body = honest(form) | {
        "uscc": "91610103MAXX010776", "name": "同名有限公司", "legal_representative": "高健",
        "subject_kind": "legal_person", "business": "运营",
    }  # fmt: skip
    client = walker._client_of(officer)
    first = client.post("/partners/new/", body)
    assert first.status_code == 302, first.content.decode()[:2000]

    again = client.post("/partners/new/", body)
    other = client.post("/partners/new/", body | {"name": "另一家有限公司"})

    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert other.status_code == 409
