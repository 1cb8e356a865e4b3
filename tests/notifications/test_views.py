"""The inbox is one's own; the delivery log shows no text."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from notifications import services
from notifications.enums import Channel, DeliveryStatus
from notifications.models import InboxItem, OutboxItem
from tests.harness.acting import post_act
from tests.notifications.conftest import AT, person, post, signed_in


def tell(*users, key="k", title="方案已退回", url="/inbox/"):
    services.notify(
        users=users, title=title, body="正文甲乙丙", url=url, kind="t", dedupe_key=key, at=AT
    )
    services.tick(now=AT)


@pytest.fixture
def system(db):
    user = person("sys")
    post(user, Role.SYSTEM_ADMIN)
    return signed_in(user)


def bell(client):
    return client.get("/inbox/").context["unread_count"]


def test_inbox_shows_ones_own_notices_and_the_bell_counts_them(town):
    tell(town.officer)
    officer, manager = signed_in(town.officer), signed_in(town.manager)

    assert "方案已退回" in officer.get("/inbox/").content.decode()
    assert "2026年11月20日" in officer.get("/inbox/").content.decode()
    assert "方案已退回" not in manager.get("/inbox/").content.decode()
    assert (bell(officer), bell(manager)) == (1, 0)


def test_reading_one_leads_to_its_matter_and_counts_down(town):
    tell(town.officer, url="/rules/13/")
    tell(town.officer, key="k2", url="")
    client = signed_in(town.officer)
    one, two = InboxItem.objects.order_by("-url")

    assert post_act(client, f"/inbox/{one.pk}/read/", page="/inbox/")["Location"] == "/rules/13/"
    assert post_act(client, f"/inbox/{two.pk}/read/", page="/inbox/")["Location"] == "/inbox/"
    assert bell(client) == 0
    assert client.get("/inbox/?show=unread").context["days"] == []


def test_reading_one_may_stay_in_the_inbox(town):
    tell(town.officer, url="/rules/13/")
    client, item = signed_in(town.officer), InboxItem.objects.get()

    answer = post_act(client, f"/inbox/{item.pk}/read/", {"stay": "1"}, page="/inbox/")

    assert answer["Location"] == "/inbox/"
    assert bell(client) == 0


def shown(client, query: str = "") -> list[str]:
    days = client.get(f"/inbox/?{query}").context["days"]
    return [item.title for _day, items in days for item in items]


def test_a_day_shows_the_unread_before_the_read_and_later_days_before_earlier(town):
    for hours, title in ((0, "早"), (1, "中"), (2, "晚"), (24, "次日")):
        services.notify(
            users=[town.officer], title=title, body="", url="", kind="t", dedupe_key=title,
            at=AT + timedelta(hours=hours),
        )  # fmt: skip
    services.tick(now=AT + timedelta(hours=25))
    InboxItem.objects.filter(title="晚").update(read_at=AT)

    assert shown(signed_in(town.officer)) == ["次日", "中", "早", "晚"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"合同", "报告", "整改"}),
        ("topic=contracts", {"合同"}),
        ("topic=supervision.report", {"报告"}),
        ("topic=evaluations", set()),
        ("topic=x", {"合同", "报告", "整改"}),
        ("topic=contracts&show=unread", {"合同"}),
    ],
)
def test_the_inbox_is_narrowed_to_a_topic(town, query, found):
    kinds = {
        "合同": "contracts.expiry",
        "报告": "supervision.report",
        "整改": "supervision.rectification",
    }
    for title, kind in kinds.items():
        services.notify(
            users=[town.officer], title=title, body="", url="", kind=kind, dedupe_key=title, at=AT
        )
    services.tick(now=AT)

    assert set(shown(signed_in(town.officer), query)) == found


@pytest.mark.parametrize("count", [10, 50])
def test_the_inbox_costs_the_same_for_ten_and_fifty(town, django_assert_num_queries, count):
    for number in range(count):
        tell(town.officer, key=f"k{number}")
    client = signed_in(town.officer)
    client.get("/inbox/")

    # session, person with posts and unread; count, rows
    with django_assert_num_queries(4):
        client.get("/inbox/")


def test_reading_all_touches_ones_own_only(town):
    tell(town.officer, town.manager)
    tell(town.officer, key="k2")
    post_act(signed_in(town.officer), "/inbox/read/", page="/inbox/")

    assert InboxItem.objects.filter(read_at=None).get().user == town.manager


def test_a_foreign_or_missing_notice_is_not_found(town):
    tell(town.officer)
    item = InboxItem.objects.get()
    manager = signed_in(town.manager)

    assert post_act(manager, f"/inbox/{item.pk}/read/", page="/inbox/").status_code == 404
    assert post_act(manager, f"/inbox/{uuid.uuid4()}/read/", page="/inbox/").status_code == 404
    item.refresh_from_db()
    assert item.read_at is None


def test_get_marks_nothing(town):
    tell(town.officer)
    client = signed_in(town.officer)
    client.get("/inbox/read/")
    client.get(f"/inbox/{InboxItem.objects.get().pk}/read/")

    assert InboxItem.objects.filter(read_at=None).count() == 1


def test_delivery_log_shows_who_and_how_but_not_what(town, system):
    tell(town.officer)
    page = system.get("/deliveries/").content.decode()

    assert "officer" in page
    assert "已送达" in page
    assert "方案已退回" not in page
    assert "正文甲乙丙" not in page


def test_delivery_log_filters_by_status(town, system, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    tell(town.officer)

    def rows(query):
        return [
            row.channel for row in system.get(f"/deliveries/?{query}").context["list"].page.rows
        ]

    assert rows("status=retry") == [Channel.EMAIL]
    assert rows("status=sent") == [Channel.INAPP]
    assert rows("channel=inapp&status=") == [Channel.INAPP]
    assert len(rows("status=nonsense")) == 2
    assert rows("page=999") == []


def test_dead_delivery_is_sent_again_from_the_log(town, system, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    tell(town.officer)
    dead = OutboxItem.objects.get(channel=Channel.EMAIL)
    OutboxItem.objects.filter(pk=dead.pk).update(status=DeliveryStatus.DEAD)
    url = f"/deliveries/{dead.pk}/requeue/"
    assert post_act(system, url, page="/deliveries/").status_code == 302
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboxItem.objects.filter(pk=dead.pk).update(next_at=AT)
    services.tick(now=AT)

    assert len(mail.outbox) == 1
    answer = post_act(system, url, page="/deliveries/")
    assert answer.status_code == 422
    assert "不在“未送达”状态" in answer.content.decode()
    assert system.get(url).status_code == 200


def test_the_inbox_asks_the_same_number_of_questions_for_any_length(town):
    officer, counts = signed_in(town.officer), []
    for number in range(12):
        tell(town.officer, key=f"n{number}")
        if number in (0, 11):
            counts.append(asked(officer, "/inbox/"))

    assert counts[0] == counts[1]


def asked(client, url):
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
