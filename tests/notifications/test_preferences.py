"""What is mailed, and the calendar feed: its secret, its rights, its days."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.models import Post, User
from accounts.roles import Role
from audit.models import Event
from core.errors import Refused
from notifications import services
from notifications.enums import Channel, Topic
from notifications.models import CalendarFeed, Deadline, OutboxItem
from tests.notifications.conftest import AT, person, post, signed_in

SECRET = "x" * 43


def mailed(kind: str, user: User, *, deadline: Deadline | None = None) -> bool:
    key = str(uuid.uuid4())
    services.notify(
        users=[user], title="t", body="", url="", kind=kind, dedupe_key=key, at=AT,
        deadline=deadline,
    )  # fmt: skip
    channels = set(
        OutboxItem.objects.filter(dedupe_key__startswith=key).values_list("channel", flat=True)
    )
    assert Channel.INAPP in channels
    return Channel.EMAIL in channels


def deadline_of(town, due_on: date, **fields) -> Deadline:
    facts = {"kind": "contracts.expiry", "title": "合同到期：羽毛球馆", "venue_id": town.venue_id}
    facts |= fields
    return services.set_deadline(
        subject_id=uuid.uuid4(), case_id=None, url="/contracts/1/", due_on=due_on,
        union=facts.pop("union", town.city), alerts=[], recipients=[], at=AT, **facts,
    )  # fmt: skip


def feed(token: str):
    return Client().get(f"/calendar/{token}.ics")


def entries(token: str) -> dict[str, tuple[date, date]]:
    answer = feed(token)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {
        str(event["summary"]): (event["dtstart"].dt, event["dtend"].dt)
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_news_of_a_muted_topic_is_not_mailed_and_other_news_is(town):
    signed_in(town.officer).post("/me/mail/", {"topic": ["contracts", "evaluations"]})

    assert mailed("contracts.contract", town.officer)
    assert mailed("evaluations.evaluation", town.officer)
    assert not mailed("approvals.proposal", town.officer)
    assert not mailed("supervision.report", town.officer)
    assert mailed("approvals.proposal", town.foreign_officer)


def test_a_deadline_is_mailed_whatever_was_chosen(town):
    services.choose_mail(user=town.officer, wanted=[])

    assert mailed("contracts.expiry", town.officer, deadline=deadline_of(town, AT.date()))


def test_the_safety_of_the_account_cannot_be_muted(town):
    assert services.choose_mail(user=town.officer, wanted=[]) == set(Topic) - {Topic.ACCOUNT}
    assert mailed("accounts.password.reset", town.officer)


def test_a_choice_is_shown_and_taken_back(town):
    client = signed_in(town.officer)
    client.post("/me/mail/", {"topic": ["contracts", "x\0"]})
    on = {row["value"] for row in client.get("/me/mail/").context["rows"] if row["is_on"]}
    assert on == {"contracts", "accounts"}

    client.post("/me/mail/", {"topic": Topic.values})

    assert all(row["is_on"] for row in client.get("/me/mail/").context["rows"])
    assert mailed("approvals.proposal", town.officer)


def test_the_feed_holds_days_and_titles_in_scope(town):
    deadline_of(town, date(2026, 12, 31))
    deadline_of(town, date(2028, 2, 29), title="评价")
    deadline_of(town, date(2026, 11, 1), title="逾期的报告")
    deadline_of(town, date(2026, 12, 1), title="宝鸡的合同", union=town.sibling, venue_id=None)
    closed = deadline_of(town, date(2026, 12, 2), title="办完的")
    services.close_deadline(kind=closed.kind, subject_id=closed.subject_id, at=AT)

    assert entries(services.make_feed(user=town.officer, at=AT)) == {
        "合同到期：羽毛球馆": (date(2026, 12, 31), date(2027, 1, 1)),
        "评价": (date(2028, 2, 29), date(2028, 3, 1)),
        "逾期的报告": (date(2026, 11, 1), date(2026, 11, 2)),
    }


def test_the_feed_names_nobody_and_links_into_the_portal(town, settings):
    deadline_of(town, date(2026, 12, 31))
    text = feed(services.make_feed(user=town.officer, at=AT)).content.decode()

    assert f"{settings.PORTAL_URL}/contracts/1/" in text.replace("\r\n ", "")
    for word in (town.officer.name, town.officer.username, town.officer.email, "ATTENDEE"):
        assert word not in text


def test_the_secret_is_shown_once_and_kept_as_a_hash(town):
    client = signed_in(town.officer)
    address = client.post("/me/calendar/", {"act": "make"}).context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")

    assert len(token) == 43
    assert feed(token).status_code == 200
    assert token not in client.get("/me/calendar/").content.decode()
    assert token not in str(CalendarFeed.objects.values())
    assert token not in str(Event.objects.values())


def test_a_new_address_ends_the_old_one_and_revoking_ends_both(town):
    old = services.make_feed(user=town.officer, at=AT)
    new = services.make_feed(user=town.officer, at=AT)
    assert (feed(old).status_code, feed(new).status_code) == (404, 200)

    signed_in(town.officer).post("/me/calendar/", {"act": "revoke"})

    assert feed(new).status_code == 404
    codes = Event.objects.filter(case_id=town.officer.pk).values_list("code", flat=True)
    assert sorted(codes) == ["accounts.calendar.made"] * 2 + ["accounts.calendar.revoked"]


@pytest.mark.parametrize("forge", [SECRET, "a", "%00", "..%2F", "长", "x" * 3000])
def test_a_forged_secret_opens_nothing(town, forge):
    services.make_feed(user=town.officer, at=AT)

    assert feed(forge).status_code == 404


def test_the_hash_itself_opens_nothing(town):
    services.make_feed(user=town.officer, at=AT)

    assert feed(CalendarFeed.objects.get().token_sha256).status_code == 404


def test_rights_are_asked_for_each_time(town):
    deadline_of(town, date(2026, 12, 31))
    token = services.make_feed(user=town.officer, at=AT)
    assert len(entries(token)) == 1

    Post.objects.filter(user=town.officer).update(union=town.sibling)
    assert entries(token) == {}
    Post.objects.filter(user=town.officer).update(valid_to=date(2020, 12, 31))
    assert feed(token).status_code == 404


def test_a_disabled_account_has_no_feed(town):
    token = services.make_feed(user=town.officer, at=AT)
    User.objects.filter(pk=town.officer.pk).update(is_active=False)

    assert feed(token).status_code == 404


def test_who_sees_no_deadline_gets_no_feed(db):
    admin = person("admin")
    post(admin, Role.SYSTEM_ADMIN)

    with pytest.raises(Refused):
        services.make_feed(user=admin, at=AT)
    assert signed_in(admin).post("/me/calendar/", {"act": "make"}).status_code == 403
    assert CalendarFeed.objects.count() == 0


def test_the_feed_costs_the_same_for_one_and_forty(town, django_assert_num_queries):
    token = services.make_feed(user=town.officer, at=AT)
    for number in range(40):
        deadline_of(town, date(2026, 12, 1) + timedelta(days=number))

    with django_assert_num_queries(3):  # the secret with its account, the posts, the deadlines
        feed(token)
