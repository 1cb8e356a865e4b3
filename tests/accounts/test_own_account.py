"""One's own account: the size of type, where one is logged in, ending the others."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts import own
from accounts.models import SignIn, User
from core.clock import SHANGHAI
from tests.notifications.conftest import person, signed_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36"
AT = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)


@pytest.fixture
def user(db) -> User:
    return person("li.na")


def entered(agent: str = CHROME) -> Client:
    client = Client(headers={"User-Agent": agent})
    answer = client.post("/login/", {"username": "li.na", "password": "Demo-2026!"})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize(("size", "kept"), [("lg", "lg"), ("", ""), ("xl", ""), ("\0", "")])
def test_the_size_of_type_goes_with_the_account(user, size, kept):
    client = signed_in(user)
    client.post("/me/size/", {"size": size})

    assert User.objects.get(pk=user.pk).text_size == kept
    assert ('data-size="lg"' in signed_in(user).get("/me/").content.decode()) == bool(kept)


def test_each_login_is_listed_and_this_one_marked(user):
    here = entered()
    entered("Mozilla/5.0 (iPhone) MicroMessenger/8.0")

    rows = here.get("/me/sessions/").context["rows"]

    assert sorted((row["device"], row["is_here"]) for row in rows) == [
        ("Chrome · Windows", True),
        ("微信 · iPhone", False),
    ]


def test_the_other_devices_are_logged_out_and_this_one_is_not(user):
    here, there = entered(), entered()

    here.post("/me/sessions/")

    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302
    assert [row["is_here"] for row in here.get("/me/sessions/").context["rows"]] == [True]


def test_logging_out_ends_the_entry(user):
    client = entered()
    client.post("/logout/")

    assert SignIn.objects.get().ended_at is not None


def test_another_password_ends_the_other_devices(user):
    here, there = entered(), entered()
    new = {"old_password": "Demo-2026!", "password": "Other-2027!x", "again": "Other-2027!x"}

    assert here.post("/password/", new).status_code == 302
    assert there.get("/me/").status_code == 302
    assert len(here.get("/me/sessions/").context["rows"]) == 1


def test_others_cannot_end_my_sessions(user):
    mine = entered()
    stranger = signed_in(person("wang.wu"))

    stranger.post("/me/sessions/")

    assert mine.get("/me/").status_code == 200
    assert SignIn.objects.filter(user=user, ended_at=None).count() == 1


def test_an_entry_is_shown_as_long_as_a_session_lasts(user):
    for hours in (11, 13):
        own.note_sign_in(user=user, agent="", at=AT - timedelta(hours=hours))

    assert own.sign_ins_of(user, now=AT).count() == 1


def test_getting_the_page_ends_nothing(user):
    there = entered()
    entered().get("/me/sessions/")

    assert there.get("/me/").status_code == 200
