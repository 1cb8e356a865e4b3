"""What a person sees and changes of their own account: the size of type, where they are logged in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from accounts.enums import TextSize
from accounts.models import SignIn, User
from audit.services import record

SESSION_KEY = "sign_in"  # names this log-in inside its session
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("QIHU", "360 浏览器"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "安卓手机"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """What a browser says of itself, in two words a person knows."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "其他浏览器")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} · {system}" if system else browser


def sign_ins_of(user: User, *, now: datetime) -> QuerySet[SignIn]:
    """The log-ins that may still be open, the latest first."""
    since = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignIn.objects.filter(user=user, ended_at=None, at__gte=since).order_by("-at", "pk")


def note_sign_in(*, user: User, agent: str, at: datetime) -> SignIn:
    """Note that a person logged in, and by what."""
    return SignIn.objects.create(user=user, device=device_of(agent), at=at)


def note_sign_out(*, sign_in: str, at: datetime) -> None:
    """Note that a log-in was ended by its person."""
    if key := _key(sign_in):
        SignIn.objects.filter(pk=key, ended_at=None).update(ended_at=at)


def note_others_ended(*, user: User, kept: str, at: datetime) -> int:
    """Note that every log-in but one is over; answers how many were."""
    others = SignIn.objects.filter(user=user, ended_at=None)
    if key := _key(kept):
        others = others.exclude(pk=key)
    return others.update(ended_at=at)


@transaction.atomic
def end_other_sessions(*, user: User, kept: str, at: datetime) -> int:
    """End every session of a person but the one that asks, on record.

    The caller renews its own session's hash afterwards; all others no longer fit.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    ended = note_others_ended(user=user, kept=kept, at=at)
    record(case_id=user.pk, code="accounts.sessions.ended", title="退出其他设备", by=user, at=at)
    return ended


def set_text_size(*, user: User, size: str) -> None:
    """Keep the size of type with the account; anything unknown is the standard one."""
    user.text_size = size if size in TextSize.values else ""
    user.save(update_fields=["text_size"])


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
