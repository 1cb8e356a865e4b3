"""The workbench: what waits for a person, what they did, what they started, what is near."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from accounts.models import User
from approvals.selectors import desks
from core import clock
from core.work import WorkItem
from notifications import selectors as notifications
from notifications.models import Deadline
from organizations.rules import Calendar

NEAR_DAYS = 90
SOON_DAYS = 2
ROWS = 50

SOURCES: tuple[Callable[..., list[WorkItem]], ...] = (desks.work_of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the workbench, every cell ready to print."""

    title: str
    act: str
    url: str
    source: str
    waited: str
    left: str
    tone: str


def waiting_for(user: User, *, today: date) -> list[WorkItem]:
    """Everything that waits for this person, the nearest limit first."""
    items = [item for source in SOURCES for item in source(user, today=today)]
    return sorted(items, key=lambda item: (item.due_on or date.max, item.title))


def work_row(item: WorkItem, calendar: Calendar, *, today: date) -> WorkRow:
    """A work item with its waiting time and what is left of its limit, in working days."""
    since = item.since.astimezone(clock.SHANGHAI).date() if item.since else None
    waited = f"{calendar.between(since, today)} 个工作日" if since else "—"
    left, tone = limit_words(item.due_on, calendar, today=today)
    return WorkRow(
        title=item.title,
        act=item.act,
        url=item.url,
        source=item.source or "—",
        waited=waited,
        left=left,
        tone=tone,
    )


def limit_words(due_on: date | None, calendar: Calendar, *, today: date) -> tuple[str, str]:
    """What is left of a limit, in words, and the tone to show it in."""
    if due_on is None:
        return "不限", "idle"
    days = calendar.between(today, due_on)
    if days < 0:
        return f"已超期 {-days} 个工作日", "bad"
    if days == 0:
        return "今天到期", "warn"
    return f"剩 {days} 个工作日", "warn" if days <= SOON_DAYS else "ok"


def done_rows(user: User) -> list[WorkRow]:
    """What this person decided, the latest first."""
    return [
        WorkRow(
            title=task.proposal.title,
            act=f"{task.desk_label}：{task.opinion.get_outcome_display()}",
            url=reverse("approvals:proposal_review", args=[task.proposal_id]),
            source=task.proposal.venue.name,
            waited=f"{localtime(task.done_at):%m-%d %H:%M}",
            left="已办",
            tone="ok",
        )
        for task in desks.tasks_done_by(user)[:ROWS]
    ]


def started_rows(user: User) -> list[WorkRow]:
    """The plans this person started, and where each stands."""
    return [
        WorkRow(
            title=proposal.title,
            act=proposal.get_kind_display(),
            url=reverse("approvals:proposal_review", args=[proposal.pk]),
            source=proposal.venue.name,
            waited=f"{proposal.updated_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}",
            left=proposal.get_stage_display(),
            tone=proposal.stage_enum.tone,
        )
        for proposal in desks.proposals_started_by(user)[:ROWS]
    ]


def near_deadlines(user: User, *, today: date) -> list[Deadline]:
    """The deadlines in this person's scope within ninety days, and those already past."""
    return list(notifications.deadlines_near(user, today + timedelta(days=NEAR_DAYS))[:10])
