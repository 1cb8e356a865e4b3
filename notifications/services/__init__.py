"""Telling people: at once, on a day, and once only."""

from notifications.services.deadlines import (
    Alert,
    Audience,
    close_deadline,
    people_told,
    set_deadline,
)
from notifications.services.delivery import TickReport, tick
from notifications.services.inbox import mark_all_read, mark_read
from notifications.services.outbox import notify, requeue, wake
from notifications.services.preferences import choose_mail, make_feed, revoke_feed
from notifications.services.runners import release_lead, take_lead

__all__ = [
    "Alert",
    "Audience",
    "TickReport",
    "choose_mail",
    "close_deadline",
    "make_feed",
    "mark_all_read",
    "mark_read",
    "notify",
    "people_told",
    "release_lead",
    "requeue",
    "revoke_feed",
    "set_deadline",
    "take_lead",
    "tick",
    "wake",
]
