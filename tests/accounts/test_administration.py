"""Accounts, posts, locks and the ledger: who of the three may do which."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client

from accounts import services
from accounts.enums import DUTY_NAMES, Permission
from accounts.models import Post, User
from accounts.roles import Role
from audit.models import Event
from audit.selectors import ledger_faults
from audit.services import record
from core import clock
from core.errors import ActionBlocked, Refused
from notifications.models import OutboxItem
from tests.harness.acting import post_act
from tests.notifications.conftest import AT, build_town, person, post, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build_town()


def admin(role: Role) -> tuple[User, Client]:
    user = person(role.value)
    post(user, role)
    return user, signed_in(user)


PAGES = {
    "/accounts/": Role.SYSTEM_ADMIN,
    "/accounts/new/": Role.SYSTEM_ADMIN,
    "/deliveries/": Role.SYSTEM_ADMIN,
    "/posts/": Role.SECURITY_ADMIN,
    "/posts/new/": Role.SECURITY_ADMIN,
    "/audit/": Role.AUDIT_ADMIN,
    "/audit/verify/": Role.AUDIT_ADMIN,
}
ADMINS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]


@pytest.mark.parametrize("role", ADMINS)
@pytest.mark.parametrize("page", PAGES)
def test_each_administrator_opens_their_own_pages_only(role, page):
    _, client = admin(role)

    assert client.get(page).status_code == (200 if PAGES[page] is role else 403)


@pytest.mark.parametrize("role", ADMINS)
def test_no_administrator_carries_out_anothers_act(role, town):
    _, client = admin(role)
    held = Post.objects.get(user=town.officer)
    before = list(User.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())
    acts = {
        "/accounts/new/": (Role.SYSTEM_ADMIN, {"username": "x", "name": ""}),
        f"/accounts/{town.officer.pk}/disable/": (Role.SYSTEM_ADMIN, {"command_id": "broken"}),
        f"/accounts/{town.officer.pk}/reset/": (Role.SYSTEM_ADMIN, {"command_id": "broken"}),
        "/posts/new/": (Role.SECURITY_ADMIN, {"title": ""}),
        f"/posts/{held.pk}/end/": (Role.SECURITY_ADMIN, {"on": "never"}),
        f"/posts/locked/{town.officer.pk}/unlock/": (Role.SECURITY_ADMIN, {}),
    }

    for url, (owner, fields) in acts.items():
        body = {"command_id": str(uuid.uuid4())} | fields
        assert client.post(url, body).status_code == (422 if owner is role else 403), url
    now = list(User.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())
    for old, new in zip(before[0], now[0], strict=True):
        assert old == new
    assert before[1] == now[1]


@pytest.mark.parametrize("page", PAGES)
def test_business_people_open_no_administration(page, town):
    assert signed_in(town.officer).get(page).status_code == 403
    assert signed_in(town.manager).get(page).status_code == 403


def new_account(client, **fields):
    body = {"username": "Li.Na", "name": "李娜", "email": "li.na@example.cn"} | fields
    return post_act(client, "/accounts/new/", body)


def test_account_made_shows_its_password_once_then_works_after_the_change(town):
    sysadmin, client = admin(Role.SYSTEM_ADMIN)
    secadmin, guard = admin(Role.SECURITY_ADMIN)
    answer = new_account(client)
    made = User.objects.get(username="li.na")
    shown = client.get(answer["Location"]).content.decode()
    password = re.search(r"<code>(.+?)</code>", shown)[1]
    again = client.get(answer["Location"]).content.decode()

    assert "<code>" not in again
    assert made.must_change_password
    newcomer = Client()
    answer = newcomer.post("/login/", {"username": "li.na", "password": password})
    assert answer.status_code == 302
    assert newcomer.get("/inbox/")["Location"] == "/password/"
    changed = {
        "old_password": password,
        "password": "秋天的第一杯热奶茶!",
        "again": "秋天的第一杯热奶茶!",
    }
    assert newcomer.post("/password/", changed).status_code == 302
    assert newcomer.get("/inbox/").status_code == 403  # no post yet: nothing to see
    answer = post_act(
        guard,
        "/posts/new/",
        {
            "user": str(made.pk), "role": Role.SECRETARY, "union": town.city.pk,
            "title": "会议秘书", "valid_from": "2026-01-01",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    assert newcomer.get("/inbox/").status_code == 200
    codes = list(
        Event.objects.filter(case_id=made.pk).order_by("seq").values_list("code", "actor_id")
    )
    assert codes == [
        ("accounts.user.created", sysadmin.pk),
        ("accounts.password.changed", made.pk),
        ("accounts.post.assigned", secadmin.pk),
    ]
    assert list(ledger_faults()) == []


def test_a_double_click_makes_one_account_and_leads_to_the_same_page():
    _, client = admin(Role.SYSTEM_ADMIN)
    command = str(uuid.uuid4())

    first = new_account(client, command_id=command)
    second = new_account(client, command_id=command)

    assert first["Location"] == second["Location"]
    assert User.objects.filter(username="li.na").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "二"}, "账号只能用字母"),
        ({"username": "officer"}, "这个账号已经有人使用"),
        ({"username": "OFFICER"}, "这个账号已经有人使用"),
        ({"username": "x" * 61}, "账号只能用字母"),
        ({"name": ""}, "请填写“姓名”"),
        ({"name": "李" * 31}, "30"),
        ({"email": "li.na"}, "邮箱写法不对"),
        ({"username": "a\x00b"}, "空字符"),
    ],
)
def test_a_wrong_account_is_answered_on_its_field_and_kept(town, fields, sentence):
    _, client = admin(Role.SYSTEM_ADMIN)
    count = User.objects.count()

    answer = new_account(client, **fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    if "username" not in fields:
        assert "Li.Na" in answer.content.decode()
    assert User.objects.count() == count


def test_disabled_account_is_out_at_once_and_back_when_enabled(town):
    _, client = admin(Role.SYSTEM_ADMIN)
    officer = signed_in(town.officer)
    assert officer.get("/inbox/").status_code == 200

    post_act(client, f"/accounts/{town.officer.pk}/disable/")
    assert officer.get("/inbox/").status_code == 302
    post_act(client, f"/accounts/{town.officer.pk}/enable/")
    assert signed_in(town.officer).get("/inbox/").status_code == 200


def test_system_administrator_does_not_shut_themselves_out():
    user, client = admin(Role.SYSTEM_ADMIN)

    answer = post_act(client, f"/accounts/{user.pk}/disable/")

    assert answer.status_code == 422
    assert "不能停用自己的账号" in answer.content.decode()


def shown_password(client, answer) -> str:
    return re.search(r"<code>(.+?)</code>", client.get(answer["Location"]).content.decode())[1]


def test_a_forgotten_password_is_replaced_by_one_for_one_time(town):
    sysadmin, client = admin(Role.SYSTEM_ADMIN)
    elsewhere = signed_in(town.officer)
    assert elsewhere.get("/inbox/").status_code == 200

    answer = post_act(client, f"/accounts/{town.officer.pk}/reset/")

    password = shown_password(client, answer)
    assert "<code>" not in client.get(answer["Location"]).content.decode()
    assert elsewhere.get("/inbox/").status_code == 302  # logged out
    officer = Client()
    old = {"username": "officer", "password": "Demo-2026!"}
    assert officer.post("/login/", old).status_code == 422
    assert officer.post("/login/", old | {"password": password}).status_code == 302
    assert officer.get("/inbox/")["Location"] == "/password/"
    event = Event.objects.get(case_id=town.officer.pk, code="accounts.password.reset")
    assert event.actor_id == sysadmin.pk
    told = OutboxItem.objects.filter(recipient=town.officer, kind="accounts.password.reset")
    assert {item.channel for item in told} == {"inapp", "email"}
    assert not any(password in item.title + item.body for item in told)


def test_nobody_resets_themselves_but_another_of_the_same_duty_does():
    user, client = admin(Role.SYSTEM_ADMIN)
    second = person("second")
    post(second, Role.SYSTEM_ADMIN)

    refused = post_act(client, f"/accounts/{user.pk}/reset/")
    done = post_act(signed_in(second), f"/accounts/{user.pk}/reset/")

    assert refused.status_code == 422
    assert "不能重置自己的密码" in refused.content.decode()
    assert done.status_code == 302
    user.refresh_from_db()
    assert user.must_change_password


def test_a_disabled_account_gets_no_new_password(town):
    _, client = admin(Role.SYSTEM_ADMIN)
    User.objects.filter(pk=town.officer.pk).update(is_active=False)

    answer = post_act(client, f"/accounts/{town.officer.pk}/reset/")

    assert answer.status_code == 422
    assert "已经停用" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_other_administrators_reset_nobody(role, town):
    user, _ = admin(role)

    with pytest.raises(Refused):
        services.reset_password(user=town.officer, password="x" * 12, by=user, at=AT)
    assert User.objects.get(pk=town.officer.pk).check_password("Demo-2026!")


def appoint(client, town, **fields):
    body = {
        "user": str(town.officer.pk), "role": Role.COUNTERSIGNER, "union": town.city.pk,
        "department_kind": "finance", "title": "财务部经办人", "valid_from": "2026-11-20",
    }  # fmt: skip
    return post_act(client, "/posts/new/", body | fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"union": ""}, "这个岗位须指明所在工会"),
        ({"department_kind": "office"}, "会签岗位须选"),
        ({"role": "venue_staff", "department_kind": ""}, "阵地岗位须指明所在阵地"),
        ({"role": "system_admin"}, "这个角色不填此项"),
        ({"role": "system_admin", "union": "", "department_kind": ""}, "三员分立"),
        ({"role": "king"}, "没有这个角色"),
        ({"union": "999999"}, "没有这个工会"),
        ({"user": str(uuid.uuid4())}, "没有这个账号"),
        ({"venue": str(uuid.uuid4())}, "没有这个阵地"),
        ({"valid_from": "2026-02-29"}, "日期不存在"),
        ({"valid_to": "2026-11-19"}, "任职止日不能早于任职起日"),
        ({"title": ""}, "请填写“职务”"),
    ],
)
def test_a_wrong_post_is_answered_on_its_field(town, fields, sentence):
    _, client = admin(Role.SECURITY_ADMIN)
    count = Post.objects.count()

    answer = appoint(client, town, **fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Post.objects.count() == count


def test_asset_post_gets_its_department_by_itself(town):
    _, client = admin(Role.SECURITY_ADMIN)

    appoint(client, town, role=Role.ASSET_HEAD, department_kind="", title="部长")

    assert Post.objects.get(title="部长").department_kind == "asset"


def test_administrators_stay_apart_also_when_their_posts_have_an_end(town):
    guard, _ = admin(Role.SECURITY_ADMIN)
    clerk = person("clerk")
    post(clerk, Role.SYSTEM_ADMIN, valid_to=date(2027, 12, 31))

    with pytest.raises(ActionBlocked, match="三员分立"):
        services.assign_post(
            user=clerk, role=Role.LEADER, union=town.city, title="主席",
            valid_from=date(2026, 11, 20), by=guard, at=AT,
        )  # fmt: skip
    services.assign_post(
        user=clerk, role=Role.LEADER, union=town.city, title="主席",
        valid_from=date(2028, 1, 1), by=guard, at=AT,
    )  # fmt: skip


def test_nobody_appoints_or_recalls_themselves(town):
    guard, client = admin(Role.SECURITY_ADMIN)

    answer = appoint(client, town, user=str(guard.pk))
    assert "不能给自己指派岗位" in answer.content.decode()
    own = Post.objects.get(user=guard)
    answer = post_act(client, f"/posts/{own.pk}/end/", {"on": "2026-11-20"})
    assert "不能收回自己的岗位" in answer.content.decode()


def test_a_post_ended_yesterday_gives_nothing_today(town):
    _, client = admin(Role.SECURITY_ADMIN)
    held = Post.objects.get(user=town.officer)
    officer = signed_in(town.officer)
    assert officer.get("/inbox/").status_code == 200

    post_act(client, f"/posts/{held.pk}/end/", {"on": clock.today() - timedelta(days=1)})

    assert officer.get("/inbox/").status_code == 403


def test_a_locked_account_is_listed_and_unlocked(town):
    _, client = admin(Role.SECURITY_ADMIN)
    for _ in range(5):
        Client().post("/login/", {"username": "officer", "password": "wrong"})
    good = {"username": "officer", "password": "Demo-2026!"}
    assert Client().post("/login/", good).status_code == 429
    assert "被锁定的账号" in client.get("/posts/").content.decode()

    url = f"/posts/locked/{town.officer.pk}/unlock/"
    assert post_act(client, url, page="/posts/").status_code == 302
    assert Client().post("/login/", good).status_code == 302
    assert Event.objects.filter(code="accounts.user.unlocked").count() == 1
    assert post_act(client, url, page="/posts/").status_code == 422


def auditor_of(union) -> Client:
    user = person(f"auditor{union.pk}")
    post(user, Role.AUDITOR, union=union)
    return signed_in(user)


def write_events(town):
    guard = person("writer")
    for union in (town.province, town.city, town.sibling):
        row = Event.objects.count()
        record(
            case_id=uuid.uuid4(), code="test.thing.done", title=f"事项{row}{union.short_name}",
            by=guard, at=AT, union_id=union.pk,
        )  # fmt: skip


def test_an_auditor_reads_the_acts_of_their_own_subtree(town):
    write_events(town)
    city, province = auditor_of(town.city), auditor_of(town.province)
    _, whole = admin(Role.AUDIT_ADMIN)

    def seen(client):
        return set(re.findall(r"事项\d(\w+)<", client.get("/audit/").content.decode()))

    assert seen(city) == {"西安市"}
    assert seen(province) == {"陕西省", "西安市", "宝鸡市"}
    # Every act, but not what it says: the words are business.
    assert seen(whole) == set()
    page = whole.get("/audit/").content.decode()
    codes = Event.objects.filter(union_id__isnull=False).values_list("code", flat=True)
    assert all(code in page for code in codes)
    foreign = Event.objects.get(union_id=town.sibling.pk)
    assert "没有符合条件" in city.get(f"/audit/?case={foreign.case_id}").content.decode()
    assert "“案卷编号（36 位）：1”无效" in city.get("/audit/?case=1").content.decode()


def test_verification_names_the_altered_row_to_the_audit_administrator_only(town):
    write_events(town)
    _, whole = admin(Role.AUDIT_ADMIN)
    city = auditor_of(town.city)
    assert "核验通过" in whole.get("/audit/verify/").content.decode()
    altered = Event.objects.get(union_id=town.sibling.pk)
    Event.objects.filter(pk=altered.pk).update(title="别的事项")

    assert str(altered.pk) in whole.get("/audit/verify/").content.decode()
    shown = city.get("/audit/verify/").content.decode()
    assert "核验未通过：1 处" in shown
    assert str(altered.pk) not in shown


def test_every_role_and_duty_is_printed(town):
    page = signed_in(town.manager).get("/roles/").content.decode()

    assert DUTY_NAMES.keys() == set(Permission)
    assert len(set(DUTY_NAMES.values())) == len(DUTY_NAMES)
    assert all(role.card.description in page for role in Role)
    assert all(name in page for name in DUTY_NAMES.values())
