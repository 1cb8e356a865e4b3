"""Steps every act on public information shares: lock, write down, tell people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from audit.services import record
from core.clock import SHANGHAI
from core.errors import ActionBlocked, Reason
from core.models import lock
from disclosure import rules
from disclosure.models import Disclosure
from notifications import services as notifications
from venues.models import Venue


def page_of(disclosure: Disclosure) -> str:
    """The address of the staff's page."""
    return reverse("disclosures:disclosure_detail", args=[disclosure.pk])


def lock_edition(disclosure: Disclosure, version: int | None) -> Disclosure:
    """Lock the venue, then the edition: editions of one venue are served one after another."""
    lock(Venue, pk=disclosure.venue_id)
    rows = Disclosure.objects.select_related("venue__supervising_union")
    return lock(rows, pk=disclosure.pk, version=version)


def ensure_open(disclosure: Disclosure, act: str) -> None:
    """Raise ActionBlocked when the edition does not stand where the act begins."""
    if rules.PROCEDURE.allows(act, disclosure.state):
        return
    text = f"这一版公开信息现为“{disclosure.get_state_display()}”，不能办理这一步。"
    if act == "submit":
        text += "内容或价格有变化的，请另起新版。"
    raise ActionBlocked(Reason(text, rules.RULE))


def day_of(at: datetime) -> date:
    """The civil day of a moment."""
    return at.astimezone(SHANGHAI).date()


def note(
    disclosure: Disclosure, verb: str, title: str, by: User, at: datetime,
    command_id: UUID | None, **body: int,
) -> None:  # fmt: skip
    """Record one act on the ledger of the venue."""
    record(
        case_id=disclosure.venue_id,
        code=f"disclosure.disclosure.{verb}",
        title=title,
        by=by,
        at=at,
        command_id=command_id,
        union_id=disclosure.venue.supervising_union_id,
        body={"disclosure": str(disclosure.pk), "number": disclosure.number, **body},
    )


def tell(disclosure: Disclosure, users: Sequence[User], title: str, at: datetime) -> None:
    """Write a message about the edition into the outbox."""
    notifications.notify(
        users=list(users),
        title=title,
        body=f"{disclosure.venue.name}公开信息第 {disclosure.number} 版",
        url=page_of(disclosure),
        kind="disclosure.disclosure",
        dedupe_key=f"disclosure:{disclosure.pk}:{disclosure.version}",
        at=at,
        case_id=disclosure.venue_id,
    )
