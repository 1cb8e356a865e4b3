"""The pages of venues: who sees, who acts, what wrong input is told."""

import re

import pytest

from tests.harness.acting import post_act
from tests.venues.conftest import FACTS, NOW, PALACE, picture
from venues import services
from venues.models import ReadinessItem, Venue


def _urls(venue):
    root = f"/venues/{venue.pk}/"
    ends = ("", "edit/", "core-businesses/", "supervisor/", "readiness/", "readiness/review/")
    return [root + end for end in ends]


def _messages(answer):
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def _entry(**changes):
    return {key: value for key, value in (PALACE | changes).items() if value is not None}


@pytest.mark.parametrize("username", ["venue.staff", "asset.officer", "auditor", "province.asset"])
def test_readers_see_the_venue(town, page, username):
    for url in (f"/venues/{town.venue.pk}/", f"/venues/{town.venue.pk}/readiness/"):
        answer = page(username, url)

        assert (answer.status_code, "西安东城工人文化宫" in answer.content.decode()) == (200, True)


def test_another_city_finds_nothing(town, page):
    town.submitted()

    found = [page("baoji.officer", url).status_code for url in _urls(town.venue)]

    assert found == [404] * 6
    assert "西安东城工人文化宫" not in page("baoji.officer", "/venues/").content.decode()


def test_administrators_are_refused(town, page):
    assert page("sysadmin", "/venues/").status_code == 403
    assert page("sysadmin", f"/venues/{town.venue.pk}/").status_code == 403


@pytest.mark.parametrize("username", ["auditor", "province.asset", "venue.staff"])
def test_readers_do_not_write(town, page, client, username):
    page(username, "/venues/")

    for url in [f"/venues/{town.venue.pk}/edit/", f"/venues/{town.venue.pk}/supervisor/"]:
        assert client.get(url).status_code == 403
        assert post_act(client, url, _entry(address="改动")).status_code == 403
    assert Venue.objects.get().address == PALACE["address"]


def test_a_venue_is_registered_once_by_a_double_click(town, page, client):
    page("asset.officer", "/venues/new/")
    body = _entry(uscc="91610103maxx010776", name="西安土门样例文化宫")
    body |= {
        "supervising_union": town.xian.pk,
        "command_id": "6f0b6a55-4f0e-4d0c-9a51-0d6c5b8a2e10",
    }

    first, second = (post_act(client, "/venues/new/", body) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Venue.objects.filter(uscc="91610103MAXX010776").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写“名称”"),
        ({"name": "长" * 61}, "最多 60 字"),
        ({"name": "甲\0乙"}, ""),
        ({"building_area": "-1"}, "面积不能为负数"),
        ({"building_area": "1e400"}, ""),
        ({"land_area": "NaN"}, "请填写面积数字"),
        ({"opened_on": "2025-02-30"}, "日期不存在"),
        ({"opened_on": "2199-01-01"}, "启用日期不能晚于今天"),
        ({"staff_quota": "-3"}, "人数不能为负数"),
        ({"staff_quota": "9" * 40}, "数字过大"),
        ({"kind": "castle"}, ""),
        ({"kind": "other"}, "请说明属于何种职工服务阵地"),
        ({"division_code": "610302"}, ""),
        ({"uscc": "91610103MAXX010770"}, "人工核验"),
        ({"uscc": "12610000MAXX0282XE"}, "已有阵地登记"),
        ({"supervising_union": "999999"}, ""),
        ({"supervising_union": "x'--"}, ""),
    ],
)
def test_wrong_input_is_told_and_kept(town, page, client, changes, sentence):
    page("asset.officer", "/venues/new/")
    good = _entry(uscc="91610103MAXX010776", address="样例路9号") | {
        "supervising_union": town.xian.pk
    }

    answer = post_act(client, "/venues/new/", good | changes)

    assert answer.status_code == 422
    assert sentence in _messages(answer)
    assert "样例路9号" in answer.content.decode()
    assert Venue.objects.count() == 1


def test_a_stale_form_is_told_so(town, page, client):
    page("asset.officer", "/venues/")
    services.set_core_businesses(
        venue=town.venue, businesses=[("培训", "")], by=town["asset.head"], at=NOW
    )

    answer = post_act(client, f"/venues/{town.venue.pk}/edit/", _entry(address="新址", version="1"))

    assert answer.status_code == 409
    assert "新址" in answer.content.decode()


def test_core_businesses_are_read_line_by_line(town, page, client):
    url = f"/venues/{town.venue.pk}/core-businesses/"
    page("asset.officer", url)

    answer = post_act(client, url, {"businesses": "技能培训：焊工\n\n文体活动: 演出\n"})

    rows = town.venue.core_businesses.order_by("order").values_list("name", "description")
    assert answer.status_code == 302
    assert list(rows) == [("技能培训", "焊工"), ("文体活动", "演出")]
    assert post_act(client, url, {"businesses": "：只有内容"}).status_code == 422


def test_the_supervisor_is_chosen_from_the_department(town, page, client):
    url = f"/venues/{town.venue.pk}/supervisor/"
    page("asset.officer", url)

    stranger = post_act(client, url, {"supervisor": town["baoji.officer"].pk})
    answer = post_act(client, url, {"supervisor": town["asset.head"].pk})

    assert (stranger.status_code, answer.status_code) == (422, 302)
    assert Venue.objects.get().supervisor == town["asset.head"]


def test_the_self_assessment_by_hand(town, page, client):
    root = f"/venues/{town.venue.pk}/readiness/"
    page("venue.staff", root)
    assert post_act(client, root + "start/", page=root).status_code == 302
    assert "还没有结论" in client.get(root).content.decode()

    for code, facts in FACTS.items():
        body = facts | {"conclusion": "met", "file": picture()}
        assert post_act(client, f"{root}{code}/", body).status_code == 302
    assert post_act(client, root + "submit/", page=root).status_code == 302

    page("asset.officer", root)
    body = {"is_ready": "1", "review_note": "材料齐全。", "valid_until": "2099-01-01"}
    assert post_act(client, root + "review/", body).status_code == 302
    assert "具备条件" in client.get(f"/venues/{town.venue.pk}/").content.decode()


def test_an_incomplete_one_cannot_be_handed_in(town, page, client):
    root = f"/venues/{town.venue.pk}/readiness/"
    town.draft()
    page("venue.staff", root)

    answer = post_act(client, root + "submit/", page=root)

    assert answer.status_code == 422
    assert "第九条（一）" in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"workers": "-1"},
        {"workers": "abc"},
        {"floor_area": "-0.01"},
        {"as_of": "2025-02-30"},
        {"as_of": "2999-12-31"},
        {"facilities": "长" * 5001},
        {"source": "\0"},
        {"conclusion": "perhaps"},
        {"version": "999"},
        {"version": "x"},
    ],
)
def test_a_wrong_item_is_told_and_not_kept(town, page, client, changes):
    readiness = town.draft()
    url = f"/venues/{town.venue.pk}/readiness/9-1/"
    page("venue.staff", url)

    answer = post_act(client, url, FACTS["9-1"] | {"conclusion": "met"} | changes)

    assert answer.status_code in (409, 422)
    assert "教室24间" in answer.content.decode() or "facilities" in changes
    assert readiness.items.get(code="9-1").conclusion == ""


def test_a_file_that_is_not_what_its_name_says(town, page, client):
    town.draft()
    url = f"/venues/{town.venue.pk}/readiness/9-1/"
    page("venue.staff", url)

    answer = post_act(client, url, FACTS["9-1"] | {"file": picture("伪.pdf")})

    assert answer.status_code == 422
    assert ReadinessItem.objects.exclude(facts={}).count() == 0


def test_an_unknown_item_is_not_found(town, page):
    town.draft()

    for code in ("9-5", "9-0", "x"):
        assert page("venue.staff", f"/venues/{town.venue.pk}/readiness/{code}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "hotel"},
        {"kind": "x"},
        {"union": "x"},
        {"text": "'; DROP TABLE"},
        {"text": "\0"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"text": "长" * 500},
    ],
)
def test_the_list_answers_any_query(town, page, query):
    assert page("asset.officer", "/venues/", **query).status_code == 200


def test_the_list_is_filtered(town, page):
    town.register(name="西安职工体育馆", kind="sports_venue", uscc="91610113MAXX01149E")

    found = page("asset.officer", "/venues/", kind="sports_venue", text="体育").content.decode()

    assert ("西安职工体育馆" in found, "西安东城工人文化宫" in found) == (True, False)


def test_the_list_is_filtered_by_union(town, page):
    town.register(
        name="宝鸡工人文化宫", union=town.baoji, by=town["baoji.officer"], legal_form="internal",
        uscc="", division_code="610300",
    )  # fmt: skip

    found = page("province.asset", "/venues/", union=town.baoji.pk).content.decode()

    assert ("宝鸡工人文化宫" in found, "西安东城工人文化宫" in found) == (True, False)
