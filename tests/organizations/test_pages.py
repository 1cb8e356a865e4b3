"""The tree and the calendar in the portal."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.services import assign_post
from audit.models import Event
from organizations import services
from organizations.models import CalendarException
from tests.harness.acting import post_act

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
ADD = "/calendar/working-days/add/"
DAY = {
    "day": "2027-10-01",
    "name": "国庆节",
    "is_workday": "0",
    "source": "国务院办公厅通知",
}


def log_in(client, username: str, role: Role | None = None):
    user = User.objects.create_user(username, name="赵静", must_change_password=False)
    if role:
        assign_post(
            user=user, role=role, title=role.label, valid_from=date(2020, 1, 1), by=None, at=AT
        )
    client.force_login(user, backend="accounts.backends.PostedBackend")
    return client


@pytest.fixture
def editor(client):
    return log_in(client, "sysadmin", Role.SYSTEM_ADMIN)


@pytest.fixture
def reader(client):
    return log_in(client, "reader")


def test_tree_shows_every_union_once(reader):
    services.load_divisions()

    page = reader.get("/organizations/").content.decode()

    for name in ("陕西省总工会</h2>", "西安市总工会 <", "杨凌示范区总工会 <", ">碑林区总工会<"):
        assert page.count(name) == 1
    assert page.count("办公室（承担资产监管职责）") == 107 + 7


def test_tree_of_an_empty_database_says_so(reader):
    assert "还没有工会组织" in reader.get("/organizations/").content.decode()


@pytest.mark.parametrize("path", ["/organizations/", "/calendar/working-days/", ADD])
def test_pages_ask_a_stranger_to_log_in(client, path):
    assert client.get(path)["Location"].startswith("/login/")


def test_calendar_lists_the_days_and_offers_a_reader_no_change(reader):
    services.load_calendar()

    page = reader.get("/calendar/working-days/").content.decode()

    of_the_year = reader.get("/calendar/working-days/?year=2026").content.decode()
    assert "共 <b>142</b> 条" in page
    assert page.count('<tr id="day-') == 50
    assert of_the_year.count('<tr id="day-2026-') == 39
    assert "2026-10-10" in of_the_year
    assert ADD not in page
    assert ">修改<" not in page


def test_calendar_warns_of_years_without_a_notice(reader, time_machine):
    time_machine.move_to(AT, tick=False)
    services.load_calendar()

    page = reader.get("/calendar/working-days/").content.decode()

    assert "2027 年节假日安排未公布" in page
    assert "2026 年节假日安排未公布" not in page


def test_reader_may_not_edit(reader):
    services.load_calendar()

    for path in (ADD, "/calendar/working-days/2026-10-10/"):
        assert reader.get(path).status_code == 403
        assert post_act(reader, path, DAY).status_code == 403
    assert not CalendarException.objects.filter(day=date(2027, 10, 1)).exists()


def test_editor_enters_a_day(editor):
    response = post_act(editor, ADD, DAY)

    assert (response.status_code, response["Location"]) == (
        302,
        "/calendar/working-days/?year=2027#day-2027-10-01",
    )
    assert not CalendarException.objects.get(day=date(2027, 10, 1)).is_workday
    event = Event.objects.get(case_id=services.CALENDAR_CASE)
    assert (event.code, event.actor_name) == ("organizations.calendar.changed", "赵静")


def test_editor_changes_a_day(editor):
    services.load_calendar()
    path = "/calendar/working-days/2026-10-10/"

    shown = editor.get(path).content.decode()
    response = post_act(editor, path, {"name": "国庆节", "is_workday": "0", "source": "陕西省通知"})

    assert "国庆节" in shown
    assert response.status_code == 302
    row = CalendarException.objects.get(day=date(2026, 10, 10))
    assert (row.is_workday, row.source) == (False, "陕西省通知")
    assert CalendarException.objects.count() == 142


@pytest.mark.parametrize("day", ["2026-10-11", "2026-02-30", "abc", "0"])
def test_changing_a_day_that_is_not_entered_is_missing(editor, day):
    services.load_calendar()

    assert editor.get(f"/calendar/working-days/{day}/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2027-02-29"}, "日期不存在或写法不对"),
        ({"day": ""}, "请填写“日期”。"),
        ({"day": "1999-01-01"}, "请填写 2000 至 2100 年的日期"),
        ({"name": ""}, "请填写“名称”。"),
        ({"name": "节" * 41}, "文字过长：最多 40 字，现有 41 字"),
        ({"source": "文" * 201}, "文字过长：最多 200 字，现有 201 字"),
        ({"is_workday": ""}, "请填写“这一天”。"),
        ({"is_workday": "2"}, "2"),
        ({"name": "a\x00b"}, "空字符"),
    ],
)
def test_bad_input_is_answered_and_kept(editor, changes, sentence):
    response = post_act(editor, ADD, {**DAY, **changes})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    if "source" not in changes:
        assert 'value="国务院办公厅通知"' in page
    assert CalendarException.objects.count() == 0
    assert Event.objects.filter(case_id=services.CALENDAR_CASE).count() == 0


def test_the_same_day_again_is_refused(editor):
    post_act(editor, ADD, DAY)

    response = post_act(editor, ADD, DAY)

    assert response.status_code == 422
    assert "没有需要保存的改动" in response.content.decode()


def test_a_double_click_is_answered_once(editor):
    first = post_act(editor, ADD, {**DAY, "command_id": "6f0b6a55-0000-4000-8000-000000000001"})
    second = post_act(editor, ADD, {**DAY, "command_id": "6f0b6a55-0000-4000-8000-000000000001"})

    assert first["Location"] == second["Location"]
    assert Event.objects.filter(case_id=services.CALENDAR_CASE).count() == 1
