"""Pages of the periodic reports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from accounts.lists import show_list
from accounts.permissions import post_for
from core import clock
from core.acting import attempt
from organizations.selectors import parameter
from supervision import selectors, services
from supervision.enums import ReportKind, ReportState
from supervision.filters import ReportFilter
from supervision.forms import ReportForm, ReviewForm, ScheduleForm
from supervision.models import PeriodicReport
from supervision.rules import REPORTING, period_faults
from supervision.tables import ReportTable
from supervision.views.shared import deed, tabs

REGISTER = {"label": "定期报告", "url": "/reports/"}


@writes(Permission.REPORT_READ)  # the posts of a list: its export, and keeping a view of it
def report_list(request: HttpRequest) -> HttpResponse:
    rows = selectors.reports_for(request.user)
    context = {
        "can_schedule": request.user.can(Permission.REPORT_REVIEW),
        "tabs": tabs(request, REGISTER["url"]),
    }
    return show_list(
        request, ReportTable, ReportFilter, rows, "supervision/report_list.html", context
    )


@writes(Permission.REPORT_REVIEW)
def report_add(request: HttpRequest) -> HttpResponse:
    venues = selectors.venues_asked_by(request.user)
    initial = {"kind": ReportKind.ASSET_OPERATION, "venue": request.GET.get("venue", "")}
    form = ScheduleForm(request.POST or None, venues=venues, initial=initial)
    due = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            due = _due_day(form)
        elif reports := _schedule(request, form):
            done = f"已布置{reports[0].get_kind_display()} {len(reports)} 份，报送期限 {reports[0].due_on:%Y-%m-%d}"
            left = len(form.chosen) - len(reports)
            messages.success(
                request, f"{done}；另有 {left} 个阵地已有重叠期间的报告，未重复布置。" if left else f"{done}。"
            )  # fmt: skip
            return redirect("supervision:report_list")
    union = venues[0].supervising_union if venues else None
    context = {
        "form": form,
        "due": due,
        "days": parameter("report_due_days", union=union, on=clock.today()),
        "has_venues": bool(venues),
        "crumbs": [REGISTER],
    }
    return render(request, "supervision/report_add.html", context, status=form.http_status)


def _due_day(form: ScheduleForm):
    facts = form.cleaned_data
    if faults := list(period_faults(facts["period_from"], facts["period_to"])):
        for fault in faults:
            form.add_error(fault.field, fault.text)
        return None
    union = form.chosen[0].supervising_union
    return selectors.due_day(union, facts["period_to"], today=clock.today())


def _schedule(request: HttpRequest, form: ScheduleForm) -> list[PeriodicReport]:
    facts = form.act | deed(request, form)
    del facts["venue"]
    if len(form.chosen) > 1:
        return attempt(form, services.schedule_for_all, venues=form.chosen, **facts) or []
    report = attempt(form, services.schedule_report, venue=form.chosen[0], **facts)
    return [report] if report else []


def _report_of(request: HttpRequest, pk: UUID) -> PeriodicReport:
    rows = PeriodicReport.objects.visible_to(request.user).select_related(
        "venue__supervising_union", "union", "submitted_by", "reviewed_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, report: PeriodicReport, *, fill: ReportForm | None = None,
    review: ReviewForm | None = None,
) -> HttpResponse:  # fmt: skip
    before = selectors.previous_report(report)
    writer = post_for(request.user, Permission.REPORT_WRITE, venue_id=report.venue_id)
    reviewer = post_for(request.user, Permission.REPORT_REVIEW, union=report.union)
    if fill is None and writer and report.is_writable:
        fill = ReportForm(report=report, before=before)
    if review is None and reviewer and report.state == ReportState.SUBMITTED:
        review = ReviewForm(initial={"version": report.version})
    status = next((one.http_status for one in (fill, review) if one and one.is_bound), 200)
    rows, turn = selectors.answer_rows(report, before), REPORTING.turn(report.state)
    context = {
        "report": report,
        "steps": REPORTING.steps(report.state),
        "turn": turn,
        "who": turn.who(venue=report.venue.name, union=report.union.name) if turn else "",
        "late": selectors.late_days_of(report, today=clock.today()),
        "due_note": selectors.due_note(report),
        "before": before,
        "figures": [row for row in rows if row["is_figure"]],
        "texts": [row for row in rows if not row["is_figure"]],
        "fill": fill,
        "review": review,
        "events": selectors.timeline_of(report.venue_id, "supervision.report.", report.pk),
        "crumbs": [REGISTER],
    }
    return render(request, "supervision/report.html", context, status=status)


@reads(Permission.REPORT_READ)
def report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _report_of(request, pk))


@writes(Permission.REPORT_WRITE)
def report_fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    report = _report_of(request, pk)
    if request.method != "POST":
        return redirect("supervision:report", pk=report.pk)
    before = selectors.previous_report(report)
    form = ReportForm(request.POST, report=report, before=before)
    service = services.save_report if "draft" in request.POST else services.hand_in_report
    if form.is_valid():
        version = form.cleaned_data["version"]
        acting = deed(request, form) | {"answers": form.answers, "version": version}
        if attempt(form, service, report=report, **acting):
            return redirect("supervision:report", pk=report.pk)
    return _page(request, report, fill=form)


@writes(Permission.REPORT_REVIEW)
def report_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    report = _report_of(request, pk)
    if request.method != "POST":
        return redirect("supervision:report", pk=report.pk)
    form = ReviewForm(request.POST)
    if form.is_valid():
        acting = deed(request, form) | form.act | {"version": form.cleaned_data["version"]}
        if attempt(form, services.review_report, report=report, **acting):
            return redirect("supervision:report", pk=report.pk)
    return _page(request, report, review=form)
