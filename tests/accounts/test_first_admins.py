"""`manage.py create_admins`: three persons, once."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Post, User
from accounts.roles import ADMIN_ROLES, Role

pytestmark = pytest.mark.django_db
THREE = {"system": ["Sys.Admin", "张三"], "security": ["sec.admin", "李四"]}
AUDIT = {"audit": ["aud.admin", "王五"]}


def test_three_are_made_whose_passwords_work_until_changed(capsys):
    call_command("create_admins", **THREE, **AUDIT)

    printed = dict(re.findall(r"账号 (\S+) +密码 (\S+)", capsys.readouterr().out))
    assert set(printed) == {"sys.admin", "sec.admin", "aud.admin"}
    assert {Role(post.role) for post in Post.objects.all()} == ADMIN_ROLES
    for username, password in printed.items():
        client = Client()
        login = {"username": username, "password": password}
        assert client.post("/login/", login).status_code == 302
        assert client.get("/inbox/")["Location"] == "/password/"


def test_what_is_not_given_is_asked_for(monkeypatch, capsys):
    answers = iter(["aud.admin", "王五"])
    monkeypatch.setattr("builtins.input", lambda prompt: print(prompt) or next(answers))

    call_command("create_admins", **THREE)

    assert "审计管理员的账号：" in capsys.readouterr().out
    assert User.objects.get(username="aud.admin").name == "王五"


def test_a_second_call_is_refused_and_changes_nothing():
    call_command("create_admins", **THREE, **AUDIT)

    with pytest.raises(CommandError, match="已经有管理员"):
        call_command(
            "create_admins", system=["a.a", "甲"], security=["b.b", "乙"], audit=["c.c", "丙"]
        )
    assert User.objects.count() == 3


@pytest.mark.parametrize(
    ("audit", "sentence"),
    [
        (["sec.admin", "王五"], "已经有人使用"),
        (["二", "王五"], "审计管理员：账号只能用字母"),
        (["aud.admin", ""], "审计管理员：请填写“姓名”"),
        (["aud.admin", "王" * 31], "30"),
    ],
)
def test_a_wrong_name_leaves_nobody(audit, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_admins", **THREE, audit=audit)
    assert not User.objects.exists()
