"""Messages and alerts: once each, however late, however often."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Permission
from accounts.models import Post
from accounts.roles import Role
from audit.models import Event
from core.errors import ActionBlocked, Refused
from notifications import selectors, services
from notifications.enums import Channel, DeliveryStatus, Outcome
from notifications.models import (
    Deadline,
    DeadlineAlert,
    DeliveryAttempt,
    InboxItem,
    OutboxItem,
    Runner,
)
from notifications.services import Alert, Audience
from tests.notifications.conftest import AT, SHANGHAI, person, post

pytestmark = pytest.mark.databases

SUBJECT = uuid.UUID("11111111-1111-4111-8111-111111111111")
DUE = date(2026, 12, 31)


def tell(*users, key="m1", at=AT):
    services.notify(
        users=users, title="方案已退回", body="请修改。", url="/proposals/1/", kind="test",
        dedupe_key=key, at=at,
    )  # fmt: skip
    rows = OutboxItem.objects.filter(dedupe_key__startswith=f"{key}:")
    return list(rows.order_by("created_at", "pk"))


def deadline(town, *, due_on=DUE, days=(30, 7, 1), at=AT, recipients=None, **fields):
    return services.set_deadline(
        kind=fields.pop("kind", "contracts.expiry"), subject_id=SUBJECT, case_id=None,
        title="合同到期", url="/contracts/1/", due_on=due_on, union=town.city, at=at,
        alerts=[Alert(due_on - timedelta(days=n), f"{n} 天提醒") for n in days],
        recipients=recipients
        or [
            Audience(permission=Permission.CONTRACT_FILE, union=town.city, department="asset"),
            Audience(permission=Role.VENUE_MANAGER, venue_id=town.venue_id),
        ],
        **fields,
    )  # fmt: skip


def inbox_titles(user):
    return list(selectors.inbox_of(user).values_list("title", flat=True))


def midnight(day, *, seconds=0):
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + timedelta(seconds=seconds)


def test_notify_writes_inbox_for_all_and_mail_where_there_is_an_address(town):
    tell(town.officer, town.manager)
    report = services.tick(now=AT)

    assert report.sent == 3
    assert inbox_titles(town.officer) == ["方案已退回"]
    assert inbox_titles(town.manager) == ["方案已退回"]
    assert [message.to for message in mail.outbox] == [["officer@example.cn"]]
    assert f"{settings.PORTAL_URL}/proposals/1/" in mail.outbox[0].body


def test_notify_said_again_adds_nothing(town):
    first = tell(town.officer)
    again = tell(town.officer, town.officer)

    assert [row.pk for row in again] == [row.pk for row in first]
    assert OutboxItem.objects.count() == 2


def test_notify_passes_over_disabled_accounts(town):
    gone = person("gone", email="gone@example.cn", is_active=False)

    assert tell(gone) == []


def test_notify_links_inside_the_portal_only(town):
    with pytest.raises(ValueError, match="inside the portal"):
        services.notify(
            users=[town.officer], title="t", body="b", url="//evil.example/", kind="k",
            dedupe_key="k", at=AT,
        )  # fmt: skip


def test_tick_run_again_sends_nothing(town):
    tell(town.officer)
    services.tick(now=AT)
    again = services.tick(now=AT + timedelta(days=9))

    assert again == services.TickReport()
    assert InboxItem.objects.count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("seconds", "sent"), [(-1, 0), (0, 2), (1, 2)])
def test_a_message_is_due_at_its_very_moment(town, seconds, sent):
    rows = tell(town.officer)
    OutboxItem.objects.filter(pk__in=[row.pk for row in rows]).update(
        not_before=AT, next_at=AT, created_at=AT - timedelta(hours=1)
    )

    assert services.tick(now=AT + timedelta(seconds=seconds)).sent == sent


def test_mail_carries_the_same_message_id_at_every_attempt(town, settings):
    tell(town.officer)
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    services.tick(now=AT)
    item = OutboxItem.objects.get(channel=Channel.EMAIL)
    refused_id = mail_id(item)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.tick(now=AT + timedelta(minutes=1))

    assert mail.outbox[0].extra_headers["Message-ID"] == refused_id
    assert refused_id.endswith("@example.cn>")


def mail_id(item):
    return services.delivery.mail_of(item).extra_headers["Message-ID"]


def test_a_refusing_mail_server_is_tried_eight_times_then_given_up(town, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    tell(town.officer)
    now, waits = AT, []
    services.tick(now=now)
    while (item := OutboxItem.objects.get(channel=Channel.EMAIL)).status == DeliveryStatus.RETRY:
        assert services.tick(now=item.next_at - timedelta(seconds=1)).retried == 0
        waits.append(round((item.next_at - now).total_seconds() / 60))
        now = item.next_at
        services.tick(now=now)

    assert waits == [1, 2, 4, 8, 16, 32, 60]
    assert (item.status, item.attempts) == (DeliveryStatus.DEAD, 8)
    assert item.last_error == "ConnectionRefusedError: 451 try later"
    numbers = DeliveryAttempt.objects.filter(outbox=item).order_by("number")
    assert [row.number for row in numbers] == list(range(1, 9))
    assert {row.outcome for row in numbers} == {Outcome.FAILED}
    assert services.tick(now=now + timedelta(days=30)) == services.TickReport()


def test_no_network_call_inside_a_transaction(town, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Watching"
    tell(town.officer)
    depth = len(connection.savepoint_ids)
    services.tick(now=AT)

    # The test itself is one transaction; a mail sent inside another would add a savepoint.
    assert mail.outbox[0].savepoints == depth


def test_requeue_of_a_dead_message_is_on_record_and_delivers(town, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    tell(town.officer)
    OutboxItem.objects.filter(channel=Channel.EMAIL).update(attempts=7)
    services.tick(now=AT)
    admin = person("sys")
    post(admin, Role.SYSTEM_ADMIN)
    item = OutboxItem.objects.get(channel=Channel.EMAIL, status=DeliveryStatus.DEAD)
    with pytest.raises(Refused):
        services.requeue(item=item, by=town.officer, at=AT)
    services.requeue(item=item, by=admin, at=AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    services.tick(now=AT)

    assert len(mail.outbox) == 1
    event = Event.objects.get(case_id=item.pk)
    assert (event.code, event.actor_id) == ("notifications.delivery.requeued", admin.pk)
    with pytest.raises(ActionBlocked):
        services.requeue(item=item, by=admin, at=AT)


def test_a_message_to_an_account_disabled_meanwhile_is_cancelled(town):
    tell(town.officer)
    town.officer.is_active = False
    town.officer.save()

    assert services.tick(now=AT).cancelled == 2
    assert mail.outbox == []


def test_an_expired_lease_is_taken_over_and_the_lost_attempt_noted(town):
    tell(town.manager)
    item = OutboxItem.objects.get()
    token = services.delivery._claim(item, now=AT)
    assert services.tick(now=AT + timedelta(seconds=59)).sent == 0
    assert services.tick(now=AT + timedelta(seconds=61)).sent == 1

    outcomes = DeliveryAttempt.objects.filter(outbox=item).order_by("pk")
    assert [row.outcome for row in outcomes] == [Outcome.LOST, Outcome.SENT]
    span = services.delivery.Span(AT)
    late = services.delivery._put_into_inbox(item, token, started_at=AT, span=span)
    assert late is False
    assert InboxItem.objects.count() == 1


def test_a_message_whose_deliveries_are_always_killed_is_given_up(town):
    tell(town.manager)
    item, now = OutboxItem.objects.get(), AT
    for _ in range(8):
        assert services.delivery._claim(OutboxItem.objects.get(), now=now)
        now += timedelta(seconds=62)

    assert services.tick(now=now).dead == 1
    item.refresh_from_db()
    assert item.status == DeliveryStatus.DEAD


def test_two_may_not_claim_the_same_row(town):
    tell(town.manager)
    one, two = OutboxItem.objects.get(), OutboxItem.objects.get()

    assert services.delivery._claim(one, now=AT)
    assert services.delivery._claim(two, now=AT) is None


def test_a_clock_that_goes_back_a_day_holds_nothing_back(town, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    evening = AT.replace(hour=23, minute=59, second=50)
    tell(town.officer, at=evening)
    services.delivery._claim(OutboxItem.objects.get(channel=Channel.INAPP), now=evening)
    services.tick(now=evening)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    morning = AT.replace(hour=0, minute=0, second=5)

    assert services.tick(now=morning).sent == 2


def test_one_leads_until_its_lease_ends_or_the_clock_went_far_back(db):
    one, two, lease = uuid.uuid4(), uuid.uuid4(), timedelta(seconds=180)

    def take(owner, seconds):
        now = AT + timedelta(seconds=seconds)
        return services.take_lead(name="run_due", owner=owner, now=now, lease=lease)

    assert [take(one, 0), take(two, 0), take(one, 10), take(two, 190)] == [True, False, True, False]
    assert take(two, -5) is False
    assert take(two, 191) is True
    assert take(one, 191) is False
    services.release_lead(name="run_due", owner=one)
    assert take(one, 192) is False
    services.release_lead(name="run_due", owner=two)
    assert take(one, 193) is True
    assert take(two, -7200) is True


def test_lease_and_token_come_together_or_not_at_all(town):
    item = tell(town.manager)[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxItem.objects.filter(pk=item.pk).update(status=DeliveryStatus.LEASED)


def test_tick_leaves_a_heartbeat(db):
    services.tick(now=AT)

    assert Runner.objects.get(name="tick").beat_at == AT


# Deadlines


@pytest.mark.parametrize(("seconds", "fired"), [(-1, 0), (0, 1)])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/New_York"])
def test_an_alert_fires_from_midnight_in_shanghai(town, seconds, fired, zone):
    deadline(town, days=(30,))
    moment = midnight(date(2026, 12, 1), seconds=seconds).astimezone(SHANGHAI.__class__(zone))

    assert services.tick(now=moment).fired == fired


def test_five_days_of_silence_are_caught_up_once(town):
    deadline(town, days=(30, 29, 28, 27, 26, 1))
    services.tick(now=midnight(date(2026, 11, 30)))
    report = services.tick(now=midnight(date(2026, 12, 5), seconds=30))
    again = services.tick(now=midnight(date(2026, 12, 5), seconds=60))

    assert report.fired == 5
    assert (again.fired, again.sent) == (0, 0)
    expected = sorted(f"合同到期：{n} 天提醒" for n in (30, 29, 28, 27, 26))
    assert sorted(inbox_titles(town.officer)) == expected
    assert sorted(inbox_titles(town.manager)) == expected
    assert sorted(message.subject for message in mail.outbox) == expected


def test_an_alert_says_how_far_the_day_is_when_it_fires(town):
    deadline(town, days=(30,))
    services.tick(now=midnight(date(2026, 12, 3)))

    body = InboxItem.objects.get(user=town.officer).body
    assert body == "期限日 2026-12-31，距到期还有 28 天。"


def test_recipients_are_those_in_post_when_it_fires_and_only_there(town):
    deadline(town, days=(30,))
    Post.objects.filter(user=town.officer).update(valid_to=date(2026, 11, 30))
    successor = person("successor")
    post(
        successor, Role.ASSET_HEAD, union=town.city, department_kind="asset",
        valid_from=date(2026, 12, 1),
    )  # fmt: skip
    finance = person("finance")
    post(finance, Role.ASSET_OFFICER, union=town.city, department_kind="finance")
    above = person("above")
    post(above, Role.ASSET_OFFICER, union=town.province, department_kind="asset")
    services.tick(now=midnight(date(2026, 12, 1)))

    told = set(InboxItem.objects.values_list("user__username", flat=True))
    assert told == {"successor", "manager"}


def test_a_person_with_two_posts_is_told_once(town):
    post(town.officer, Role.ASSET_HEAD, union=town.city, department_kind="asset")
    deadline(town, days=(30,))
    services.tick(now=midnight(date(2026, 12, 1)))

    assert len(inbox_titles(town.officer)) == 1


def test_closing_cancels_what_has_not_fired(town):
    deadline(town, days=(30, 7))
    services.tick(now=midnight(date(2026, 12, 1)))
    services.close_deadline(kind="contracts.expiry", subject_id=SUBJECT, at=AT)
    report = services.tick(now=midnight(date(2027, 2, 1)))

    assert report.fired == 0
    assert len(inbox_titles(town.officer)) == 1


def test_closing_cancels_what_fired_and_waits(town, settings):
    settings.EMAIL_BACKEND = "tests.notifications.backends.Refusing"
    deadline(town, days=(30,))
    services.tick(now=midnight(date(2026, 12, 1)))
    services.close_deadline(kind="contracts.expiry", subject_id=SUBJECT, at=AT)

    item = OutboxItem.objects.get(channel=Channel.EMAIL)
    assert item.status == DeliveryStatus.CANCELLED
    assert services.close_deadline(kind="contracts.expiry", subject_id=SUBJECT, at=AT) is None


def test_another_day_is_a_new_revision_whose_alerts_fire_anew(town):
    first = deadline(town, days=(30, 7))
    services.tick(now=midnight(date(2026, 12, 1)))
    second = deadline(town, due_on=date(2027, 6, 30), days=(30,), at=midnight(date(2026, 12, 2)))
    services.tick(now=midnight(date(2026, 12, 25)))
    services.tick(now=midnight(date(2027, 5, 31)))

    first.refresh_from_db()
    assert (first.closed_at is None, second.revision) == (False, 2)
    assert InboxItem.objects.filter(user=town.officer).count() == 2


def test_the_same_day_again_changes_words_and_audience_only(town):
    first = deadline(town, days=(30,))
    services.tick(now=midnight(date(2026, 12, 1)))
    again = deadline(
        town, days=(30, 7), at=midnight(date(2026, 12, 1)),
        recipients=[Audience(permission=Permission.CONTRACT_FILE, union=town.sibling)],
    )  # fmt: skip
    services.tick(now=midnight(date(2026, 12, 24)))

    assert again.pk == first.pk
    assert DeadlineAlert.objects.count() == 2
    assert inbox_titles(town.foreign_officer) == ["合同到期：7 天提醒"]
    assert len(inbox_titles(town.officer)) == 1


def test_a_deadline_set_late_speaks_of_the_last_past_day_only(town):
    deadline(town, due_on=AT.date() + timedelta(days=40), days=(180, 90, 60, 30, 7, 1))
    services.tick(now=AT)

    assert inbox_titles(town.officer) == ["合同到期：60 天提醒"]


def test_only_one_deadline_of_a_matter_is_open(town):
    row = deadline(town)
    copy = Deadline(
        kind=row.kind, subject_id=row.subject_id, revision=9, title="x", url="/", due_on=DUE,
        created_at=AT,
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_one_broken_alert_does_not_silence_the_others(town, caplog):
    broken = deadline(town, days=(30,))
    broken.audiences.update(permission="no.such.duty")
    deadline(town, days=(30,), kind="reports.due")
    report = services.tick(now=midnight(date(2026, 12, 1)))

    assert report.fired == 1
    assert "could not be fired" in caplog.text


def test_deadlines_near_are_those_in_sight(town):
    row = deadline(town, venue_id=town.venue_id)
    above = person("above")
    post(above, Role.LEADER, union=town.province)

    assert list(selectors.deadlines_near(town.officer, DUE)) == [row]
    assert list(selectors.deadlines_near(above, DUE)) == [row]
    assert list(selectors.deadlines_near(town.manager, DUE)) == [row]
    assert list(selectors.deadlines_near(town.foreign_officer, DUE)) == []
    assert list(selectors.deadlines_near(town.officer, DUE - timedelta(days=1))) == []


def test_planning_a_thousand_times_fires_once(town):
    deadline(town, days=(30,))
    for second in range(1000):
        services.tick(now=midnight(date(2026, 12, 1), seconds=second))

    assert OutboxItem.objects.count() == 3


def test_an_idle_tick_asks_little(town):
    services.tick(now=AT)
    with CaptureQueriesContext(connection) as queries:
        services.tick(now=AT)

    assert len(queries) <= 7
