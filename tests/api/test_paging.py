"""Lists over HTTP, page after page: no gap, no repeat, the same cost for ten rows and for fifty."""

import uuid
from datetime import date, timedelta

import pytest

from approvals.models import Proposal
from core import clock
from partners.models import Partner
from tests.api.answers import ids
from tests.approvals.builders import moment, new_plan, write
from tests.harness.calling import Caller
from tests.supervision.conftest import schedule
from venues.models import Venue

pytestmark = pytest.mark.django_db


def more_venues(world, count: int) -> None:
    for number in range(count):
        venue = Venue(
            code=f"ZD-610102-90-{number:02d}", name=f"阵地{number:02d}", kind="hotel",
            legal_form="enterprise", supervising_union=world.xian, division_code="610102",
            supervisor=world["asset.head"], address="西安市", ownership_certificate="证",
            affiliation="隶属", service_functions="服务",
        )  # fmt: skip
        venue.place_under(world.xian)
        venue.save()


def walk_pages(call: Caller, path: str) -> list[list[str]]:
    pages, answer = [], call.get(path)
    while True:
        pages.append(ids(answer))
        if (following := answer.json()["next"]) is None:
            return pages
        answer = call.get(following)


def test_pages_follow_one_another_without_gap_or_repeat(world, call):
    more_venues(world, 23)
    officer = call("asset.officer")

    pages = walk_pages(officer, "venues/?page_size=7&kind=hotel")

    assert [len(page) for page in pages] == [7, 7, 7, 2]
    whole = ids(officer.get("venues/", {"kind": "hotel"}))
    assert [key for page in pages for key in page] == whole


def test_rows_of_one_moment_are_told_apart_by_key(world, call):
    for month in range(1, 8):
        schedule(
            world, period_from=date(2026, month, 1), period_to=date(2026, month, 20),
            at=moment("2026-09-20 09:00"),
        )  # fmt: skip

    pages = walk_pages(call("asset.officer"), "reports/?page_size=3")

    keys = [key for page in pages for key in page]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len(set(keys)) == 7


def test_a_row_added_meanwhile_moves_no_page(world, call):
    more_venues(world, 9)
    officer = call("asset.officer")
    first = officer.get("venues/?page_size=5").json()
    before = ids(officer.get(first["next"]))

    Venue.objects.filter(code="ZD-610102-01-01").update(name="改名")
    Venue.objects.filter(name="阵地00").update(code="ZD-610102-00-00")

    assert ids(officer.get(first["next"])) == before


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "abc"},
        {"cursor": ""},
        {"cursor": "\0"},
        {"page_size": "0"},
        {"page_size": "201"},
        {"page_size": "ten"},
        {"page_size": "１０"},
        {"kind": "castle"},
        {"tab": "everything"},
        {"union": "999999"},
        {"union": "\0"},
        {"text": "\0"},
        {"text": "x" * 61},
        {"page": "2"},
        {"sort": "name"},
        {"kind; drop table": "x"},
    ],
    ids=str,
)
def test_what_an_address_asks_wrongly_is_refused_and_named(world, call, query):
    answer = call("asset.officer").get("venues/", query)

    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["reasons"]] == list(query)


def test_a_cursor_of_another_list_is_refused(world, call):
    more_venues(world, 3)
    officer = call("asset.officer")
    cursor = officer.get("venues/?page_size=1").json()["next"].partition("cursor=")[2]

    assert officer.get(f"venues/?cursor={cursor}").status_code == 200
    assert officer.get(f"partners/?cursor={cursor}").status_code == 400


# Token, posts of the person, the unions and venues a filter offers, the list itself.
QUERIES = {
    "venues": 4,
    "partners": 3,
    "cooperations": 4,
    "proposals": 4,
    "contracts": 4,
    "evaluations": 4,
    "reports": 4,
}


def fill(full, count: int) -> None:
    more_venues(full, count)
    at = moment("2026-11-01 09:00")
    for number in range(count):
        Partner.objects.create(
            uscc=f"91610000MA6T{number:06d}", name=f"企业{number:02d}", business="经营",
            subject_kind="legal_person", legal_representative="甲",
            registered_by=full["venue.staff"], registered_at=at,
        )  # fmt: skip
        plan = new_plan(full, at=at + timedelta(minutes=number))
        write(full, plan, "overview", {"starts_on": "2026-12-01", "ends_on": "2027-11-30"})
        Proposal.objects.filter(pk=plan.pk).update(shared_at=at)
        copy(full.contract, proposal=plan, number=f"HT-{number}")
        copy(full.report, period_from=date(2000, 1, 1) + timedelta(days=number))
        copy(full.evaluation, period_from=date(2000, 1, 1) + timedelta(days=number))


def copy(row, **changes) -> None:
    """One more of the same row, for counting only."""
    row = type(row).objects.get(pk=row.pk)
    row.pk = uuid.uuid4()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


@pytest.mark.parametrize("count", [10, 50])
def test_a_list_costs_the_same_for_ten_rows_and_for_fifty(
    full, call, django_assert_num_queries, count
):
    fill(full, count)
    officer = call("asset.officer")
    clock.today()

    for noun, queries in QUERIES.items():
        with django_assert_num_queries(queries):
            answer = officer.get(f"{noun}/", {"page_size": str(count)})
        assert len(ids(answer)) == count, noun
