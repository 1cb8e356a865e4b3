"""Starting a plan, afresh or from an earlier one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from approvals.forms.handling import ReasonedForm
from approvals.forms.plans import NewPlanForm
from approvals.models import Proposal
from approvals.selectors import lists, starting
from approvals.services import drafting, revising
from approvals.views.handling import act_page
from approvals.views.shared import LIST, deed, plan_of, refused, writes_for
from core.acting import attempt


def _create(request: HttpRequest, form: NewPlanForm, venues: list) -> Proposal | None:
    chosen = form.cleaned_data.get("venue")
    venue = next((one for one in venues if str(one.pk) == chosen), venues[0])
    facts = {"venue": venue, "title": form.cleaned_data["title"], **deed(request, form)}
    if form.mode:
        return attempt(form, drafting.create_operation_plan, mode=form.mode, **facts)
    return attempt(form, drafting.create_overall_plan, **facts)


@writes(Permission.PROPOSAL_WRITE)
def proposal_new(request: HttpRequest) -> HttpResponse:
    venues = lists.own_venues(request.user)
    if not venues:
        return refused(request)
    form = NewPlanForm(request.POST or None, venues=venues)
    if (
        request.method == "POST"
        and form.is_valid()
        and (proposal := _create(request, form, venues))
    ):
        return redirect("approvals:proposal_edit", pk=proposal.pk)
    options = {str(option.data["value"]): option for option in form["choice"]}
    cards = [
        {"way": way, "option": options.get(way.value) if way.is_open else None}
        for way in starting.ways_for(venues)
    ]
    context = {"form": form, "cards": cards, "crumbs": [LIST]}
    return render(request, "approvals/proposal_new.html", context, status=form.http_status)


@writes(Permission.PROPOSAL_WRITE)
def proposal_amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _begun_from(
        request, pk, revising.amend_plan, title="变更总体方案", submit="起草变更方案",
        lead="照现行总体方案的内容另起一稿，修改之后重新论证、集体决策、报送，经主管工会集体审议批准后替代现行方案；"
        "批准之前现行方案继续有效，已批准的合作不受影响。专家意见、指导记录和附件须重新办理。",
    )  # fmt: skip


@writes(Permission.PROPOSAL_WRITE)
def proposal_refile(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _begun_from(
        request, pk, revising.refile_plan, title="重新申报", submit="起草重新申报的方案",
        lead="照原方案的内容另起一稿，作为新的事项申报并注明原方案；须重新论证、集体决策、报送。"
        "原方案和不予批准的决定保留不变。专家意见、指导记录和附件须重新办理。",
    )  # fmt: skip


def _begun_from(request: HttpRequest, pk: UUID, service, **page: str) -> HttpResponse:
    """A draft made from an earlier plan, once its reason is given."""
    earlier = plan_of(request, pk)
    if not writes_for(request, earlier, Permission.PROPOSAL_WRITE):
        return refused(request)
    form = ReasonedForm(request.POST or None, initial={"version": earlier.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {"proposal": earlier, "reason": given["reason"], "version": given["version"]}
        if draft := attempt(form, service, **facts, **deed(request, form)):
            return redirect("approvals:proposal_edit", pk=draft.pk)
    return act_page(request, earlier, form, **page)
