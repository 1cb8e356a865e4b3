"""议定事项: owner, day, evidence, closure; each refusal with its sentence."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Refused
from core.work import gather
from meetings import selectors, services
from meetings.models import Resolution
from notifications.models import Deadline, DeadlineAlert, OutboxItem
from tests.harness.acting import post_act
from tests.meetings.conftest import NOW, moment
from tests.meetings.refusing import refusal


@pytest.fixture
def enter(client, town):
    def log_in(username):
        client.force_login(town[username], backend="accounts.backends.PostedBackend")
        return client

    return log_in


@pytest.fixture
def held(town):
    meeting = town.plan()
    item = town.placed(meeting)
    town.attend(meeting)
    town.conclude(item, "aaaaaaa")
    return meeting


def ask(town, meeting, **changes) -> Resolution:
    facts = {
        "text": "补充退出条款",
        "owner": "周宁",
        "department_kind": "finance",
        "due_on": date(2025, 12, 1),
        "by": town["secretary"],
        "at": NOW,
    }
    return services.add_resolution(meeting=meeting, **facts | changes)


def report(town, one, pdf_bytes, **changes) -> Resolution:
    facts = {
        "report": "已在合同第九条写明。",
        "upload": SimpleUploadedFile("合同.pdf", pdf_bytes),
        "name": "合同.pdf",
        "by": town["cosign.finance"],
        "at": moment("2025-11-25 09:00"),
    }
    return services.report_resolution(resolution=one, **facts | changes)


def test_resolution_is_reminded_of_until_it_is_closed(town, held, pdf_bytes):
    one = ask(town, held)

    deadline = Deadline.objects.get(subject_id=one.pk)
    days = DeadlineAlert.objects.filter(deadline=deadline).order_by("fire_on")
    # 1 December 2025 is a Monday: two working days before, the day, one and three after.
    assert [alert.fire_on for alert in days] == [
        date(2025, 11, 27), date(2025, 12, 1), date(2025, 12, 2), date(2025, 12, 4),
    ]  # fmt: skip
    one = report(town, one, pdf_bytes)
    assert OutboxItem.objects.filter(kind="meetings.resolution", recipient=town["secretary"])
    one = services.settle_resolution(
        resolution=one, is_done=True, remark="", by=town["secretary"], at=NOW
    )
    deadline.refresh_from_db()
    assert (one.state, deadline.closed_at is not None) == ("closed", True)


def extend(town, one, **changes) -> Resolution:
    facts = {
        "due_on": date(2025, 12, 8),
        "reason": "对方单位换届",
        "by": town["secretary"],
        "at": NOW,
    }
    return services.extend_resolution(resolution=one, **facts | changes)


def test_a_later_day_is_given_with_its_reason_and_reminded_of(town, held):
    one = extend(town, ask(town, held))
    assert (one.first_due_on, one.due_on) == (date(2025, 12, 1), date(2025, 12, 8))
    again = extend(town, one, due_on=date(2025, 12, 15), reason="再延一周")

    assert (again.first_due_on, again.due_on) == (date(2025, 12, 1), date(2025, 12, 15))
    last = Deadline.objects.get(subject_id=one.pk, closed_at=None)
    days = DeadlineAlert.objects.filter(deadline=last).order_by("fire_on")
    # 15 December 2025 is a Monday too.
    assert [alert.fire_on for alert in days] == [
        date(2025, 12, 11), date(2025, 12, 15), date(2025, 12, 16), date(2025, 12, 18),
    ]  # fmt: skip
    assert last.due_on == date(2025, 12, 15)


def test_an_extension_that_is_none_is_refused(town, held, pdf_bytes):
    one = ask(town, held)

    assert refusal(extend, town, one, due_on=date(2025, 12, 1), reason=" ") == [
        "新的办理时限须晚于现在的时限（2025-12-01）。",
        "请写明延期理由。",
    ]
    late = moment("2026-01-05 09:00")
    assert refusal(extend, town, one, at=late) == ["新的办理时限不能早于今天。"]
    refusal(extend, town, one, by=town["cosign.finance"], error=Refused)
    services.settle_resolution(
        resolution=report(town, one, pdf_bytes), is_done=True, remark="", by=town["secretary"],
        at=NOW,
    )  # fmt: skip
    assert refusal(extend, town, one) == ["议定事项已经销号，不能再延期。"]


def test_the_secretary_extends_in_the_browser(town, held, enter):
    one = ask(town, held, due_on=date(2090, 12, 1))  # the page knows the real day
    client, url = enter("secretary"), f"/meetings/resolutions/{one.pk}/extend/"

    assert "现在的时限 2090-12-01" in client.get(url).content.decode()
    refused = post_act(
        client, url, {"version": one.version, "due_on": "2090-11-30", "reason": "换届"}
    )
    assert refused.status_code == 422
    assert "须晚于现在的时限" in refused.content.decode()
    assert "换届" in refused.content.decode()
    done = {"version": one.version, "due_on": "2090-12-08", "reason": "换届"}
    assert post_act(client, url, done).status_code == 302
    page = client.get(f"/meetings/resolutions/{one.pk}/").content.decode()
    assert "原定 2090-12-01；换届" in page


def test_numbers_run_within_the_meeting(town, held):
    assert [ask(town, held).no, ask(town, held).no] == [1, 2]


def test_what_is_missing_is_named(town, held):
    assert refusal(
        ask, town, held, text=" ", owner="", department_kind="", due_on=date(2025, 11, 18)
    ) == [
        "请写明要办的事项。",
        "请填写责任人。",
        "请选择责任部门。",
        "办理时限不能早于会议日（2025-11-19）。",
    ]
    assert refusal(ask, town, town.plan(session="2025年第13次")) == [
        "会议尚未召开或未形成结论，没有议定事项可以登记。"
    ]


def test_only_the_owner_reports_and_somebody_else_closes(town, held, pdf_bytes):
    one = ask(town, held)
    act = {"resolution": one, "is_done": True, "remark": "", "at": NOW}

    assert refusal(report, town, one, pdf_bytes, by=town["asset.officer"], error=Refused) == [
        "这件议定事项由财务部门（周宁）办理，您不能代为报告落实情况。"
    ]
    assert refusal(services.settle_resolution, by=town["secretary"], **act) == [
        "责任部门尚未报告落实情况并附证明材料，不能销号。"
    ]
    act["resolution"] = report(town, one, pdf_bytes, by=town["secretary"])
    assert refusal(services.settle_resolution, by=town["secretary"], error=Refused, **act) == [
        "落实情况由您本人报告，不能由您本人销号。请由其他会议秘书或负责人核对。"
    ]


def test_handed_back_it_is_open_again_and_its_day_stays(town, held, pdf_bytes):
    one = report(town, ask(town, held), pdf_bytes)
    act = {"resolution": one, "is_done": False, "by": town["secretary"], "at": NOW}

    assert refusal(services.settle_resolution, remark=" ", **act) == [
        "请写明还缺什么，再退回继续办理。"
    ]
    one = services.settle_resolution(remark="缺双方签字页", **act)

    assert (one.state, one.remark) == ("open", "缺双方签字页")
    assert Deadline.objects.get(subject_id=one.pk).closed_at is None


def test_it_waits_at_the_desk_of_its_owner_then_of_the_secretary(town, held, pdf_bytes):
    one = ask(town, held)

    def waits(username: str) -> list[str]:
        work = selectors.work_of(town[username], today=date(2025, 11, 21))
        return [item.act for item in gather(work) if item.kind == "议定事项"]

    assert (waits("cosign.finance"), waits("asset.officer"), waits("secretary")) == (
        ["报告落实"], [], [],
    )  # fmt: skip
    report(town, one, pdf_bytes)
    assert (waits("cosign.finance"), waits("secretary")) == ([], ["核对销号"])


def test_pages_from_the_meeting_to_the_closure(enter, town, held, pdf_bytes):
    secretary = enter("secretary")
    address = f"/meetings/{held.pk}/resolutions/new/"
    held.refresh_from_db()
    facts = {
        "text": "补充退出条款", "owner": "周宁", "department_kind": "finance",
        "due_on": "2025-12-01", "version": held.version,
    }  # fmt: skip
    assert post_act(secretary, address, facts).status_code == 302
    one = Resolution.objects.get()
    page = f"/meetings/resolutions/{one.pk}/"

    owner = enter("cosign.finance")
    assert "报告落实" in owner.get(page).content.decode()
    sent = {"report": "已写明。", "file": SimpleUploadedFile("合同.pdf", pdf_bytes)}
    sent["version"] = one.version
    assert post_act(owner, f"{page}report/", sent).status_code == 302

    secretary = enter("secretary")
    one.refresh_from_db()
    done = {"is_done": "yes", "remark": "", "version": one.version}
    assert post_act(secretary, f"{page}settle/", done).status_code == 302
    shown = secretary.get(page).content.decode()
    assert "已销号" in shown
    assert "合同.pdf" in shown
    assert "补充退出条款" in secretary.get("/meetings/resolutions/").content.decode()


def test_foreign_unions_find_no_resolution(enter, town, held, pdf_bytes):
    one = report(town, ask(town, held), pdf_bytes)

    for page in ("", "report/", "settle/"):
        address = f"/meetings/resolutions/{one.pk}/{page}"
        assert enter("baoji.secretary").get(address).status_code == 404, page
    assert enter("venue.manager").get(f"/meetings/resolutions/{one.pk}/").status_code == 404


def test_page_asks_a_fixed_number_of_questions(
    enter, town, held, pdf_bytes, django_assert_num_queries
):
    one = report(town, ask(town, held), pdf_bytes)
    client = enter("secretary")
    client.get(f"/meetings/resolutions/{one.pk}/")

    with django_assert_num_queries(4):
        client.get(f"/meetings/resolutions/{one.pk}/")
    with django_assert_num_queries(8):
        client.get(f"/meetings/{held.pk}/")
