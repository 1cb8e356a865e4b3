"""Periodic reports: scheduled by the asset department, written by the venue, accepted or returned."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import require
from audit.services import record
from core.errors import ActionBlocked, Reason, Refused
from core.models import lock
from notifications import services as notifications
from organizations.selectors import parameter, working_days
from supervision import rules
from supervision.enums import ReportKind, ReportState
from supervision.models import PeriodicReport
from supervision.selectors import due_day, overlapping
from venues.models import Venue

WARN_BEFORE_DAYS = 7
WARN_AFTER_DAYS = (1, 3)
DEADLINE = "supervision.report"


@transaction.atomic
def schedule_report(
    *, venue: Venue, kind: ReportKind, period_from: date, period_to: date, by: User, at: datetime,
    command_id: UUID | None = None,
) -> PeriodicReport:  # fmt: skip
    """Ask a venue for one report on one period; due so many working days after its end.

    Periods of the same kind may not overlap. The days are a system default that the
    supervising union can change.
    """
    union = venue.supervising_union
    require(by, Permission.REPORT_REVIEW, union=union)
    if reasons := list(rules.period_faults(period_from, period_to)):
        raise ActionBlocked(reasons)
    lock(Venue, pk=venue.pk)  # two schedules of one venue are compared one after the other
    if overlapping(kind, period_from, period_to).filter(venue=venue).exists():
        text = "与本阵地已有的同类报告期间重叠，请核对起止日期。"
        raise ActionBlocked(Reason(text, "16-4", "period_from"))
    report = PeriodicReport(
        kind=kind,
        venue=venue,
        union=union,
        period_from=period_from,
        period_to=period_to,
        due_on=due_day(union, period_to, today=localdate(at)).day,
        scheduled_by=by,
        scheduled_at=at,
    )
    report.place_like(venue)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError as conflict:
        text = "本阵地这一期间的同类报告已经布置。"
        raise ActionBlocked(Reason(text, "16-4", "period_from")) from conflict
    _set_deadline(report, at=at)
    _note(report, "scheduled", f"布置{report.get_kind_display()}", by, at, command_id)
    posts = Post.objects.in_force(localdate(at)).holding(Permission.REPORT_WRITE)
    posts = posts.filter(venue_id=report.venue_id).select_related("user")
    title = f"请于 {report.due_on:%Y-%m-%d} 前报送{report.get_kind_display()}"
    _tell(report, [post.user for post in posts.order_by("pk")], title, at)
    return report


@transaction.atomic
def schedule_for_all(
    *, venues: Sequence[Venue], kind: ReportKind, period_from: date, period_to: date, by: User,
    at: datetime, command_id: UUID | None = None,
) -> list[PeriodicReport]:  # fmt: skip
    """Ask several venues for the same report; those already asked for the period are left out."""
    asked = set(
        overlapping(kind, period_from, period_to).order_by("pk").values_list("venue", flat=True)
    )
    left = [venue for venue in venues if venue.pk not in asked]
    if not left:
        text = "没有需要布置的阵地：这一期间的同类报告都已布置。"
        raise ActionBlocked(Reason(text, "16-4", "period_from"))
    return [
        schedule_report(
            venue=venue, kind=kind, period_from=period_from, period_to=period_to, by=by, at=at,
            command_id=command_id,
        )
        for venue in left
    ]  # fmt: skip


def _set_deadline(report: PeriodicReport, *, at: datetime) -> None:
    calendar = working_days()
    alerts = [
        notifications.Alert(
            report.due_on - timedelta(days=WARN_BEFORE_DAYS), f"还有 {WARN_BEFORE_DAYS} 天到期"
        ),
        notifications.Alert(report.due_on, "今天到期"),
        *(
            notifications.Alert(calendar.add(report.due_on, late).day, f"已逾期 {late} 个工作日")
            for late in WARN_AFTER_DAYS
        ),
    ]
    notifications.set_deadline(
        kind=DEADLINE,
        subject_id=report.pk,
        case_id=report.venue_id,
        title=f"{report.get_kind_display()}（{report.period_label}）：{report.venue.name}",
        url=reverse("supervision:report", args=[report.pk]),
        due_on=report.due_on,
        union=report.union,
        venue_id=report.venue_id,
        alerts=[alert for alert in alerts if alert.fire_on >= localdate(at)],
        recipients=[
            notifications.Audience(permission=Permission.REPORT_WRITE, venue_id=report.venue_id)
        ],
        at=at,
    )


@transaction.atomic
def save_report(
    *, report: PeriodicReport, answers: Mapping[str, str], version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> PeriodicReport:  # fmt: skip
    """Keep what is written so far."""
    require(by, Permission.REPORT_WRITE, venue_id=report.venue_id)
    report = lock(PeriodicReport, pk=report.pk, version=version)
    if not rules.REPORTING.allows("submit", report.state):
        raise ActionBlocked("报告已经报送，不能再修改；需要修改的请主管部门退回。")
    names = {question.name for question in rules.QUESTIONS[report.kind]}
    report.answers = {name: value for name, value in answers.items() if name in names}
    if reasons := list(rules.figures_in_range(report.kind, report.answers)):
        raise ActionBlocked(reasons)
    report.income = _amount(report.answers.get("income"))
    report.received = _amount(report.answers.get("received"))
    report.save_new_version()
    _note(report, "saved", "填写报告", by, at, command_id)
    return report


def _amount(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


@transaction.atomic
def submit_report(
    *, report: PeriodicReport, version: int, by: User, at: datetime, command_id: UUID | None = None
) -> PeriodicReport:
    """Hand the report in: every field filled, the period over. Late is recorded, not refused."""
    require(by, Permission.REPORT_WRITE, venue_id=report.venue_id)
    report = lock(PeriodicReport, pk=report.pk, version=version)
    if not rules.REPORTING.allows("submit", report.state):
        raise ActionBlocked("报告已经报送，不必重复报送。")
    reasons = [
        *rules.missing_answers(report.kind, report.answers),
        *rules.figures_agree(report.kind, report.answers, days=report.days),
    ]
    if localdate(at) <= report.period_to:
        text = f"报告期间到 {report.period_to:%Y-%m-%d} 结束，结束后才能报送；现在可以先保存草稿。"
        reasons.append(Reason(text, "16-4"))
    if reasons:
        raise ActionBlocked(reasons)
    report.state = ReportState.SUBMITTED
    report.submitted_by, report.submitted_at = by, at
    report.save_new_version()
    notifications.close_deadline(kind=DEADLINE, subject_id=report.pk, at=at)
    _note(report, "submitted", f"报送{report.get_kind_display()}", by, at, command_id)
    posts = Post.objects.in_force(localdate(at)).holding(Permission.REPORT_REVIEW)
    posts = posts.filter(union=report.union, venue_id=None).select_related("user")
    _tell(report, [post.user for post in posts.order_by("pk")], "报告待审核", at)
    return report


@transaction.atomic
def hand_in_report(
    *, report: PeriodicReport, answers: Mapping[str, str], version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> PeriodicReport:  # fmt: skip
    """Keep what is written and hand it in, both or neither."""
    report = save_report(
        report=report, answers=answers, version=version, by=by, at=at, command_id=command_id
    )
    return submit_report(report=report, version=report.version, by=by, at=at, command_id=command_id)


@transaction.atomic
def review_report(
    *, report: PeriodicReport, is_accepted: bool, note: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> PeriodicReport:  # fmt: skip
    """Accept the report, or return it with what must be mended; returned, its clock runs on."""
    report = lock(PeriodicReport, pk=report.pk, version=version)
    require(by, Permission.REPORT_REVIEW, union=report.union)
    if not rules.REPORTING.allows("review", report.state):
        raise ActionBlocked("报告不在待审核状态，请刷新页面查看。")
    if report.submitted_by_id == by.pk:
        raise Refused("不能审核自己报送的报告。")
    least = int(parameter("min_opinion_length", union=report.union, on=localdate(at)).value)
    if not is_accepted and len(note.strip()) < least:
        raise ActionBlocked(Reason(f"退回须写明需要修改之处，至少 {least} 个字。", "16-4", "note"))
    report.state = ReportState.ACCEPTED if is_accepted else ReportState.RETURNED
    report.reviewed_by, report.reviewed_at, report.review_note = by, at, note.strip()
    report.save_new_version()
    if not is_accepted:
        _set_deadline(report, at=at)
    verdict = "受理" if is_accepted else "退回"
    _note(report, "reviewed", f"报告{verdict}", by, at, command_id)
    if report.submitted_by:
        _tell(report, [report.submitted_by], f"报告已{verdict}", at)
    return report


def _note(
    report: PeriodicReport, verb: str, title: str, by: User, at: datetime, command_id: UUID | None
) -> None:
    record(
        case_id=report.venue_id,
        code=f"supervision.report.{verb}",
        title=f"{title}（{report.period_label}）",
        by=by,
        at=at,
        union_id=report.union_id,
        command_id=command_id,
        body={"report": str(report.pk), "state": report.state},
    )


def _tell(report: PeriodicReport, users: list[User], title: str, at: datetime) -> None:
    notifications.notify(
        users=users,
        title=f"{title}：{report.venue.name}",
        body=f"{report.get_kind_display()}（{report.period_label}）",
        url=reverse("supervision:report", args=[report.pk]),
        kind="supervision.report",
        dedupe_key=f"report:{report.pk}:{report.version}",
        at=at,
        case_id=report.venue_id,
    )
