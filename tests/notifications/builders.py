"""Messages and deadlines, said as the tests need them."""

import uuid
from datetime import date, datetime, timedelta

from accounts.enums import Permission
from accounts.roles import Role
from notifications import selectors, services
from notifications.models import OutboxItem
from notifications.services import Alert, Audience
from tests.notifications.conftest import AT, SHANGHAI

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
