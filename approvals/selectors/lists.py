"""The list of plans: in one's scope, by tab and filter, with whose turn it is since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Permission
from accounts.models import User
from approvals.enums import Desk, PlanKind, Stage, TaskStatus
from approvals.models import Proposal
from approvals.rules.procedure import DESKS
from approvals.selectors import desks
from organizations.rules import Calendar
from venues.models import Venue

ALL, MINE, DRAFTS = "", "mine", "drafts"
TABS = ((ALL, "全部"), (MINE, "待我办理"), (DRAFTS, "草稿"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One line of the list, ready to print."""

    title: str
    number: str
    url: str
    kind: str
    venue: str
    stage: str
    tone: str
    holder: str
    held_days: int | None
    due: str
    is_late: bool
    updated: str


def plans_in(user: User, *, tab: str) -> QuerySet[Proposal]:
    """The plans of a tab, the last touched first."""
    rows = Proposal.objects.visible_to(user)
    if tab == MINE:
        tasks = desks.tasks_for(user).order_by().values("proposal")
        rows = rows.filter(Q(pk__in=tasks) | desks.turn_of(user)).distinct()
    elif tab == DRAFTS:
        rows = rows.filter(stage__in=[Stage.DRAFT, Stage.VENUE_DECIDED])
    return rows.order_by("-updated_at", "-pk")


def matching(rows: QuerySet[Proposal], wanted: Mapping[str, str]) -> QuerySet[Proposal]:
    """Narrow the list by stage, venue, kind and text."""
    exact = {name: wanted[name] for name in ("stage", "venue", "kind") if wanted.get(name)}
    rows = rows.filter(**exact)
    if text := wanted.get("text", ""):
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text))
    return rows


def venue_choices(user: User) -> list[tuple[str, str]]:
    """The venues whose plans this person may look for."""
    rows = Venue.objects.visible_to(user).order_by("name", "pk").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def own_venues(user: User) -> list[Venue]:
    """The venues this person writes plans for."""
    wanted = [
        post.venue_id
        for post in user.posts()
        if post.venue_id and Permission.PROPOSAL_WRITE in post.card.permissions
    ]
    venues = Venue.objects.select_related("supervising_union", "supervisor")
    return list(venues.filter(pk__in=wanted).order_by("name", "pk"))


def with_desks(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Add since when the plan lies on its desks and the nearest limit, in the same query."""
    is_open = Q(tasks__status=TaskStatus.OPEN)
    return rows.select_related("venue").annotate(
        held_since=Min("tasks__opened_at", filter=is_open),
        next_due=Min("tasks__due_on", filter=is_open),
    )


def plan_rows(
    proposals: Iterable[Proposal], *, user: User, calendar: Calendar, today: date
) -> list[PlanRow]:
    """The lines of one page, formatted here and not in the template."""
    own = {post.venue_id for post in user.posts() if post.venue_id}
    return [_row(one, own, calendar, today) for one in proposals]


def _row(proposal: Any, own: set, calendar: Calendar, today: date) -> PlanRow:
    """One line of a proposal that `with_desks` has added its columns to."""
    stage = Stage(proposal.stage)
    is_own = proposal.venue_id in own and (proposal.is_writable or stage is Stage.VENUE_DECIDED)
    page = "approvals:proposal_edit" if is_own else "approvals:proposal_review"
    is_held = DESKS[stage] is not Desk.NOBODY
    since = proposal.held_since or proposal.updated_at
    mode = f" · {proposal.get_mode_display()}" if proposal.mode else ""
    return PlanRow(
        title=proposal.title,
        number=proposal.number or "未编号",
        url=reverse(page, args=[proposal.pk]),
        kind=f"{PlanKind(proposal.kind).label}{mode}",
        venue=proposal.venue.name,
        stage=stage.label,
        tone=stage.tone,
        holder=DESKS[stage].label,
        held_days=calendar.between(_day(since), today) if is_held else None,
        due=f"{proposal.next_due:%Y-%m-%d}" if proposal.next_due else "",
        is_late=bool(proposal.next_due and proposal.next_due < today),
        updated=f"{_day(proposal.updated_at):%Y-%m-%d}",
    )


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
