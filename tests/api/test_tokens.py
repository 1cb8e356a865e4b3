"""Tokens: made and revoked by their own person, shown once, good for no more than the person."""

import re
from datetime import date

import pytest
import time_machine

from accounts import services
from accounts.models import ApiToken, Post, User
from audit.models import Event
from core import clock
from core.errors import ActionBlocked, Refused
from core.models import FixedDay
from notifications.models import OutboxItem
from tests.approvals.builders import moment
from tests.harness.acting import post_act
from tests.harness.calling import Caller, caller, give_token

pytestmark = pytest.mark.django_db
AT = moment("2026-11-20 09:00")
PASSWORD = "Demo-2026!"


def make(user, **changes):
    facts = {"name": "读取", "days": 30, "may_write": False, "by": user, "at": AT}
    return services.make_token(**facts | changes)


def status_of(key: str) -> int:
    return Caller(key).get("venues/").status_code


def test_a_token_reads_as_its_person_until_it_is_revoked(world):
    officer = world["asset.officer"]
    token, key = make(officer)

    assert status_of(key) == 200

    services.revoke_token(token=token, by=officer, at=AT)

    assert status_of(key) == 401


def test_the_key_itself_is_not_kept(world):
    token, key = make(world["asset.officer"])

    kept = " ".join(str(value) for value in ApiToken.objects.values_list().get())

    assert key not in kept
    assert key.startswith(token.prefix)
    assert len(key) - len(token.prefix) >= 32


@pytest.mark.parametrize("last_day", [date(2026, 11, 20), date(2026, 11, 21)])
def test_the_last_day_still_counts(world, last_day):
    assert status_of(give_token(world["asset.officer"], expires_on=last_day)) == 200


def test_an_expired_token_opens_nothing(world):
    key = give_token(world["asset.officer"], expires_on=date(2026, 11, 19))

    assert status_of(key) == 401


def test_a_token_made_for_ninety_days_ends_on_the_ninetieth(world):
    token, key = make(world["asset.officer"], days=90)

    assert token.expires_on == date(2027, 2, 18)

    FixedDay.objects.update(day=date(2027, 2, 18))
    clock.forget()
    assert status_of(key) == 200

    FixedDay.objects.update(day=date(2027, 2, 19))
    clock.forget()
    assert status_of(key) == 401


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
def test_no_token_lives_longer_than_ninety_days(world, days):
    with pytest.raises(ActionBlocked, match="90 天（系统默认）"):
        make(world["asset.officer"], days=days)


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer uo_x",
        "Bearer uo_ab cd",
        "Bearer \u00e9\u00ff",
        "Basic YWRtaW46YWRtaW4=",
        "Token abc",
        "bearer",
        "",
        "Bearer " + "x" * 5000,
    ],
)
def test_a_forged_token_is_one_and_the_same_refusal(world, client, header):
    answer = client.get("/api/v1/venues/", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["title"] == "没有有效的令牌"


def test_a_changed_sign_is_another_token(world):
    key = give_token(world["asset.officer"])
    changed = key[:-1] + ("A" if key[-1] != "A" else "B")

    assert [status_of(one) for one in (key, changed, key.upper())] == [200, 401, 401]


def test_the_hash_that_is_kept_is_no_key(world):
    key = give_token(world["asset.officer"])

    assert status_of(ApiToken.objects.get().sha256) == 401
    assert status_of(key) == 200


def test_a_session_alone_opens_no_data(world, log_in):
    answer = log_in(world["asset.officer"]).get("/api/v1/venues/")

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("is_active", False, "账号已停用"), ("must_change_password", True, "修改密码")],
)
def test_an_account_that_may_not_log_in_speaks_through_no_token(world, column, value, said):
    key = give_token(world["asset.officer"])
    User.objects.filter(username="asset.officer").update(**{column: value})

    answer = Caller(key).get("venues/")

    assert answer.status_code == 401
    assert said in answer.json()["detail"]


def test_a_token_can_what_its_person_can_today(world):
    call = caller(world["asset.officer"])
    assert call.get("venues/").status_code == 200

    Post.objects.filter(user=world["asset.officer"]).update(valid_to=date(2026, 11, 19))

    assert call.get("venues/").status_code == 403


def test_changing_or_resetting_the_password_ends_every_token(world):
    officer = world["asset.officer"]
    admin = world["sysadmin"]
    first, second = give_token(officer), give_token(world["leader"])

    services.change_password(user=officer, password="another-2026!", at=AT)
    services.reset_password(user=world["leader"], password="another-2026!", by=admin, at=AT)
    User.objects.update(must_change_password=False)

    assert [status_of(first), status_of(second)] == [401, 401]


def test_the_day_of_use_is_kept_and_written_once_a_day(world, django_assert_num_queries):
    key = give_token(world["asset.officer"], last_used_on=None)
    status_of(key)

    assert ApiToken.objects.get().last_used_on == date(2026, 11, 20)
    with django_assert_num_queries(4):  # token, posts, the unions to choose from, rows
        status_of(key)


def test_making_and_revoking_stand_in_the_ledger_and_the_person_is_told(world):
    officer = world["asset.officer"]
    token, key = make(officer)
    services.revoke_token(token=token, by=officer, at=AT)

    events = Event.objects.filter(case_id=officer.pk).order_by("seq")
    assert [one.code for one in events] == ["accounts.token.made", "accounts.token.revoked"]
    assert all(key not in one.title + one.body for one in events)
    told = OutboxItem.objects.filter(recipient=officer, kind="accounts.token.made")
    assert told.exists()
    assert not told.filter(body__contains=key).exists()


def test_nobody_revokes_anothers_token_and_nothing_is_revoked_twice(world):
    token, _key = make(world["asset.officer"])

    with pytest.raises(Refused):
        services.revoke_token(token=token, by=world["leader"], at=AT)

    services.revoke_token(token=token, by=world["asset.officer"], at=AT)
    with pytest.raises(ActionBlocked, match="已经撤销"):
        services.revoke_token(token=token, by=world["asset.officer"], at=AT)


def test_the_three_administrators_have_no_tokens(world):
    admin = world["sysadmin"]

    with pytest.raises(Refused):
        make(admin)


def test_ten_tokens_at_once_and_no_more(world):
    officer = world["asset.officer"]
    tokens = [make(officer)[0] for _ in range(10)]

    with pytest.raises(ActionBlocked, match="10 个"):
        make(officer)

    services.revoke_token(token=tokens[0], by=officer, at=AT)
    make(officer)


def key_on(page: str) -> str:
    return re.search(r"uo_[\w-]{30,}", page)[0]


def test_the_page_shows_a_new_key_once(world, log_in):
    client = log_in(world["asset.officer"])
    body = {"name": "财务系统", "days": "30", "may_write": "on", "password": PASSWORD}

    answer = post_act(client, "/me/tokens/new/", body)

    place = answer["Location"]
    key = key_on(client.get(place).content.decode())
    assert status_of(key) == 200
    assert key not in client.get(place).content.decode()
    row = client.get("/me/tokens/").content.decode()
    assert "财务系统" in row
    assert "可以办理" in row
    assert key not in row


def test_the_same_form_twice_makes_one_token(world, log_in):
    client = log_in(world["asset.officer"])
    body = {"name": "甲", "days": "7", "password": PASSWORD}
    body["command_id"] = "5b6e2f7e-6b0a-4b8e-9d0c-0f7f4b8f1a11"

    places = [client.post("/me/tokens/new/", body)["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "wrong"}, "当前密码不对"),
        ({"days": "365"}, "请从列出的有效期中选择"),
        ({"name": "x" * 61}, "最多 60 个字"),
        ({"name": ""}, "请填写“用途”"),
    ],
)
def test_the_page_says_what_is_wrong(world, log_in, changes, said):
    client = log_in(world["asset.officer"])
    body = {"name": "甲", "days": "30", "password": PASSWORD} | changes

    answer = post_act(client, "/me/tokens/new/", body)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_revoking_on_the_page(world, log_in):
    client = log_in(world["asset.officer"])
    token, key = make(world["asset.officer"])

    post_act(client, f"/me/tokens/{token.pk}/revoke/")

    assert status_of(key) == 401
    assert "已撤销" in client.get("/me/tokens/").content.decode()


def test_anothers_token_is_a_page_that_does_not_exist(world, log_in):
    token, _key = make(world["leader"])
    client = log_in(world["asset.officer"])

    for page in (f"/me/tokens/{token.pk}/", f"/me/tokens/{token.pk}/revoke/"):
        assert client.get(page).status_code == 404


@pytest.fixture
def slow(monkeypatch):
    """Three requests a minute."""
    monkeypatch.setattr("accounts.api.throttling.PerToken.THROTTLE_RATES", {"token": "3/min"})


def test_each_token_has_its_own_measure(world, slow):
    first, second = give_token(world["asset.officer"]), give_token(world["asset.officer"])

    with time_machine.travel("2026-11-20 09:00:00", tick=False):
        assert [status_of(first) for _ in range(4)] == [200, 200, 200, 429]
        assert status_of(second) == 200
        answer = Caller(first).get("venues/")

    assert answer["Retry-After"] == "60"
    assert answer.json()["title"] == "请求过于频繁"
    with time_machine.travel("2026-11-20 09:01:01", tick=False):
        assert status_of(first) == 200
