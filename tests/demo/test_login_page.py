"""The login page of a demo offers its accounts; any other offers nothing."""

import re

import pytest
from django.test import Client

from core import clock
from core.models import FixedDay
from demo import showcase
from demo.day import DEMO_DAY, PASSWORD
from demo.people import ACCOUNTS_SHOWN


@pytest.fixture
def demo_day(db):
    FixedDay.objects.create(day=DEMO_DAY)
    clock.forget()
    yield
    clock.forget()


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_every_account_of_the_demo_is_shown_once():
    shown = [username for _, accounts in showcase.GROUPS for username, _, _ in accounts]

    assert sorted(shown) == sorted(username for username, _ in ACCOUNTS_SHOWN)


def test_every_account_says_in_one_sentence_what_to_try():
    hints = [hint for _, accounts in showcase.GROUPS for _, _, hint in accounts]

    assert all(hint.endswith("。") and 6 <= len(hint) <= 34 for hint in hints)


def test_a_demo_reads_without_scripts_and_fills_with_them(demo_day):
    answer = Client().get("/login/")

    page = answer.content.decode()
    assert words(answer).count(PASSWORD) == 1
    assert "2026-11-20" in words(answer)
    assert "venue.manager 高峻 · 负责人 打开被退回的小剧场方案，逐条答复后重新报送。" in words(
        answer
    )
    assert len(re.findall(r'<button[^>]*data-fill="', page)) == len(ACCOUNTS_SHOWN)
    assert page.count("hidden data-fill-cell") == len(ACCOUNTS_SHOWN) + 1


def test_outside_a_demo_no_account_is_named(db):
    clock.forget()
    page = Client().get("/login/").content.decode()

    for text in (PASSWORD, "venue.manager", "演示", "data-fill"):
        assert text not in page


@pytest.mark.parametrize("path", ["/login/", "/login/?next=/inbox/"])
def test_the_login_page_leads_on(db, path):
    page = Client().get(path).content.decode()

    assert 'href="/public/"' in page
    assert "极速模式" in page
    assert f'name="next" value="{path.partition("next=")[2] or "/"}"' in page


def test_a_wrong_password_keeps_the_accounts_in_view(demo_day):
    answer = Client().post("/login/", {"username": "nobody", "password": "wrong"})

    assert answer.status_code == 422
    assert "账号或密码不对" in words(answer)
    assert "先试什么" in words(answer)
