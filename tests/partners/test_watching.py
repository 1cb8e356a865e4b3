"""重点关注: a union puts a partner on watch, every union sees it, nothing is blocked by it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Post
from accounts.roles import Role
from audit.selectors import events_of, ledger_faults
from core.errors import ActionBlocked, Refused, StaleVersion
from notifications.models import OutboxItem
from partners import rules, selectors, services
from partners.models import PartnerWatch
from tests.harness.acting import post_act
from tests.partners.conftest import NOW

WHY = "合同条款约定按面积收取固定费用，允许分租。"
SOLVED = "条款已经改为按季分成，现场复核没有分租。"
BODY = {"basis": "18-1", "reason": WHY}


@pytest.fixture
def partner(town):
    return town.register()


def put(town, partner, **changes):
    facts = {"union": town.xian, "by": town["asset.officer"], "at": NOW}
    return services.put_on_watch(partner=partner, **facts | BODY | changes)


def end(town, watch, **changes):
    facts = {"reason": SOLVED, "by": town["asset.officer"], "at": NOW}
    return services.end_watch(watch=watch, **facts | changes)


def told(refusal):
    return [(reason.field, reason.code) for reason in refusal.value.reasons]


# The rules.


def test_a_watch_rests_on_the_tenth_or_the_eighteenth_article():
    codes = [rule.code for rule in rules.watch_bases()]

    assert codes == [*(f"10-{n}" for n in range(1, 7)), *(f"18-{n}" for n in range(1, 9))]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"reason": "一二三四五六七八九十"}, []),
        ({"reason": " 一二三四五六七八九  "}, ["reason"]),
        ({"basis": "10-0"}, ["basis"]),
        ({"basis": "13-1"}, ["basis"]),
        ({"basis": "", "reason": ""}, ["basis", "reason"]),
        ({"is_watched": True, "reason": ""}, [""]),
    ],
)
def test_what_is_asked_of_a_watch(changes, fields):
    facts = {"basis": "18-1", "reason": WHY, "least": 10, "is_watched": False}

    found = rules.watch_reasons(**facts | changes)

    assert [(one.field, one.code) for one in found] == [(field, "5-3") for field in fields]


# The services.


def test_a_watch_is_put_and_ended_on_record(town, partner):
    watch = put(town, partner)

    assert selectors.watches_of(partner) == [watch]
    assert watch.words == f"西安市总工会资产监管部门 2025-11-20 列为重点关注：{WHY}"
    end(town, watch)
    assert selectors.watches_of(partner) == []
    (kept,) = selectors.watch_history(partner)
    assert (kept.ended_by, kept.ended_at, kept.end_reason) == (town["asset.officer"], NOW, SOLVED)
    assert [one.code for one in events_of(partner.pk)] == [
        "partners.partner.registered", "partners.watch.put_on", "partners.watch.ended",
    ]  # fmt: skip
    assert list(ledger_faults()) == []
    again = put(town, partner, basis="10-6")
    assert selectors.watches_of(partner) == [again]


@pytest.mark.parametrize(
    "username", ["venue.staff", "auditor", "province.asset", "baoji.officer", "sysadmin"]
)
def test_only_the_asset_department_of_the_union_puts_and_ends(town, partner, username):
    with pytest.raises(Refused, match="西安市总工会"):
        put(town, partner, by=town[username])
    watch = put(town, partner)
    with pytest.raises(Refused, match="西安市总工会"):
        end(town, watch, by=town[username])


def test_a_union_watches_a_partner_once_and_another_union_too(town, partner):
    put(town, partner)

    with pytest.raises(ActionBlocked) as refusal:
        put(town, partner, basis="10-6")
    assert told(refusal) == [("", "5-3")]
    later = NOW + timedelta(days=1)
    put(town, partner, union=town.baoji, by=town["baoji.officer"], at=later)
    assert [one.union for one in selectors.watches_of(partner)] == [town.xian, town.baoji]


def test_the_database_holds_one_open_watch_where_the_question_is_forgotten(
    town, partner, monkeypatch
):
    """The twin: the service forgets to ask, the constraint stands."""
    put(town, partner)
    monkeypatch.setattr("partners.rules.watch_reasons", lambda **facts: [])

    with pytest.raises(IntegrityError), transaction.atomic():
        put(town, partner)


def test_nobody_acts_on_what_they_did_not_see(town, partner):
    with pytest.raises(StaleVersion):
        put(town, partner, version=partner.version + 1)
    watch = put(town, partner, version=partner.version)
    end(town, watch, version=watch.version)

    with pytest.raises(StaleVersion):
        end(town, watch, version=watch.version)
    with pytest.raises(ActionBlocked) as refusal:
        end(town, watch)
    assert told(refusal) == [("", "18-1")]


def test_the_end_is_reasoned(town, partner):
    watch = put(town, partner)

    with pytest.raises(ActionBlocked) as refusal:
        end(town, watch, reason="已解决")

    assert told(refusal) == [("reason", "18-1")]
    assert "至少 10 个字" in str(refusal.value)


def test_the_heads_of_venues_that_looked_into_it_are_told(town, partner):
    manager = town["stranger"]
    Post.objects.create(
        user=manager, role=Role.VENUE_MANAGER, union=town.xian, venue_id=town.venue.pk,
        title="主任", valid_from=date(2020, 1, 1),
    )  # fmt: skip
    watch = put(town, partner)
    assert OutboxItem.objects.filter(kind="partners.watch").count() == 0
    end(town, watch)
    town.start(partner)

    end(town, put(town, partner))

    rows = OutboxItem.objects.filter(kind="partners.watch", channel="inapp").order_by("created_at")
    assert {one.recipient for one in rows} == {manager}
    assert sorted(one.title for one in rows) == [
        f"合作方列为重点关注：{partner.name}", f"合作方解除重点关注：{partner.name}",
    ]  # fmt: skip
    assert any(WHY in one.body for one in rows)


def test_every_union_sees_a_watch_and_no_administrator(town, partner):
    put(town, partner)

    seen = {name for name in town.people if PartnerWatch.objects.visible_to(town[name]).exists()}

    assert seen == set(town.people) - {"sysadmin", "secadmin", "audadmin", "stranger"}


# The pages.


def test_an_officer_puts_and_ends_by_hand(town, partner, page, client):
    root = f"/partners/{partner.pk}/"
    assert "列为重点关注" in page("asset.officer", root).content.decode()
    assert post_act(client, f"{root}watch/", BODY).status_code == 302

    text = page("baoji.officer", root).content.decode()
    assert PartnerWatch.objects.select_related("union").get().words in text
    assert "asset.officer" not in text
    assert f"{root}watch/end/" not in text
    text = page("asset.officer", root).content.decode()
    assert f"{root}watch/end/" in text
    assert f'href="{root}watch/"' not in text

    assert post_act(client, f"{root}watch/end/", {"reason": SOLVED}).status_code == 302
    text = page("asset.officer", root).content.decode()
    assert SOLVED in text
    assert "关注中" not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"basis": ""}, "请填写“依据”"),
        ({"basis": "13-1"}, ""),
        ({"reason": "太短"}, "至少 10 个字"),
        ({"reason": ""}, "请填写“理由”"),
        ({"reason": "长" * 201}, "最多 200 字"),
        ({"reason": "\0"}, ""),
        ({"union": "1"}, ""),
        ({"version": "7"}, "不是最新"),
        ({"version": "x"}, "请刷新页面"),
    ],
)
def test_wrong_input_is_told_and_kept(town, partner, page, client, changes, sentence):
    page("asset.officer", f"/partners/{partner.pk}/")
    body = BODY | {"reason": "原来写的话，足够十个字。"} | changes

    answer = post_act(client, f"/partners/{partner.pk}/watch/", body)

    assert answer.status_code in (409, 422)
    assert sentence in answer.content.decode()
    assert "reason" in changes or "原来写的话" in answer.content.decode()
    assert PartnerWatch.objects.count() == 0


def test_what_somebody_else_has_ended_keeps_what_was_typed(town, partner, page, client):
    watch = put(town, partner)
    url = f"/partners/{partner.pk}/watch/end/"
    page("asset.officer", url)
    form = client.get(url).context["form"]
    data = {"command_id": form["command_id"].value(), "version": watch.version, "reason": SOLVED}
    end(town, watch)

    answer = client.post(url, data)

    assert answer.status_code == 422
    assert rules.NOT_WATCHED in answer.content.decode()
    assert SOLVED in answer.content.decode()
    assert client.get(url).status_code == 302


def test_the_list_marks_and_finds_the_watched(town, partner, page):
    other = town.register(uscc="91610113MAXX01149E", name="陕西长乐坊文化艺术培训有限公司")
    put(town, partner)

    text = page("auditor", "/partners/").content.decode()
    assert text.count('<span class="tag warn">重点关注</span>') == 1
    found = page("auditor", "/partners/", tab="watched").content.decode()
    assert partner.name in found
    assert other.name not in found
