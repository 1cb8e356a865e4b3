"""The agenda in its order, the notice, another day; each refusal with its sentence."""

from datetime import date

import pytest
import time_machine

from core.errors import ActionBlocked, Refused, StaleVersion
from meetings import selectors, services
from meetings.forms import AttendanceForm
from notifications.models import InboxItem, OutboxItem
from notifications.services import mark_read
from tests.harness.acting import post_act
from tests.meetings.conftest import NAMES, NOW, moment
from tests.meetings.refusing import refusal

AHEAD = {"starts_at": moment("2025-12-04 09:00"), "at": NOW}


@pytest.fixture
def enter(client, town):
    def log_in(username):
        client.force_login(town[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


@pytest.fixture
def called(town):
    """A meeting ahead with three items on its agenda."""
    meeting = town.plan(**AHEAD)
    for title in ("甲方案", "乙方案", "丙方案"):
        services.place_item(
            item=town.queue(title=title), meeting=meeting, reporter="周宁",
            materials_sent_on=date(2025, 11, 20), by=town["secretary"], at=NOW,
        )  # fmt: skip
    return meeting


def titles(meeting) -> list[str]:
    return list(meeting.items.order_by("order").values_list("title", flat=True))


def test_items_change_places_and_the_ends_stay_ends(town, called):
    first, second, third = called.items.order_by("order")
    act = {"by": town["secretary"], "at": NOW}

    services.move_item(item=third, is_up=True, **act)

    assert titles(called) == ["甲方案", "丙方案", "乙方案"]
    assert refusal(services.move_item, item=first, is_up=True, **act) == ["《甲方案》已排在最前。"]
    assert refusal(services.move_item, item=second, is_up=False, **act) == [
        "《乙方案》已排在最后。"
    ]


def test_two_who_order_at_once_are_served_once(town, called):
    called.refresh_from_db()
    third = called.items.order_by("order").last()
    act = {"is_up": True, "by": town["secretary"], "at": NOW, "version": called.version}

    services.move_item(item=third, **act)

    with pytest.raises(StaleVersion):
        services.move_item(item=third, **act)


def test_item_taken_off_waits_for_another_meeting(town, called):
    item = called.items.get(title="乙方案")

    assert refusal(
        services.take_off, item=item, reason=" ", by=town["secretary"], at=NOW
    ) == ["请写明移出的原因。"]  # fmt: skip
    item = services.take_off(item=item, reason="材料需要补充", by=town["secretary"], at=NOW)

    assert item.is_waiting
    assert titles(called) == ["甲方案", "丙方案"]


def test_notice_goes_to_members_with_an_account_once(town, called):
    services.send_notice(meeting=called, by=town["secretary"], at=NOW)

    rows = OutboxItem.objects.filter(kind="meetings.notice", channel="inapp")
    assert [row.recipient for row in rows] == [town["leader"]]
    assert "1. 甲方案；2. 乙方案；3. 丙方案" in rows.get().body
    called.refresh_from_db()
    assert called.noticed_at == NOW


def test_notice_names_the_items_and_comes_before_the_meeting(town):
    act = {"by": town["secretary"], "at": NOW}

    assert refusal(services.send_notice, meeting=town.plan(**AHEAD), **act) == [
        "议程上还没有议题。会议通知须写明议题，请先列入议题。"
    ]
    past = town.plan(session="2025年第13次")
    assert refusal(services.send_notice, meeting=past, **act) == [
        "会议时间已到，不再发通知。补录的会议直接登记到会。"
    ]


def test_rescheduled_meeting_takes_the_roster_of_its_new_day_and_tells(town, called):
    services.send_notice(meeting=called, by=town["secretary"], at=NOW)
    services.end_member(
        member=town.members()[0], on=date(2025, 12, 5), by=town["secretary"], at=NOW
    )

    meeting = services.reschedule_meeting(
        meeting=called, starts_at=moment("2025-12-08 15:00"), place="二楼", reason="主持人出差",
        by=town["secretary"], at=NOW,
    )  # fmt: skip

    assert meeting.attendances.count() == 6
    told = OutboxItem.objects.filter(kind="meetings.notice", channel="inapp")
    assert {row.title for row in told} == {
        "会议通知：西安市总工会党组2025年第12次", "会议改期：西安市总工会党组2025年第12次",
    }  # fmt: skip
    with pytest.raises(ActionBlocked, match="改期须改到今后的时间"):
        services.reschedule_meeting(
            meeting=meeting, starts_at=moment("2025-11-01 09:00"), place="二楼", reason="误",
            by=town["secretary"], at=NOW,
        )  # fmt: skip


def test_buttons_move_an_item_without_script(enter, town, called):
    client = enter("secretary")
    address = f"/meetings/{called.pk}/agenda/"
    third = called.items.order_by("order").last()
    called.refresh_from_db()

    answer = post_act(client, address, {"move": f"{third.pk}:up", "version": called.version})

    assert answer.status_code == 302
    assert titles(called) == ["甲方案", "丙方案", "乙方案"]
    assert post_act(client, address, {"move": "x", "version": called.version}).status_code == 422


@pytest.mark.parametrize("page", ["agenda", "notice", "reschedule"])
def test_foreign_secretaries_find_no_meeting(enter, called, page):
    assert enter("baoji.secretary").get(f"/meetings/{called.pk}/{page}/").status_code == 404
    assert enter("province.secretary").get(f"/meetings/{called.pk}/{page}/").status_code == 403
    assert enter("secretary").get(f"/meetings/{called.pk}/{page}/").status_code == 200


def test_calendar_shows_the_month_with_its_last_day_for_papers(
    enter, town, called, django_assert_num_queries
):
    town.plan(session="2025年第13次")
    client = enter("secretary")
    client.get("/meetings/calendar/?month=2025-12")

    with django_assert_num_queries(4):
        page = client.get("/meetings/calendar/?month=2025-12").content.decode()

    assert "09:00 西安市总工会党组2025年第12次" in page
    assert "材料截止：西安市总工会党组2025年第12次" in page  # 3 December, a working day before
    assert "2025年第13次" not in page
    assert "西安" not in enter("baoji.secretary").get("/meetings/calendar/").content.decode()


@pytest.fixture
def noticed(town, called):
    services.send_notice(meeting=called, by=town["secretary"], at=NOW)
    called.refresh_from_db()
    return called


def answer(town, meeting, **changes):
    facts = {"answer": "leave", "reason": "赴省里开会", "by": town["leader"], "at": NOW}
    return services.answer_notice(meeting=meeting, **facts | changes)


def test_member_answers_and_the_secretary_is_told_of_a_leave(town, noticed):
    row = answer(town, noticed)

    assert (row.answer, row.answer_reason) == ("leave", "赴省里开会")
    told = OutboxItem.objects.get(kind="meetings.answer", channel="inapp")
    assert (told.recipient, told.title) == (
        town["secretary"], "赵磊答复西安市总工会党组2025年第12次通知：请假",
    )  # fmt: skip
    row = answer(town, noticed, answer="coming")
    assert (row.answer, row.answer_reason) == ("coming", "")
    assert AttendanceForm(meeting=noticed).initial[f"status_{row.member_id}"] == "present"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "请假的，请写明原因。"),
        ({"answer": ""}, "请选择参加或请假。"),
        (
            {"at": moment("2025-12-04 09:00")},
            "会议时间已到，不能再答复。不能到会的，请直接告知会议秘书。",
        ),
    ],
    ids=["no reason", "no answer", "begun"],
)
def test_answer_that_says_nothing_is_refused(town, noticed, changes, sentence):
    assert refusal(answer, town, noticed, **changes) == [sentence]


def test_only_members_answer_and_only_a_notice(town, called):
    assert refusal(answer, town, called) == ["会议通知尚未发出，或会议已经召开，不能再答复。"]
    services.send_notice(meeting=called, by=town["secretary"], at=NOW)
    refusal(answer, town, called, by=town["auditor"], error=Refused)


def test_another_day_asks_everybody_anew(town, noticed):
    answer(town, noticed)

    services.reschedule_meeting(
        meeting=noticed, starts_at=moment("2025-12-08 15:00"), place="二楼", reason="主持人出差",
        by=town["secretary"], at=NOW,
    )  # fmt: skip

    assert set(noticed.attendances.values_list("answer", flat=True)) == {""}


def test_receipts_say_sent_delivered_read(town, noticed):
    def words():
        return {one.row.name: one.words for one in selectors.invited_of(noticed)}

    assert words() == dict.fromkeys(NAMES, "没有账号，另行通知") | {"赵磊": "正在送达"}
    told = OutboxItem.objects.get(kind="meetings.notice", channel="inapp")
    notice = InboxItem.objects.create(outbox=told, user=town["leader"], title=told.title, at=NOW)
    assert words()["赵磊"] == "已送达，未读"
    mark_read(item=notice, by=town["leader"], at=NOW)
    assert words()["赵磊"] == "已读 11-20 15:00"


def test_member_answers_on_the_page_of_the_meeting(enter, town, noticed):
    address = f"/meetings/{noticed.pk}/"
    with time_machine.travel(NOW, tick=False):
        client = enter("leader")
        assert "尚未答复" in client.get(address).content.decode()
        refused = post_act(client, f"{address}answer/", {"answer": "leave"}, page=address)
        assert (refused.status_code, "请假的，请写明原因。" in refused.content.decode()) == (
            422,
            True,
        )

        facts = {"answer": "leave", "reason": "赴省里开会"}
        assert post_act(client, f"{address}answer/", facts, page=address).status_code == 302
        assert "已答复：请假" in client.get(address).content.decode()
        shown = enter("secretary").get(address).content.decode()
    assert "赴省里开会" in shown
    assert 'id="answer"' not in shown
