"""The venue's decision, the check before submitting, the answers to a return."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import reads, writes
from accounts.enums import Permission
from approvals import allowed
from approvals.enums import Stage
from approvals.forms.plans import AnswersForm, PledgeForm
from approvals.models import Proposal
from approvals.rules.checks import CONTENT_CHECKS, findings, records
from approvals.rules.procedure import DESKS
from approvals.selectors import desks, schedule, tasklist, writing
from approvals.selectors.facts import facts_of
from approvals.services import submission
from approvals.views.panels import panels_of, waiting_in
from approvals.views.shared import crumbs_to, deed, plan_of, refused, writes_for
from core import clock
from core.acting import attempt
from meetings.forms import VenueMeetingForm
from meetings.selectors import roster_of, venue_body
from organizations.selectors import working_days

SHORT_HASH = 16


@writes(Permission.VENUE_DECISION_RECORD)
def venue_decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.VENUE_DECISION_RECORD):
        return refused(request)
    body, today = venue_body(proposal.venue_id), clock.today()
    form = None
    if body is not None and roster_of(body, on=today).exists():
        initial = {"version": proposal.version}
        data, files = request.POST or None, request.FILES or None
        form = VenueMeetingForm(data, files, initial=initial, body=body, on=today)
    if form and request.method == "POST" and form.is_valid():
        facts = {"meeting": form.sitting(), "version": form.cleaned_data["version"]}
        facts |= {"proposal": proposal, **deed(request, form)}
        if attempt(form, submission.record_venue_decision, **facts):
            return redirect("approvals:proposal_edit", pk=proposal.pk)
    found = findings(facts_of(proposal, today=today), CONTENT_CHECKS)
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "body": body,
        "form": form,
        "missing": tasklist.missing_list(proposal, found),
    }
    status = form.http_status if form else 200
    return render(request, "approvals/venue_decision.html", context, status=status)


@writes(Permission.PROPOSAL_SUBMIT)
def proposal_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_SUBMIT):
        return refused(request)
    form = PledgeForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        facts = {"proposal": proposal, "version": version, **deed(request, form)}
        if attempt(form, submission.submit_proposal, **facts):
            return redirect("approvals:proposal_submitted", pk=proposal.pk)
    return _check_page(request, proposal, form)


def _check_page(request: HttpRequest, proposal: Proposal, form: PledgeForm) -> HttpResponse:
    today = clock.today()
    facts = facts_of(proposal, today=today)
    found = findings(facts)
    points = writing.return_points_of(proposal)
    pages = tasklist.section_pages(proposal, facts=facts, found=found, points=points)
    panels = panels_of(request.user, proposal, [one.spec.code.value for one in pages])
    is_open = proposal.stage in (*Stage.WRITABLE, Stage.VENUE_DECIDED)
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "chapters": [{"page": one, "rows": tasklist.check_rows(proposal, one)} for one in pages],
        "engagements": writing.engagements_of(proposal),
        "guidance": list(proposal.guidance.select_related("by").order_by("guided_on", "pk")),
        "missing": tasklist.missing_list(proposal, found),
        "recorded": tasklist.missing_list(proposal, records(facts)),
        "initiative": writing.initiative_of(proposal),
        "points": tasklist.point_rows(proposal, points),
        "waiting": waiting_in(panels),
        "decision": facts.venue_decision,
        "files": tasklist.files_by_section(proposal),
        "course": schedule.course_if_submitted(proposal, calendar=working_days(), today=today),
        "is_open": is_open,
        "can_submit": is_open and not found,
        "why": _why_not(proposal, len(found), is_open=is_open),
    }
    return render(request, "approvals/proposal_check.html", context, status=form.http_status)


def _why_not(proposal: Proposal, count: int, *, is_open: bool) -> str:
    if not is_open:
        return f"方案现处于“{proposal.get_stage_display()}”，不能报送。"
    return f"还有 {count} 项没有满足，见本页上方。" if count else ""


@reads(Permission.PROPOSAL_READ)
def proposal_submitted(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    version = proposal.versions.filter(no=proposal.version_no).first()
    if version is None:
        raise Http404
    calendar = working_days()
    stage = Stage(proposal.stage)
    course = schedule.expected_course(proposal, calendar=calendar)
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal)[:1],
        "version": version,
        "short_hash": version.sha256[:SHORT_HASH],
        "course": course if stage in Stage.IN_REVIEW else [],
        "now": stage,
        "tasks": list(desks.open_tasks_of(proposal)),
        "holder": DESKS[stage].label,
        "why_not_withdrawn": allowed.why_not_withdrawn(request.user, proposal),
    }
    return render(request, "approvals/proposal_submitted.html", context)


@writes(Permission.PROPOSAL_WRITE)
def return_points(request: HttpRequest, pk: UUID) -> HttpResponse:
    proposal = plan_of(request, pk)
    if not writes_for(request, proposal, Permission.PROPOSAL_WRITE):
        return refused(request)
    points = writing.return_points_of(proposal)
    form = AnswersForm(request.POST or None, points=points, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        facts = {"answers": form.answers(), "version": form.cleaned_data["version"]}
        facts |= {"proposal": proposal, **deed(request, form)}
        if attempt(form, submission.answer_return_points, **facts):
            return redirect("approvals:proposal_edit", pk=proposal.pk)
    places = tasklist.point_rows(proposal, points)
    context = {
        "proposal": proposal,
        "crumbs": crumbs_to(proposal),
        "form": form,
        "rows": [
            {"point": row.point, "place": row.label, "url": row.url, "field": field}
            for row, field in zip(places, form.fields_in_order(), strict=True)
        ],
        "open_points": sum(not one.answer for one in points),
        "sections": [] if all(row.url for row in places) else tasklist.section_links(proposal),
    }
    return render(request, "approvals/return_points.html", context, status=form.http_status)
