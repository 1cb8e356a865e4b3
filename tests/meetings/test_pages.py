"""The pages: who sees what, what is kept when something is wrong, foreign unions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Attachment
from meetings.models import AgendaItem, Body, Meeting
from tests.harness.acting import post_act
from tests.meetings.conftest import moment

PDF_NAME = "会议记录.pdf"


@pytest.fixture
def enter(client, town):
    """Log a person in and give back the client."""

    def log_in(username):
        client.force_login(town[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


@pytest.fixture
def held(town) -> Meeting:
    """A meeting attended by six of seven, with one item voted on, closed."""
    meeting = town.plan()
    item = town.placed(meeting)
    meeting = town.attend(meeting, leave=1)
    votes = town.votes(meeting, "aaaads")
    town.conclude(item, "aaaads", votes=votes)
    return town.close(meeting, record_text="刘洋当面提出退出条款过松。")


def test_list_shows_waiting_items_and_meetings(enter, town):
    town.queue(title="羽毛球馆合作方案")
    town.plan()

    client = enter("secretary")
    page = client.get("/meetings/").content.decode()

    assert "羽毛球馆合作方案" in client.get("/meetings/waiting/").content.decode()
    assert '待上会议题<span class="n">1</span>' in page
    assert "西安市总工会党组2025年第12次" in page
    assert f"/meetings/new/?body={town.group.pk}" in page


@pytest.mark.django_db
def test_list_of_an_empty_union_says_what_comes_next(enter):
    client = enter("baoji.secretary")
    pages = [
        client.get(f"/meetings/{name}").content.decode() for name in ("", "waiting/", "bodies/")
    ]

    for page, sentence in zip(
        pages, ("还没有登记会议", "没有等待上会的议题", "尚未登记决策机构"), strict=True
    ):
        assert sentence in page
        assert "西安" not in page


READERS = ["secretary", "leader", "auditor", "province.auditor"]
OTHERS = ["cosign.finance", "asset.officer", "province.secretary"]
STRANGERS = ["venue.manager", "venue.staff", "baoji.secretary", "beilin.secretary"]


@pytest.mark.parametrize("username", READERS)
def test_record_is_read_by_its_circle(enter, held, username):
    page = enter(username).get(f"/meetings/{held.pk}/record/")

    assert page.status_code == 200
    assert "刘洋当面提出退出条款过松。" in page.content.decode()


@pytest.mark.parametrize("username", OTHERS)
def test_others_of_the_union_read_minutes_and_no_record(enter, held, username):
    client = enter(username)
    page = client.get(f"/meetings/{held.pk}/").content.decode()

    assert "会议同意该方案。" in page
    assert "应到 7，实到 6，回避 0；同意 4，不同意 1，弃权 1，缓议 0" in page
    assert "刘洋当面提出退出条款过松。" not in page
    assert f"/meetings/{held.pk}/record/" not in page
    assert client.get(f"/meetings/{held.pk}/record/").status_code == 404


@pytest.mark.parametrize("username", STRANGERS)
def test_strangers_find_neither_meeting_nor_record(enter, held, username):
    client = enter(username)

    assert client.get(f"/meetings/{held.pk}/").status_code == 404
    assert client.get(f"/meetings/{held.pk}/record/").status_code == 404
    assert client.get(f"/meetings/bodies/{held.body_id}/").status_code == 404


@pytest.mark.parametrize("username", ["expert", "sysadmin"])
def test_experts_and_administrators_have_no_meetings_at_all(enter, held, username):
    client = enter(username)

    assert client.get("/meetings/").status_code == 403
    assert client.get(f"/meetings/{held.pk}/record/").status_code == 403


def test_member_with_an_account_reads_the_record(enter, town):
    town.group.members.filter(order=1).update(user=town["asset.officer"])
    meeting = town.plan()

    assert enter("asset.officer").get(f"/meetings/{meeting.pk}/record/").status_code == 200


def test_venue_meeting_is_read_by_the_venue_and_its_union(enter, town):
    meeting = town.plan(town.board, by=town["venue.manager"])

    for username in ("venue.manager", "venue.staff", "asset.officer", "province.auditor"):
        assert enter(username).get(f"/meetings/{meeting.pk}/").status_code == 200, username
    assert enter("venue.staff").get(f"/meetings/{meeting.pk}/record/").status_code == 404
    assert enter("venue.manager").get(f"/meetings/{meeting.pk}/record/").status_code == 200


PAGES = ["attendance", "place", "close", "files"]


@pytest.mark.parametrize("page", PAGES)
def test_writing_pages_are_the_secretarys(enter, town, page):
    meeting = town.plan()

    assert enter("secretary").get(f"/meetings/{meeting.pk}/{page}/").status_code == 200
    assert enter("province.secretary").get(f"/meetings/{meeting.pk}/{page}/").status_code == 403
    assert enter("baoji.secretary").get(f"/meetings/{meeting.pk}/{page}/").status_code == 404
    assert enter("leader").get(f"/meetings/{meeting.pk}/{page}/").status_code == 403


def test_meeting_is_planned_in_the_browser(enter, town):
    url = f"/meetings/new/?body={town.group.pk}"
    fields = {
        "session": "2025年第12次",
        "starts_at": "2025-11-19T09:00",
        "place": "三楼会议室",
        "chair": town.members()[-1].pk,
        "vote_method": "show_of_hands",
        "invited": "法律顾问",
    }

    answer = post_act(enter("secretary"), url, fields)

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert (meeting.starts_at, meeting.attendances.count()) == (moment("2025-11-19 09:00"), 7)
    again = post_act(enter("secretary"), url, fields)
    assert again.status_code == 422
    assert "西安市总工会党组2025年第12次已经登记过" in again.content.decode()


@pytest.mark.parametrize("starts_at", ["2025-02-30T09:00", "0001-01-01T00:00", "昨天", ""])
def test_impossible_moment_keeps_what_was_typed(enter, town, starts_at):
    fields = {"session": "2025年第12次", "place": "三楼<b>会议室", "starts_at": starts_at}

    answer = post_act(enter("secretary"), f"/meetings/new/?body={town.group.pk}", fields)

    assert answer.status_code == 422
    assert "三楼&lt;b&gt;会议室" in answer.content.decode()
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("body", ["", "x", "8d3f0f5e-1111-4c57-9f0e-2f6f6c1a7b10"])
def test_plan_without_a_body_of_ones_own_is_not_found(enter, town, body):
    assert enter("secretary").get(f"/meetings/new/?body={body}").status_code == 404


def attendance_fields(town, absent: int = 0) -> dict:
    fields = {"chair": town.members()[-1].pk, "invited": ""}
    for index, member in enumerate(town.members()):
        fields[f"status_{member.pk}"] = "leave" if index < absent else "present"
        fields[f"reason_{member.pk}"] = "出差" if index < absent else ""
        fields[f"written_{member.pk}"] = ""
    return fields


def test_attendance_is_registered_once_per_version(enter, town):
    meeting = town.plan()
    url = f"/meetings/{meeting.pk}/attendance/"
    client = enter("secretary")

    assert post_act(client, url, attendance_fields(town, 2)).status_code == 302

    assert "达到到会下限" in client.get(f"/meetings/{meeting.pk}/").content.decode()
    stale = post_act(client, url, attendance_fields(town) | {"version": "1"})
    assert stale.status_code == 409
    assert meeting.attendances.filter(status="present").count() == 5


def test_leave_without_a_reason_keeps_what_was_typed(enter, town):
    meeting = town.plan()
    first = town.members()[0]
    fields = attendance_fields(town, 1)
    fields |= {f"reason_{first.pk}": "", f"written_{first.pk}": "同意该方案，请列入退出条款。"}

    answer = post_act(enter("secretary"), f"/meetings/{meeting.pk}/attendance/", fields)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "王敏请假，请写明原因。" in page
    assert "同意该方案，请列入退出条款。" in page
    assert meeting.attendances.filter(status="").count() == 7


def test_item_is_placed_in_the_browser(enter, town):
    item, meeting = town.queue(), town.plan()
    fields = {"item": item.pk, "reporter": "周宁", "materials_sent_on": "2025-11-20"}
    client, url = enter("secretary"), f"/meetings/{meeting.pk}/place/"

    late = post_act(client, url, fields)
    assert late.status_code == 422
    assert "送达日不能晚于会议日（2025-11-19）" in late.content.decode()
    assert post_act(client, url, fields | {"materials_sent_on": "2025-11-17"}).status_code == 302
    item.refresh_from_db()
    assert item.meeting == meeting


def test_item_of_another_body_is_not_offered(enter, town):
    item, meeting = town.queue(town.office), town.plan()
    fields = {"item": item.pk, "reporter": "周宁", "materials_sent_on": "2025-11-17"}

    answer = post_act(enter("secretary"), f"/meetings/{meeting.pk}/place/", fields)

    assert answer.status_code == 422
    assert AgendaItem.objects.get().meeting is None


def test_meeting_without_quorum_closes_in_the_browser(enter, town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting, leave=3)
    client, url = enter("secretary"), f"/meetings/{meeting.pk}/close/"
    assert "以“未形成结论”结束" in client.get(url).content.decode()

    answer = post_act(client, url, {"record_text": "实到 4 人，未达到到会下限。"})

    assert answer.status_code == 302
    assert "未形成结论" in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert AgendaItem.objects.exclude(pk=item.pk).get().is_waiting


def test_minutes_signed_by_the_recorder_are_refused(enter, town):
    meeting = town.attend(town.plan())
    fields = {"record_text": "记录", "minutes_text": "纪要", "minutes_signed_by": "孙悦"}

    answer = post_act(enter("secretary"), f"/meetings/{meeting.pk}/close/", fields)

    assert answer.status_code == 422
    assert "纪要签发人不能是记录人（孙悦）本人。" in answer.content.decode()


def test_file_that_is_not_what_it_says_is_refused(enter, held):
    upload = SimpleUploadedFile(PDF_NAME, b"MZ not a pdf")

    answer = post_act(enter("secretary"), f"/meetings/{held.pk}/files/", {"file": upload})

    assert answer.status_code == 422
    assert (
        PDF_NAME.removesuffix(".pdf")
        not in enter("secretary")
        .get(f"/meetings/{held.pk}/record/")
        .content.decode()
        .partition("签字原件")[2]
    )


def test_scanned_original_is_fetched_by_its_readers_alone(enter, held, pdf_bytes):
    client = enter("secretary")
    upload = SimpleUploadedFile(PDF_NAME, pdf_bytes)
    assert post_act(client, f"/meetings/{held.pk}/files/", {"file": upload}).status_code == 302
    address = f"{Attachment.objects.get().pk}/"
    url = f"/meetings/{held.pk}/files/{address}"
    assert url in client.get(f"/meetings/{held.pk}/record/").content.decode()

    assert b"".join(client.get(url).streaming_content) == pdf_bytes
    assert enter("cosign.finance").get(url).status_code == 404
    assert enter("cosign.finance").get(f"/files/{address}").status_code == 404
    assert enter("leader").get(f"/files/{address}").status_code == 404


def test_roster_is_kept_by_the_secretary(enter, town):
    client, url = enter("secretary"), f"/meetings/bodies/{town.group.pk}/members/new/"
    fields = {"name": "何平", "title": "副主席", "order": "8", "valid_from": "2025-06-01"}

    assert post_act(client, url, fields).status_code == 302

    assert "何平" in client.get(f"/meetings/bodies/{town.group.pk}/").content.decode()
    repeated = post_act(client, url, fields)
    assert repeated.status_code == 422
    assert "何平同一时期已在名单中" in repeated.content.decode()
    assert enter("leader").get(url).status_code == 403


def test_member_leaves_by_a_date_after_the_first_day(enter, town):
    member = town.members()[0]
    url = f"/meetings/bodies/{town.group.pk}/members/{member.pk}/"
    fields = {"name": "王敏", "title": "成员", "order": "1", "valid_from": "2025-01-01"}

    wrong = post_act(enter("secretary"), url, fields | {"valid_to": "2024-12-31"})
    assert wrong.status_code == 422
    assert "任职止日不能早于任职起日。" in wrong.content.decode()
    assert post_act(enter("secretary"), url, fields | {"valid_to": "2025-06-30"}).status_code == 302
    elsewhere = f"/meetings/bodies/{town.office.pk}/members/{member.pk}/"
    assert enter("secretary").get(elsewhere).status_code == 404


def test_county_without_party_group_registers_its_substitute(enter, town):
    client = enter("beilin.secretary")
    fields = {"kind": "party_group", "name": "碑林区总工会主席团会议"}

    refused = post_act(client, "/meetings/bodies/new/", fields)
    assert refused.status_code == 422
    assert "碑林区总工会未设党组" in refused.content.decode()
    fields |= {"substitute_for": "经区委同意，由主席团会议代行"}
    assert post_act(client, "/meetings/bodies/new/", fields).status_code == 302
    assert Body.objects.get(union=town.beilin).substitute_for == "经区委同意，由主席团会议代行"
