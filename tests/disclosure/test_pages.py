"""The staff's pages: who sees, who acts, what wrong input is told."""

import re

import pytest

from disclosure import services
from disclosure.enums import DisclosureState
from disclosure.models import Disclosure
from tests.contracts import builders as contracts
from tests.disclosure.conftest import NOW, drafted, fresh, gate_of, published, submitted
from tests.harness.acting import post_act

TEXTS = {
    "opening_hours": "每日 9:00—21:00",
    "steps": "前台预约",
    "contact": "前台 029-87320000",
    "supervision_phone": "12351",
    "model_workers_offer": "凭证免费",
    "workers_in_need_offer": "凭帮扶证免费",
    "members_offer": "凭会员卡五折",
}


def posted(*rows: dict, **changes) -> dict:
    """What the browser sends: the seven texts and the rows of services."""
    found = TEXTS | {"services-TOTAL_FORMS": str(len(rows)), "services-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        found |= {f"services-{number}-{key}": value for key, value in row.items()}
    return found | changes


def row(**changes) -> dict:
    return {"name": "羽毛球场地", "price": "20", "unit": "元/小时", "description": ""} | changes


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def urls_of(one: Disclosure) -> list[str]:
    root = f"/disclosures/{one.pk}/"
    return [root, root + "edit/", root + "submit/", root + "review/", root + "withdraw/"]


@pytest.mark.parametrize(
    "username", ["venue.staff", "asset.officer", "auditor", "province.asset", "leader"]
)
def test_readers_see_the_edition(town, log_in, username):
    one = drafted(town)
    client = log_in(town[username])

    for url in ("/disclosures/", f"/disclosures/{one.pk}/"):
        answer = client.get(url)
        assert (answer.status_code, "西安东城工人文化宫" in words(answer)) == (200, True)


def test_others_find_nothing(town, log_in):
    one = published(town)

    for username in ("baoji.officer", "away.manager", "other.manager", "county.officer"):
        client = log_in(town[username])
        codes = {client.get(url).status_code for url in urls_of(one)}
        assert codes <= {403, 404}
        assert client.get(f"/disclosures/{one.pk}/").status_code == 404
        assert "西安东城工人文化宫" not in words(client.get("/disclosures/"))
    for username in ("sysadmin", "expert"):
        assert log_in(town[username]).get(f"/disclosures/{one.pk}/").status_code == 403


def test_a_reader_changes_nothing(town, log_in):
    one = submitted(town)
    client = log_in(town["auditor"])

    answers = [post_act(client, url, {"is_cleared": "1"}).status_code for url in urls_of(one)[1:]]

    assert answers == [403] * 4
    assert fresh(one).state == DisclosureState.IN_REVIEW


def test_the_road_in_the_browser(town, log_in, client):
    client = log_in(town["venue.staff"])
    made = post_act(client, "/disclosures/new/", {"venue": str(town.venue.pk)})
    one = Disclosure.objects.get()
    assert made["Location"] == f"/disclosures/{one.pk}/edit/"

    business = town.venue.core_businesses.first()
    rows = row(core_business=str(business.pk)), row(name="书屋", price="0", unit="元/人次")
    saved = post_act(client, made["Location"], posted(*rows))
    assert saved.status_code == 302
    page = words(client.get(f"/disclosures/{one.pk}/"))
    assert "各项齐全，可以提交审核" in page
    assert "20.00 元" in page
    assert "免费" in page
    assert post_act(client, f"/disclosures/{one.pk}/submit/").status_code == 302

    client = log_in(town["asset.officer"])
    url = f"/disclosures/{one.pk}/"
    answer = post_act(client, f"{url}review/", {"is_cleared": "1", "note": ""}, page=url)
    assert answer.status_code == 302
    assert fresh(one).state == DisclosureState.PUBLISHED
    client.logout()
    assert "羽毛球场地" in words(client.get(f"/public/v/{town.venue.code}/"))


def test_what_is_missing_is_listed_and_refused(town, log_in):
    one = drafted(town, opening_hours="", members_offer="无")
    client = log_in(town["venue.staff"])

    page = words(client.get(f"/disclosures/{one.pk}/"))
    answer = post_act(client, f"/disclosures/{one.pk}/submit/", page=f"/disclosures/{one.pk}/")

    for text in (page, words(answer)):
        assert "请填写“开放时间”" in text
        assert "“工会会员优惠”写了“无”，请在同一栏说明理由。" in text
    assert answer.status_code == 422


def test_a_preview_shows_what_was_typed_and_keeps_nothing(town, log_in):
    one = drafted(town)
    client = log_in(town["venue.staff"])
    url = f"/disclosures/{one.pk}/edit/"

    answer = post_act(client, url, posted(row(name="攀岩墙"), preview="1", steps="扫码预约"))

    shown = words(answer)
    preview = shown[shown.index("公开页面预览") :]
    assert answer.status_code == 200
    assert "攀岩墙" in preview
    assert "扫码预约" in preview
    assert fresh(one).content == one.content


@pytest.mark.parametrize(
    ("rows", "changes", "sentence"),
    [
        ([row(price="-1")], {}, "价格不能为负数"),
        ([row(price="NaN")], {}, "请填写价格数字"),
        ([row(price="Infinity")], {}, "请填写价格数字"),
        ([row(price="1" + "0" * 20)], {}, "价格超过 100 万元"),
        ([row(price="1e400")], {}, "价格超过 100 万元"),
        ([row(price="1e-400")], {}, ""),
        ([row(price="1000000.01")], {}, "价格超过 100 万元"),
        ([row(price="二十")], {}, "请填写价格数字"),
        ([row(name="")], {}, "请填写服务项目的名称"),
        ([row(name="长" * 61)], {}, "最多 60 字"),
        ([row(name="甲\0乙")], {}, ""),
        ([row(core_business="999999")], {}, ""),
        ([row(core_business="x'--")], {}, ""),
        ([row()], {"opening_hours": "长" * 2001}, "最多 2000 字"),
        ([row()], {"steps": "甲\0乙"}, ""),
        ([row()], {"contact": "长" * 201}, "最多 200 字"),
        ([row()], {"services-TOTAL_FORMS": "x"}, ""),
        ([row()], {"services-TOTAL_FORMS": "1" + "0" * 20}, ""),
        ([row()], {"services-TOTAL_FORMS": "-5"}, ""),
        ([row()] * 61, {}, ""),
        ([row()], {"version": "x"}, ""),
        ([row()], {"version": "9" * 30}, ""),
    ],
)
def test_wrong_input_is_told_and_kept(town, log_in, rows, changes, sentence):
    one = drafted(town)
    client = log_in(town["venue.staff"])
    typed = posted(*rows, **({"workers_in_need_offer": "凭帮扶证七折"} | changes))

    answer = post_act(client, f"/disclosures/{one.pk}/edit/", typed)

    assert answer.status_code in (409, 422)
    assert sentence in words(answer)
    assert "凭帮扶证七折" in answer.content.decode()
    assert fresh(one).content == one.content


def test_markup_is_printed_as_it_was_typed(town, log_in):
    one = drafted(town, opening_hours="<script>alert(1)</script>{{ 7 }}")
    client = log_in(town["venue.staff"])

    html = client.get(f"/disclosures/{one.pk}/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in html
    assert "<script>alert(1)" not in html


def test_a_stale_page_is_told_so(town, log_in):
    one = drafted(town)
    client = log_in(town["venue.staff"])

    answer = post_act(client, f"/disclosures/{one.pk}/edit/", posted(row(), version="1"))

    assert answer.status_code == 409
    assert "刚刚被他人修改过" in words(answer)


def test_a_published_edition_cannot_be_written(town, log_in):
    one = published(town)
    client = log_in(town["venue.staff"])
    url = f"/disclosures/{one.pk}/edit/"

    assert "不能再改" in words(client.get(url))
    answer = post_act(client, url, posted(row(price="99"), version=str(one.version)))
    assert answer.status_code == 422
    assert "请另起新版" in words(answer)
    assert fresh(one).content == one.content


def test_a_double_click_begins_one_edition(town, log_in):
    client = log_in(town["venue.staff"])
    body = {
        "venue": str(town.venue.pk), "command_id": "6f0b6a55-4f0e-4d0c-9a51-0d6c5b8a2e10",
    }  # fmt: skip

    first, second = (post_act(client, "/disclosures/new/", body) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize("venue", ["", "x", "00000000-0000-0000-0000-000000000000", "other"])
def test_no_edition_is_begun_for_a_foreign_venue(town, log_in, venue):
    client = log_in(town["venue.staff"])
    venue = str(town.other_venue.pk) if venue == "other" else venue

    assert post_act(client, "/disclosures/new/", {"venue": venue}).status_code == 422
    assert Disclosure.objects.count() == 0


def test_a_return_without_words_is_refused(town, log_in):
    one = submitted(town)
    client = log_in(town["asset.officer"])
    url = f"/disclosures/{one.pk}/"

    for body, sentence in (
        ({"is_cleared": "0", "note": "改"}, "至少 10 个字"),
        ({"is_cleared": "", "note": ""}, "请填写“审核结论”"),
        ({"is_cleared": "7", "note": ""}, ""),
        ({"is_cleared": "0", "note": "长" * 2001}, "最多 2000 字"),
    ):
        answer = post_act(client, f"{url}review/", body, page=url)
        assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert fresh(one).state == DisclosureState.IN_REVIEW


def test_a_later_contract_is_confirmed_with_one_button_once(contracted, log_in):
    one = published(contracted)
    contract = contracts.filed(contracted)
    url = f"/disclosures/{one.pk}/"
    settle = f"{url}contracts/{contract.pk}/settle/"
    assert "确认已公开" not in words(log_in(contracted["venue.staff"]).get(url))
    assert post_act(log_in(contracted["venue.staff"]), settle).status_code == 403
    client = log_in(contracted["asset.officer"])
    assert "确认已公开" in words(client.get(url))

    assert post_act(client, settle, page=url).status_code == 302
    assert not gate_of(contract).is_open
    assert "确认已公开" not in words(client.get(url))
    again = post_act(client, settle)
    assert (again.status_code, "已经确认" in words(again)) == (422, True)
    foreign = f"{url}contracts/{one.pk}/settle/"
    assert post_act(client, foreign).status_code == 404


def test_changed_prices_are_shown_to_the_reviewer(town, log_in):
    published(town)
    deed = {"by": town["venue.staff"], "at": NOW}
    one = services.draft_disclosure(venue=town.venue, **deed)
    client = log_in(town["venue.staff"])
    rows = row(price="25", description="八片"), row(name="职工书屋", price="0", unit="元/人次")
    post_act(client, f"/disclosures/{one.pk}/edit/", posted(*rows))
    post_act(client, f"/disclosures/{one.pk}/submit/", page=f"/disclosures/{one.pk}/")

    page = words(log_in(town["asset.officer"]).get(f"/disclosures/{one.pk}/"))

    shown = page[page.index("与现行公开价格不同之处") : page.index("开放时间")]
    assert fresh(one).content.services[1].name == "职工书屋"
    assert [figure in shown for figure in ("20.00", "25.00", "职工书屋")] == [True, True, False]
