"""A venue and a partner with all that hangs on them, within the reader's scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.services import put_on_watch
from tests.approvals import builders as plans

VENUE_QUERIES, PARTNER_QUERIES = 12, 12


@pytest.fixture
def submitted(world, settings, tmp_path):
    """An operation plan at the formal review."""
    settings.FILES_ROOT = tmp_path
    plans.grant_overall_plan(world)
    return plans.submitted_plan(world)


@pytest.mark.parametrize(
    ("kind", "most"), [("venues", VENUE_QUERIES), ("partners", PARTNER_QUERIES)]
)
def test_the_page_lists_the_cooperation_within_its_queries(world, submitted, log_in, kind, most):
    pk = submitted.venue_id if kind == "venues" else submitted.partner_id
    client, address = log_in(world["asset.head"]), f"/{kind}/{pk}/matters/"
    client.get(address)

    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)

    assert len(seen) <= most, "\n".join(one["sql"][:160] for one in seen)
    assert [row["one"].pk for row in answer.context["cooperations"]] == [submitted.cooperation_id]
    assert f"/cooperations/{submitted.cooperation_id}/" in answer.content.decode()


def test_another_city_finds_no_venue_and_no_cooperation_of_a_partner(world, submitted, log_in):
    client = log_in(world["baoji.officer"])

    assert client.get(f"/venues/{submitted.venue_id}/matters/").status_code == 404
    page = client.get(f"/partners/{submitted.partner_id}/matters/")
    assert page.status_code == 200
    assert page.context["cooperations"] == []
    assert submitted.title not in page.content.decode()


def test_both_pages_of_a_partner_say_that_it_is_on_watch(world, submitted, log_in):
    watch = put_on_watch(
        partner=submitted.partner, union=world.xian, basis="18-1",
        reason="按面积收取固定费用，属变相出租。", by=world["asset.officer"],
        at=plans.moment("2026-11-19 09:00"),
    )  # fmt: skip
    client = log_in(world["baoji.officer"])

    for path in ("", "matters/"):
        page = client.get(f"/partners/{submitted.partner_id}/{path}").content.decode()
        assert watch.words in page


def test_the_pages_of_a_venue_lead_to_each_other(world, submitted, log_in):
    client, venue = log_in(world["venue.staff"]), submitted.venue_id

    for path in ("", "readiness/", "matters/"):
        page = client.get(f"/venues/{venue}/{path}").content.decode()
        assert f'href="/venues/{venue}/matters/"' in page
        assert page.count('aria-current="page"') >= 1
