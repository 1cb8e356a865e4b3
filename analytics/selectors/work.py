"""What waits for a person, what they did, what they started."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from approvals.models import Proposal
from approvals.selectors import desks
from audit.models import Event
from contracts import selectors as contracts
from core import clock
from core.work import Work, WorkItem, gather
from disclosure import selectors as disclosure
from evaluations import selectors as evaluations
from meetings import selectors as meetings
from meetings.models import Meeting
from organizations.rules import Calendar
from partners import selectors as partners
from partners.models import Partner
from planning import selectors as planning
from supervision import selectors as supervision
from venues import selectors as venues
from venues.models import Venue

SOON_DAYS = 2
ROWS = 50

SOURCES: tuple[Callable[..., list[Work]], ...] = (
    venues.work_of,
    partners.work_of,
    meetings.work_of,
    planning.work_of,
    desks.work_of,
    contracts.work_of,
    supervision.work_of,
    evaluations.work_of,
    disclosure.work_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the workbench, every cell ready to print."""

    title: str
    kind: str
    act: str
    url: str
    source: str
    waited: str
    left: str
    tone: str
    pick: UUID | None = None


def waiting_for(user: User, *, today: date) -> list[WorkItem]:
    """Everything that waits for this person, the nearest limit first."""
    return gather(sort for source in SOURCES for sort in source(user, today=today))


def work_row(item: WorkItem, calendar: Calendar, *, today: date) -> WorkRow:
    """A work item with its waiting time and what is left of its limit, in working days."""
    since = item.since.astimezone(clock.SHANGHAI).date() if item.since else None
    waited = f"{max(0, calendar.between(since, today))} 个工作日" if since else "—"
    left, tone = limit_words(item.due_on, calendar, today=today)
    return WorkRow(
        title=item.title,
        kind=item.kind,
        act=item.act,
        url=item.url,
        source=item.source or "—",
        waited=waited,
        left=left,
        tone=tone,
        pick=item.pick,
    )


def limit_words(due_on: date | None, calendar: Calendar, *, today: date) -> tuple[str, str]:
    """What is left of a limit, in words, and the tone to show it in.

    A limit that fell on a day of rest is past on the next day, though no working day went by.
    """
    if due_on is None:
        return "不限", "idle"
    if due_on == today:
        return "今天到期", "warn"
    days = calendar.between(today, due_on)
    if due_on < today:
        return (f"已超期 {-days} 个工作日" if days else "已超期"), "bad"
    return f"剩 {days} 个工作日", "warn" if days <= SOON_DAYS else "ok"


def done_by(user: User) -> QuerySet[Event, Any]:
    """What this person did, each act on a matter once however often it was repeated.

    What was done to one's own account is no business of the workbench.
    """
    acts = Event.objects.filter(actor_id=user.pk).exclude(case_id=user.pk)
    return (
        acts.values("case_id", "title")
        .annotate(last=Max("at"))
        .order_by("-last", "case_id", "title")
    )


def done_rows(user: User) -> list[WorkRow]:
    """The latest of what this person did, with the matter it was done on."""
    acts = list(done_by(user)[:ROWS])
    matters = _matters(user, {act["case_id"] for act in acts})
    rows = []
    for act in acts:
        title, url, source = matters.get(act["case_id"], ("", "", ""))
        rows.append(
            WorkRow(
                title=title or act["title"],
                kind="",
                act=act["title"] if title else "—",
                url=url,
                source=source or "—",
                waited=f"{act['last'].astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
                left="已办",
                tone="ok",
            )
        )
    return rows


def _matters(user: User, cases: Iterable[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Case → (title, address, source), as far as the person still sees the matter."""
    found: dict[UUID, tuple[str, str, str]] = {}
    for partner in Partner.objects.filter(pk__in=cases).order_by("pk"):
        found[partner.pk] = (
            partner.name,
            reverse("partners:partner_detail", args=[partner.pk]),
            "",
        )
    for meeting in _meetings(user, cases):
        url = reverse("meetings:meeting_detail", args=[meeting.pk])
        found[meeting.pk] = (str(meeting), url, meeting.body.name)
    for venue in Venue.objects.visible_to(user).filter(pk__in=cases).order_by("pk"):
        found[venue.pk] = (venue.name, reverse("venues:venue_detail", args=[venue.pk]), venue.name)
    plans = Proposal.objects.visible_to(user).filter(Q(pk__in=cases) | Q(cooperation__in=cases))
    for plan in plans.select_related("venue").order_by("pk"):
        url = reverse("approvals:proposal_review", args=[plan.pk])
        found[plan.case_id] = (plan.title, url, plan.venue.name)
    return found


def _meetings(user: User, cases: Iterable[UUID]) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(user).filter(pk__in=cases)
    return rows.select_related("body").order_by("pk")


def started_by(user: User) -> QuerySet[Proposal]:
    """The plans this person drafted or submitted."""
    return desks.proposals_started_by(user)


def started_rows(user: User) -> list[WorkRow]:
    """The plans this person started, and where each stands."""
    return [
        WorkRow(
            title=proposal.title,
            kind="",
            act=proposal.get_kind_display(),
            url=reverse("approvals:proposal_review", args=[proposal.pk]),
            source=proposal.venue.name,
            waited=f"{proposal.updated_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
            left=proposal.get_stage_display(),
            tone=proposal.stage_enum.tone,
        )
        for proposal in started_by(user)[:ROWS]
    ]
