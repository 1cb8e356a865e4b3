"""Reads of reports and rectifications: lists, figures beside each other, what waits for whom."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, TruncDate
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import Post, ScopedQuerySet, User
from approvals.enums import Duty
from approvals.selectors.involved import is_barred, moved_up_to
from audit.selectors import events_of
from core.money import format_yuan
from core.work import Work, WorkItem, WorkLine, work
from organizations.models import TradeUnion
from organizations.rules import DueDay
from organizations.selectors import parameter, working_days
from supervision.enums import RectificationState, ReportKind, ReportState
from supervision.models import PeriodicReport, Rectification
from supervision.rules import QUESTIONS, Question, late_days
from venues.models import Venue


def overlapping(kind: str, period_from: date, period_to: date) -> QuerySet[PeriodicReport]:
    """Reports of one kind whose period shares a day with another."""
    return PeriodicReport.objects.filter(
        kind=kind, period_from__lte=period_to, period_to__gte=period_from
    )


def due_day(union: TradeUnion, period_to: date, *, today: date) -> DueDay:
    """The day by which a report on a period is due, and whether its holidays are known."""
    days = int(parameter("report_due_days", union=union, on=today).value)
    return working_days().add(period_to, days)


def due_note(report: PeriodicReport) -> str:
    """What to print beside the due day: nothing, or that the holidays are not known yet."""
    published = working_days().published_years
    years = range(report.period_to.year, report.due_on.year + 1)
    return DueDay(report.due_on, all(year in published for year in years)).note


def late_days_of(report: PeriodicReport, *, today: date) -> int:
    """Days a report is or was late."""
    submitted_on = localdate(report.submitted_at) if report.submitted_at else None
    return late_days(report.state, report.due_on, submitted_on=submitted_on, today=today)


def venues_asked_by(user: User) -> list[Venue]:
    """Venues whose reports this person may schedule: those of their own union."""
    unions = [
        post.union_id
        for post in user.posts()
        if post.union_id and not post.venue_id and Permission.REPORT_REVIEW in post.card.permissions
    ]
    rows = Venue.objects.filter(supervising_union__in=unions).select_related("supervising_union")
    return list(rows.order_by("supervising_union__path", "code", "pk"))


def previous_report(report: PeriodicReport) -> PeriodicReport | None:
    """The report of the same kind on the period before, once it was handed in."""
    rows = PeriodicReport.objects.filter(
        venue=report.venue_id,
        kind=report.kind,
        period_to__lt=report.period_from,
        state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED],
    )
    return rows.order_by("-period_to", "pk").first()


def shown_answer(question: Question, answers: Mapping[str, str]) -> str:
    """An answer as it is read."""
    text = answers.get(question.name) or ""
    if not text or not question.unit:
        return text or "—"
    figure = format_yuan(Decimal(text)) if question.is_money else f"{int(Decimal(text)):,}"
    return f"{figure} {question.unit}"


def answer_rows(report: PeriodicReport, before: PeriodicReport | None) -> list[dict[str, Any]]:
    """Question, answer, and the figure of the period before."""
    return [
        {
            "label": question.label,
            "is_figure": bool(question.unit),
            "answer": shown_answer(question, report.answers),
            "value": shown_answer(question, report.answers),
            "before": shown_answer(question, before.answers) if before else "—",
        }
        for question in QUESTIONS[report.kind]
    ]


def timeline_of(case_id: UUID, prefix: str, subject_id: UUID) -> list[dict[str, Any]]:
    """The acts on one report or rectification, newest first."""
    events = events_of(case_id).filter(code__startswith=prefix, body__contains=str(subject_id))
    return [
        {
            "who": event.actor_name,
            "position": event.position,
            "what": event.title,
            "tone": "idle",
            "label": "",
            "text": "",
            "at": event.at,
        }
        for event in events.reverse()
    ]


def reports_for(user: User) -> QuerySet:
    """The reports a person may see; `held_since` is when each came to whom it lies with.

    A report waits for its venue from the end of its period, or from the day it was asked
    for, whichever is later.
    """
    return _reports_with_turns().visible_to(user)


@cache  # the question is put together once, and asked anew by every page
def _reports_with_turns() -> ScopedQuerySet:
    rows = PeriodicReport.objects.select_related("venue", "union")
    asked_on = TruncDate("scheduled_at")
    return rows.annotate(
        held_since=Case(
            When(state=ReportState.DUE, then=Greatest(F("period_to"), asked_on)),
            When(state=ReportState.RETURNED, then=TruncDate("reviewed_at")),
            When(state=ReportState.SUBMITTED, then=TruncDate("submitted_at")),
            output_field=DateField(),
        )
    )


def rectifications_for(user: User) -> QuerySet:
    """The rectifications a person may see, with since when each lies with whom it lies."""
    rows = Rectification.objects.visible_to(user).select_related("venue", "union", "cooperation")
    return rows.annotate(
        held_since=Case(
            When(state=RectificationState.ORDERED, then=F("ordered_at")),
            When(state=RectificationState.REPORTED, then=F("reported_at")),
        )
    )


def report_turn_of(user: User, *, today: date) -> Q:
    """The reports whose turn is this person's."""
    turn = Q()
    for post in user.posts():
        turn |= _report_turn(post, today)
    return turn


def rectification_turn_of(user: User, *, today: date) -> Q:
    """The rectifications whose turn is this person's."""
    turn = Q()
    for post in user.posts():
        turn |= _rectification_turn(user, post, today)
    return turn


def work_of(user: User, *, today: date) -> list[Work]:
    """Reports to write or review, rectifications to report or verify."""
    reports, orders = report_turn_of(user, today=today), rectification_turn_of(user, today=today)
    found = []
    if reports:
        found.append(
            work(
                "report", PeriodicReport.objects.filter(reports), _report_item,
                title=Concat(
                    Cast("period_from", CharField()), Value(" 至 "), Cast("period_to", CharField())
                ),
                source="venue__name",
                since=Coalesce("reviewed_at", "submitted_at", "scheduled_at"),
                due_on="due_on", word="state", note="kind",
            )
        )  # fmt: skip
    if orders:
        found.append(
            work(
                "rectification", Rectification.objects.filter(orders), _rectification_item,
                title="cooperation__title", source="venue__name",
                since=Coalesce("reported_at", "ordered_at"), due_on="due_on", word="state",
            )
        )  # fmt: skip
    return found


def _report_turn(post: Post, today: date) -> Q:
    held = post.card.permissions
    if post.venue_id and Permission.REPORT_WRITE in held:
        waiting = Q(state=ReportState.DUE, period_to__lt=today) | Q(state=ReportState.RETURNED)
        return Q(venue=post.venue_id) & waiting
    if post.union_id and not post.venue_id and Permission.REPORT_REVIEW in held:
        return Q(union=post.union_id, state=ReportState.SUBMITTED)
    return Q()


def _rectification_turn(user: User, post: Post, today: date) -> Q:
    held = post.card.permissions
    if post.venue_id and Permission.RECTIFICATION_WRITE in held:
        return Q(venue=post.venue_id, state=RectificationState.ORDERED)
    if post.union_id and not post.venue_id and Permission.RECTIFICATION_REVIEW in held:
        duty = Permission.RECTIFICATION_REVIEW
        here = Q(union=post.union_id) | moved_up_to(post, duty, Duty.EVALUATOR, on=today)
        mine = Q(~is_barred(user, Duty.EVALUATOR), state=RectificationState.REPORTED)
        return here & mine
    return Q()


REPORT_ACTS = {
    ReportState.DUE: "填写报告",
    ReportState.RETURNED: "修改后重新报送",
    ReportState.SUBMITTED: "审核报告",
}


def _report_item(line: WorkLine) -> WorkItem:
    state = ReportState(line.word)
    return WorkItem(
        kind="报告",
        title=f"{ReportKind(line.note).label}（{line.title}）",
        act=REPORT_ACTS[state],
        url=reverse("supervision:report", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=None if state is ReportState.SUBMITTED else line.due_on,
    )


def _rectification_item(line: WorkLine) -> WorkItem:
    is_reported = line.word == RectificationState.REPORTED
    return WorkItem(
        kind="整改",
        title=f"整改：{line.title}",
        act="复核整改" if is_reported else "报告整改情况",
        url=reverse("supervision:rectification", args=[line.pk]),
        source=line.source,
        since=line.since,
        due_on=None if is_reported else line.due_on,
    )
