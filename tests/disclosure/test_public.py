"""Pages for strangers: what they say, what they never say, how heavy they are."""

import gzip
import pickle
import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from core import clock
from core.models import FixedDay
from disclosure import services
from partners.models import Partner
from tests.approvals.builders import moment
from tests.contracts import builders as contracts
from tests.disclosure.conftest import NOW, content, drafted, published, submitted
from venues.models import Venue

WEIGHT = 80 * 1024
CANARY = "金丝雀"


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def stranger():
    return Client()


def test_a_stranger_reads_hours_prices_and_discounts(town, stranger):
    published(town)

    page = words(stranger.get(f"/public/v/{town.venue.code}/"))

    for text in (
        "每日 9:00—21:00，周一闭馆", "羽毛球场地 20.00 元 元/小时", "职工书屋 免费", "凭证免费",
        "凭帮扶证免费", "凭会员卡五折", "电话或前台预约", "029-87320000", "12351", "2026-11-18",
    ):  # fmt: skip
        assert text in page
    assert "没有更新" not in page


def test_only_what_is_published_is_found(town, stranger):
    url = f"/public/v/{town.venue.code}/"
    one = submitted(town)
    assert stranger.get(url).status_code == 404
    assert town.venue.name not in words(stranger.get("/public/"))

    services.review_disclosure(disclosure=one, is_cleared=True, by=town["asset.officer"], at=NOW)
    assert town.venue.name in words(stranger.get("/public/"))
    deed = {"by": town["venue.staff"], "at": NOW}
    draft = services.draft_disclosure(venue=town.venue, **deed)
    services.save_disclosure(disclosure=draft, content=content(steps=CANARY), **deed)
    assert CANARY not in words(stranger.get(url))

    services.withdraw_disclosure(
        disclosure=one, reason="价格与备案不一致，更正后公布。", by=town["asset.officer"], at=NOW
    )
    assert stranger.get(url).status_code == 404


def test_a_closed_venue_has_no_page_and_a_suspended_one_says_so(town, stranger):
    published(town)
    url = f"/public/v/{town.venue.code}/"

    Venue.objects.filter(pk=town.venue.pk).update(status="suspended")
    assert "本阵地暂停开放" in words(stranger.get(url))
    Venue.objects.filter(pk=town.venue.pk).update(status="closed")
    assert stranger.get(url).status_code == 404
    assert town.venue.name not in words(stranger.get("/public/"))


@pytest.mark.parametrize(
    ("day", "is_stale"), [(date(2027, 5, 17), False), (date(2027, 5, 18), True)]
)
def test_old_information_says_so(town, stranger, day, is_stale):
    published(town)
    FixedDay.objects.update(day=day)
    clock.forget()

    page = words(stranger.get(f"/public/v/{town.venue.code}/"))

    assert ("以下信息已 181 天没有更新" in page) == is_stale


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({}, True), ({"city": "610100"}, True), ({"city": "provincial"}, False),
        ({"kind": "cultural_palace"}, True), ({"kind": "hotel"}, False), ({"text": "东城"}, True),
        ({"text": "没有这样的"}, False), ({"city": "610300"}, False), ({"city": "'--"}, False),
        ({"text": "\0"}, False), ({"text": "长" * 41}, False), ({"kind": "城堡"}, False),
        ({"page": "x"}, True), ({"page": "9" * 30}, True), ({"size": "lg"}, True),
    ],
)  # fmt: skip
def test_search_by_city_kind_and_name(town, stranger, query, is_found):
    published(town)

    answer = stranger.get("/public/", query)

    assert answer.status_code == 200
    assert (town.venue.name in words(answer)) == is_found


@pytest.mark.parametrize("code", ["x", "ZD-610102-01-02", "0" * 300, "%00", "a%27--", "..%2f"])
def test_unknown_codes_find_nothing(town, stranger, code):
    published(town)

    assert stranger.get(f"/public/v/{code}/").status_code == 404
    assert stranger.get(f"/public/p/{code}/").status_code == 404


def test_a_cooperation_is_announced_while_its_contract_is_in_effect(contracted, stranger):
    published(contracted)
    contract = contracts.filed(contracted)
    url = f"/public/p/{contract.cooperation.code}/"
    assert stranger.get(url).status_code == 404

    contract = contracts.close_gates(contracted, contract)
    contracts.services.put_into_effect(
        contract=contract, effective_on=date(2026, 11, 20), version=contract.version,
        by=contracted["asset.officer"], at=moment("2026-11-20 10:00"),
    )  # fmt: skip

    page = words(stranger.get(url))
    for text in (
        contract.cooperation.title, contracted.venue.name, "陕西健行体育有限公司", "对外合作",
        "2026-12-01 至 2029-11-30",
    ):  # fmt: skip
        assert text in page
    assert contract.cooperation.title in words(stranger.get(f"/public/v/{contracted.venue.code}/"))


def test_nothing_personal_stands_on_a_public_page(contracted, stranger):
    """Every account, the partner's people and codes, and canaries in every text beside."""
    published(contracted)
    contract = contracts.effective(contracted)
    Partner.objects.update(legal_representative=CANARY)
    contract.check_note = contract.legal_opinion = contract.disposal_rule = CANARY
    contract.save()
    pages = ["/public/", f"/public/v/{contracted.venue.code}/",
             f"/public/p/{contract.cooperation.code}/"]  # fmt: skip

    for url in pages:
        answer = stranger.get(url)
        text = words(answer)
        assert answer.status_code == 200
        for person in contracted.people.values():
            assert person.name not in text
            assert person.username not in text
        for secret in (CANARY, "91610000MA6TA1B2X3", "0178", "高健", "200000", "685000"):
            assert secret not in text
        assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)|\d{17}[\dX]|[\w.]+@[\w.]+", text) == []


def test_a_named_supervisor_is_shown_by_the_family_name(town, stranger):
    published(town)

    page = words(stranger.get(f"/public/v/{town.venue.code}/"))

    assert "监管责任人 吴*" in page


def test_public_pages_are_light_and_need_no_script(town, stranger):
    published(town)

    for url in ("/public/", f"/public/v/{town.venue.code}/"):
        html = stranger.get(url).content.decode()
        assets = re.findall(r'(?:href|src)="/static/([^"#?]+)', html)
        found = {name: finders.find(name) for name in assets}
        assert all(found.values())
        weight = len(gzip.compress(html.encode()))
        for path in set(found.values()):
            with open(path, "rb") as file:  # noqa: PTH123 - the finder answers text
                weight += len(gzip.compress(file.read()))
        assert weight <= WEIGHT
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", html)


def test_strangers_only_read(town, stranger):
    published(town)

    for url in ("/public/", f"/public/v/{town.venue.code}/"):
        for method in (stranger.post, stranger.put, stranger.delete, stranger.patch):
            assert method(url).status_code == 405
    assert stranger.get("/disclosures/").status_code in (302, 403)


def test_a_draft_is_no_more_public_to_a_colleague(town, log_in):
    drafted(town)
    client = log_in(town["venue.manager"])

    with time_machine.travel(moment("2026-11-20 10:00")):
        assert client.get(f"/public/v/{town.venue.code}/").status_code == 404


def test_board_is_a_poster_of_what_is_published_in_the_size_asked_for(town, stranger):
    url = f"/public/v/{town.venue.code}/board.pdf"
    assert stranger.get(url).status_code == 404  # nothing is public yet
    published(town)

    small, large = stranger.get(url), stranger.get(f"{url}?size=a3")

    papers = [PdfReader(BytesIO(one.content)) for one in (small, large)]
    width, text = papers[0].pages[0].mediabox.width, papers[0].pages[0].extract_text()
    assert small["Content-Type"] == "application/pdf"
    assert round(papers[1].pages[0].mediabox.width / width, 2) == 1.41  # A3 is A4 by root two
    assert all(len(one.pages) == 1 for one in papers)
    for words_of_it in (town.venue.name, "周一闭馆", "羽毛球场地", "凭帮扶证免费", "029-87320000"):
        assert words_of_it in text
    assert f'href="{url}"' in stranger.get(f"/public/v/{town.venue.code}/").content.decode()


def test_board_is_printed_once_until_its_content_changes(town, stranger):
    published(town)
    url = f"/public/v/{town.venue.code}/board.pdf"
    cache.clear()
    first = stranger.get(url).content
    (key,) = [one for one in cache._cache if ":board:" in one]

    cache._cache[key] = pickle.dumps(b"%PDF-kept")

    assert first.startswith(b"%PDF-")
    assert stranger.get(url).content == b"%PDF-kept"  # not printed again
    Venue.objects.filter(pk=town.venue.pk).update(address="另一条路 1 号")
    assert stranger.get(url).content.startswith(b"%PDF-1")
