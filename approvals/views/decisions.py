"""The secretary records what a meeting decided on a plan or an exception."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import writes
from accounts.enums import Permission
from approvals.models import LeaseClearance, Proposal, RuleException
from approvals.rules.checks import findings
from approvals.rules.procedure import MEETING_CHECKS
from approvals.selectors.chapters import lease_result
from approvals.selectors.facts import facts_of
from approvals.services import decisions
from approvals.services.clearing import SUBJECT as CLEARANCE
from approvals.views.shared import deed, refused
from core import clock
from core.acting import attempt
from meetings import permissions as meeting_permissions
from meetings import rules as meeting_rules
from meetings.forms import VotesForm
from meetings.marks import marks_of
from meetings.models import AgendaItem
from meetings.services.topics import TOPIC
from planning.models import UnionPlan
from planning.selectors import SUBJECT as UNION_PLAN

SUBJECTS = ("proposal", "exception", UNION_PLAN, CLEARANCE, TOPIC)


@writes(Permission.MEETING_WRITE)
def agenda_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = AgendaItem.objects.visible_to(request.user).filter(subject_kind__in=SUBJECTS)
    rows = rows.select_related("body__union", "meeting__chair", "meeting__body__union", "union")
    item = get_object_or_404(rows.exclude(meeting=None), pk=pk)
    if not meeting_permissions.may_write(request.user, item.body):
        return refused(request)
    form = VotesForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        facts = {"item": item, "version": form.cleaned_data["version"], **form.decision()}
        if done := attempt(form, decisions.conclude_agenda_item, **facts, **deed(request, form)):
            messages.success(request, f"已登记结论：{done.get_conclusion_display()}。")
            return redirect("meetings:meeting_detail", pk=item.meeting_id)
    marks = marks_of([item]).get(item.subject_id, [])
    context = {"item": item, "form": form, "marks": marks}
    context |= _subject(item) | _quorum(item, form)
    return render(request, "approvals/agenda_decide.html", context, status=form.http_status)


def _subject(item: AgendaItem) -> dict[str, Any]:
    """What the item decides on, and what still stands in the way of a decision."""
    if item.subject_kind == TOPIC:
        return {"blockers": []}
    if item.subject_kind == UNION_PLAN:
        rows = UnionPlan.objects.select_related("union", "venue")
        return {"union_plan": get_object_or_404(rows, pk=item.subject_id), "blockers": []}
    if item.subject_kind == CLEARANCE:
        rows = LeaseClearance.objects.select_related("proposal__venue")
        found = get_object_or_404(rows, pk=item.subject_id)
        return {"clearance": found, "proposal": found.proposal, "blockers": []}
    exception = None
    if item.subject_kind == "exception":
        rows = RuleException.objects.select_related("proposal__venue")
        exception = get_object_or_404(rows, pk=item.subject_id)
    proposal_pk = exception.proposal_id if exception else item.subject_id
    rows = Proposal.objects.select_related("venue__supervisor", "supervising_union", "partner")
    proposal = get_object_or_404(rows, pk=proposal_pk)
    subject = {"proposal": proposal, "exception": exception, "blockers": []}
    if exception is None:
        facts = facts_of(proposal, today=clock.today())
        subject["blockers"] = findings(facts, MEETING_CHECKS)
        subject["lease"] = lease_result(facts)
    return subject


def _quorum(item: AgendaItem, form: VotesForm) -> dict[str, Any]:
    """The figures the decision is held against: 应到, 实到, 到会下限, 通过须同意."""
    terms, members = item.meeting.terms, item.meeting.attendances.count()
    present = len(form.seated)
    is_met = meeting_rules.quorum_met(present, members, *terms.quorum)
    needed = meeting_rules.present_needed(members, *terms.quorum)
    return {
        "is_met": is_met,
        "figures": [
            {"label": "应到", "value": members},
            {"label": "实到", "value": present},
            {"label": f"到会下限（{terms.quorum_text}）", "value": needed},
            {
                "label": "通过须同意（票，超过应到半数）",
                "value": meeting_rules.agree_needed(members),
            },
        ],
        "crumbs": [
            {"label": "会议", "url": "/meetings/"},
            {"label": str(item.meeting), "url": f"/meetings/{item.meeting_id}/"},
        ],
    }
