"""The clause in the side sheet, and where the product does what it asks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve

from regulation.places import PLACES, places_of
from regulation.register import RULES


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_sheet_with_the_quotation_marked(reader, code):
    answer = reader.get(f"/rules/sheet/{code}/")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert f"{RULES[code].basis} · {RULES[code].title}</h2>" in html
    assert f'<blockquote class="quote">{RULES[code].quotation}</blockquote>' in html
    assert f'href="{RULES[code].url}"' in html  # on to the page
    if "…" not in RULES[code].quotation:
        assert f"<mark>{RULES[code].quotation}</mark>" in html
    assert "<html" not in html  # a part of a page


def test_the_sheet_holds_the_whole_article_and_the_places(reader):
    html = reader.get("/rules/sheet/13-4-4/").content.decode()

    assert "引进社会第三方专业机构" in html  # another clause of the same article
    assert "合作期限超过五年须有批准的例外" in html
    assert '<a href="/exceptions/">' in html


def test_a_rule_without_a_place_says_so(reader):
    assert "还没有专门落实这一项的功能" in reader.get("/rules/sheet/23-1/").content.decode()


@pytest.mark.parametrize("code", ["99-1", "13", "x", "DL-05", "13-4-44"])
def test_no_rule_no_sheet(reader, code):
    assert reader.get(f"/rules/sheet/{code}/").status_code == 404


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get("/rules/sheet/13-4-4/").status_code == 302


@pytest.mark.parametrize("place", PLACES, ids=lambda one: f"{one.code} {one.words[:6]}")
def test_every_place_names_a_rule_and_a_page_of_the_portal(place):
    assert place.code in RULES
    assert resolve(place.url).func.access is not None


def test_the_rules_that_stop_an_act_have_their_place():
    stopping = {"9-0", "10-0", "13-1-1", "13-1-2", "13-2-2", "13-4-1", "13-4-4", "18-1", "18-3"}

    assert all(places_of(code) for code in stopping)


def test_every_page_of_staff_has_the_sheet_closed_and_the_link_as_a_link(reader):
    html = reader.get("/rules/policies/").content.decode()

    assert 'data-sheet="/rules/sheet/"' in html
    assert "<dialog open" not in html
    assert (Path(settings.BASE_DIR) / "static/js/sheet.js").exists()
