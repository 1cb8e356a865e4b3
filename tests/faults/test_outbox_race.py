"""Eight planners and deliverers at once on PostgreSQL: each message once; unguarded: doubles."""

import threading
import time
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from accounts.enums import Permission
from notifications import selectors, services
from notifications.enums import DeliveryStatus
from notifications.models import DeadlineAlert, InboxItem, OutboxItem
from notifications.services import Alert, Audience
from notifications.services.delivery import mail_of
from tests.harness.racing import raced
from tests.notifications.conftest import AT, SHANGHAI, build_town

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PLANNERS = 8
MATTERS = 12
DUE = date(2026, 12, 31)
FIRE = datetime(2026, 12, 1, tzinfo=SHANGHAI)


class Slow(BaseEmailBackend):
    """A mail server that takes its time, so that others come to the same row meanwhile."""

    def send_messages(self, messages):
        time.sleep(0.02)
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def town(settings):
    settings.EMAIL_BACKEND = f"{Slow.__module__}.Slow"
    return build_town()


@pytest.fixture
def matters(town):
    for _ in range(MATTERS):
        services.set_deadline(
            kind="contracts.expiry", subject_id=uuid.uuid4(), case_id=None, title="合同到期",
            url="/", due_on=DUE, union=town.city, at=AT,
            alerts=[Alert(DUE - timedelta(days=30), "30 天提醒")],
            recipients=[
                Audience(permission=Permission.CONTRACT_FILE, union=town.city, department="asset")
            ],
        )  # fmt: skip
    return town


def results(outcomes):
    assert [outcome.error for outcome in outcomes] == [None] * PLANNERS
    return [outcome.result for outcome in outcomes]


def test_eight_ticks_at_once_tell_each_person_once(matters):
    reports = results(raced(lambda: services.tick(now=FIRE), times=PLANNERS))

    assert sum(report.fired for report in reports) == MATTERS
    assert sum(report.sent for report in reports) == 2 * MATTERS
    assert OutboxItem.objects.filter(status=DeliveryStatus.SENT).count() == 2 * MATTERS
    assert InboxItem.objects.count() == MATTERS
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert (len(ids), len(set(ids))) == (MATTERS, MATTERS)


def test_without_the_conditional_update_and_the_dedupe_key_planners_double(matters):
    """The guards off: the test set-up does make planners meet."""
    seen = threading.Barrier(PLANNERS)

    def naive_plan():
        alerts = list(selectors.due_alerts(FIRE.date()).select_related("deadline"))
        seen.wait(timeout=30)
        for alert in alerts:
            with transaction.atomic():
                services.notify(
                    users=[matters.officer], title="t", body="", url="", kind="k",
                    dedupe_key=str(uuid.uuid4()), at=FIRE,
                )  # fmt: skip
                DeadlineAlert.objects.filter(pk=alert.pk).update(fired_at=FIRE)

    results(raced(naive_plan, times=PLANNERS))

    assert OutboxItem.objects.count() == PLANNERS * 2 * MATTERS


def test_without_a_lease_deliverers_send_the_same_mail_again(matters):
    """The lease off: read what is due, send, then note it."""
    services.delivery._plan(services.delivery.Span(FIRE), services.TickReport())

    def naive_deliver():
        for item in selectors.due_items(FIRE).filter(channel="email").select_related("recipient"):
            mail_of(item).send()
            OutboxItem.objects.filter(pk=item.pk).update(status=DeliveryStatus.SENT)

    results(raced(naive_deliver, times=PLANNERS))

    assert len(mail.outbox) > MATTERS


def test_a_deadline_closed_while_ticks_run_is_told_wholly_or_not_at_all(matters):
    subjects = list(
        DeadlineAlert.objects.order_by("pk").values_list("deadline__subject_id", flat=True)
    )

    def close():
        for subject in subjects:
            services.close_deadline(kind="contracts.expiry", subject_id=subject, at=FIRE)

    closer = threading.Event()

    def tick_or_close():
        if not closer.is_set():
            closer.set()
            close()
        else:
            services.tick(now=FIRE)

    results(raced(tick_or_close, times=PLANNERS))
    inbox, mails = InboxItem.objects.count(), len(mail.outbox)
    services.tick(now=FIRE + timedelta(days=1))

    assert (InboxItem.objects.count(), len(mail.outbox)) == (inbox, mails)
    left = OutboxItem.objects.exclude(status__in=[DeliveryStatus.SENT, DeliveryStatus.CANCELLED])
    assert left.count() == 0


def test_two_movers_of_one_deadline_leave_one_open(town):
    subject = uuid.uuid4()
    days = iter(range(1, PLANNERS + 1))

    def move():
        services.set_deadline(
            kind="reports.due", subject_id=subject, case_id=None, title="报告", url="/",
            due_on=DUE + timedelta(days=next(days)), union=town.city, at=AT, alerts=[],
            recipients=[],
        )  # fmt: skip

    services.set_deadline(
        kind="reports.due", subject_id=subject, case_id=None, title="报告", url="/",
        due_on=DUE, union=town.city, at=AT, alerts=[], recipients=[],
    )  # fmt: skip
    results(raced(move, times=PLANNERS))

    rows = selectors.Deadline.objects.filter(subject_id=subject)
    assert sorted(rows.values_list("revision", flat=True)) == list(range(1, PLANNERS + 2))
    assert rows.filter(closed_at=None).count() == 1


def test_notify_outside_a_transaction_is_refused(town):
    with pytest.raises(RuntimeError, match="in the transaction of its act"):
        services.notify(
            users=[town.officer], title="t", body="", url="", kind="k", dedupe_key="k", at=AT
        )
