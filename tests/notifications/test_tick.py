"""Messages and alerts: once each, however late, however often."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction

from accounts.roles import Role
from audit.models import Event
from core.errors import ActionBlocked, Refused
from notifications import services
from notifications.enums import Channel, DeliveryStatus, Outcome
from notifications.models import (
    DeliveryAttempt,
    InboxItem,
    OutboxItem,
    Runner,
)
from tests.notifications.builders import inbox_titles, tell
from tests.notifications.conftest import AT, person, post

pytestmark = pytest.mark.databases


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
