"""Reading one's notices."""

from datetime import datetime

from accounts.models import User
from notifications.models import InboxItem


def mark_read(*, item: InboxItem, by: User, at: datetime) -> InboxItem:
    """Note when a notice was first read; later readings change nothing."""
    InboxItem.objects.filter(pk=item.pk, user=by, read_at=None).update(read_at=at)
    return item


def mark_all_read(*, by: User, at: datetime) -> int:
    """Note all of a person's notices as read; answers how many were new."""
    return InboxItem.objects.filter(user=by, read_at=None).update(read_at=at)
