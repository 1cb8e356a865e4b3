"""Deadlines and their alerts: when they fire, for whom, and when no more."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import Permission
from accounts.models import Post
from accounts.roles import Role
from notifications import selectors, services
from notifications.enums import Channel, DeliveryStatus
from notifications.models import (
    Deadline,
    DeadlineAlert,
    InboxItem,
    OutboxItem,
)
from notifications.services import Audience
from tests.notifications.builders import DUE, SUBJECT, deadline, inbox_titles, midnight
from tests.notifications.conftest import AT, SHANGHAI, person, post

pytestmark = pytest.mark.databases


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
