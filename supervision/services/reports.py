"""Periodic reports: scheduled by the asset department, written by the venue, accepted or returned."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

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
    if period_to < period_from:
        raise ActionBlocked(Reason("期间止日不能早于起日。", "16-4", "period_to"))
    overlapping = PeriodicReport.objects.filter(
        venue=venue, kind=kind, period_from__lte=period_to, period_to__gte=period_from
    )
    if overlapping.exists():
        text = "与本阵地已有的同类报告期间重叠，请核对起止日期。"
        raise ActionBlocked(Reason(text, "16-4", "period_from"))
    days = int(parameter("report_due_days", union=union, on=at.date()).value)
    report = PeriodicReport(
        kind=kind,
        venue=venue,
        union=union,
        period_from=period_from,
        period_to=period_to,
        due_on=working_days().add(period_to, days).day,
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
    return report


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
        alerts=[alert for alert in alerts if alert.fire_on >= at.date()],
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
    if report.state not in (ReportState.DUE, ReportState.RETURNED):
        raise ActionBlocked("报告已经报送，不能再修改；需要修改的请主管部门退回。")
    names = {question.name for question in rules.QUESTIONS[report.kind]}
    report.answers = {name: value for name, value in answers.items() if name in names}
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
    if report.state not in (ReportState.DUE, ReportState.RETURNED):
        raise ActionBlocked("报告已经报送，不必重复报送。")
    reasons = [
        *rules.missing_answers(report.kind, report.answers),
        *rules.figures_agree(report.kind, report.answers),
    ]
    if at.date() <= report.period_to:
        reasons.append(Reason("报告期间尚未结束，不能报送。", "16-4"))
    if reasons:
        raise ActionBlocked(reasons)
    report.state = ReportState.SUBMITTED
    report.submitted_by, report.submitted_at = by, at
    report.save_new_version()
    notifications.close_deadline(kind=DEADLINE, subject_id=report.pk, at=at)
    _note(report, "submitted", f"报送{report.get_kind_display()}", by, at, command_id)
    posts = Post.objects.in_force(at.date()).holding(Permission.REPORT_REVIEW)
    posts = posts.filter(union=report.union, venue_id=None).select_related("user")
    _tell(report, [post.user for post in posts.order_by("pk")], "报告待审核", at)
    return report


@transaction.atomic
def review_report(
    *, report: PeriodicReport, is_accepted: bool, note: str, version: int, by: User, at: datetime,
    command_id: UUID | None = None,
) -> PeriodicReport:  # fmt: skip
    """Accept the report, or return it with what must be mended; returned, its clock runs on."""
    report = lock(PeriodicReport, pk=report.pk, version=version)
    require(by, Permission.REPORT_REVIEW, union=report.union)
    if report.state != ReportState.SUBMITTED:
        raise ActionBlocked("报告不在待审核状态，请刷新页面查看。")
    if report.submitted_by_id == by.pk:
        raise Refused("不能审核自己报送的报告。")
    least = int(parameter("min_opinion_length", union=report.union, on=at.date()).value)
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
