"""Who reaches what: every address × every person × every home, held against the matrix.

The matrix is reviewed by people and says nothing of the code; the oracle knows only where
the unions lie. Foreign and missing are one answer, and no text leaves its home.
"""

import logging

import pytest

from accounts.models import ScopedQuerySet, User
from tests.access.addresses import address, is_addressed
from tests.access.canaries import heard
from tests.access.homes import HOMES, OWN, READERS
from tests.access.routes import Policy, Route, all_routes, groups, matrix
from tests.access.walker import (
    Walker,
    business_tables,
    digest,
    everything_visible,
)

pytestmark = pytest.mark.django_db
LEAST_CELLS = 5_000
LEAST_READERS = 18
LEAST_LISTS = 14
# Pages of reading on which a missing guard must show at once.
TELLING = (
    "venues:venue_detail",
    "venues:venue_list",
    "approvals:proposal_review",
    "approvals:proposal_list",
    "contracts:contract_detail",
    "meetings:meeting_detail",
    "partners:due_diligence_detail",
    "api:venue-list",
    "api:proposal-detail",
    "api:contract-detail",
)
OWN_TOKENS = {"accounts:token_new", "accounts:token_revoke"}
MEANT_TO_BE_PUBLIC = {
    "accounts:login",
    "documents:verify",
    "notifications:calendar_feed",
    "disclosure:public_list",
    "disclosure:public_venue",
    "disclosure:public_board",
    "disclosure:public_notice",
}


@pytest.fixture(autouse=True)
def _no_noise():
    """A refusal is logged each time; sixteen thousand of them say nothing."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def ways() -> list[tuple[Route, Policy]]:
    """Every address with its row of the matrix."""
    known = matrix()
    return [(route, known[route.name]) for route in all_routes() if route.name in known]


def test_every_address_says_who_may_use_it():
    undeclared = [route.name for route in all_routes() if route.access is None]

    assert undeclared == []


def test_the_matrix_and_the_addresses_are_the_same():
    named = {route.name for route in all_routes()}

    assert named - set(matrix()) == set(), "addresses nobody reviewed"
    assert set(matrix()) - named == set(), "rows of addresses that are gone"


def test_reading_addresses_do_not_write():
    known = matrix()
    differing = [
        route.name
        for route in all_routes()
        if route.name in known and bool(known[route.name].writes) != route.access.writes
    ]

    assert differing == []


def test_the_matrix_speaks_of_known_roles():
    roles = {reader.role for reader in READERS.values()} | {"PUBLIC", "SIGNED_IN"}
    named = {role for row in matrix().values() for role in row.reads | row.writes}

    assert named - roles == set()
    assert set().union(*groups().values()) - roles == set()
    assert len(READERS) >= LEAST_READERS


def test_what_strangers_may_open_is_a_short_list():
    assert {name for name, row in matrix().items() if row.is_public} == MEANT_TO_BE_PUBLIC


def test_the_fingerprint_of_a_table_sees_one_changed_word_and_one_row_more():
    user = User.objects.create(username="fingerprint", name="甲")
    before = digest("accounts_user")
    User.objects.filter(pk=user.pk).update(name="乙")
    changed = digest("accounts_user")
    User.objects.filter(pk=user.pk).update(name="甲")
    again = digest("accounts_user")
    User.objects.create(username="fingerprint2", name="甲")

    assert before == again
    assert len({before, changed, digest("accounts_user")}) == 3


def test_no_one_reaches_what_is_not_theirs(homes, ways):
    walker = Walker(homes, READERS.values())
    for route, policy in ways:
        walker.walk(route, policy, READERS.values())
    report = walker.report
    print(f"\nmatrix: {len(ways)} addresses, {len(READERS)} persons, {report}")

    assert report.crashed == []
    assert report.leaks == []
    assert report.wrong == []
    assert report.cells >= LEAST_CELLS


def test_without_the_guard_the_walk_hears_foreign_texts(homes, ways):
    walker = Walker(homes, READERS.values())
    readers = [READERS[name] for name in ("venue.staff", "county.officer", "baoji.officer")]
    with everything_visible(ScopedQuerySet):
        for route, policy in ways:
            if route.name in TELLING:
                walker.walk(route, policy, readers)

    assert len(walker.report.leaks) > len(TELLING)
    assert any("outside the scope" in fault for fault in walker.report.wrong)


def test_the_auditor_changes_nothing(homes, ways):
    walker = Walker(homes, [READERS["auditor"]])
    client = walker.clients["auditor"]
    client.raise_request_exception = False
    before = {table: digest(table) for table in business_tables()}
    accepted = []
    for route, policy in ways:
        if "SIGNED_IN" in policy.writes or "PUBLIC" in policy.writes or route.name in OWN_TOKENS:
            continue  # the own session, the own password, the own inbox, the own tokens
        if policy.kind == "list":
            continue  # an export, which the next test looks at
        for home in HOMES.values() if is_addressed(route) else (OWN,):
            url = address(route, policy, homes[home.key])
            # Which methods an address knows at all does not hang on the home.
            others = ("put", "patch", "delete") if home == OWN else ()
            accepted += [
                f"{method} {url}"
                for method in ("post", *others)
                if getattr(client, method)(url).status_code not in (403, 404, 405)
            ]

    assert accepted == []
    assert {table: digest(table) for table in before} == before


def test_an_auditor_takes_lists_out_and_leaves_only_a_trace(homes, ways):
    walker = Walker(homes, [READERS["auditor"]])
    exports = [
        walker.ask(READERS["auditor"], "POST", address(route, policy, homes["dongcheng"]))
        for route, policy in ways
        if policy.kind == "list" and "auditor" in policy.writes
    ]

    assert len(exports) >= LEAST_LISTS
    assert {(answer.status, answer.written) for answer in exports} == {
        (200, frozenset({"audit_event"}))
    }


def test_a_venue_reads_the_rules_it_is_held_to(homes):
    """Routes of its own union's matrix; schemes of its union and of the unions above."""
    walker = Walker(homes, READERS.values())
    staff = READERS["venue.staff"]

    rows = heard(walker.ask(staff, "GET", "/matrix/").body)
    schemes = heard(walker.ask(staff, "GET", "/evaluations/schemes/").body)

    assert {home for home, kind in rows if kind == "union"} == {"dongcheng"}
    assert {home for home, kind in schemes if kind == "scheme"} == {"dongcheng", "shaanxi"}
    assert walker.report.crashed == []
