"""The pages of partners: who sees, who acts, what wrong input is told."""

import pytest

from core import clock
from partners.models import DueDiligence, DueDiligenceItem, Partner
from tests.harness.acting import post_act
from tests.partners.conftest import COMPANY, picture

ITEM = {"finding": "met", "source": "信用中国网站", "checked_on": "2025-11-01"}


def _root(due_diligence):
    return f"/partners/due-diligence/{due_diligence.pk}/"


def test_the_register_is_seen_from_another_city_but_not_the_investigation(town, page):
    partner = town.register()
    due_diligence = town.start(partner)

    answer = page("baoji.officer", f"/partners/{partner.pk}/")

    assert answer.status_code == 200
    assert "西安东城工人文化宫" not in answer.content.decode()
    assert page("baoji.officer", _root(due_diligence)).status_code == 404
    assert page("foreign.staff", _root(due_diligence)).status_code == 404


@pytest.mark.parametrize("username", ["venue.staff", "asset.officer", "auditor", "province.asset"])
def test_those_in_scope_read(town, page, username):
    partner = town.register()
    due_diligence = town.filled(partner)

    for url in (f"/partners/{partner.pk}/", _root(due_diligence)):
        answer = page(username, url)

        assert answer.status_code == 200
        assert "西安东城工人文化宫" in answer.content.decode()


@pytest.mark.parametrize("username", ["sysadmin", "secadmin", "audadmin"])
def test_administrators_are_refused(town, page, username):
    partner = town.register()

    for url in ("/partners/", f"/partners/{partner.pk}/"):
        assert page(username, url).status_code == 403


def test_an_auditor_writes_nothing(town, page, client):
    partner = town.register()
    due_diligence = town.start(partner)
    page("auditor", "/partners/")
    root = _root(due_diligence)

    answers = [
        post_act(client, "/partners/new/", COMPANY),
        post_act(client, f"/partners/{partner.pk}/due-diligence/start/", {}),
        post_act(client, root + "10-1/", ITEM, page=root),
        post_act(client, root + "10-6/judgments/", ITEM, page=root),
        post_act(client, root + "conclude/", {}, page=root),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert (Partner.objects.count(), DueDiligence.objects.count()) == (1, 1)
    assert DueDiligenceItem.objects.exclude(finding="unverified").count() == 0


def test_a_partner_is_registered_and_investigated_by_hand(town, page, client):
    page("venue.staff", "/partners/new/")
    assert post_act(client, "/partners/new/", COMPANY).status_code == 302
    start = f"/partners/{Partner.objects.get().pk}/due-diligence/start/"
    assert post_act(client, start, {"venue": town.venue.pk}).status_code == 302
    due_diligence = DueDiligence.objects.get()
    root = _root(due_diligence)

    for item in due_diligence.items.order_by("code"):
        parts = list(item.parts.all())
        if not parts:
            body = ITEM | {"file": picture()}
            assert post_act(client, f"{root}{item.code}/", body, page=root).status_code == 302
        for part in parts:
            body = {"finding": "met", "period": "三季度", "checked_on": clock.today().isoformat()}
            url = f"{root}{item.code}/{part.code}/"
            answer = post_act(client, url, body | {"file": picture()}, page=root)
            assert answer.status_code == 302
    assert post_act(client, root + "conclude/", page=root).status_code == 302

    due_diligence.refresh_from_db()
    assert (due_diligence.state, due_diligence.venue_name) == ("concluded", "西安东城工人文化宫")


def test_one_cannot_start_for_the_venue_of_others(town, page, client):
    partner = town.register()
    url = f"/partners/{partner.pk}/due-diligence/start/"
    page("venue.staff", url)

    answer = post_act(client, url, {"venue": town.foreign_venue.pk})

    assert answer.status_code == 422
    assert DueDiligence.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"uscc": ""}, "请填写统一社会信用代码"),
        ({"uscc": "9161O103MAXX010776"}, "第5位是字母 O，应为数字 0"),
        ({"uscc": "91610103MAXX01077"}, "现在是17位"),
        ({"uscc": "<script>alert(1)</script>"}, "第1位是“&lt;”"),
        ({"uscc": "'; DROP TABLE partners;--"}, "第1位是"),
        ({"uscc": "9" * 500}, "最多 60 字"),
        ({"uscc": "\0"}, ""),
        ({"uscc": "92610103MAXX03101D"}, "个体工商户"),
        ({"subject_kind": "natural_person"}, "第十条（二）"),
        ({"subject_kind": "x"}, ""),
        ({"subject_kind": "branch"}, "总公司"),
        ({"name": "长" * 101}, "最多 100 字"),
        ({"name": "甲\0"}, ""),
        ({"business": ""}, "请填写“主要业务”"),
    ],
)
def test_wrong_input_is_told_and_kept(town, page, client, changes, sentence):
    page("venue.staff", "/partners/new/")

    answer = post_act(client, "/partners/new/", COMPANY | changes)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "周样例" in answer.content.decode()
    assert Partner.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"finding": "fine"},
        {"finding": ""},
        {"source": ""},
        {"source": "合格"},
        {"source": "\0"},
        {"source": "长" * 201},
        {"checked_on": "2025-02-30"},
        {"checked_on": "0000-00-00"},
        {"checked_on": "2999-01-01"},
        {"expires_on": "1999-01-01"},
        {"note": "长" * 2001},
        {"version": "7"},
        {"version": "x"},
        {"file": ""},
    ],
)
def test_a_wrong_item_is_told_and_not_kept(town, page, client, changes):
    root = _root(town.start(town.register()))
    page("venue.staff", root)
    body = ITEM | {"note": "原来写的话", "file": picture()}

    answer = post_act(client, root + "10-1/", body | changes, page=root)

    assert answer.status_code in (409, 422)
    assert "原来写的话" in answer.content.decode() or "note" in changes
    assert DueDiligenceItem.objects.exclude(finding="unverified").count() == 0


@pytest.mark.parametrize(
    "end", ["10-7/", "10-6/tax/", "10-5/judgments/", "10-1/tax/", "x/", "10-6/x/"]
)
def test_an_unknown_part_is_not_found(town, page, client, end):
    root = _root(town.start(town.register()))
    page("venue.staff", root)

    assert client.get(root + end).status_code == 404
    assert post_act(client, root + end, ITEM, page=root).status_code == 404


@pytest.mark.parametrize("text", ["秦渭", "91610103", "'; --", "%", "_", "\0", "长" * 500])
def test_the_list_answers_any_search(town, page, text):
    town.register()

    assert page("auditor", "/partners/", text=text, page="x").status_code == 200


def test_the_list_is_searched_by_name_and_code(town, page):
    town.register()
    town.register(uscc="91610113MAXX01149E", name="陕西长乐坊文化艺术培训有限公司")

    for text in ("长乐坊", "maxx01149e"):
        found = page("auditor", "/partners/", text=text).content.decode()
        assert ("长乐坊文化" in found, "秦渭联动" in found) == (True, False)
